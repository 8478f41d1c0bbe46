"""Kinds of fault in a workbook made of rows of a real table, each with the place and code that must be named."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
from damage import Damage, damage
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

Rows = list[list[str]]
NUMBERS = ("year", "value")


@dataclass(frozen=True)
class Workbook:
    """A damaged workbook under the name by which it goes to import."""

    name: str
    damage: Damage


WORKBOOK_KINDS: dict[str, Callable[[Rows, random.Random], Workbook]] = {}


def plain_workbook(rows: Rows, change: Callable[[Any, Any], None] | None = None) -> bytes:
    """The rows as a workbook with one sheet S, years and values as numbers; `change` may alter it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "S"
    numbers = [rows[0].index(name) for name in NUMBERS]
    sheet.append(rows[0])
    for row in rows[1:]:
        sheet.append([float(text) if place in numbers else text or None for place, text in enumerate(row)])
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(name: str, code: str, change: Callable[[Any, Any, Any], None], column: str = "value") -> None:
    """A kind that alters one cell of `column`, and is named at that cell."""
    def make(rows: Rows, chance: random.Random) -> Workbook:
        line, at = chance.randint(2, len(rows)), rows[0].index(column) + 1
        content = plain_workbook(rows, lambda book, sheet: change(book, sheet, sheet.cell(line, at)))
        return Workbook("book.xlsx", damage(content, f"S!{get_column_letter(at)}{line}", code))

    WORKBOOK_KINDS[f"workbook: {name}"] = make


def _set(value: Any, kind: str = "", style: str = "") -> Callable[[Any, Any, Any], None]:
    def change(book: Any, sheet: Any, cell: Any) -> None:
        cell.value = value(cell.value) if callable(value) else value
        cell.data_type = kind or cell.data_type
        cell.number_format = style or cell.number_format

    return change


_cell("merged cells", "GB355", lambda book, sheet, cell: sheet.merge_cells(
    start_row=cell.row, end_row=cell.row + 1, start_column=cell.column, end_column=cell.column))
_cell("formula without a value", "GB356", _set("=1+1"))
_cell("error value", "GB357", _set("#DIV/0!", "e"))
_cell("shown as a per cent", "GB359", _set(lambda value: value / 100, style="0.0%"))
_cell("number as text", "GB310", _set(lambda value: f"{value:,.1f} "))
_cell("number with a remark", "GB310", _set(lambda value: f"{value}*"))


def _line(name: str, code: str, place: str, change: Callable[[Any, Any, int], None]) -> None:
    """A kind that alters a row, a column or the book; `place` may hold {line}."""
    def make(rows: Rows, chance: random.Random) -> Workbook:
        line = chance.randint(2, len(rows))
        content = plain_workbook(rows, lambda book, sheet: change(book, sheet, line))
        return Workbook("book.xlsx", damage(content, place.format(line=line), code))

    WORKBOOK_KINDS[f"workbook: {name}"] = make


def _hide_row(book: Any, sheet: Any, line: int) -> None:
    sheet.row_dimensions[line].hidden = True


def _hide_column(book: Any, sheet: Any, line: int) -> None:
    sheet.column_dimensions["D"].hidden = True


_line("hidden row", "GB358", "S!A{line}", _hide_row)
_line("hidden column", "GB358", "S!D1", _hide_column)
_line("hidden sheet", "GB353", "", lambda book, sheet, line: setattr(book.create_sheet("T"), "sheet_state", "hidden"))
_line("second sheet", "GB353", "", lambda book, sheet, line: book.create_sheet("T"))
_line("days from 1904", "GB353", "", lambda book, sheet, line: setattr(book, "epoch", CALENDAR_MAC_1904))
_line("value far away", "GB352", "", lambda book, sheet, line: sheet.cell(300_000 + line, 3, 1))
_line("column twice", "GB354", "S!L1", lambda book, sheet, line: setattr(sheet["L1"], "value", "region"))
_line("row twice", "GB363", "S!D3", lambda book, sheet, line: [
    setattr(sheet.cell(3, column), "value", sheet.cell(2, column).value) for column in range(1, 13)])


def _outside(name: str, file: str, code: str, make: Callable[[bytes, random.Random], bytes]) -> None:
    """A kind that alters the file as a whole."""
    def kind(rows: Rows, chance: random.Random) -> Workbook:
        return Workbook(file, damage(make(plain_workbook(rows), chance), "", *code.split()))

    WORKBOOK_KINDS[f"workbook: {name}"] = kind


def _with(part: str, content: bytes = b"x") -> Callable[[bytes, random.Random], bytes]:
    def make(whole: bytes, chance: random.Random) -> bytes:
        out = io.BytesIO(whole)
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(part, content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    return make


def _entity(whole: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            mark = b'<!DOCTYPE x [<!ENTITY a "b">]>' if name == "xl/worksheets/sheet1.xml" else b""
            new.writestr(name, mark + old.read(name))
    return out.getvalue()


def _flipped(whole: bytes, chance: random.Random) -> bytes:
    """One bit turned inside the packed bytes of the sheet."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    start = part.header_offset + 30 + len(part.filename)
    damaged = bytearray(whole)
    damaged[chance.randint(start, start + part.compress_size - 1)] ^= 1 << chance.randrange(8)
    return bytes(damaged)


_outside("cut at any byte", "book.xlsx", "GB351 GB301", lambda whole, chance: whole[:chance.randint(0, len(whole) - 1)])
_outside("bit turned", "book.xlsx", "GB351", _flipped)
_outside("macros", "book.xlsx", "GB351", _with("xl/vbaProject.bin"))
_outside("links to others", "book.xlsx", "GB351", _with("xl/externalLinks/externalLink1.xml"))
_outside("document type", "book.xlsx", "GB351", _entity)
_outside("bomb", "book.xlsx", "GB352", _with("xl/media/a.bin", bytes(151_000_000)))
_outside("renamed CSV", "book.xlsx", "GB351", lambda whole, chance: b"indicator,region\nx,CN\n")
_outside(".xls or encrypted", "book.xls", "GB351",
         lambda whole, chance: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
_outside("named .xlsm", "book.xlsm", "GB351", lambda whole, chance: whole)
