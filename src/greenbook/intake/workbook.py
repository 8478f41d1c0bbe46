"""A workbook as a grid: values by calamine, and every cell that is not plain refused or taken under a declared rule."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal
from typing import Any

from greenbook.catalog.cells import shown
from greenbook.catalog.files import DataFile
from greenbook.errors import Problem, write_instead
from greenbook.intake.container import unfit
from greenbook.intake.grid import Cell, Grid
from greenbook.intake.rules import Rules
from greenbook.intake.structure import Structure, Unsound, cell_name, epoch_1904, sheet_structure

DIGITS = 15
"""A spreadsheet shows at most this many significant digits; what it stores beyond is binary noise."""


def read_workbook(file: DataFile, rules: Rules, problems: list[Problem]) -> Grid | None:
    """The table of an .xlsx file under `rules`; None with problems where it cannot be trusted.

    Limits come before loading; the sheet is the one that `rules` name, or the only visible one.
    """
    if fault := unfit(file):
        problems.append(fault)
        return None
    try:
        return _load(file, rules, problems)
    except Unsound as unsound:
        code, found, expected, do = unsound.args
        problems.append(Problem(file.name, "", code, found, f"expected {expected}", do))
        return None


def _load(file: DataFile, rules: Rules, problems: list[Problem]) -> Grid | None:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
        name = _sheet(book.sheets_metadata, file, rules, problems)
        if name is None:
            return None
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            if epoch_1904(archive):
                raise Unsound("GB353", "found days counted from 1904", "days counted from 1900",
                              "switch the date system")
            structure = sheet_structure(archive, name)
        sheet = book.get_sheet_by_name(name)
        values, merged = sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except CalamineError as error:
        raise Unsound("GB351", f"found a workbook that cannot be read ({error})", "a whole .xlsx file",
                      "save it again") from error
    return _Sheet(file.name, name, values, merged, structure, rules, problems).grid()


def _sheet(metadata: list[Any], file: DataFile, rules: Rules, problems: list[Problem]) -> str | None:
    """The name of the sheet to read, or None with a problem (GB353)."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = {item.name: item.visible == SheetVisibleEnum.Visible for item in metadata
              if item.typ == SheetTypeEnum.WorkSheet}
    hidden = [name for name, visible in sheets.items() if not visible]
    visible = [name for name, seen in sheets.items() if seen]
    if rules.sheet and rules.sheet not in sheets:
        fault = (f"no sheet {shown(rules.sheet)}", f"one of {', '.join(sheets)}",
                 write_instead(rules.sheet, sheets, "correct sheet in the mapping"))
    elif hidden and rules.hidden == "refuse":
        fault = (f"hidden sheet {shown(hidden[0])}", "visible sheets only",
                 "delete it, or declare hidden: skip in the mapping")
    elif rules.sheet in hidden and rules.hidden != "read":
        fault = f"sheet {shown(rules.sheet)} hidden", "a visible sheet", "declare hidden: read in the mapping"
    elif not rules.sheet and len(visible) != 1:
        fault = (f"{len(visible)} sheets: {', '.join(visible)}", "one sheet", "name one as sheet in the mapping")
    else:
        return rules.sheet or visible[0]
    problems.append(Problem(file.name, "", "GB353", f"found {fault[0]}", f"expected {fault[1]}", fault[2]))
    return None


class _Sheet:
    """One sheet on its way to a grid: each step refuses cells, or notes what it did under which rule."""

    def __init__(self, file: str, name: str, values: list[list[Any]], merged: list[tuple], structure: Structure,
                 rules: Rules, problems: list[Problem]) -> None:
        self.file, self.name, self.values, self.merged = file, name, values, merged
        self.structure, self.rules, self.problems = structure, rules, problems
        self.notes: list[str] = []
        self.dropped: list[tuple[str, str]] = []
        self.faults = 0

    def grid(self) -> Grid | None:
        for step in (self._merge, self._hide, self._valueless, self._errors, self._percents):
            step()
        if self.structure.formulas:
            self.notes.append(f"{self.structure.formulas} formulas: taken as the values stored with them")
        header, *body = self._rows() or [()]
        if not body and not self.faults:
            self.problems.append(Problem(self.file, "", "GB354", f"found no row below the header in sheet {self.name}",
                                         f"expected the header on row {self.rules.header_row}", "correct header_row"))
        if self.faults or not body:
            return None
        return Grid(header, tuple(body), self.name, tuple(self.dropped), tuple(self.notes))

    def refuse(self, row: int, column: int, code: str, found: str, expected: str, do: str) -> None:
        self.faults += 1
        self.problems.append(Problem(f"{self.file}!{self.name}!{cell_name(row, column)}", "", code, f"found {found}",
                                     f"expected {expected}", do))

    def _merge(self) -> None:
        for (top, left), (bottom, right) in self.merged:
            if self.rules.merged == "refuse":
                self.refuse(top, left, "GB355", f"cells merged down to {cell_name(bottom, right)}", "cells apart",
                            "unmerge them, or declare merged: fill in the mapping")
                continue
            for row in range(top, min(bottom + 1, len(self.values))):
                for column in range(left, min(right + 1, len(self.values[row]))):
                    self.values[row][column] = self.values[top][left]
        if self.merged and self.rules.merged == "fill":
            self.notes.append(f"{len(self.merged)} merged areas: filled with their first value")

    def _hide(self) -> None:
        width = max((len(row) for row in self.values), default=0)
        columns = {column for column in self.structure.hidden_columns if column < width
                   and any(row[column] not in ("", None) for row in self.values)}
        for row in sorted(self.structure.hidden_rows) if self.rules.hidden == "refuse" else ():
            self.refuse(row, 0, "GB358", "a hidden row", "visible rows", _HIDDEN)
        for column in sorted(columns) if self.rules.hidden == "refuse" else ():
            self.refuse(0, column, "GB358", "a hidden column", "visible columns", _HIDDEN)
        if columns and self.rules.hidden == "skip":
            self.notes.append(f"{len(columns)} hidden columns: left out")
            self.values = [[value for column, value in enumerate(row) if column not in columns] for row in self.values]
        self.skipped = columns if self.rules.hidden == "skip" else set()

    def _valueless(self) -> None:
        for row, column in sorted(self.structure.valueless):
            self.refuse(row, column, "GB356", "a formula without a stored value", "a value",
                        "open and save the workbook in a spreadsheet, or paste the values")

    def _errors(self) -> None:
        for row, column in sorted(self.structure.errors):
            self.refuse(row, column, "GB357", "an error value", "a value", "mend the formula, or empty the cell")

    def _percents(self) -> None:
        """A cell that shows 12.3% stores 0.123: taken as shown under the rule, else refused."""
        columns = self._columns()
        for row, column in sorted(self.structure.percents):
            if column not in columns:
                continue
            value = self.values[row][columns.index(column)]
            as_shown = plain_number(Decimal(plain(value)) * 100) if isinstance(value, float | int) else plain(value)
            if self.rules.percent == "refuse":
                self.refuse(row, column, "GB359", f"{plain(value)} shown as {as_shown}%", "a plain number",
                            f"write {as_shown} without a per cent format, or declare percent: as_shown in the mapping")
            else:
                self.values[row][columns.index(column)] = as_shown
        if self.structure.percents and self.rules.percent == "as_shown":
            self.notes.append(f"{len(self.structure.percents)} cells shown as per cents: taken as shown")

    def _columns(self) -> list[int]:
        width = max((len(row) for row in self.values), default=0)
        return [column for column in range(width + len(self.skipped)) if column not in self.skipped]

    def _rows(self) -> list[tuple[Cell, ...]]:
        """The rows from the header on; skipped and blank ones are dropped with the reason; none is below the last."""
        columns, start = self._columns(), self.rules.header_row - 1
        rows: list[tuple[Cell, ...]] = []
        last = max((number for number, row in enumerate(self.values) if any(map(plain, row))), default=-1)
        for number, row in enumerate(self.values[:last + 1]):
            place = f"{self.file}!{self.name}!{number + 1}"
            if number < start:
                self.dropped.append((place, "above the header"))
            elif number > start and self.rules.hidden == "skip" and number in self.structure.hidden_rows:
                self.dropped.append((place, "hidden row"))
            elif number > start and not any(map(plain, row)):
                self.dropped.append((place, "blank row"))
            else:
                rows.append(tuple(Cell(plain(value), f"{self.file}!{self.name}!{cell_name(number, column)}")
                                  for column, value in zip(columns, row, strict=True)))
        return self._narrowed(rows)

    def _narrowed(self, rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
        """Without the empty columns at the right."""
        width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell.text), default=0)
        return [row[:width] for row in rows]


_HIDDEN = "show it, delete it, or declare hidden: skip or read in the mapping"


def plain(value: Any) -> str:
    """A cell's value as the text that a researcher would write in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return plain_number(Decimal(f"{value:.{DIGITS}g}"))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def plain_number(value: Decimal) -> str:
    """A plain decimal: no exponent, no zeros at the end of a fraction."""
    if not value.is_finite():
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
