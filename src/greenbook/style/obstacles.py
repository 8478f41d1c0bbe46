"""What the labels of a panel keep off: its lines, rules, marks, bars, bands and fixed words, in points of the drawing.

Widths are estimated from the text, so that every machine comes to the same places.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from greenbook.style.ends import em

Box = tuple[float, float, float, float]
Stretch = tuple[float, float, float, float]
MARK = 3.5  # points round the centre of a marker that no label may cover
WORDS, POINT, LINE = 8, 4, 2
ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}
LEADING = 1.4


class Obstacles:
    """The stretches of lines and the boxes of marks, bars and words of one panel."""

    def __init__(self, ax: Any) -> None:
        self.stretches, self.marks = [*_lines(ax), *_bands(ax)], list(_marks(ax))
        self.bars, self.words = list(_bars(ax)), list(_fixed(ax))

    def cost(self, box: Box) -> int:
        """What a label in `box` would cover, weighted: words most, lines least; 0 where it stands free."""
        found = WORDS * sum(meet(box, other) for other in self.words)
        found += POINT * sum(meet(box, other) for other in (*self.marks, *self.bars))
        return found + LINE * sum(_runs_through(box, stretch) for stretch in self.stretches)


def at(ax: Any, note: Any) -> tuple[float, float]:
    """Where the point of an annotation lies, in points from the lower left corner of the figure."""
    ax.get_xlim(), ax.get_ylim()  # matplotlib puts off the scale of an axis until it is asked
    x, y = ax.transData.transform((note.xy[0], 0.0 if isinstance(note.xycoords, tuple) else note.xy[1]))
    if isinstance(note.xycoords, tuple):
        y = ax.transAxes.transform((0, note.xy[1]))[1]
    scale = 72 / ax.figure.dpi
    return float(x) * scale, float(y) * scale


def box_of(ax: Any, note: Any, dx: float, dy: float) -> Box:
    """The box of the words of an annotation that stands `dx`, `dy` points from its point."""
    x, y = at(ax, note)
    width, height, size = width_of(note), height_of(note), note.get_fontsize()
    left = x + dx - width * ALIGNED[note.get_ha()]
    foot = {"center": -height / 2, "top": -height, "bottom": size * 0.15}.get(note.get_va(), 0.0)
    return left, y + dy + foot, left + width, y + dy + foot + height


def width_of(note: Any) -> float:
    """The width of its longest row in points."""
    return float(max(map(em, note.get_text().split("\n"))) * note.get_fontsize())


def height_of(note: Any) -> float:
    """The height of its ink in points."""
    return float(note.get_fontsize() * (0.8 + LEADING * note.get_text().count("\n")))


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def free(note: Any) -> bool:
    """Whether an annotation stands beside a point of the data, and so may be moved."""
    return getattr(note, "xycoords", "") == "data" and getattr(note, "anncoords", "") == "offset points"


def _fixed(ax: Any) -> Iterator[Box]:
    for note in ax.texts:
        if hasattr(note, "xycoords") and not free(note):
            yield box_of(ax, note, *note.get_position())
    title, place = ax.get_title(loc="left"), ax.get_position()
    if title:
        left, top = place.x0 * ax.figure.get_figwidth() * 72, place.y1 * ax.figure.get_figheight() * 72
        size = ax._left_title.get_fontsize()
        yield left, top + 4, left + em(title) * size, top + 8 + size


def _spots(ax: Any, artist: Any, path: Any) -> list[tuple[float, float]]:
    scale = 72 / ax.figure.dpi
    return [(float(x) * scale, float(y) * scale) for x, y in artist.get_transform().transform(path)]


def _lines(ax: Any) -> Iterator[Stretch]:
    for line in ax.lines:
        if line.get_linestyle() in ("None", "none", "", " "):
            continue
        spots = _spots(ax, line, line.get_xydata())
        if line.get_drawstyle() == "steps-post":
            spots = [spot for before, after in itertools.pairwise(spots) for spot in (before, (after[0], before[1]))]
        yield from ((*one, *other) for one, other in itertools.pairwise(spots))


def _bands(ax: Any) -> Iterator[Stretch]:
    for fill in ax.collections:
        for path in fill.get_paths() if hasattr(fill, "get_paths") else ():
            yield from ((*one, *other) for one, other in itertools.pairwise(_spots(ax, fill, path.vertices)))


def _marks(ax: Any) -> Iterator[Box]:
    for line in ax.lines:
        if line.get_marker() not in ("None", "none", "", " ", None):
            yield from ((x - MARK, y - MARK, x + MARK, y + MARK) for x, y in _spots(ax, line, line.get_xydata()))


def _bars(ax: Any) -> Iterator[Box]:
    for group in ax.containers:
        for bar in getattr(group, "patches", ()):
            (left, foot), (right, top) = _ends(ax, bar)
            yield min(left, right), min(foot, top), max(left, right), max(foot, top)


def _ends(ax: Any, bar: Any) -> list[tuple[float, float]]:
    scale = 72 / ax.figure.dpi
    ends = [(bar.get_x(), bar.get_y()), (bar.get_x() + bar.get_width(), bar.get_y() + bar.get_height())]
    return [(float(x) * scale, float(y) * scale) for x, y in ax.transData.transform(ends)]


def _runs_through(box: Box, stretch: Stretch) -> bool:
    """Whether a stretch of a line runs through `box` (Liang and Barsky's clipping)."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        start, step = stretch[axis], stretch[axis + 2] - stretch[axis]
        if abs(step) < 1e-9:
            if not box[axis] < start < box[axis + 2]:
                return False
            continue
        one, other = sorted(((box[axis] - start) / step, (box[axis + 2] - start) / step))
        low, high = max(low, one), min(high, other)
    return low < high
