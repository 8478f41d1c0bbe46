"""A researcher's table as texts that know where they stand, whatever file it came from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from greenbook.catalog.cells import shown
from greenbook.catalog.files import DataFile, decode
from greenbook.catalog.strict import read_rows
from greenbook.errors import Problem
from greenbook.intake.rules import Rules


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and where it stands: file and line of a CSV, or `book.xlsx!Sheet!C14` and nothing."""

    text: str
    path: str
    place: str = ""

    def problem(self, code: str, found: str, expected: str, do: str) -> Problem:
        """A problem of this cell."""
        return Problem(self.path, self.place, code, f"found {found}", f"expected {expected}", do)

    def where(self) -> str:
        return f"{self.path}:{self.place}" if self.place else self.path


@dataclass(frozen=True)
class Grid:
    """Header and rows, each row as long as the header. `dropped` are rows left out already, each with its reason.

    `notes` say what was done under which rule, for the one who imports.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""
    dropped: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def read_table(file: DataFile, rules: Rules, problems: list[Problem]) -> Grid | None:
    """The table of a CSV file under `rules`; None with problems where it cannot be trusted."""
    found: list[Problem] = []
    text = decode(file, rules.encoding, found)
    problems += [_undeclared(problem) for problem in found]
    if text is None:
        return None
    above = rules.header_row - 1
    lines = text.removesuffix("\n").split("\n")
    if len(lines) <= above + 1:
        problems.append(Problem(file.name, str(len(lines)), "GB354", "found no row below the header",
                                f"expected the header on line {rules.header_row}", "correct header_row or the file"))
        return None
    faults: list[Problem] = []
    rows = read_rows(file.name, "\n".join([*lines[above:], ""]), None, faults)
    problems += [_moved(problem, above) for problem in faults]
    if faults:
        return None
    header = tuple(Cell(column, file.name, str(rules.header_row)) for column in rows[0].cells)
    body = tuple(tuple(Cell(text, file.name, str(row.line + above)) for text in row.cells.values()) for row in rows)
    return Grid(header, body, dropped=_above(file.name, lines[:above]))


def _undeclared(problem: Problem) -> Problem:
    """Encodings of a file to import are declared in its mapping, not in data/encodings.yml."""
    words = problem.do.replace("declare GB18030 in data/encodings.yml", "give --encoding GB18030")
    return dataclasses.replace(problem, do=words.replace("remove it from data/encodings.yml", "give --encoding UTF-8"))


def _moved(problem: Problem, lines: int) -> Problem:
    return dataclasses.replace(problem, place=str(int(problem.place) + lines)) if lines else problem


def _above(name: str, lines: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{name}:{number}", "above the header") for number, _ in enumerate(lines, 1))


def checked_header(grid: Grid, problems: list[Problem]) -> bool:
    """Whether every column has a name of its own; what is wrong is added to `problems`."""
    before, seen = len(problems), set()
    for cell in grid.header:
        if not cell.text.strip():
            problems.append(cell.problem("GB354", "a column without a name", "a name", "name it, or delete it"))
        elif cell.text in seen:
            problems.append(cell.problem("GB354", f"column {shown(cell.text)} again", "each column once",
                                         "delete one of the two, or tell them apart"))
        seen.add(cell.text)
    return len(problems) == before


def file_name(path: Path) -> str:
    """The name of a file as messages print it: on one line, nothing hidden."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in path.name)
