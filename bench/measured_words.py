"""The words of a drawn matplotlib figure and what they lie on, measured with the renderer that sets them.

Boxes are those of the ink of each line of words, in points. A crossing counts where it is deeper than `TOUCH`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.container import BarContainer
from matplotlib.text import Text

TOUCH = 0.1
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Fault:
    """What lies on what."""

    kind: str
    words: str
    other: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.words!r}" + (f" and {self.other!r}" if self.other else "")


@dataclass(frozen=True, eq=False)
class Words:
    """Words as drawn, the boxes of their lines, and their panel (None for those of the figure)."""

    said: str
    boxes: tuple[Box, ...]
    panel: Any


def faults(figure: Any) -> list[Fault]:
    """What stands in the way in `figure`: words on words, over the edge, on marks, lines and rules of a break."""
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    words = list(_words(figure, canvas.get_renderer()))
    found = [Fault("words on words", one.said, other.said)
             for one, other in itertools.combinations(words, 2) if _cross(one.boxes, other.boxes)]
    width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    for item in words:
        if any(box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height for box in item.boxes):
            found.append(Fault("words over the edge", item.said))
    for ax in figure.axes:
        if ax.get_visible():
            found += _on_drawing(ax, words)
    found += [Fault("empty key", "") for ax in figure.axes if ax.get_legend() and not ax.get_legend().get_texts()]
    return found


def _on_drawing(ax: Any, words: list[Words]) -> Iterator[Fault]:
    scale = 72 / ax.figure.dpi
    for line in ax.lines:
        if not line.get_visible():
            continue
        path = line.get_transform().transform_path(line.get_path())
        spots = [(float(x) * scale, float(y) * scale) for x, y in path.vertices]
        if line.get_drawstyle() == "steps-post":
            spots = [spot for before, after in itertools.pairwise(spots) for spot in (before, (after[0], before[1]))]
        drawn = line.get_linestyle() not in ("None", "none", "", " ")
        upright = len(spots) == 2 and line.get_linestyle() == ":" and abs(spots[0][0] - spots[1][0]) < 0.01
        for item in words:
            stretches = itertools.pairwise(spots) if drawn else ()
            if any(_through(box, one, other) for one, other in stretches for box in item.boxes):
                yield Fault("words on a break" if upright else "words on a line", item.said)
            half = line.get_markersize() / 2
            marked = line.get_marker() not in ("None", "none", "", " ", None)
            if marked and any(_cross(((x - half, y - half, x + half, y + half),), item.boxes) for x, y in spots):
                yield Fault("words on a mark", item.said)
    foot = ax.spines["bottom"]
    if foot.get_visible():
        path = foot.get_transform().transform_path(foot.get_path())
        ends = [(float(x) * scale, float(y) * scale) for x, y in path.vertices]
        yield from (Fault("words on a line", item.said, "the axis") for item in words
                    if any(_through(box, ends[0], ends[-1]) for box in item.boxes))
    for item in words:
        for edge in _edges(ax, scale):
            if any(_through(box, one, other) for box in item.boxes for one, other in itertools.pairwise(edge)):
                yield Fault("words on a line", item.said, "edge of a fill")
                break


def _edges(ax: Any, scale: float) -> Iterator[list[tuple[float, float]]]:
    """The outlines of bars and bands."""
    bars = [bar for group in ax.containers if isinstance(group, BarContainer) for bar in group]
    for bar in bars:
        path = bar.get_transform().transform_path(bar.get_path())
        yield [(float(x) * scale, float(y) * scale) for x, y in path.vertices[:5]]
    for fill in ax.collections:
        if isinstance(fill, PolyCollection):
            for path in fill.get_paths():
                spots = fill.get_transform().transform_path(path).vertices
                yield [(float(x) * scale, float(y) * scale) for x, y in spots]


def _words(figure: Any, renderer: Any) -> Iterator[Words]:
    for ax in [None, *(panel for panel in figure.axes if panel.get_visible())]:
        held = figure.texts if ax is None else ax.findobj(Text)
        for text in held:
            if text.get_visible() and text.get_text().strip() and not _hidden(ax, text):
                yield Words(text.get_text(), tuple(_boxes(text, renderer, 72 / figure.dpi)), ax)


def _hidden(ax: Any, text: Any) -> bool:
    """Whether the text is a tick label that is not drawn."""
    for axis in (ax.xaxis, ax.yaxis) if ax is not None else ():
        ticks = {id(label) for tick in [*axis.majorTicks, *axis.minorTicks] for label in (tick.label1, tick.label2)}
        if id(text) in ticks:
            shown = {id(tick.label1) for tick in axis._update_ticks() if tick.label1.get_visible()}
            return not axis.get_visible() or id(text) not in shown
    return False


def _boxes(text: Any, renderer: Any, scale: float) -> Iterator[Box]:
    """The box of each line of words, less the room above and below the ink."""
    whole = text.get_window_extent(renderer)
    left, foot, right, top = (float(edge) * scale for edge in whole.extents)
    if text.get_rotation():
        yield left, foot, right, top
        return
    rows = text.get_text().split("\n")
    step, size = (top - foot) / len(rows), text.get_fontsize()
    shift = {"left": 0.0, "center": 0.5, "right": 1.0}[text.get_horizontalalignment() if len(rows) > 1 else "left"]
    for place, row in enumerate(rows):
        wide = right - left if len(rows) == 1 else renderer.get_text_width_height_descent(
            row, text.get_fontproperties(), False)[0] * scale
        begin = left + (right - left - wide) * shift
        middle = top - step * (place + 0.5)
        yield begin, middle - size * 0.45, begin + wide, middle + size * 0.45


def _cross(one: Any, other: Any) -> bool:
    return any(
        min(a[2], b[2]) - max(a[0], b[0]) > TOUCH and min(a[3], b[3]) - max(a[1], b[1]) > TOUCH
        for a in one for b in other)


def _through(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether the stretch from `start` to `end` runs through `box` (Liang–Barsky), `TOUCH` deep."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        near, far = box[axis] + TOUCH, box[axis + 2] - TOUCH
        step = end[axis] - start[axis]
        if abs(step) < 1e-9:
            if not near < start[axis] < far:
                return False
            continue
        one, other = sorted(((near - start[axis]) / step, (far - start[axis]) / step))
        low, high = max(low, one), min(high, other)
    return low < high
