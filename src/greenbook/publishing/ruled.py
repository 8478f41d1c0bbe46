"""A table as print rules it: its cells in order, and the column widths, type size and orientation that fit the page.

Three-line tables (CY/T 170—2019). The measure is 165 mm upright and 252 mm turned; what does not fit at the first
size is set smaller, then its columns of words are broken, and only then is the page turned.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from greenbook.publishing import tree
from greenbook.publishing.tree import Node

UPRIGHT, TURNED = 165.0, 252.0
SIZES = (9.0, 8.5, 8.0, 7.5)
SMALLEST = 7.0
GUTTER = 1.6
MM_PER_POINT = 25.4 / 72
WORDS_FROM, WORDS_LEAST = 14.0, 9.0
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
    """pandoc's Table as cells and a shape; widths are shares of the measure."""
    _, _, columns, head, bodies, _ = table["c"]
    aligns = [_ALIGN[column[0]["t"]] for column in columns]
    heads = [row[1] for row in head[1]]
    rows = [row[1] for body in bodies for row in (*body[2], *body[3])]
    size, widths, turned = fit(_naturals(len(columns), heads, rows))
    shape = {"columns": widths, "aligns": aligns, "size": size, "turned": turned, "rows": len(rows),
             "head": sum(len(row) for row in heads)}
    cells = tuple(_cell(cell) for row in (*heads, *rows) for cell in row)
    return RuledTable(cells, shape)


def fit(naturals: list[float]) -> tuple[float, list[float], bool]:
    """(type size in pt, width shares, whether turned) for columns of these natural widths in em."""
    broken = [min(width, max(WORDS_LEAST, WORDS_FROM)) for width in naturals]
    gutters = GUTTER * len(naturals)
    for wanted, sizes, measure, turned in ((naturals, SIZES[:2], UPRIGHT, False), (broken, SIZES, UPRIGHT, False),
                                           (broken, SIZES, TURNED, True)):
        for size in sizes:
            if (sum(wanted) + gutters) * size * MM_PER_POINT <= measure:
                return size, _shares(naturals, wanted, measure / (size * MM_PER_POINT) - gutters), turned
    return SMALLEST, [min(width, WORDS_LEAST) + GUTTER for width in naturals], True


def _shares(naturals: list[float], least: list[float], room: float) -> list[float]:
    """Widths that give each column its least and columns of words what is left, up to their natural width."""
    spare, want = room - sum(least), sum(naturals) - sum(least)
    part = 0.0 if want <= 0 else min(1.0, spare / want)
    return [round(low + (natural - low) * part + GUTTER, 3) for natural, low in zip(naturals, least, strict=True)]


def _naturals(count: int, heads: list, rows: list) -> list[float]:
    """The width in em that each column would take unbroken; heads may break into two lines."""
    naturals = [2.0] * count
    for share, group in ((0.55, heads), (1.0, rows)):
        for row in group:
            for column, cell in enumerate(row[:count]):
                if cell[3] == 1:
                    naturals[column] = max(naturals[column], share * ems(tree.words(cell[4])))
    return naturals


def ems(text: str) -> float:
    """The width of `text` in em: one for a Chinese character, about half for a letter or figure."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.54 for char in text)


def _cell(cell: list[Any]) -> RuledCell:
    return RuledCell(cell[3], cell[2], _ALIGN[cell[1]["t"]], cell[4])
