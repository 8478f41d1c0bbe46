"""Names at the ends of lines, in place of a legend: wrapped to the room there is, and moved apart."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from greenbook.style.tokens import tokens

EDGE = 0.975
LINE = 1.42
GAP = 5
WIDEST = 0.45
# Latin words with the blank after them, or one character of any other script
PIECES = re.compile(r"[!-~–—’₀-₉⁺⁻]+ ?|\S|\s")


def end_labels(ax: Any, ends: Sequence[tuple[float, float, str, str]]) -> None:
    """Notes names (x, y, words, colour) that are written beside the panel when the drawing is done; not empty ones."""
    named = [end for end in ends if end[2].strip()]
    if named:
        ax.greenbook_ends = [*getattr(ax, "greenbook_ends", []), *named]


def write_ends(ax: Any, alone: bool) -> None:
    """Writes the noted names; without any, a chart that stands `alone` takes the room that is kept for them."""
    ends, box = getattr(ax, "greenbook_ends", []), ax.get_position()
    if not ends:
        if alone and box.x1 < EDGE:
            ax.set_position((box.x0, box.y0, EDGE - box.x0, box.height))
        return
    size, room = tokens().size("chart_small"), _room(ax, [name for _, _, name, _ in ends], alone)
    names = [wrapped(name, room / size) for _, _, name, _ in ends]
    points = ax.get_position().height * ax.figure.get_figheight() * 72
    wanted = [_height(ax, year, number) * points for year, number, _, _ in ends]
    placed = apart(wanted, [(name.count("\n") + 1) * size * LINE for name in names], points + 2 * size)
    legible = (tokens().colour("text"), tokens().colour("accent"))  # words are black or blue (the brief, 11.2)
    for (year, _, _, colour), name, place in zip(ends, names, placed, strict=True):
        ax.annotate(
            name,
            (year, place / points),
            xycoords=("data", "axes fraction"),
            xytext=(GAP, 0),
            va="center",
            textcoords="offset points",
            fontsize=size,
            annotation_clip=False,
            linespacing=1.1,
            color=colour if colour in legible else legible[0],
        )


def _height(ax: Any, year: float, number: float) -> float:
    """Where a point stands between the foot (0) and the top (1) of the panel, on any scale."""
    ax.get_ylim()
    return float(ax.transAxes.inverted().transform(ax.transData.transform((year, number)))[1])


def _room(ax: Any, names: Sequence[str], alone: bool) -> float:
    """The points to the right of the panel; it gives way where the longest word needs more."""
    width, box = ax.figure.get_figwidth() * 72, ax.get_position()
    words = [piece.strip() for name in names for piece in PIECES.findall(name)]
    needed = max(map(em, words)) * tokens().size("chart_small") + 2 * GAP
    if alone and needed > (1 - box.x1) * width:
        right = max(1 - needed / width, box.x0 + WIDEST * (1 - box.x0))
        ax.set_position((box.x0, box.y0, right - box.x0, box.height))
    return float((1 - ax.get_position().x1) * width - GAP - 2)


def apart(wanted: Sequence[float], heights: Sequence[float], top: float = math.inf) -> list[float]:
    """Places near `wanted`, below `top` where they fit, such that labels of these heights do not overlap."""
    order, placed = sorted(range(len(wanted)), key=lambda place: wanted[place]), [0.0] * len(wanted)
    foot = -math.inf
    for place in order:
        placed[place] = max(wanted[place], foot + heights[place] / 2)
        foot = placed[place] + heights[place] / 2
    for place in reversed(order):
        placed[place] = min(placed[place], top - heights[place] / 2)
        top = placed[place] - heights[place] / 2
    return placed


def wrapped(text: str, room: float) -> str:
    """`text` in as few lines of at most `room` ems as it takes, of nearly equal length."""
    count = math.ceil(em(text) / room)
    if count <= 1:
        return text
    aim, rows, row = min(room, em(text) / count * 1.12 + 1), [], ""
    for piece in PIECES.findall(text):
        if row and em((row + piece).strip()) > aim:
            rows.append(row.strip())
            row = ""
        row += piece
    return "\n".join([*rows, row.strip()])


def em(text: str) -> float:
    """The width of `text` in em, roughly: a Chinese character is one, a Latin letter a little over half."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.56 for character in text)
