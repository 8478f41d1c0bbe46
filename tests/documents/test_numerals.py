"""Numbers typed as words are found; words that only hold a numeral are not."""

import pytest

from greenbook.documents.numerals import in_words

NUMBERS = {
    "三成": "占三成以上", "一成半": "一成半", "九成": "近九成", "两倍": "是上年的两倍", "一点五倍": "一点五倍",
    "数倍": "相差数倍", "一半": "不到一半", "过半": "占比过半", "半数": "超半数", "三分之一": "近三分之一",
    "百分之五": "百分之五", "翻一番": "翻一番", "翻了两番": "翻了两番", "倍增": "规模倍增", "两位数": "两位数增长",
    "数百亿": "数百亿元", "几十": "几十家", "上万": "上万辆", "十余": "十余个", "二十": "二十来个点",
    "三万": "三万吨", "五个百分点": "提高五个百分点", "两千": "两千瓦", "连续四年": "连续四年",
    "one third": "one third of output", "two-thirds": "two-thirds", "a quarter of": "a quarter of it",
    "one half": "below one half", "half of": "more than half of it", "halved": "it was halved",
    "twofold": "a twofold rise", "doubled": "it doubled", "twice as": "twice as much",
    "three times as": "three times as large", "a dozen": "a dozen plants", "thousands of": "thousands of firms",
    "forty-two": "forty-two", "double-digit": "double-digit growth", "five per cent": "five per cent",
    "several hundred": "several hundred", "one in three": "one in three",
    "three consecutive years": "three consecutive years",
}
WORDS = [
    "“十四五”", "一是钢铁，二是水泥", "统一成一个", "单一成分", "成本与成效", "一个口径", "两种口径、两个目标",
    "三者", "第三家", "十种有色金属", "百米布取水量", "每百公里电耗", "万元增加值", "五年规划期", "最近一两年",
    "上半年", "半导体", "指数十分平稳", "系数百年不变", "二氧化碳", "万家", "一吨铝", "一度电", "两位有效数字",
    "两种算法折合", "double counting", "counted twice", "the third measure", "a third compiler",
    "the first half of 2025", "half a year", "a half-year", "over five years", "ten metals", "one by one",
    "two significant figures", "double materiality", "per hundred metres", "per ten thousand people",
    "the other half of it", "one of them",
    "the two halves of the period",
]


@pytest.mark.parametrize(("number", "text"), NUMBERS.items())
def test_a_number_in_words_is_found(number, text):
    assert in_words(text) == [(text.index(number), number)]


@pytest.mark.parametrize("text", WORDS)
def test_a_word_with_a_numeral_in_it_is_none(text):
    assert in_words(text) == []
