"""Names at the ends of lines, in place of a legend: wrapped to the room there is, and moved apart."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from greenbook.style.tokens import tokens

EDGE = 0.975
LINE = 1.42
GAP, APART, SURE = 5, 2, 0.96  # of the room: widths are estimates
WIDEST = 0.45
WIDE, KEPT = 300, (0.24, 0.3)  # of figures wider than so many points, and of others
BEHIND, NEAR = 3, 14  # points of the axis behind the last point; how near to its end a point is the last
NUMBER = re.compile(r"(?<![A-Za-z0-9.])\d")  # not the 2.5 of PM2.5
# Latin words with the blank after them, or one character of any other script
PIECES = re.compile(r"[!-~¡-ͯΑ-ω–—’⁰-₉]+ ?|\S|\s")


def end_labels(ax: Any, ends: Sequence[tuple[float, float, str, str]]) -> None:
    """Notes names (x, y, words, colour) that are written beside the panel when the drawing is done; not empty ones."""
    named = [end for end in ends if end[2].strip()]
    if named:
        ax.greenbook_ends = [*getattr(ax, "greenbook_ends", []), *named]


def with_last(label: Any, item: Any, name: str) -> str:
    """The name at a line's end with the last value; one that holds a number already, or is empty, stays as it is."""
    if not name.strip() or NUMBER.search(name):
        return name
    return f"{name} {label.bound(item.points[-1])}{label.point(item, item.years[-1])}"


def write_ends(ax: Any, alone: bool) -> None:
    """Writes the noted names; without any, a chart that stands `alone` takes the room that is kept for them."""
    ends, box = getattr(ax, "greenbook_ends", []), ax.get_position()
    if not ends:
        if alone and box.x1 < EDGE:
            ax.set_position((box.x0, box.y0, EDGE - box.x0, box.height))
        return
    size, room = tokens().size("chart_small"), _room(ax, [name for _, _, name, _ in ends], alone)
    if alone:
        _end_with_data(ax)
    named = [(year, number, wrapped(name, room * SURE / size), colour) for year, number, name, colour in ends]
    for year, number, name, colour in named:
        if not _last(ax, year):
            _write(ax, name, (year, number), "data", colour)
    beside = [end for end in named if _last(ax, end[0])]
    points = ax.get_position().height * ax.figure.get_figheight() * 72
    wanted = [_height(ax, year, number) * points for year, number, _, _ in beside]
    heights = [(name.count("\n") + 1) * size * LINE + bool(name.count("\n")) * APART for _, _, name, _ in beside]
    placed = apart(wanted, heights, points + 2 * size)
    for (year, _, name, colour), place in zip(beside, placed, strict=True):
        _write(ax, name, (year, place / points), ("data", "axes fraction"), colour)


def _write(ax: Any, name: str, place: tuple[float, float], coordinates: Any, colour: str) -> None:
    """A name beside its point; those in the midst of the panel are moved where they would cover something."""
    legible = (tokens().colour("text"), tokens().colour("accent"))  # words are black or blue (the brief, 11.2)
    ax.annotate(
        name,
        place,
        xycoords=coordinates,
        xytext=(GAP, 0),
        va="center",
        textcoords="offset points",
        fontsize=tokens().size("chart_small"),
        annotation_clip=False,
        linespacing=1.1,
        color=colour if colour in legible else legible[0],
    )


def _end_with_data(ax: Any) -> None:
    """Ends the axis just behind the last point, so that no rule runs through the names beside it."""
    if not ax.get_autoscalex_on() or ax.get_xscale() != "linear" or ax.containers:
        return
    low, _ = ax.get_xlim()
    points = ax.get_position().width * ax.figure.get_figwidth() * 72
    ax.set_xlim(low, low + (ax.dataLim.x1 - low) * points / (points - BEHIND))


def _last(ax: Any, year: float) -> bool:
    """Whether a point stands so near the end of the axis that its name is beside the panel."""
    place = float(ax.transData.transform((year, ax.get_ylim()[1]))[0])
    return (ax.bbox.x1 - place) * 72 / ax.figure.dpi < NEAR


def _height(ax: Any, year: float, number: float) -> float:
    """Where a point stands between the foot (0) and the top (1) of the panel, on any scale."""
    ax.get_ylim()
    return float(ax.transAxes.inverted().transform(ax.transData.transform((year, number)))[1])


def _room(ax: Any, names: Sequence[str], alone: bool) -> float:
    """The points to the right of the panel; it gives way for whole names up to a share of the width (`KEPT`), and for
    the longest word beyond it."""
    width, box = ax.figure.get_figwidth() * 72, ax.get_position()
    words = [piece.strip() for name in names for piece in PIECES.findall(name)]
    size, kept = tokens().size("chart_small"), KEPT[0] if width > WIDE else KEPT[1]
    whole = min(max(map(em, names)) * size / SURE + 2 * GAP, kept * width)
    needed = max(max(map(em, words)) * size / SURE + 2 * GAP, whole)
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
