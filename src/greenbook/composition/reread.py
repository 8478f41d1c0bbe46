"""A printed number, read back from its words: the check that a language cannot slip a factor of ten.

The reading is independent of the printing: it knows the unit's word, and otherwise only what a number looks like.
"""

from __future__ import annotations

import re
from decimal import Decimal

from greenbook.language import MINUS
from greenbook.records import ValueRecord
from greenbook.units import Unit, Units, split_show

_MOMENT = {
    "zh-Hans": re.compile(r"（截至\d+月(?:末|\d+日)）$|^\d+—\d+月"),
    "en": re.compile(r" (?:at the end of [A-Z]\w+|in [A-Z]\w+–[A-Z]\w+|as of \d+ [A-Z]\w+)$"),
}
_YEARS = {
    "zh-Hans": re.compile(r"（(?P<alone>[\d—]+)年）$|(?:(?<=（截至)|^)(?P<moment>\d{4})年"),
    "en": re.compile(r" (?:\((?P<alone>[\d–]+)\)|(?P<moment>\d{4}))$"),
}
_NUMBER = re.compile(rf"(?P<lead>[^\d{MINUS}]*)(?P<number>{MINUS}?\d[\d,]*(?:\.\d+)?)(?P<tail>\D*)")
_FELL = ("下降", "减少", "down")
_SAME = ("持平", "unchanged")
_TOKEN = re.compile(r"\d[\d,.]*")
_MONTHS = {name: str(number) for number, name in enumerate(
    ("January", "February", "March", "April", "May", "June", "July",
     "August", "September", "October", "November", "December"), 1)}


def unreadable(text: str, record: ValueRecord, language: str, units: Units, bare: bool) -> str:
    """Why `text` does not say the value of `record`, or an empty string where it does.

    Right is: within half a unit of the last digit shown of stored value × factor. The record has a value.
    """
    if record.form in ("date", "year"):
        return "" if _moment(text) == _moment(record.period or str(record.value)) else "another date"
    if not _as_at(text, record, language):
        return f"not as at {record.as_at or 'the end of the year'}"
    unit = units[split_show(record.show.get(language, f"{record.unit}@0"))[0]]
    found = _read(text, record, unit, language, bare)
    if found is None:
        return f"no number in {unit.head(language)}"
    number, tolerance = found
    exact = units.convert(record.value or 0.0, record.unit, unit.id)
    if abs(number - exact) <= tolerance:
        return ""
    return f"not {exact.normalize():f} {unit.head(language)}"


def undated(text: str, record: ValueRecord, language: str) -> str | None:
    """`text` without the year that stands beside its number; None where that is not the year of `record`."""
    match = _YEARS[language].search(text)
    if match is None or tokens(match["alone"] or match["moment"]) != tokens(record.period):
        return None if record.period else text
    return text[:match.start()] + text[match.end():]


def _as_at(text: str, record: ValueRecord, language: str) -> bool:
    """Whether the months and days that stand beside the number are those of the record; a text may name none."""
    match = _MOMENT[language].search(text)
    if match is None:
        return True
    told = {int(part) for part in re.findall(r"\d+", match[0])}
    told |= {int(number) for name, number in _MONTHS.items() if name in match[0]}
    moments = [[int(part) for part in moment.split("-")[1:]] for moment in record.as_at.split("/")]
    return told in ({number for moment in moments for number in moment}, {moment[0] for moment in moments if moment})


def tokens(text: str) -> list[str]:
    """The runs of digits in `text`, with their separators."""
    return _TOKEN.findall(text)


def _read(text: str, record: ValueRecord, unit: Unit, language: str, bare: bool) -> tuple[Decimal, Decimal] | None:
    text = _MOMENT[language].sub("", text)
    if text in _SAME:
        places = split_show(record.show.get(language, f"{record.unit}@0"))[1]
        return Decimal(0), _half(places)
    rest = _without_unit(text, record, unit, language)
    match = _NUMBER.fullmatch(rest if rest is not None else text if bare else "")
    if match is None:
        return None
    digits = match["number"].replace(",", "").replace(MINUS, "-")
    number = Decimal(digits)
    fell = any(word in match["lead"] for word in _FELL)
    return -number if fell else number, _half(len(digits.partition(".")[2]))


def _without_unit(text: str, record: ValueRecord, unit: Unit, language: str) -> str | None:
    counter = record.counter.get(language, "")
    word = (f"\0{counter}" if language != "en" else f"\0 {counter}") if counter else unit.attach("\0", language)
    before, _, after = word.partition("\0")
    if not text.endswith(after) or before not in text:
        return None
    text = text[:len(text) - len(after)] if after else text
    lead, _, rest = text.rpartition(before) if before else ("", "", text)
    return f"{lead}{rest}"


def _half(places: int) -> Decimal:
    return Decimal(5).scaleb(-places - 1)


def _moment(text: str) -> list[str]:
    """Year, month and day in an ISO date or in either language's words, as far as given."""
    words = re.findall(r"\d+|[A-Z][a-z]+", text)
    parts = [str(int(word)) if word.isdigit() else _MONTHS.get(word, word) for word in words]
    return sorted(parts, key=lambda part: (-len(part), int(part) if part.isdigit() else 0))
