"""The rules under which a file is imported: a mapping file that can be committed and used again next year."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from greenbook.catalog.files import DataFile, decode
from greenbook.catalog.keyed import Keyed, read_keyed
from greenbook.catalog.schema import OBSERVATIONS
from greenbook.errors import Problem, write_instead

LAYOUTS = ("long", "years", "indicators")
IGNORE = "ignore"
_CHOICES = {
    "encoding": ("UTF-8", "GB18030"), "layout": LAYOUTS, "merged": ("refuse", "fill"),
    "hidden": ("refuse", "skip", "read"), "percent": ("refuse", "as_shown"),
}
_PAIRS = ("columns", "indicators", "regions", "units", "drop", "fill")
COLUMNS = (*OBSERVATIONS.names, "unit")


@dataclass(frozen=True)
class Rules:
    """What a mapping file may declare; without one everything that is not plain is refused.

    `columns` header → column, unit or ignore; `indicators`, `regions` names in the file → ids; `units` indicator →
    unit of the file; `fill` column → value for every row; `missing` marks for no figure; `drop` first cell of a
    row → why it is left out; `merged`, `hidden`, `percent` what to do with such cells of a workbook.
    """

    encoding: str = "UTF-8"
    sheet: str = ""
    header_row: int = 1
    layout: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    fill: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    drop: dict[str, str] = field(default_factory=dict)
    merged: str = "refuse"
    hidden: str = "refuse"
    percent: str = "refuse"


def read_rules(file: DataFile, problems: list[Problem]) -> Rules:
    """The rules in the mapping file; what cannot be one is added to `problems` (GB350)."""
    text = decode(file, "UTF-8", problems)
    tree = Keyed(1) if text is None else read_keyed(file.name, text, problems)
    known = [item.name for item in dataclasses.fields(Rules)]
    found: dict[str, Any] = {}
    for key, value in tree.items():
        fault = _fault(key, value, known)
        if fault:
            problems.append(Problem(file.name, str(tree.at(key)), "GB350", *fault))
        else:
            found[key] = int(value) if key == "header_row" else tuple(value) if key == "missing" else value
    return Rules(**found)


def _fault(key: str, value: object, known: list[str]) -> tuple[str, str, str] | None:
    """What is wrong with an entry: what was found, expected and to be done."""
    if key not in known:
        return f'found key "{key}"', f"expected some of {', '.join(known)}", write_instead(key, known, "remove it")
    if key in _PAIRS:
        return _pairs_fault(key, value)
    if key == "missing":
        good = isinstance(value, list) and all(isinstance(mark, str) and mark for mark in value)
        return None if good else (f"{key}: found no list of marks", 'expected a list such as ["…", "-"]', "write one")
    if not isinstance(value, str) or not value:
        return f"{key}: found no word", "expected one word", "write it after the colon"
    if key == "header_row" and not (value.isascii() and value.isdecimal() and 1 <= int(value) <= 100):
        return f'{key}: found "{value}"', "expected a line from 1 to 100", "write the line of the header"
    if value not in _CHOICES.get(key, (value,)):
        return (f'{key}: found "{value}"', f"expected one of {', '.join(_CHOICES[key])}",
                write_instead(value, _CHOICES[key], "write one of them"))
    return None


def _pairs_fault(key: str, value: object) -> tuple[str, str, str] | None:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        return f"{key}: found no pairs", "expected name: value under it", "write them"
    allowed: tuple[str, ...] = {"columns": (*COLUMNS, IGNORE), "fill": OBSERVATIONS.names}.get(key, ())
    words = value.keys() if key == "fill" else value.values()
    bad = next((word for word in words if allowed and word not in allowed), None)
    if bad is None:
        return None
    return f'{key}: found "{bad}"', f"expected one of {', '.join(allowed)}", write_instead(bad, allowed, "see the list")
