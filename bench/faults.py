"""Kinds of fault in a table of data/: each damages it in one place and says which line and code must be named."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

SHARES = ("share",)


@dataclass
class Sheet:
    """A table as it stands: its lines and cells, and what the catalog knows of its indicators."""

    name: str
    text: str
    kinds: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = self.text.removesuffix("\n").split("\n")
        self.header = self.lines[0].split(",")
        self.rows = [number for number in range(2, len(self.lines) + 1) if '"' not in self.lines[number - 1]]

    def cells(self, line: int) -> list[str]:
        return self.lines[line - 1].split(",")

    def cell(self, line: int, column: str) -> str:
        return self.cells(line)[self.header.index(column)]

    def has(self, *columns: str) -> bool:
        return set(columns) <= set(self.header)

    def changed(self, line: int, column: str, text: str) -> bytes:
        """The table with one cell written as `text` (quotes included where it needs them)."""
        cells = self.cells(line)
        cells[self.header.index(column)] = text
        return self.replaced(line, ",".join(cells))

    def replaced(self, line: int, *new: str) -> bytes:
        return ("\n".join([*self.lines[:line - 1], *new, *self.lines[line:]]) + "\n").encode()


@dataclass(frozen=True)
class Damage:
    """The damaged bytes, and the places and codes of which one must be named. Place "" is the file as a whole."""

    content: bytes
    places: frozenset[str]
    codes: frozenset[str]


Kind = Callable[[Sheet, random.Random], Damage | None]
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    def keep(make: Kind) -> Kind:
        KINDS[name] = make
        return make

    return keep


def damage(content: bytes, place: int | str, *codes: str) -> Damage:
    return Damage(content, frozenset([str(place)]), frozenset(codes))


def _row(sheet: Sheet, chance: random.Random) -> int | None:
    return chance.choice(sheet.rows) if sheet.rows else None


def _cell_kind(name: str, column: str, code: str, *write: Callable[[str, random.Random], str]) -> None:
    """A kind that rewrites one cell of `column` by one of `write`."""
    def make(sheet: Sheet, chance: random.Random) -> Damage | None:
        line = _row(sheet, chance)
        if line is None or not sheet.has(column) or not sheet.cell(line, column):
            return None
        before = sheet.cell(line, column)
        after = chance.choice(write)(before, chance)
        return None if after == before else damage(sheet.changed(line, column, after), line, *code.split())

    KINDS[name] = make


def _grouped(text: str, mark: str) -> str:
    whole, point, rest = text.partition(".")
    number = f"{abs(int(whole)):,}" if abs(int(whole)) > 999 else f"1,{abs(int(whole)):03}"
    return number.replace(",", mark) + point + rest


WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_cell_kind("thousands in quotes", "value", "GB310", lambda text, _: f'"{_grouped(text, ",")}"')
_cell_kind("thousands by a blank", "value", "GB310", *(lambda text, _, mark=mark: _grouped(text, mark)
                                                       for mark in (" ", "\u00a0", "\u202f", "'", "_")))
_cell_kind("full-width digits", "value", "GB310", lambda text, _: text.translate(WIDE))
_cell_kind("Arabic digits", "value", "GB310", lambda text, _: text.translate(ARABIC))
_cell_kind("minus U+2212", "value", "GB310", lambda text, _: "\u2212" + text.lstrip("-"))
_cell_kind("number in brackets", "value", "GB310", lambda text, _: f"({text})")
_cell_kind("per cent sign", "value", "GB310", lambda text, _: f"{text}%", lambda text, _: f"{text} %")
_cell_kind("exponent", "value", "GB310", lambda text, _: f"{text}e0", lambda text, _: f"{float(text):E}")
_cell_kind("infinite or no number", "value", "GB310", *(lambda text, _, word=word: word
                                                        for word in ("inf", "-Infinity", "nan", "1e400", "NaN")))
_cell_kind("mark for missing", "value", "GB310", *(lambda text, _, word=word: word
                                                   for word in ("", "-", "—", "…", "n/a", "无", "NULL")))
_cell_kind("decimal comma", "value", "GB310",
           lambda text, _: f'"{text.replace(".", ",") if "." in text else text + ",5"}"')
_cell_kind("unit in the cell", "value", "GB310", lambda text, _: f"{text}万吨", lambda text, _: f"{text} Mt")
_cell_kind("plus sign or leading zero", "value", "GB310", lambda text, _: f"+{text.lstrip('-')}",
           lambda text, _: f"00{text.lstrip('-')}")
_cell_kind("year in another form", "year", "GB311", lambda text, _: f"{text}年", lambda text, _: f"{text}.0",
           lambda text, _: text[2:] if text[2] != "0" else f"0{text}", lambda text, _: f"1{text}",
           lambda text, _: f"{text}/25")
_cell_kind("date in another form", "released", "GB312", lambda text, _: text.replace("-", "/"),
           lambda text, _: f"{text[8:]}/{text[5:7]}/{text[:4]}", lambda text, _: f"{text[:4]}年{int(text[5:7])}月",
           lambda text, _: "45688", lambda text, _: text[:7], lambda text, _: text.replace("-", ""))
_cell_kind("day not in the calendar", "released", "GB312", lambda text, _: f"{text[:5]}02-30",
           lambda text, _: f"{text[:5]}13-01", lambda text, _: f"{text[:4]}-00-10")
_cell_kind("released before the time described", "released", "GB327 GB328 GB333", lambda text, _: f"1950{text[4:]}")
_cell_kind("flag in another form", "released_is_estimated", "GB313", *(
    lambda text, _, word=word: word for word in ("TRUE", "False", "1", "0", "yes", "是", "否")))
_cell_kind("misspelt status", "status", "GB314", lambda text, _: text[:-1], lambda text, _: text.capitalize(),
           lambda text, _: f"{text}ly", lambda text, _: "最终")
_cell_kind("unknown source", "source", "GB322 GB317", lambda text, _: f"{text}X", lambda text, _: f"{text}-nowhere",
           lambda text, _: "Wind资讯")
_cell_kind("unknown indicator", "indicator", "GB322 GB317", lambda text, _: f"{text}_x", lambda text, _: text[1:] + "q",
           lambda text, _: text.upper(), lambda text, _: "粗钢产量")
_cell_kind("region in another form", "region", "GB317", lambda text, _: "全国", lambda text, _: "China",
           lambda text, _: f"{text}-beijing", lambda text, _: text.lower())
_cell_kind("blank at the end of a cell", "source", "GB316", lambda text, _: f"{text} ", lambda text, _: f" {text}",
           lambda text, _: f"{text}\u3000", lambda text, _: f"{text}\u00a0")
_cell_kind("required cell empty", "status", "GB315", lambda text, _: "")
_cell_kind("another kind of source", "published_precision", "GB314", lambda text, _: "week", lambda text, _: "DAY")
_cell_kind("unknown policy of a target", "policy", "GB322", lambda text, _: f"{text}-x")
_cell_kind("unknown unit of a target", "unit", "GB323", lambda text, _: f"{text}x", lambda text, _: "万顿")


@kind("file in GB18030, not declared")
def gb18030(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = _first_beyond_ascii(sheet)
    return None if line is None else damage(sheet.text.encode("gb18030"), line, "GB304")


@kind("file in Big5")
def big5(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = _row(sheet, chance)
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
    line = _row(sheet, chance)
    if line is None:
        return None
    text = sheet.lines[line - 1]
    return damage(sheet.replaced(line, f'{text[0]}"{text[1:]}'), line, "GB307")


@kind("short row")
def short(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = _row(sheet, chance)
    if line is None:
        return None
    return damage(sheet.replaced(line, ",".join(sheet.cells(line)[:chance.randint(1, len(sheet.header) - 1)])), line,
                  "GB308")


@kind("long row")
def long(sheet: Sheet, chance: random.Random) -> Damage | None:
    line = _row(sheet, chance)
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
    line = _row(sheet, chance)
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
    line = _row(sheet, chance)
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
    line = _row(sheet, chance)
    column = next((name for name in ("note", "via", "summary_en") if sheet.has(name)), "")
    return damage(sheet.changed(line, column, "x" * 10_001), line, "GB303") if line and column else None


@kind("empty file")
def empty(sheet: Sheet, chance: random.Random) -> Damage | None:
    return damage(chance.choice([b"", b"\n", b"  \n\n", b"\xef\xbb\xbf"]), 1, "GB301")


def _neighbours(sheet: Sheet, line: int) -> bool:
    """Whether the row has a row before it in its series, near in years, both not zero and of a level."""
    if line < 3 or line - 1 not in sheet.rows or sheet.kinds.get(sheet.cell(line, "indicator"), "rate") == "rate":
        return False
    names = ("indicator", "region", "as_at", "vintage")
    same = all(sheet.cell(line, name) == sheet.cell(line - 1, name) for name in names)
    near = same and 0 < int(sheet.cell(line, "year")) - int(sheet.cell(line - 1, "year")) <= 2
    values = [float(sheet.cell(number, "value")) for number in (line - 1, line)] if near else [0]
    return all(values) and 0.5 < values[1] / values[0] < 2 and "plausible" not in sheet.cell(line, "note")


def _slip(name: str, factor: float) -> None:
    @kind(name)
    def make(sheet: Sheet, chance: random.Random) -> Damage | None:
        lines = [line for line in sheet.rows if _neighbours(sheet, line)] if sheet.has("vintage", "value") else []
        if not lines:
            return None
        line = chance.choice(lines)
        value = f"{float(sheet.cell(line, 'value')) * factor:.8f}".rstrip("0").rstrip(".")
        return damage(sheet.changed(line, "value", value), line, "GB332") if float(value) else None


_slip("ten thousand times (万)", 1e4)
_slip("a ten-thousandth", 1e-4)
_slip("a hundred times (% and fraction)", 100)
_slip("sign flipped", -1)
