"""What exists under an edition's date, and what an `if-<name>` tag therefore leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from greenbook.documents.cells import CONDITION, Cell, CodeCell, code_of
from greenbook.errors import Problem, write_instead
from greenbook.records import CaseRecord, FigureRecord, FindingRecord, LoadRecord, TableRecord, ValueRecord


@dataclass(frozen=True)
class Names:
    """The names of a chapter: its values, what exists under the date, and what is known but absent."""

    values: dict[str, ValueRecord]
    existing: frozenset[str]
    known: frozenset[str]

    def exists(self, name: str) -> bool:
        """Whether the value, indicator, target, figure, table or finding called `name` exists."""
        return self.values[name].value is not None if name in self.values else name in self.existing

    def absent_value(self, name: str) -> bool:
        """Whether `name` is a value of the chapter without a number under this date."""
        return name in self.known and not self.exists(name)


def read_names(cells: Iterable[Cell], view: Any) -> Names:
    """The names that `cells` define or that the catalog knows.

    A name in the code without a record is a value of nothing: known, and absent.
    """
    values: dict[str, ValueRecord] = {}
    existing: set[str] = {target.id for target in view.targets()}
    known = {*view.catalog.indicators, *view.catalog.targets}
    for cell in code_of(cells):
        known |= {*cell.names, *cell.anchors}
        for record in cell.records:
            if isinstance(record, ValueRecord):
                values[record.name] = record
            existing |= _existing(record)
    return Names(values, frozenset(existing), frozenset(known | existing | set(values)))


def _existing(record: Any) -> set[str]:
    if isinstance(record, ValueRecord):
        return set() if record.value is None else {record.name}
    if isinstance(record, LoadRecord):
        return {*record.targets, *(() if record.empty else (record.indicator,))}
    if isinstance(record, FigureRecord):
        return {record.name, f"fig-{record.name}"}
    if isinstance(record, TableRecord):
        return {record.name, f"tbl-{record.name}"}
    if isinstance(record, FindingRecord):
        return {record.name, f"finding-{record.name}"}
    return {record.name, f"case-{record.name}"} if isinstance(record, CaseRecord) else set()


def unknown_conditions(cells: Iterable[Cell], names: Names, notebook: str) -> list[Problem]:
    """A problem for each `if-<name>` tag whose name nothing in the chapter or the catalog has."""
    return [
        Problem(notebook, cell.place, "GB505", f'found the tag "{CONDITION}{name}"',
                "a value, indicator, target, figure or table of that name",
                write_instead(name, names.known, "remove the tag").replace("write ", f"write {CONDITION}"))
        for cell in cells for name in cell.conditions if name not in names.known
    ]


def keep(cells: Iterable[Cell], names: Names) -> tuple[list[Cell], list[tuple[str, str]]]:
    """The cells that are printed, and (cell id, tag) of what a condition leaves out.

    A code cell stays, since its values may be used elsewhere; only its figures, tables, findings and cases go.
    """
    kept: list[Cell] = []
    left_out: list[tuple[str, str]] = []
    for cell in cells:
        missing = [name for name in cell.conditions if not names.exists(name)]
        left_out += [(cell.id, f"{CONDITION}{name}") for name in missing]
        if not missing:
            kept.append(cell)
        elif isinstance(cell, CodeCell):
            kept.append(_without_prints(cell))
    return kept, list(dict.fromkeys(left_out))


def _without_prints(cell: CodeCell) -> CodeCell:
    printed = (FigureRecord, TableRecord, FindingRecord, CaseRecord)
    records = tuple(record for record in cell.records if not isinstance(record, printed))
    return replace(cell, records=records)
