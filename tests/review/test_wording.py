"""The style check: for each rule a sentence that must alarm, and one near it that must not."""

import pytest
from damaged_book import Book

from greenbook.execution.source import SourceCell, SourceNotebook
from greenbook.project import HOUSE
from greenbook.review.sentences import sentences, told
from greenbook.review.stylerules import read_rules
from greenbook.review.wording import problems_of_wording, repeated

FORMS = {"level": "quantity", "part": "share", "rate": "growth", "times": "multiple", "day": "date", "gain": "points"}
RULES = read_rules(HOUSE / "templates")[0]


def said(words, tag="zh", slug="steel", **more):
    """The sentences of a chapter whose one cell says `words`."""
    tags = (tag, *more.get("tags", ()))
    cell = SourceCell(f"level-{tag}", "markdown", tags, words, 1)
    return list(sentences(slug, SourceNotebook(f"notebooks/{slug}.ipynb", (cell,)), FORMS))


def codes(words, tag="zh", **more):
    return sorted({problem.code for problem in problems_of_wording(said(words, tag, **more), RULES)})


WORDS = [
    ("GB531", "zh", "去年产量为{{ level }}。", "{{ level | year }}年产量为{{ level }}。"),
    ("GB531", "zh", "价格的高点出于现在。", "价格的高点出现在{{ level | year }}年，与此前年份不同。"),
    ("GB531", "zh", "停产导致用电{{ rate }}。", "不能说停产导致用电{{ rate }}。"),
    ("GB531", "zh", "产量很可能回落。", "产量或回落，不可能倍增。"),
    ("GB531", "zh", "变化如上图。", "变化见[](#fig-output)。"),
    ("GB531", "en", "Output rose last year.", "The last year of the series is {{ level | year }}."),
    ("GB531", "en", "The fall was due to closures.", "The fall cannot be said to be due to closures."),
    ("GB531", "en", "A peak is likely.", "A peak may have passed."),
    ("GB532", "zh", "占比提高{{ part }}。", "占比提高到{{ part }}。"),
    ("GB532", "zh", "产量增长了{{ times }}。", "产量是{{ level | year }}年的{{ times }}。"),
    ("GB532", "zh", "成本下降了{{ times }}。", "成本{{ rate }}，是高点的{{ part }}。"),
    ("GB532", "zh", "占比为{{ part }}个百分点。", "新能源汽车拉动{{ gain | bare }}个百分点。"),
    ("GB532", "zh", "能效提高{{ rate }}。", "单位能耗{{ rate }}。"),
    ("GB532", "zh", "出口贡献了{{ part }}。", "出口对增长的贡献率为{{ part }}。"),
    ("GB532", "zh", "占比同比{{ part }}。", "产量同比{{ rate }}，占比为{{ part }}。"),
    ("GB532", "zh", "各年平均增速为{{ rate }}。", "年均增速为{{ rate }}。"),
    ("GB532", "en", "The share rose by {{ part }}.", "Coal made up {{ part }}, and the share rose to it."),
    ("GB532", "en", "It was {{ part }} per cent.", "It was {{ part }}."),
    ("GB532", "en", "Costs are many times lower.", "Costs are a third of what they were."),
    ("GB532", "en", "Output was {{ rate }} y-o-y.", "Output was {{ rate }} on the year."),
    ("GB533", "zh", "产量居世界第一。", "产量居世界第一，为{{ level }}。"),
    ("GB533", "zh", "这是首个零碳园区。", "这是首个零碳园区[@list]，首次公布于名单。"),
    ("GB533", "en", "It is the largest maker.", "It is the largest maker (see [](#tbl-makers))."),
    ("GB534", "zh", "发改委公布目标。", "国家发展改革委公布目标。"),
    ("GB534", "zh", "工信部公布名单。", "工业和信息化部公布名单（工信部联科〔2024〕12号）。"),
    ("GB534", "zh", "数据来自统计局。", "数据来自国家统计局。"),
    ("GB534", "en", "By the State Statistical Bureau.", "By the National Bureau of Statistics."),
    ("GB534", "zh", "习近平宣布了目标。", "国家主席习近平宣布了目标。"),
    ("GB534", "en", "Xi announced it.", "President Xi Jinping announced it in Xi'an."),
    ("GB535", "zh", "国家主席习近平说“绿色发展”。", "{{ day }}，国家主席习近平在联合国气候变化峰会上说“绿色发展”。"),
    ("GB535", "en", "President Xi Jinping said “green”.",
     "President Xi Jinping said “green” at the summit on {{ day }}."),
    ("GB536", "zh", "产量下降,占比提高。", "产量下降，占比提高。"),
    ("GB536", "zh", "电炉钢(短流程)较少。", "电炉钢（短流程）较少。"),
    ("GB536", "zh", "产量为 {{ level }}。", "产量为{{ level }}。"),
    ("GB536", "zh", "分别为{{ part }}、{{ part }}。", "分别为{{ part }}，{{ part }}；产量{{ level }}、{{ level }}。"),
    ("GB536", "zh", "风、光A、B两类。", "风、光A，B两类。"),
    ("GB536", "zh", '所谓"标杆"产能。', "所谓“标杆”产能。"),
    ("GB536", "zh", "产量下降。。", "产量下降……"),
    ("GB536", "en", "Output fell，then rose.", "Output fell, then rose."),
    ("GB536", "en", "The 标杆 level.", "The benchmark level (标杆水平)."),
    ("GB536", "en", "Output  fell.", "Output fell."),
    ("GB537", "zh", "占百分之五十。", "占{{ part }}。"),
    ("GB537", "zh", "约三百吨。", "每一吨都要计量。"),
    ("GB537", "zh", "装机{{ level }}左右。", "装机{{ level }}，接近{{ level }}。"),
    ("GB537", "en", "It used five million units.", "It used {{ level }}."),
    ("GB537", "en", "It used nearly {{ level }}.", "It used {{ level }} over {{ level | year }}."),
    ("GB539", "zh", "产量总体呈下行趋势。", "可持续发展报告的份数。"),
    ("GB539", "en", "Output has steadily fallen.", "Output fell to {{ level }}."),
    ("GB540", "en", "The utilization of color.", "The utilisation of the prize, by size."),
    ("GB540", "en", "It doesn't apply.", "It does not apply; the plan's targets do."),
]


@pytest.mark.parametrize(("code", "tag", "wrong", "right"), WORDS, ids=[f"{row[0]}-{row[2][:14]}" for row in WORDS])
def test_rule_alarms_at_the_wrong_words_and_not_at_the_right_ones(code, tag, wrong, right):
    assert codes(wrong, tag) == [code]
    assert codes(right, tag) == []


def test_words_of_a_trend_may_stand_under_a_condition():
    assert codes("产量总体呈下行趋势。", tags=("if-falls",)) == []


def test_titles_and_quotations_of_others_are_left_alone():
    assert codes("《关于持续推进目前工作的意见》写明“持续”一词。") == []


def test_sentence_of_two_chapters_alarms_in_the_second_values_aside():
    one = said("本章的指标和口径都列在这张表里，{{ level }}除外。")
    two = said("本章的指标和口径都列在这张表里，{{ rate }}除外。", slug="pv")
    assert [(problem.code, problem.path) for problem in repeated([*one, *two])] == [("GB538", "notebooks/pv.ipynb")]
    assert repeated([*one, *one]) == []
    assert repeated([*one, *said("数据与方法。", slug="pv"), *said("数据与方法。")]) == []


def test_message_names_cell_and_line_and_shows_values_as_written():
    (problem,) = problems_of_wording(said("第一行。\n\n占比提高{{ part }}。"), RULES)
    assert str(problem) == (
        'notebooks/steel.ipynb:level-zh:3: GB532: found "提高{{…}}" in "占比提高{{…}}。"; '
        "expected the words of the house for change; write 提高到, 下降到; or the difference, which prints 个百分点")
    assert told(problem.found) == problem.found


def test_check_finds_a_word_of_style_in_a_book(tmp_path):
    book = Book(tmp_path)
    book.say("steel", "limits-zh", "本章", "目前本章")
    lines, problems = book.checked()
    assert [problem.split(": ")[1] for problem in problems] == ["GB531"]
    assert any("sentences against" in line for line in lines)


def test_rules_that_cannot_be_read_are_told(tmp_path):
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "style-rules.yml").write_text("words: {zh-Hans: [{find: '('}]}", "utf-8")
    rules, problems = read_rules(tmp_path)
    assert rules is None and [problem.code for problem in problems] == ["GB596"]
