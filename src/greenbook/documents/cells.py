"""The cells of a chapter as documents sees them: prose by language, role and stem; code with its records."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from greenbook.language import TAGS
from greenbook.records import Record

ROLES = ("caption", "finding", "case")
CONDITION = "if-"
_NAMED = re.compile(r"\.(value|figure|table|finding|case|load)\(\s*[\"']([\w-]+)[\"']")
_PREFIX = {"figure": "fig-", "table": "tbl-", "finding": "finding-", "case": "case-"}


@dataclass(frozen=True)
class ProseCell:
    """A prose cell in one language. Twins share `stem`, which is the anchor; `role` is empty or one of ROLES."""

    id: str
    place: str
    language: str
    stem: str
    role: str
    source: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeCell:
    """A code cell with the records of its run; `names` and `anchors` are those that its calls spell out."""

    id: str
    place: str
    records: tuple[Record, ...]
    names: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


Cell = ProseCell | CodeCell


@dataclass
class _Unpaired:
    """Stems given to cells that `tidy` has not named yet: the next cell in the other language is the twin."""

    waiting: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def stem(self, language: str, role: str, number: int) -> str:
        other = next(name for name in TAGS.values() if name != language)
        if self.waiting.get((other, role)):
            return self.waiting[other, role].pop(0)
        stem = f"cell-{number}"
        self.waiting.setdefault((language, role), []).append(stem)
        return stem


def read_cells(cells: Iterable[Any], records: dict[str, tuple[Record, ...]]) -> tuple[Cell, ...]:
    """The printed cells of a source notebook, in order, code cells joined by id with their `records`.

    `cells` have id, kind, tags, source, place. A cell tagged both `zh` and `en` is its own twin. Markdown without a
    language tag is not printed.
    """
    result: list[Cell] = []
    unpaired = _Unpaired()
    for number, cell in enumerate(cells, 1):
        conditions = tuple(sorted(tag.removeprefix(CONDITION) for tag in cell.tags if tag.startswith(CONDITION)))
        if cell.kind == "code":
            calls = _NAMED.findall(cell.source)
            anchors = tuple(f"{_PREFIX[call]}{name}" for call, name in calls if call in _PREFIX)
            names = tuple(name for _, name in calls)
            result.append(CodeCell(cell.id, cell.place, tuple(records.get(cell.id, ())), names, anchors, conditions))
        elif cell.kind == "markdown":
            result += _prose(cell, conditions, number, unpaired)
    return tuple(result)


def _prose(cell: Any, conditions: tuple[str, ...], number: int, unpaired: _Unpaired) -> list[ProseCell]:
    tags = [tag for tag in TAGS if tag in cell.tags]
    role = next((role for role in ROLES if role in cell.tags), "")
    if len(tags) > 1:
        stems = [cell.id] * 2
    else:
        stems = [_stem(cell.id, tag) or unpaired.stem(TAGS[tag], role, number) for tag in tags]
    return [ProseCell(cell.id, cell.place, TAGS[tag], stem, role, cell.source, conditions)
            for tag, stem in zip(tags, stems, strict=True)]


def _stem(name: str, tag: str) -> str:
    return name.removesuffix(f"-{tag}") if name.endswith(f"-{tag}") else ""


def prose_of(cells: Iterable[Cell]) -> list[ProseCell]:
    """The prose cells among `cells`."""
    return [cell for cell in cells if isinstance(cell, ProseCell)]


def code_of(cells: Iterable[Cell]) -> list[CodeCell]:
    """The code cells among `cells`."""
    return [cell for cell in cells if isinstance(cell, CodeCell)]
