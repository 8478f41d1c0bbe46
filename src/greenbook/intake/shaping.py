"""From a grid to candidate observations: long, years across, or indicators across; every row used or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from greenbook.catalog.cells import BadCell, last_day, number, shown
from greenbook.catalog.schema import OBSERVATIONS
from greenbook.catalog.view import Catalog
from greenbook.errors import Problem, write_instead
from greenbook.intake.grid import Cell, Grid
from greenbook.intake.names import WORDS, Names
from greenbook.intake.rules import IGNORE, Rules

_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?")
NEEDED = ("indicator", "region", "year", "value", "status", "source")
_SIGNIFICANT = 12


@dataclass(frozen=True)
class Candidate:
    """One observation as the file gives it: its cells by column (only those it gives), and where the value stands.

    `dates` are those of its source, for a row that is new or has another source than before.
    """

    cells: dict[str, str]
    origin: Cell
    dates: dict[str, str] = field(default_factory=dict)


@dataclass
class Shaped:
    """What a grid came to. `rows` of the file are those used and those `dropped`, each with where and why."""

    candidates: list[Candidate] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: str = ""
    rows: int = 0
    used: int = 0


@dataclass(frozen=True)
class _Column:
    """What a column of the file is: a column of the table, or the year or indicator whose values stand in it."""

    name: str
    year: str = ""
    indicator: str = ""
    unit: str = ""


def shape(grid: Grid, rules: Rules, catalog: Catalog) -> Shaped:
    """The candidates of `grid`; what cannot be mapped or read is among the problems of what comes back."""
    shaped = Shaped(dropped=list(grid.dropped), notes=list(grid.notes), rows=len(grid.rows) + len(grid.dropped))
    shaping = _Shaping(Names(catalog, rules), rules, shaped)
    columns = shaping.columns(grid)
    if columns is not None:
        for row in grid.rows:
            shaping.row(columns, row)
        shaping.told()
    return shaped


class _Shaping:
    def __init__(self, names: Names, rules: Rules, shaped: Shaped) -> None:
        self.names, self.rules, self.shaped = names, rules, shaped
        self.empty, self.converted = 0, 0
        self.assumed: set[str] = set()

    def columns(self, grid: Grid) -> list[_Column] | None:
        """What each column is, or None with the problems of the header (GB354, GB362)."""
        found = [self._column(cell) for cell in grid.header]
        kinds = {column.name for column in found}
        self.shaped.layout = ("long" if "value" in kinds else "years" if "years" in kinds else "indicators")
        doubled = [cell for cell, column in zip(grid.header, found, strict=True)
                   if column.name not in ("years", "indicators", IGNORE, "")
                   and [item.name for item in found].count(column.name) > 1]
        for cell in doubled:
            self._refuse(cell, "GB354", f"{shown(cell.text)} beside another column of the same meaning",
                         "each column once", "declare one as ignore in the mapping")
        if len(kinds & {"value", "years", "indicators"}) != 1 or self.rules.layout not in ("", self.shaped.layout):
            self._refuse(grid.header[0], "GB354", "no layout that is known",
                         "a column of values, years across, or indicators across and a column of years",
                         "name the columns in the mapping")
        self._missing(grid.header[0], kinds)
        return None if self.shaped.problems else found

    def _column(self, cell: Cell) -> _Column:
        text = cell.text
        if name := self.names.column(text):
            return _Column(name)
        if match := _YEAR.fullmatch(text.strip()):
            return _Column("years", year=match[1])
        label, unit = self.names.split(text)
        if name := self.names.column(label):
            return _Column(name, unit=unit)
        if indicator := self.names.indicator(text) or self.names.indicator(label):
            return _Column("indicators", indicator=indicator, unit=unit)
        self._refuse(cell, "GB354", f"column {shown(text)}", "a column of observations, a year or an indicator",
                     write_instead(text, self.names.near(), "declare it under columns in the mapping, or as ignore"))
        return _Column("")

    def _missing(self, cell: Cell, kinds: set[str]) -> None:
        """Columns that must be filled and that neither the file nor the mapping gives (GB362)."""
        given = kinds | self.rules.fill.keys()
        given |= {"years": {"value", "year"}, "indicators": {"value", "indicator"}}.get(self.shaped.layout, set())
        lacking = [name for name in NEEDED if name not in given]
        if lacking:
            self._refuse(cell, "GB362", f"no {', '.join(lacking)}", "these columns, or one value for all rows",
                         f"add the columns, or `fill: {{{lacking[0]}: …}}` in the mapping")

    def _refuse(self, cell: Cell, code: str, found: str, expected: str, do: str) -> None:
        self.shaped.problems.append(cell.problem(code, found, expected, do))

    def row(self, columns: list[_Column], row: tuple[Cell, ...]) -> None:
        """Adds the candidates of a row, or drops it with the reason."""
        first = next((cell for cell in row if cell.text), row[0])
        where = first.where() if "!" in first.path else f"{first.path}:{first.place}"
        if reason := self.rules.drop.get(first.text):
            self.shaped.dropped.append((where, reason))
            return
        before, faults = len(self.shaped.candidates), len(self.shaped.problems)
        fixed = dict(self._fixed(columns, row))
        for column, cell in zip(columns, row, strict=True):
            if column.name in ("value", "years", "indicators"):
                self._value(column, cell, fixed)
        if len(self.shaped.candidates) > before:
            self.shaped.used += 1
        elif len(self.shaped.problems) == faults:
            self.shaped.dropped.append((where, "no figure"))

    def _fixed(self, columns: list[_Column], row: tuple[Cell, ...]) -> Iterator[tuple[str, tuple[str, Cell, str]]]:
        """The cells that hold for every value of the row: (text, cell, unit of the header)."""
        for name, text in self.rules.fill.items():
            yield name, (text, row[0], "")
        for column, cell in zip(columns, row, strict=True):
            if column.name in (*OBSERVATIONS.names, "unit") and column.name != "value" and cell.text:
                yield column.name, (cell.text, cell, column.unit)

    def _value(self, column: _Column, cell: Cell, fixed: dict[str, tuple[str, Cell, str]]) -> None:
        if cell.text.strip() == "" or cell.text in self.rules.missing:
            self.empty += 1
            return
        try:
            number(cell.text)
        except BadCell as fault:
            code, expected, do = fault.args
            if code == "GB310" and do.startswith("leave the row out"):
                do = f"declare it: `missing: [{shown(cell.text)}]` in the mapping"
            self._refuse(cell, code, shown(cell.text), expected, do)
            return
        cells = {name: self._word(name, text) for name, (text, _, _) in fixed.items() if name != "unit"}
        cells |= {"year": column.year} if column.year else {}
        cells |= {"value": cell.text}
        indicator, at = self._indicator(column, cell, fixed)
        if not indicator:
            name = fixed["indicator"][0] if "indicator" in fixed else ""
            self._refuse(at, "GB361", f"indicator {shown(name)}", "an indicator of the catalog",
                         write_instead(name, self.names.near(), "name it under indicators in the mapping"))
            return
        cells["indicator"] = indicator
        unit = fixed["unit"][0] if "unit" in fixed else ""
        if self._converted(cells, cell, self._unit(indicator, unit, column, fixed)):
            self.shaped.candidates.append(Candidate(cells, cell, self._dates(cells)))

    def _indicator(self, column: _Column, cell: Cell, fixed: dict[str, tuple[str, Cell, str]]) -> tuple[str, Cell]:
        if column.indicator:
            return column.indicator, cell
        text, at, _ = fixed.get("indicator", ("", cell, ""))
        return self.names.indicator(text) or self.names.indicator(self.names.split(text)[0]), at

    def _word(self, name: str, text: str) -> str:
        if name == "region":
            return self.names.region(text)
        if name == "year":
            return text.removesuffix("年")
        return WORDS.get(name, {}).get(text, text)

    def _unit(self, indicator: str, written: str, column: _Column, fixed: dict[str, tuple[str, Cell, str]]) -> str:
        """The unit in which the file gives the value, as written; empty where it says nothing."""
        named = self.names.split(fixed["indicator"][0])[1] if "indicator" in fixed else ""
        return written or column.unit or self.rules.units.get(indicator, "") or named or self.rules.unit

    def _converted(self, cells: dict[str, str], cell: Cell, written: str) -> bool:
        """Brings the value into the stored unit, exactly, and keeps the figure as published in the note."""
        catalog, stored = self.names.catalog, self.names.catalog.indicators[cells["indicator"]].unit
        unit = self.names.unit(written) if written else stored
        if not written:
            self.assumed.add(stored)
        if not unit:
            self._refuse(cell, "GB323", f"unit {shown(written)}", "an id of data/units.yml or its word",
                         write_instead(written, catalog.units, "declare it under units in the mapping"))
            return False
        if unit == stored:
            return True
        source, target = catalog.units[unit], catalog.units[stored]
        if source.dimension != target.dimension:
            self._refuse(cell, "GB324", f"unit {shown(unit)} ({source.dimension})",
                         f"a unit of {target.dimension}, as {cells['indicator']} is in {stored}", "correct the unit")
            return False
        original = f"original: {cells['value']} {unit}"
        cells["value"] = exact(Fraction(Decimal(cells["value"])) * source.factor / target.factor)
        cells["note"] = "; ".join(part for part in (cells.get("note", ""), original) if part)
        self.converted += 1
        return True

    def _dates(self, cells: dict[str, str]) -> dict[str, str]:
        """Where no day of release is given, the source's own: a partial date counts as its last day, estimated."""
        source = self.names.catalog.sources.get(cells.get("source", ""))
        if "released" in cells or source is None:
            return {"released_is_estimated": "false"}
        estimated = "false" if source.published_precision == "day" else "true"
        return {"released": last_day(source.published).isoformat(), "released_is_estimated": estimated}

    def told(self) -> None:
        """Notes on what was done under a rule."""
        notes = self.shaped.notes
        if self.empty:
            notes.append(f"{self.empty} cells without a figure: left out")
        if self.converted:
            notes.append(f"{self.converted} figures: converted into the stored unit, as published in the note")
        if self.assumed and not self.shaped.problems:
            notes.append(f"no unit declared: taken as stored ({', '.join(sorted(self.assumed))})")


def exact(value: Fraction) -> str:
    """`value` as a plain decimal: whole where it ends, else to 12 significant digits."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    number = Decimal(value.numerator) / Decimal(value.denominator)
    if rest != 1:
        number = Decimal(f"{number:.{_SIGNIFICANT}g}")
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
