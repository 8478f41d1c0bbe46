"""Faults in one cell of a table: numbers, years, dates, names, flags, and slips of scale between neighbours."""

from __future__ import annotations

import random
from collections.abc import Callable

from damage import KINDS, Damage, Sheet, any_row, damage, kind


def _cell_kind(name: str, column: str, code: str, *write: Callable[[str, random.Random], str]) -> None:
    """A kind that rewrites one cell of `column` by one of `write`."""
    def make(sheet: Sheet, chance: random.Random) -> Damage | None:
        line = any_row(sheet, chance)
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
