"""A table as print rules it: its cells in order, and the column widths, type size and orientation that fit the page.

Three-line tables (CY/T 170—2019). The measure is 165 mm upright and 252 mm turned; what does not fit at the first
size is set smaller, then its columns of words are broken, and only then is the page turned.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from greenbook.publishing import tree
from greenbook.publishing.tree import Node

UPRIGHT, TURNED = 165.0, 252.0
SIZES = (9.0, 8.5, 8.0, 7.5)
SMALLEST = 7.0
GUTTER, NARROW = 1.6, 1.1
FEW_LINES = 0.4  # of its natural width, which most often is three lines in a cell
MM_PER_POINT = 25.4 / 72
WORDS_BROKEN, WORDS_LEAST = 14.0, 5.0
NUMBER_MOST, MARGIN = 8.0, 1.12
HEAD_KEPT, ROUNDED = 4.0, 1.01
SHORT, SHORT_TURNED = 130.0, 80.0
_BROKEN = frozenset({"LineBreak", "Math", "BulletList", "OrderedList", "CodeBlock", "LineBlock", "Note"})
_BREAKS = re.compile(r"\s+|(?<=[\u3000-\u9fff\uff00-\uffef])|(?=[\u3000-\u9fff\uff00-\uffef])")
_WIDE = {"%": 0.85, "−": 0.57, "+": 0.57, "—": 1.0, "*": 0.55}
_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": ""}


@dataclass(frozen=True)
class RuledCell:
    """A cell with the columns and rows it spans."""

    across: int
    down: int
    align: str
    blocks: list[Node]


@dataclass(frozen=True)
class RuledTable:
    """The cells, head first, and the shape that the template reads: columns, head rows, size, turned."""

    cells: tuple[RuledCell, ...]
    shape: dict[str, Any]


def ruled(table: Node) -> RuledTable:
    """pandoc's Table as cells and a shape; widths are shares of the measure, those of the source where it has some."""
    _, _, columns, head, bodies, _ = table["c"]
    aligns = [_ALIGN[column[0]["t"]] for column in columns]
    heads = [row[1] for row in head[1]]
    rows = [row[1] for body in bodies for row in (*body[2], *body[3])]
    words = [max(pair) for pair in zip(_longest_words(len(columns), heads, HEAD_KEPT),
                                       _longest_words(len(columns), rows), strict=True)]
    least = [max(pair) for pair in zip(words, _numbers(aligns, rows), strict=True)]
    naturals = [max(pair) for pair in zip(_naturals(len(columns), heads, rows), least, strict=True)]
    shares = [column[1].get("c", 0.0) for column in columns]
    size, widths, turned, gutter = shared(shares, least) if all(shares) else fit(naturals, least)
    shape = {"columns": widths, "aligns": aligns, "size": size, "turned": turned, "inset": gutter / 2,
             "rows": len(rows), "head": sum(len(row) for row in heads),
             "short": _short([*heads, *rows], widths, size, turned)}
    cells = tuple(_cell(cell) for row in (*heads, *rows) for cell in row)
    return RuledTable(cells, shape)


class Fit(NamedTuple):
    """The type size in pt, the widths of the columns in em, whether the page is turned, and what parts columns."""

    size: float
    widths: list[float]
    turned: bool = False
    gutter: float = GUTTER


def shared(shares: list[float], least: list[float]) -> Fit:
    """The width shares of the source, upright; a column whose longest word needs more takes it from the others."""
    size = SIZES[min(len(shares) // 2, len(SIZES) - 1)]
    room = UPRIGHT / (size * MM_PER_POINT)
    given = [share / sum(shares) * room for share in shares]
    needs = [word + GUTTER for word in least]
    spare = sum(max(0.0, width - need) for width, need in zip(given, needs, strict=True))
    lack = sum(max(0.0, need - width) for width, need in zip(given, needs, strict=True))
    part = min(1.0, lack / spare) if spare else 0.0
    widths = [need if need >= width else width - (width - need) * part
              for width, need in zip(given, needs, strict=True)]
    return Fit(size, [round(width, 3) for width in widths])


def fit(naturals: list[float], words: list[float] | None = None) -> Fit:
    """How columns of these natural widths and longest words, in em, are set."""
    words = words or [0.0] * len(naturals)
    broken, least = ([min(width, max(limit, word)) for width, word in zip(naturals, words, strict=True)]
                     for limit in (WORDS_BROKEN, WORDS_LEAST))
    small = (*SIZES[2:], SMALLEST)
    for wanted, sizes, turned, gutter, part in (
            (naturals, SIZES[:2], False, GUTTER, 0.0), (broken, SIZES, False, GUTTER, 0.0),
            (least, small, False, NARROW, FEW_LINES), (least, (SMALLEST,), False, NARROW, 0.0),
            (least, SIZES, True, GUTTER, 0.0)):
        for size in sizes:
            room = (TURNED if turned else UPRIGHT) / (size * MM_PER_POINT) - gutter * len(naturals)
            if sum(_given(naturals, wanted, part)) <= room:
                return Fit(size, _shares(naturals, wanted, room, gutter), turned, gutter)
    return Fit(SMALLEST, [width + GUTTER for width in least], turned=True)


def _shares(naturals: list[float], least: list[float], room: float, gutter: float) -> list[float]:
    """Widths that give each column its least; what is left goes where the most lines would stand in a cell.

    A row is as high as its fullest cell: so every column that breaks gets the same part of its natural width, which
    is found by halving.
    """
    low, high = 0.0, 1.0
    for _ in range(30):
        part = (low + high) / 2
        low, high = (low, part) if sum(_given(naturals, least, part)) > room else (part, high)
    widths = _given(naturals, least, low)
    spare = room - sum(widths)
    return [round(width + spare * width / sum(widths) + gutter, 3) for width in widths]


def _given(naturals: list[float], least: list[float], part: float) -> list[float]:
    return [max(low, natural * part) for natural, low in zip(naturals, least, strict=True)]


def _naturals(count: int, heads: list, rows: list) -> list[float]:
    """The width in em that each column would take unbroken; heads may break into two lines."""
    naturals = [2.0] * count
    for share, group in ((0.55, heads), (1.0, rows)):
        for row in group:
            for column, cell in enumerate(row[:count]):
                if cell[3] == 1:
                    naturals[column] = max(naturals[column], share * ems(tree.words(cell[4])))
    return naturals


def _longest_words(count: int, rows: list, kept: float = 0.0) -> list[float]:
    """The width in em of each column's longest unbreakable word; Chinese breaks between any two characters.

    A cell of at most `kept` em stays whole: a head of three characters does not stand as a column of them.
    """
    longest = [1.0] * count
    for row in rows:
        for column, cell in enumerate(row[:count]):
            if cell[3] == 1:
                text = tree.words(cell[4])
                words = [text] if ems(text) <= kept else _BREAKS.split(text)
                longest[column] = max([longest[column], *map(ems, words)])
    return [ROUNDED * width for width in longest]


def _numbers(aligns: list[str], rows: list) -> list[float]:
    """The width in em of each column's longest number with its words (up 11.3%), which keep to one line, else 0."""
    longest = [0.0] * len(aligns)
    for row in rows:
        for column, cell in enumerate(row[:len(aligns)]):
            width = MARGIN * ems(tree.words(cell[4])) if aligns[column] == "right" and cell[3] == 1 else 0.0
            if width <= NUMBER_MOST:
                longest[column] = max(longest[column], width)
    return longest


def ems(text: str) -> float:
    """The width of `text` in em: one for a Chinese character, about half for a letter or figure."""
    return sum(_em(char) for char in text)


def _em(char: str) -> float:
    """The width of one character of the sans, a little above its average: figures are tabular, capitals wide."""
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in _WIDE:
        return _WIDE[char]
    return 0.66 if char.isupper() else 0.57 if char.isdigit() else 0.54 if char.isalpha() else 0.35


def _short(rows: list, widths: list[float], size: float, turned: bool) -> bool:
    """Whether a table surely takes less than three quarters of a page, and the press need not set it twice to see.

    Lines are counted for a quarter more words than there are, and no cell may hold more than one paragraph of words.
    """
    height = 0.0
    for row in rows:
        lines = 1
        for column, cell in enumerate(row[:len(widths)]):
            if len(row) != len(widths) or cell[3] != 1 or len(cell[4]) > 1 or _BROKEN & set(_kinds(cell[4])):
                return False
            lines = max(lines, math.ceil(1.25 * ems(tree.words(cell[4])) / max(widths[column] - GUTTER, 1.0)))
        height += (1.5 * lines + 0.4) * size * MM_PER_POINT
    return height <= (SHORT_TURNED if turned else SHORT)


def _kinds(blocks: list[Node]) -> Iterator[str]:
    return (node["t"] for node in tree.nodes(blocks))


def _cell(cell: list[Any]) -> RuledCell:
    return RuledCell(cell[3], cell[2], _ALIGN[cell[1]["t"]], cell[4])
