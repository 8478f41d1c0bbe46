"""What a sheet's values do not tell: hidden rows and columns, formulas without a value, errors, per cent formats.

Read from the XML by expat, element by element; a document type is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from greenbook.catalog.strict import MOST_ROWS

MOST_COLUMNS = 500
_PERCENT_FORMATS = {"9", "10"}
_CHUNK = 1 << 16

Attributes = dict[str, str]


class Unsound(Exception):
    """A workbook that must not be loaded: code, what was found, what was expected, what to do."""


@dataclass
class Structure:
    """Of one sheet, by row and column counted from 0: what is hidden, and cells that need a rule or are refused."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    valueless: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
    formulas: int = 0


def sheet_structure(archive: zipfile.ZipFile, sheet: str) -> Structure:
    """The structure of the sheet called `sheet`; raises Unsound where it is too large or no XML we read."""
    part = _part(archive, sheet)
    scan = _Scan(_percent_styles(archive))
    _walk(archive, part, scan.start, scan.end, scan.text)
    return scan.found


def epoch_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook counts its days from 1904."""
    flags = [attributes.get("date1904", "0") for name, attributes in _elements(archive, "xl/workbook.xml")
             if name == "workbookPr"]
    return any(flag in ("1", "true") for flag in flags)


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The member in which the sheet stands."""
    number = next((attributes.get("id", "") for name, attributes in _elements(archive, "xl/workbook.xml")
                   if name == "sheet" and attributes.get("name") == sheet), "")
    targets = {attributes.get("Id"): attributes.get("Target", "")
               for name, attributes in _elements(archive, "xl/_rels/workbook.xml.rels") if name == "Relationship"}
    target = targets.get(number, "")
    part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    if part not in archive.namelist():
        raise Unsound("GB351", f"found no part for the sheet {sheet}", "a whole workbook", "save it again")
    return part


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """The numbers of the cell styles that show a value as a per cent."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    formats, inside = set(_PERCENT_FORMATS), False
    styles: list[str] = []
    for name, attributes in _elements(archive, "xl/styles.xml", ends=True):
        if name == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in ("cellXfs", "/cellXfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
    return {number for number, style in enumerate(styles) if style in formats}


def _elements(archive: zipfile.ZipFile, part: str, ends: bool = False) -> list[tuple[str, Attributes]]:
    found: list[tuple[str, Attributes]] = []
    _walk(archive, part, lambda name, attributes: found.append((name, attributes)),
          (lambda name: found.append((f"/{name}", {}))) if ends else None, None)
    return found


def _walk(archive: zipfile.ZipFile, part: str, start: Callable[[str, Attributes], Any],
          end: Callable[[str], Any] | None, text: Callable[[str], Any] | None) -> None:
    """Hands the elements of a part to `start`, `end` and `text`, under their names without namespace."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: start(_local(name), _locals(attributes))
    if end:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text:
        parser.CharacterDataHandler = text
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, KeyError) as error:
        raise Unsound("GB351", f"found broken XML in {part} ({error})", "a whole workbook", "save it again") from error


def _refuse_doctype(*_: Any) -> None:
    raise Unsound("GB351", "found a document type in the workbook's XML", "plain XML", "save it again in a spreadsheet")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _locals(attributes: Attributes) -> Attributes:
    return {_local(name): value for name, value in attributes.items()}


class _Scan:
    """The walk through one sheet: row and column of the cell we are in, and what stands in it."""

    def __init__(self, percent_styles: set[int]) -> None:
        self.found, self.percent_styles = Structure(), percent_styles
        self.row, self.column = -1, -1
        self.row_hidden = False
        self.style, self.kind = 0, ""
        self.formula, self.filled, self.inside = False, False, False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t"):
            self.inside = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else self.row + 1
            self.column, self.row_hidden = -1, attributes.get("hidden") in ("1", "true")
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.found.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))

    def _cell(self, attributes: Attributes) -> None:
        letters = re.match(r"[A-Z]+", attributes.get("r", ""))
        self.column = column_of(letters[0]) if letters else self.column + 1
        self.style, self.kind = int(attributes.get("s") or 0), attributes.get("t", "n")
        self.formula = self.filled = False

    def text(self, data: str) -> None:
        self.filled = self.filled or (self.inside and data != "")

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            self._close()

    def _close(self) -> None:
        place, found = (self.row, self.column), self.found
        if self.formula:
            found.formulas += 1
            if not self.filled:
                found.valueless.add(place)
        if not self.filled:
            return
        if self.row > MOST_ROWS or self.column >= MOST_COLUMNS:
            raise Unsound("GB352", f"found a value in {cell_name(*place)}", f"at most {MOST_ROWS:,} rows and "
                          f"{MOST_COLUMNS} columns", "split the table")
        if self.row_hidden:
            found.hidden_rows.add(self.row)
        if self.kind == "e":
            found.errors.add(place)
        elif self.kind == "n" and self.style in self.percent_styles:
            found.percents.add(place)


def column_of(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """The name of a cell counted from 0: (13, 2) → C14."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
