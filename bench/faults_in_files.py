"""Faults in the bytes and the shape of a table: encodings, characters, line ends, rows and columns."""

from __future__ import annotations

import random

from damage import Damage, Sheet, any_row, damage, kind


@kind("file in GB18030, not declared")
def gb18030(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = _first_beyond_ascii(sheet)
    return None if line is None else damage(sheet.text.encode("gb18030"), line, "GB304")


@kind("file in Big5")
def big5(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = any_row(sheet, chance)
    if line is None or not sheet.text.isascii():
        return None
    return damage(sheet.replaced(line, sheet.lines[line - 1]).replace(
        sheet.lines[line - 1].encode(), sheet.lines[line - 1].encode() + "鋼鐵產量".encode("big5"), 1), line, "GB304")


@kind("file in UTF-16")
def utf16(sheet: Sheet, chance: random.Random) -> Damage | None:
    mark, encoding = chance.choice([(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
    return damage(mark + sheet.text.encode(encoding), 1, "GB304")


@kind("two byte order marks")
def marks(sheet: Sheet, chance: random.Random) -> Damage | None:
    return damage(b"\xef\xbb\xbf" * 2 + sheet.text.encode(), 1, "GB304")


def _first_beyond_ascii(sheet: Sheet) -> int | None:
    return next((number for number, line in enumerate(sheet.lines, 1) if not line.isascii()), None)


@kind("byte of another encoding")
def foreign(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = chance.randint(1, len(sheet.lines))
    lines = [text.encode() for text in sheet.lines]
    place = chance.randint(0, len(sheet.lines[line - 1]))
    cut = len(sheet.lines[line - 1][:place].encode())
    byte = chance.choice([b"\xe9", b"\x80", b"\xc0", b"\xff"])
    lines[line - 1] = lines[line - 1][:cut] + byte + lines[line - 1][cut:]
    return damage(b"\n".join(lines) + b"\n", line, "GB304")


HIDING = ("\x00", "\x01", "\x08", "\t", "\x1b", "\u00ad", "\u200b", "\u200e", "\u202e", "\u2066", "\u2028", "\ufffd",
          "\ufeff")


@kind("character that hides")
def hiding(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = chance.randint(1, len(sheet.lines))
    text = sheet.lines[line - 1]
    place = chance.randint(1, len(text))
    return damage(sheet.replaced(line, text[:place] + chance.choice(HIDING) + text[place:]), line, "GB305")


@kind("mixed line ends")
def mixed(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = chance.randint(2, len(sheet.lines))
    lines = [f"{text}\n" for text in sheet.lines]
    lines[line - 1] = sheet.lines[line - 1] + chance.choice(["\r\n", "\r"])
    return damage("".join(lines).encode(), line, "GB306")


@kind("cut inside a line")
def cut_inside(sheet: Sheet, chance: random.Random) -> Damage | None:
    content = sheet.text.encode()
    end = chance.randint(1, len(content) - 1)
    if content[end - 1:end] == b"\n":
        return None
    return damage(content[:end], content.count(b"\n", 0, end) + 1, "GB306", "GB304")


@kind("cut exactly at the end of a row")
def cut_at_end(sheet: Sheet, chance: random.Random) -> Damage | None:
    rows = chance.randint(1, len(sheet.lines) - 1)
    return damage(("\n".join(sheet.lines[:rows]) + "\n").encode(), rows, "GB330")


@kind("row lost from the middle")
def lost(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = chance.randint(2, len(sheet.lines))
    return damage(sheet.replaced(line), len(sheet.lines) - 1, "GB330") if len(sheet.lines) > 2 else None


@kind("quote not closed")
def unclosed(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = chance.randint(2, len(sheet.lines))
    return damage(sheet.replaced(line, f'"{sheet.lines[line - 1]}' if '"' not in sheet.lines[line - 1]
                                 else f'{sheet.lines[line - 1]},"x'), line, "GB307")


@kind("quote inside a cell")
def quoted(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = any_row(sheet, chance)
    if line is None:
        return None
    text = sheet.lines[line - 1]
    return damage(sheet.replaced(line, f'{text[0]}"{text[1:]}'), line, "GB307")


@kind("short row")
def short(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = any_row(sheet, chance)
    if line is None:
        return None
    return damage(sheet.replaced(line, ",".join(sheet.cells(line)[:chance.randint(1, len(sheet.header) - 1)])), line,
                  "GB308")


@kind("long row")
def long(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = any_row(sheet, chance)
    return line and damage(sheet.replaced(line, sheet.lines[line - 1] + chance.choice([",", ",x", ",,", ",1"])), line,
                           "GB308")


def _foreign_row(name: str, *texts: str) -> None:
    @kind(name)
    def make(sheet: Sheet, chance: random.Random) -> Damage | None:
        line = chance.randint(2, len(sheet.lines))
        return damage(sheet.replaced(line, sheet.lines[line - 1], chance.choice(texts)), line + 1, "GB308")


_foreign_row("blank row", ",,,", " ", ", ,,,,,,,,,")
_foreign_row("comment or footnote in the table", "# checked", "注：规模以上企业。", "Source: yearbook",
             "资料来源：统计局")
_foreign_row("row of units", "单位：万吨", ",,,万吨", "unit,,,Mt")


@kind("total row left in")
def total(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = any_row(sheet, chance)
    if line is None or not sheet.has("indicator", "value", "region"):
        return None
    cells = sheet.cells(line)
    cells[sheet.header.index("indicator")] = chance.choice(["total", "合计", "Total"])
    return damage(sheet.replaced(line, sheet.lines[line - 1], ",".join(cells)), line + 1, "GB322", "GB317")


@kind("row doubled")
def doubled(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = chance.randint(2, len(sheet.lines))
    return damage(sheet.replaced(line, sheet.lines[line - 1], sheet.lines[line - 1]), line + 1, "GB325")


@kind("key that looks the same")
def alike(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = any_row(sheet, chance)
    column = chance.choice([name for name in ("id", "vintage", "abbreviation") if sheet.has(name)] or [""])
    if line is None or not column or not sheet.cell(line, column):
        return None
    cells = sheet.cells(line)
    at = sheet.header.index(column)
    cells[at] = cells[at].swapcase()
    if cells[at] == sheet.cells(line)[at]:
        return None
    return damage(sheet.replaced(line, sheet.lines[line - 1], ",".join(cells)), line + 1, "GB326")


@kind("column doubled, nameless or unknown")
def header(sheet: Sheet, chance: random.Random) -> Damage | None:
    names = list(sheet.header)
    place = chance.randrange(len(names))
    name = names[place]
    names[place] = chance.choice([names[place - 1], "", f"{name} ", f"{name}s", name.upper(), "列"])
    return damage(sheet.replaced(1, ",".join(names)), 1, "GB309")


@kind("column lost")
def column_lost(sheet: Sheet, chance: random.Random) -> Damage | None:
    place = chance.randrange(len(sheet.header))
    return damage(sheet.replaced(1, ",".join(sheet.header[:place] + sheet.header[place + 1:])), 1, "GB309")


@kind("another delimiter")
def delimiter(sheet: Sheet, chance: random.Random) -> Damage | None:
    return damage(sheet.text.replace(",", chance.choice([";", "|", "；"])).encode(), 1, "GB309")


@kind("cell of more than 10,000 characters")
def huge(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = any_row(sheet, chance)
    column = next((name for name in ("note", "via", "summary_en") if sheet.has(name)), "")
    return damage(sheet.changed(line, column, "x" * 10_001), line, "GB303") if line and column else None


@kind("empty file")
def empty(sheet: Sheet, chance: random.Random) -> Damage | None:
    return damage(chance.choice([b"", b"\n", b"  \n\n", b"\xef\xbb\xbf"]), 1, "GB301")
