"""Which caption, finding or case cell belongs to which record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from greenbook.documents.cells import CONDITION, Cell, CodeCell, ProseCell
from greenbook.documents.conditions import Names
from greenbook.errors import Problem
from greenbook.records import CaseRecord, FigureRecord, FindingRecord, TableRecord

Printed = FigureRecord | TableRecord | FindingRecord | CaseRecord

_PREFIX = {FigureRecord: "fig", TableRecord: "tbl", FindingRecord: "finding", CaseRecord: "case"}
_WANTED: dict[str, tuple[type, ...]] = {
    "caption": (FigureRecord, TableRecord), "finding": (FindingRecord,), "case": (CaseRecord,),
}
_WORDS = {"caption": "one figure or table", "finding": "one finding", "case": "one case"}


def anchor(record: Printed) -> str:
    """The unqualified anchor of a printed record: `fig-output`, `tbl-scope`, `finding-peak`, `case-x`."""
    return f"{_PREFIX[type(record)]}-{record.name}"


def printed(cell: CodeCell) -> list[Printed]:
    """The records of `cell` that print something where it stands, in order."""
    return [record for record in cell.records if isinstance(record, Printed)]


@dataclass
class Attachment:
    """`words` leads from (anchor, language) to its prose cell; `orphans` from the id of a cell without a record to
    the anchor that the code above it spells out, or to nothing.
    """

    words: dict[tuple[str, str], ProseCell] = field(default_factory=dict)
    orphans: dict[str, str] = field(default_factory=dict)
    silenced: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def attach(cells: Iterable[Cell], names: Names, notebook: str) -> Attachment:
    """Give each caption, finding and case cell to the nearest code cell above it.

    `cells` are all cells, before conditions. A cell of something that a condition of its code cell leaves out is
    silenced with it, under the same tag.
    """
    result, above = Attachment(), None
    for cell in cells:
        if isinstance(cell, CodeCell):
            above = cell
        elif cell.role:
            _attach(cell, above, names, notebook, result)
    return result


def _attach(cell: ProseCell, above: CodeCell | None, names: Names, notebook: str, result: Attachment) -> None:
    candidates = [record for record in (printed(above) if above else ()) if isinstance(record, _WANTED[cell.role])]
    if len(candidates) > 1 and cell.role != "caption":
        candidates = [record for record in candidates if anchor(record) == cell.stem]
    if above is None or len(candidates) != 1:
        _orphan(cell, above, len(candidates), notebook, result)
        return
    record = candidates[0]
    for name in (*above.conditions, *_own_condition(record)):
        if not names.exists(name):
            result.silenced[cell.id] = f"{CONDITION}{name}"
    key = (anchor(record), cell.language)
    if key in result.words:
        result.problems.append(Problem(
            notebook, cell.place, "GB514", f"found a second {cell.role} cell of {key[0]} in {cell.language}",
            f"one, and it is {result.words[key].place}", "join the two cells",
        ))
    result.words.setdefault(key, cell)


def _own_condition(record: Printed) -> list[str]:
    condition = record.condition if isinstance(record, FigureRecord) else ""
    return [condition.removeprefix(CONDITION)] if condition else []


def left_out(record: Printed, names: Names) -> str:
    """The tag that leaves `record` out by its own condition, or nothing."""
    return next((f"{CONDITION}{name}" for name in _own_condition(record) if not names.exists(name)), "")


def _orphan(cell: ProseCell, above: CodeCell | None, count: int, notebook: str, result: Attachment) -> None:
    """Nothing above is a gap; more than one thing cannot be told apart."""
    spelt = above.anchors if above is not None else ()
    result.orphans[cell.id] = spelt[0] if len(spelt) == 1 else ""
    if above is not None and count > 1:
        where = f"the code cell {above.place} with {count} of them"
        result.problems.append(Problem(
            notebook, cell.place, "GB514", f"found a {cell.role} cell under {where}",
            f"the nearest code cell above defines {_WORDS[cell.role]}", "give each a code cell of its own",
        ))
