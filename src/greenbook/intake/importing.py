"""`build.py import FILE`: read, map, compare, prove on a copy of data/, and only then write."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenbook.catalog.declared import declare
from greenbook.catalog.files import DataFile, read_file
from greenbook.catalog.reading import read_catalog
from greenbook.catalog.schema import IMPORTS, OBSERVATIONS
from greenbook.catalog.strict import read_rows
from greenbook.catalog.view import Catalog
from greenbook.catalog.writing import replace_file, table_text
from greenbook.errors import DataRefused, GreenbookError, Problem
from greenbook.intake.comparing import Cells, Compared, Key, compare, key_of, table
from greenbook.intake.container import is_workbook
from greenbook.intake.grid import Cell, checked_header, file_name, read_table
from greenbook.intake.rules import Rules, read_rules
from greenbook.intake.shaping import Shaped, shape
from greenbook.intake.workbook import read_workbook
from greenbook.project import Project

_LEDGER = IMPORTS.file


@dataclass
class Import:
    """A file on its way into `project`: what it would do, before anything is written."""

    project: Project
    file: DataFile
    mapping: tuple[str, str]
    sheet: str
    shaped: Shaped
    compared: Compared
    tables: dict[str, str]
    problems: list[Problem]

    def lines(self) -> Iterator[str]:
        """The table: rows read = rows used + rows dropped with reasons; added, changed, unchanged, refused."""
        shaped, compared = self.shaped, self.compared
        yield f"{self.file.name}{'!' + self.sheet if self.sheet else ''}: sha256 {self.file.sha256}"
        reasons: dict[str, list[str]] = {}
        for where, reason in shaped.dropped:
            reasons.setdefault(reason, []).append(where)
        faulty = shaped.rows - shaped.used - len(shaped.dropped)
        yield (f"{shaped.rows:,} rows read = {shaped.used:,} used + {len(shaped.dropped):,} dropped"
               + (f" + {faulty:,} refused" if faulty else ""))
        for reason, places in reasons.items():
            more = f" and {len(places) - 3:,} more" if len(places) > 3 else ""
            yield f"  dropped  {reason}: {', '.join(places[:3])}{more}"
        for note in shaped.notes:
            yield f"  rule     {note}"
        sound = compared.without({(problem.path, problem.place) for problem in self.problems})
        yield from table(sound)
        yield (f"{len(sound.added):,} to add, {len(sound.changed):,} to change, "
               f"{compared.unchanged:,} unchanged, {len(self.problems):,} refused")

    def write(self) -> Iterator[str]:
        """Writes the tables, the ledger and the declared rows; yields the name of each file."""
        for name, text in self.tables.items():
            replace_file(self.project.data / name, text.encode())
            yield f"data/{name}: written"
        yield from declare(self.project)


def prepare(project: Project, path: Path, mapping: Path | None = None, encoding: str | None = None) -> Import:
    """What importing the file at `path` would do. Raises DataRefused where the file or its mapping cannot be read.

    The catalog as it would become is read as a whole in a copy; what it refuses is named by the file's own places.
    """
    catalog = read_catalog(project)
    problems: list[Problem] = []
    file = _file(path, problems)
    rules, known = _rules(project, mapping, problems)
    if encoding:
        rules = dataclasses.replace(rules, encoding=encoding)
    if problems or file is None:
        raise DataRefused(problems)
    grid = (read_workbook if is_workbook(file) else read_table)(file, rules, problems)
    if grid is None or not checked_header(grid, problems):
        raise DataRefused(problems)
    shaped = shape(grid, rules, catalog)
    compared = compare(shaped.candidates, standing(project, catalog))
    made = Import(project, file, known, grid.sheet, shaped, compared, {}, [*shaped.problems, *compared.problems])
    if compared.changes:
        _prove(made, catalog)
    return made


def _file(path: Path, problems: list[Problem]) -> DataFile | None:
    return read_file(path, file_name(path), path.resolve().parent, problems)


def _rules(project: Project, mapping: Path | None, problems: list[Problem]) -> tuple[Rules, tuple[str, str]]:
    """The rules, and name and hash of the file they stand in."""
    if mapping is None:
        return Rules(), ("", "")
    inside = mapping.resolve().is_relative_to(project.root)
    name = project.relative(mapping.resolve()) if inside else file_name(mapping)
    file = read_file(mapping, name, mapping.resolve().parent, problems)
    return (read_rules(file, problems), (name, file.sha256)) if file else (Rules(), ("", ""))


def standing(project: Project, catalog: Catalog) -> dict[Key, Cells]:
    """The rows of observations as they stand in the files, by key."""
    found = {}
    for name in sorted({row.file for row in catalog.observations}):
        for row in _rows(project.root / name, name):
            found[key_of(row)] = row
    return found


def _rows(path: Path, name: str) -> list[Cells]:
    """The rows of a table of observations, with the columns in their order; raises DataRefused for another encoding."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise DataRefused([Problem(name, "", "GB304", "found a table that is not UTF-8", "expected UTF-8",
                                   "save it as UTF-8 before importing into it")]) from None
    problems: list[Problem] = []
    rows = read_rows(name, text, OBSERVATIONS.names, problems)
    if problems:
        raise DataRefused(problems)
    return [{column: row.cells[column] for column in OBSERVATIONS.names} for row in rows]


def _order(cells: Cells) -> tuple:
    year = cells["year"]
    return (cells["indicator"], cells["region"], int(year) if year.isdecimal() else 0, cells["as_at"],
            cells["vintage"])


def _prove(made: Import, catalog: Catalog) -> None:
    """Writes the tables as they would become into a copy of data/ and reads it as a whole."""
    sectors: dict[str, dict[Key, Cells]] = {}
    origins: dict[Key, Cell] = {}
    for change in made.compared.changes:
        name = f"observations/{catalog.indicators[change.new['indicator']].sector}.csv"
        sectors.setdefault(name, {})[key_of(change.new)] = change.new
        origins[key_of(change.new)] = change.candidate.origin
    places: dict[tuple[str, str], Cell] = {}
    for name, new in sorted(sectors.items()):
        path = made.project.data / name
        old = _rows(path, f"data/{name}") if path.exists() else []
        rows = sorted({**{key_of(row): row for row in old}, **new}.values(), key=_order)
        places |= {(f"data/{name}", str(line)): origins[key_of(row)]
                   for line, row in enumerate(rows, 2) if key_of(row) in new}
        try:
            made.tables[name] = table_text(OBSERVATIONS, rows)
        except DataRefused as refused:
            made.problems += [_renamed(dataclasses.replace(item, path=f"data/{name}"), places)
                              for item in refused.problems]
    made.tables[_LEDGER] = _ledger(made)
    told = {(item.path, item.place, item.code) for item in made.problems}
    found = [_renamed(item, places) for item in _refused(made)]
    made.problems += [item for item in found if (item.path, item.place, item.code) not in told]


def _refused(made: Import) -> tuple[Problem, ...]:
    with tempfile.TemporaryDirectory(prefix="greenbook-import-") as name:
        copy = Project(Path(name).resolve())
        shutil.copytree(made.project.data, copy.data)
        for table_name, text in made.tables.items():
            (copy.data / table_name).write_text(text, "utf-8", newline="")
        list(declare(copy))
        try:
            read_catalog(copy)
        except GreenbookError as error:
            return error.problems
    return ()


def _renamed(problem: Problem, places: dict[tuple[str, str], Cell]) -> Problem:
    """A problem of a row that the file gives, under the file's own place."""
    cell = places.get((problem.path, problem.place))
    return problem if cell is None else dataclasses.replace(problem, path=cell.path, place=cell.place)


def _ledger(made: Import) -> str:
    """data/imports.csv with the line of this import, which takes the place of an earlier one of the same bytes."""
    path = made.project.data / _LEDGER
    text = path.read_bytes().decode("utf-8") if path.exists() else ",".join(IMPORTS.names) + "\n"
    old = [dict(row.cells) for row in read_rows(_LEDGER, text, IMPORTS.names, [])]
    shaped, compared = made.shaped, made.compared
    counts = {"bytes": len(made.file.content), "rows_read": shaped.rows, "rows_used": shaped.used,
              "rows_dropped": len(shaped.dropped), "added": len(compared.added), "changed": len(compared.changed),
              "unchanged": compared.unchanged}
    new = {"file": made.file.name, "sha256": made.file.sha256, "sheet": made.sheet, "mapping": made.mapping[0],
           "mapping_sha256": made.mapping[1], **{name: str(count) for name, count in counts.items()}}
    rows = {tuple(row[column] for column in IMPORTS.key): row for row in [*old, new]}
    return table_text(IMPORTS, sorted(rows.values(), key=lambda row: (row["file"], row["sha256"], row["sheet"],
                                                                      row["mapping_sha256"])))
