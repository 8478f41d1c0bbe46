"""Labels of points, kept inside the drawing and off one another, off marks, lines, bars and the rules of breaks."""

from __future__ import annotations

from typing import Any

from greenbook.style.obstacles import MARK, Box, Obstacles, at, box_of, free, height_of, width_of

EDGE = 2.0
PAD = 0.4  # points kept between a label and what stands beside it


def settle(ax: Any) -> None:
    """Moves each label that stands beside a point into the drawing, and where it covers something to the free place
    that is nearest; without a free place to the one that covers least.

    Bars that lie along the axis of values write into or behind themselves and are left alone.
    """
    if any(getattr(group, "orientation", "") == "horizontal" for group in ax.containers):
        return
    labels = [note for note in ax.texts if free(note) and note.get_text().strip()]
    if not labels:
        return
    labels.sort(key=lambda note: at(ax, note))
    standing = Obstacles(ax)
    for note in labels:
        _pull_in(ax, note)
        note.set_position(_place(ax, note, standing))
        standing.words.append(box_of(ax, note, *note.get_position()))


def _place(ax: Any, note: Any, standing: Obstacles) -> tuple[float, float]:
    """The first of the places that costs nothing, else the cheapest; the label's own where none lies inside."""
    wanted = note.get_position()
    inside = [place for place in _places(ax, note) if _within(ax, box_of(ax, note, *place))]
    best, least = wanted, float("inf")
    for place in inside:
        left, foot, right, top = box_of(ax, note, *place)
        cost = standing.cost((left - PAD, foot - PAD, right + PAD, top + PAD))
        if cost < least:
            best, least = place, cost
        if not cost:
            break
    return best


def _places(ax: Any, note: Any) -> list[tuple[float, float]]:
    """Where a label may stand, in offsets: as wanted, below, higher, lower, then to the sides and at the corners."""
    dx, dy = note.get_position()
    step, x = note.get_fontsize() * 1.15, at(ax, note)[0]
    left, foot = box_of(ax, note, dx, dy)[:2]
    right_of, left_of = dx + x + MARK + 2 - left, dx + x - MARK - 2 - width_of(note) - left
    level = dy + at(ax, note)[1] - height_of(note) / 2 - foot
    above, below = dy, -dy - step * 0.8
    return [
        (dx, above), (dx, below), (dx, above + step), (dx, below - step * 1.1), (dx, above + 2 * step),
        (right_of, level), (left_of, level),
        (right_of - MARK, above), (left_of + MARK, above), (right_of - MARK, below), (left_of + MARK, below),
        (right_of, above + step), (left_of, above + step), (right_of, below - step), (left_of, below - step),
    ]  # fmt: skip


def _pull_in(ax: Any, note: Any) -> None:
    """Keeps a label between the numbers of the axis and the right edge of the drawing."""
    dx, dy = note.get_position()
    left, _, right, _ = box_of(ax, note, dx, dy)
    start = ax.get_position().x0 * ax.figure.get_figwidth() * 72 - 1
    over = max(right - ax.figure.get_figwidth() * 72 + EDGE, 0.0) - max(start - left, 0.0)
    if over:
        note.set_position((float(dx - over), dy))


def _within(ax: Any, box: Box) -> bool:
    """Whether a box lies between the axis of years and the top of the figure, the axis of values and its right edge."""
    width, height = ax.figure.get_figwidth() * 72, ax.figure.get_figheight() * 72
    place = ax.get_position()
    return (
        box[1] >= place.y0 * height + PAD and box[3] <= height - EDGE
        and box[0] >= place.x0 * width - 1.5 and box[2] <= width - EDGE + 0.1
    )  # fmt: skip
