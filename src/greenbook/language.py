"""How a value prints itself in zh-Hans and en. (zh-Hant is made from zh-Hans, later.)

The rules are those of the house style: Chinese without grouping, English with a
comma per three digits, U+2212 for minus, `%` closed up, direction words made
from the sign and never typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from greenbook.records import ValueRecord
from greenbook.units import Unit, Units, rounded, split_show

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
DRAWN = ("zh-Hans", "en")
MINUS = "−"
TAGS = {"zh": "zh-Hans", "en": "en"}

FILTERS = ("year", "number", "bare")

_BOUNDS = {
    "zh-Hans": {"over": "超过", "at_least": "不低于", "under": "不足", "at_most": "不高于", "about": "约",
                "strive": "力争达到"},
    "en": {"over": "more than ", "at_least": "at least ", "under": "less than ", "at_most": "at most ",
           "about": "about ", "strive": "an aspirational "},
}
_DIRECTIONS = {
    "growth": {"zh-Hans": ("增长", "下降", "持平"), "en": ("up", "down", "unchanged")},
    "points": {"zh-Hans": ("提高", "下降", "持平"), "en": ("up", "down", "unchanged")},
    "change": {"zh-Hans": ("增加", "减少", "持平"), "en": ("up", "down", "unchanged")},
}
_MIRRORED = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")


def digits_text(number: Decimal, language: str) -> str:
    """A rounded number in figures: grouped in English, with a true minus sign."""
    text = f"{abs(number):,f}" if language == "en" else f"{abs(number):f}"
    return f"{MINUS}{text}" if number < 0 else text


def show_unit(record: ValueRecord, language: str, digits: int | None = None) -> tuple[str, int]:
    """The unit and the places in which `record` is shown in `language`."""
    unit, places = split_show(record.show.get(language, f"{record.unit}@0"))
    return unit, places if digits is None else digits


def shown_number(record: ValueRecord, language: str, units: Units, digits: int | None = None) -> Decimal:
    """The value in the unit and to the places shown. Raises ValueError where there is no value."""
    unit, places = show_unit(record, language, digits)
    return rounded(units.convert(_known(record), record.unit, unit), places)


def _known(record: ValueRecord) -> float:
    if record.value is None:
        raise ValueError(f"{record.name} has no value under this edition's date and cannot be printed")
    return record.value


def bound_words(bound: str, language: str) -> str:
    """What stands before a number published as a bound: 约, more than (with its blank); nothing for a plain number."""
    return _BOUNDS[language].get(bound, "")


def bare(record: ValueRecord, language: str, units: Units, digits: int | None = None) -> str:
    """The number alone, with its sign: a cell of a table, an axis label."""
    if record.form in ("date", "year"):
        return _calendar(record, language)
    return digits_text(shown_number(record, language, units, digits), language)


def says_its_year(words: str, year: int) -> bool:
    """Whether `words` begin with a year or name `year`, so that none need stand before them: 2019年起…, ten in 2019."""
    begins = re.match(r"(?:from |since |in )?\d{4}(?!\d)", words, re.IGNORECASE) is not None
    return begins or re.search(rf"(?<!\d){year}(?!\d)", words) is not None


def listed_years(years: Iterable[int], language: str) -> str:
    """Years as a sentence lists them, three or more in a row as a span: 2019年、2021—2024年; 2019, 2021–2024."""
    runs: list[list[int]] = []
    for number in sorted(years):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    dash = "–" if language == "en" else "—"
    said = [span for run in runs for span in ([f"{run[0]}{dash}{run[-1]}"] if len(run) > 2 else map(str, run))]
    return ", ".join(said) if language == "en" else "、".join(f"{span}年" for span in said)


def year(record: ValueRecord, language: str = "zh-Hans") -> str:
    """The year or years the value is of: 2024; 2020—2024 in Chinese, 2020–2024 in English; a date's year."""
    if record.form == "date":
        return record.period.split("-")[0]
    return record.period.replace("—", "–") if language == "en" else record.period


def printed(record: ValueRecord, language: str, units: Units, digits: int | None = None) -> str:
    """The value as a sentence needs it: 10.05亿吨; 1,005 Mt; 下降1.7%; down 1.7%; 2.1亿吨（截至9月末）."""
    if record.form in ("date", "year"):
        return _calendar(record, language)
    if record.form in _DIRECTIONS:
        return _change(record, language, units, digits)
    unit, places = show_unit(record, language, digits)
    number = digits_text(shown_number(record, language, units, places), language)
    text = _BOUNDS[language].get(record.bound, "") + _attach(record, units[unit], number, language)
    return _at(record, text, language)


def dated(record: ValueRecord, language: str, units: Units, digits: int | None = None) -> str:
    """The value with its year, where no sentence gives it: 74 GW (2024); 超过100吉瓦（截至2025年9月30日）."""
    text, moment = printed(record, language, units, digits), year(record, language)
    if not moment:
        return text
    if language == "en":
        return f"{text} {moment}" if record.as_at else f"{text} ({moment})"
    if not record.as_at:
        return f"{text}（{moment}年）"
    return f"{moment}年{text}" if "/" in record.as_at else text.replace("（截至", f"（截至{moment}年")


def applied(record: ValueRecord, language: str, units: Units, filter_: str = "", argument: int | None = None) -> str:
    """The text of `{{ name | filter(argument) }}`."""
    if filter_ == "year":
        return year(record, language)
    if filter_ == "bare":
        return bare(record, language, units, argument)
    if filter_ == "dated":
        return dated(record, language, units, argument)
    return printed(record, language, units, argument)


def _attach(record: ValueRecord, unit: Unit, number: str, language: str) -> str:
    counter = record.counter.get(language, "")
    if counter:
        return f"{number}{counter}" if language != "en" else f"{number} {counter}"
    return unit.attach(number, language)


def _change(record: ValueRecord, language: str, units: Units, digits: int | None) -> str:
    number = shown_number(record, language, units, digits)
    rose, fell, same = _DIRECTIONS[record.form][language]
    if number == 0 and not record.bound:
        return same
    unit, _ = show_unit(record, language, digits)
    digits_ = digits_text(abs(number), language)
    counted = record.form == "change" and record.counter.get(language)
    size = _attach(record, units[unit], digits_, language) if counted else units[unit].attach(digits_, language)
    word = fell if number < 0 else rose
    kind = _MIRRORED.get(record.bound, record.bound) if number < 0 else record.bound
    bound = _BOUNDS[language].get(kind, "")
    return f"{word}{bound}{size}" if language != "en" else f"{word} {bound}{size}"


def _calendar(record: ValueRecord, language: str) -> str:
    if record.form == "year":
        return str(int(_known(record)))
    return date_text(record.period, language)


def date_text(iso: str, language: str) -> str:
    """An ISO date, month or year in words: 2025年9月24日; 24 September 2025."""
    parts = [int(part) for part in iso.split("-")]
    if language.startswith("zh"):
        return "".join(f"{part}{word}" for part, word in zip(parts, "年月日", strict=False))
    if len(parts) == 1:
        return str(parts[0])
    words = f"{_MONTHS[parts[1] - 1]} {parts[0]}"
    return words if len(parts) == 2 else f"{parts[2]} {words}"


def _at(record: ValueRecord, text: str, language: str) -> str:
    if not record.as_at:
        return text
    moment = as_at_text(record.as_at, language)
    if language == "en":
        return f"{text} {moment}"
    return f"{moment}{text}" if "/" in record.as_at else f"{text}（{moment}）"


def as_at_text(as_at: str, language: str) -> str:
    """The point or part of the year a figure is for: 截至9月末; 1—6月; at the end of September; as of 7 July."""
    zh = language.startswith("zh")
    if "/" in as_at:
        first, last = (int(moment.split("-")[1]) for moment in as_at.split("/"))
        return f"{first}—{last}月" if zh else f"in {_MONTHS[first - 1]}–{_MONTHS[last - 1]}"
    parts = [int(part) for part in as_at.split("-")]
    if len(parts) == 2:
        return f"截至{parts[1]}月末" if zh else f"at the end of {_MONTHS[parts[1] - 1]}"
    return f"截至{parts[1]}月{parts[2]}日" if zh else f"as of {parts[2]} {_MONTHS[parts[1] - 1]}"
