"""A strict CSV parser that keeps line numbers: nothing is guessed, dropped or repaired in silence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from greenbook.errors import Problem, write_instead

MOST_ROWS = 200_000
LONGEST_CELL = 10_000
_THOUSANDS = re.compile(r"-?[0-9]{1,3},[0-9]{3}(?:\.[0-9]+)?")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it stands on and its cells by column."""

    line: int
    cells: dict[str, str]


class _Fault(Exception):
    """A line that is no row: code, what was found, what was expected, what to do."""


def _quotes(found: str, do: str) -> _Fault:
    return _Fault("GB307", found, "quotes in pairs", do)


def read_rows(name: str, text: str, columns: tuple[str, ...] | None, problems: list[Problem]) -> list[Row]:
    """The rows of the CSV `text`, whose columns must be `columns` in any order; None takes its own header.

    One empty line at the end, as editors leave it, is none. A cell ends on its line: a quote that is not closed there
    is a fault of that line and of no other. Every fault is added to `problems`; a faulty line gives no row.
    """
    lines = text.removesuffix("\n").removesuffix("\n").split("\n")
    header = _header(name, lines[0], columns, problems)
    if header is None:
        return []
    if len(lines) - 1 > MOST_ROWS:
        problems.append(Problem(name, str(MOST_ROWS + 2), "GB303", f"found {len(lines) - 1:,} rows",
                                f"expected at most {MOST_ROWS:,}", "split the file"))
        return []
    rows = []
    for number, line in enumerate(lines[1:], 2):
        try:
            rows.append(Row(number, _cells(line, header)))
        except _Fault as fault:
            problems.append(_problem(name, number, *fault.args))
    return rows


def _problem(name: str, line: int, code: str, found: str, expected: str, do: str) -> Problem:
    return Problem(name, str(line), code, found, f"expected {expected}", do)


def split_line(line: str) -> list[str]:
    """The cells of one line; raises a fault where a quote stands wrong."""
    if '"' not in line:
        return line.split(",")
    cells, position = [], 0
    while True:
        cell, end = _cell(line, position)
        cells.append(cell)
        if end >= len(line):
            return cells
        position = end + 1


def _cell(line: str, position: int) -> tuple[str, int]:
    """The cell that begins at `position` and where it ends."""
    if line.startswith('"', position):
        match = _QUOTED.match(line, position)
        if match is None:
            raise _quotes("found a quote that is not closed on its line", 'close it with "')
        if match.end() < len(line) and line[match.end()] != ",":
            raise _quotes("found text after a closing quote", 'write a quote inside a cell as ""')
        return match[1].replace('""', '"'), match.end()
    end = line.find(",", position)
    end = len(line) if end < 0 else end
    if '"' in line[position:end]:
        raise _quotes("found a quote inside a cell without quotes", 'put the cell in quotes and write "" for "')
    return line[position:end], end


def _cells(line: str, header: list[str]) -> dict[str, str]:
    """The cells of a row by column; raises a fault where the line is no row of the table."""
    expected = f"{len(header)} cells"
    if not line.strip(", \t"):
        raise _Fault("GB308", "found a blank row", expected, "delete the row")
    cells = split_line(line)
    if len(cells) != len(header):
        found = "found 1 cell" if len(cells) == 1 else f"found {len(cells)} cells"
        raise _Fault("GB308", found, expected, _shape(cells, header))
    column = max(header, key=lambda name: len(cells[header.index(name)]))
    longest = len(cells[header.index(column)])
    if longest > LONGEST_CELL:
        raise _Fault("GB303", f"{column}: found {longest:,} characters", f"at most {LONGEST_CELL:,} in a cell",
                     "shorten it")
    return dict(zip(header, cells, strict=True))


def _shape(cells: list[str], header: list[str]) -> str:
    """What to do with a row of the wrong length."""
    for first, second in itertools.pairwise(cells):
        if len(cells) > len(header) and _THOUSANDS.fullmatch(f"{first},{second}"):
            return f"write {first}{second}, without a comma in the number"
    if len(cells) == len(header) + 1 and cells[-1] == "":
        return "delete the comma at its end"
    if len(cells) > len(header):
        return "put a cell that holds a comma in quotes"
    if len(cells) == 1:
        return "keep totals, units and remarks out of the table"
    return f"add what is missing; the last column is {header[-1]}"


def _header(name: str, line: str, columns: tuple[str, ...] | None, problems: list[Problem]) -> list[str] | None:
    """The column names of the first line, or None with every fault of it."""
    try:
        header = split_line(line)
    except _Fault as fault:
        problems.append(_problem(name, 1, *fault.args))
        return None
    faults = list(_header_faults(line, header, tuple(header) if columns is None else columns))
    problems += [_problem(name, 1, "GB309", *fault) for fault in faults]
    return None if faults else header


def _header_faults(line: str, header: list[str], columns: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """What was found, expected and to be done: another delimiter; names blank, doubled, unknown or missing."""
    if len(header) == 1 and (len(columns) > 1 or ";" in line or "\t" in line):
        mark = next((words for sign, words in ((";", "semicolons"), ("\t", "tabs")) if sign in line), "no commas")
        yield f"found {mark} between the columns", "commas", "save the table as CSV with commas"
        return
    for place, column in enumerate(header, 1):
        if not column.strip():
            yield f"column {place}: found no name", "a name", "delete the column, or name it"
        elif header.index(column) + 1 < place:
            yield f'column {place}: found "{column}" again', "each column once", "delete one of the two"
        elif column not in columns:
            advice = write_instead(column, columns, "delete the column")
            yield f'column {place}: found "{column}"', f"one of {', '.join(columns)}", advice
    for column in columns:
        if column not in header:
            yield f"found no column {column}", f"the columns {', '.join(columns)}", f"add the column {column}"
