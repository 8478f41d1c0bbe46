"""Numbers typed as words: 三成, 两倍, 近三分之一, 数百吨; one third, twofold, hundreds of, a dozen (design, 3).

What is found are quantities that data give: fractions, multiples, per cents, orders of magnitude, tens and more, and
numerals before a unit of measurement. Numerals that count the text's own things (两种口径, three compilers), ordinals
(第二, the third), spans of years (五年规划期, over two years), one of a thing (一吨, one point) and names (“十四五”,
百米布, double materiality) are words. Rule: GB/T 15835—2011, 4.1, figures for measured values and statistics.
"""

from __future__ import annotations

import re

_D = "[一二两三四五六七八九]"
_MANY = "[二两三四五六七八九几数]"
_MEASURES_ZH = ("吨|千克|公斤|千瓦|吉瓦|瓦|度电|元|美元|公顷|亩|平方|立方米|公里|千米|米|升|焦耳|辆|台|座|户|人次|"
                "个百分点")
_CHINESE = (
    "[百千万]分之[一二两三四五六七八九十百千万点几]+", "[二三四五六七八九十百]+分之[一二三四五六七八九几]+",
    "一半|(?<![上下一])[过近]半(?![年月天导径衰])|半数|减半|折半|对半",
    # Not 统一成, 划一成; not 成本, 成为, 成立 …
    f"(?<![统单唯划第]){_D}(?:到{_D})?成半?(?![为本员立果效分就功品型长熟绩交见份套年])",
    f"[一二两三四五六七八九十百千几数半]+(?:点{_D})?倍(?!频|增器)|翻[了一两二三几]*番|翻倍|倍增|加倍",
    "[一两二三四]位数", "[二三四五六七八九]折(?!线|合|算|旧|叠)|打[一二两三四五六七八九]折",
    "[一二][〇零一二三四五六七八九]{3}年", "连续[二两三四五六七八九十几]+个?[年月季]",
    "[二三四五六七八九]十|[一二三四五六七八九]?十[余多几来]",
    # Not 指数十分, 系数百年: there 数 ends a word.
    "(?:(?<![指倍参函系总基分常变复整奇偶计个人次])数|几|上|好几|成)[十百千万亿]+(?!分之)",
    f"{_D}(?:[百千万]亿|[百千万亿])",
    f"(?:{_MANY}|十)[一二三四五六七八九十百千万亿]*(?:余|多)?(?:{_MEASURES_ZH})",
)
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten"
_TEENS = "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_PARTS = "thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?"
_MEASURES = (r"per cent|percent|percentage points?|tonnes?|kilowatts?|gigawatts?|megawatts?|yuan|hectares?|litres?|"
             r"kilometres?|cubic metres?|square metres?|vehicles|GW|MW|Mt|TWh|kWh|pp")
_ENGLISH = (
    rf"(?:{_ONES}|an?)[ -]half(?![ -](?:a )?year)|(?:{_ONES})[ -](?:{_PARTS})|an? (?:{_PARTS}) of",
    r"(?<!first )(?<!second )(?<!other )(?<!latter )half (?:of|the|as|its|their|that|again)|by half|halv(?:ed|ing)",
    r"twice (?:as|the|that|its|their|what|over)|thrice|(?:doubl|trebl|tripl|quadrupl)(?:e|es|ed|ing|ings)"
    r"(?![ -](?:digit|count|check|material|page|dash|glaz))",
    rf"(?:{_ONES}|hundred|thousand|several|many)-?fold|(?:{_ONES}|{_TEENS}|several|many) times (?:as|the|that|higher|"
    r"larger|more|greater|its|what|over)",
    rf"(?<!per )(?:{_ONES}|a|an|some|several|few|many|half a) (?:hundred|thousand|million|billion|trillion|dozen)",
    r"(?:hundreds|thousands|millions|billions|dozens|scores|tens) of|dozens",
    rf"(?:{_TEENS}|{_TENS})(?:[ -](?:{_ONES}))?(?![ -]feet)", r"(?:single|double|triple|two|three)-digit",
    rf"(?:{_ONES}) (?:{_MEASURES})", rf"(?:{_ONES}) (?:decades|consecutive (?:years|months|quarters))",
    r"one in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten)",
)
_NUMBER = re.compile(f"{'|'.join(_CHINESE)}|\\b(?:{'|'.join(_ENGLISH)})\\b", re.IGNORECASE)


def in_words(text: str) -> list[tuple[int, str]]:
    """Each number typed as words in `text`, Chinese or English: its place and its words."""
    return [(match.start(), match[0]) for match in _NUMBER.finditer(text)]
