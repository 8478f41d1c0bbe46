"""What a cell may say: numbers, years, dates, flags and text, each in one form, with what to write instead."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Callable
from typing import Any

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[, _\u00a0\u202f'][0-9]{2,3})+(?:\.[0-9]+)?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOOSE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月?)")
_MISSING = ("", "-", "—", "–", "…", "...", "n/a", "na", "nan", "none", "null", "无", "不详")
_TRUE, _FALSE = ("1", "yes", "y", "t", "是", "真"), ("0", "no", "n", "f", "否", "假")


class BadCell(Exception):
    """A cell that cannot be read: its code, what was expected, what to write."""


def number(text: str) -> float:
    """A plain decimal number: digits, one point, U+002D for minus. Nothing else is one."""
    if _NUMBER.fullmatch(text):
        value = float(text)
        if math.isfinite(value):
            return value
    raise BadCell("GB310", "a number", _number_advice(text))


def _number_advice(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    if plain.lower() in _MISSING:
        return "leave the row out where there is no figure"
    if plain.endswith("%"):
        return f"write {_plain(plain[:-1])} where the unit is %"
    instead = _plain(plain)
    return f"write {instead}" if instead else "write digits and one point, such as 1005.1"


def _plain(text: str) -> str:
    """The plain number that `text` probably means, or nothing."""
    text = text.strip().removeprefix("+")
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    if _GROUPED.fullmatch(text) and not re.fullmatch(r"-?[0-9]+,[0-9]{2}", text):
        text = re.sub(r"[, _\u00a0\u202f']", "", text)
    elif re.fullmatch(r"-?[0-9]+,[0-9]+", text):
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return ""
    if not math.isfinite(value):
        return ""
    return text if _NUMBER.fullmatch(text) else _decimal(value)


def _decimal(value: float) -> str:
    text = f"{value:.12f}".rstrip("0").rstrip(".")
    return text if _NUMBER.fullmatch(text) and float(text) == value else ""


def integer(text: str) -> int:
    """A whole number in plain digits: a year, a rank."""
    if re.fullmatch(r"0|[1-9][0-9]*", text):
        return int(text)
    plain = _plain(unicodedata.normalize("NFKC", text).rstrip("年"))
    advice = f"write {plain}" if plain and plain.isdecimal() else "write digits only, such as 2024"
    raise BadCell("GB311", "a whole number", advice)


def date(text: str) -> datetime.date:
    """A full ISO date, 2025-02-28."""
    if _ISO.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise BadCell("GB312", "a day of the calendar", "write the right day") from None
    raise BadCell("GB312", "a date such as 2025-02-28", _date_advice(text))


def _date_advice(text: str) -> str:
    match = _LOOSE.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        return "write year-month-day"
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
    try:
        moment = datetime.date(year, month, day) if day else last_day(f"{year:04d}-{month:02d}")
    except ValueError:
        return "write year-month-day"
    return f"write {moment}" if day else f"write {moment}, the last day of the month, and mark it as estimated"


def last_day(iso: str) -> datetime.date:
    """The last day of an ISO date, month or year, as partial dates count; raises ValueError for another form."""
    parts = [int(part) for part in iso.split("-")]
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", iso):
        raise ValueError(iso)
    if len(parts) == 3:
        return datetime.date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    datetime.date(year, month, 1)
    return following - datetime.timedelta(days=1)


def flag(text: str) -> bool:
    """`true` or `false`, in small letters."""
    if text in ("true", "false"):
        return text == "true"
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    instead = "true" if plain == "true" or plain in _TRUE else "false" if plain == "false" or plain in _FALSE else ""
    raise BadCell("GB313", "true or false", f"write {instead}" if instead else "write true or false")


def words(text: str) -> str:
    """Text as it is: composed characters (NFC), no blank at either end."""
    if text != text.strip():
        raise BadCell("GB316", "no blank at either end", f"write {shown(text.strip())}")
    if not unicodedata.is_normalized("NFC", text):
        raise BadCell("GB316", "composed characters (NFC)", "type the cell again")
    return text


def names(text: str) -> tuple[str, ...]:
    """Ids separated by single blanks."""
    if words(text) != " ".join(text.split()):
        raise BadCell("GB316", "ids separated by one blank", f'write "{" ".join(text.split())}"')
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Forms separated by "; "."""
    return tuple(part for part in words(text).split("; ") if part)


KINDS: dict[str, Callable[[str], Any]] = {
    "number": number, "integer": integer, "date": date, "flag": flag, "text": words, "id": words,
    "names": names, "phrases": phrases,
}


def shown(text: str) -> str:
    """A cell as a message quotes it: in quotes, on one line, shortened, nothing hidden."""
    visible = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return f'"{visible if len(visible) <= 60 else visible[:57] + "..."}"'
