"""Labels of points, kept inside the drawing and off one another."""

from __future__ import annotations

from typing import Any

from greenbook.style.ends import em

MARK = 3.5  # points round the centre of a marker that no label may cover
EDGE = 2.0


def movable(ax: Any, note: Any) -> None:
    """Marks `note` of `ax` as a label that may be moved once all is drawn."""
    ax.greenbook_labels = [*getattr(ax, "greenbook_labels", []), note]


def settle(ax: Any) -> None:
    """Moves labels into the drawing, then each that covers another or a marker to the nearest free height.

    Widths are estimated from the text, so that both languages and every machine come to the same places.
    """
    labels = getattr(ax, "greenbook_labels", [])
    for note in labels:
        _pull_in(ax, note)
    marks = [_square(*_at(ax, note)) for note in labels]
    taken: list[tuple[float, float, float, float]] = []
    for number, note in sorted(enumerate(labels), key=lambda item: _at(ax, item[1])):
        dx, dy = note.get_position()
        step = note.get_fontsize() * 1.15
        others = [mark for place, mark in enumerate(marks) if place != number]
        for wanted in (dy, -dy - step * 0.8, dy + step, -dy - step * 1.9, dy + 2 * step):
            box = _box(ax, note, dx, wanted)
            if not any(_meet(box, other) for other in (*taken, *others)) and _within(ax, box):
                note.set_position((dx, wanted))
                break
        taken.append(_box(ax, note, *note.get_position()))


def _at(ax: Any, note: Any) -> tuple[float, float]:
    """Where the label's point lies, in points from the lower left corner of the figure."""
    x, y = ax.transData.transform(note.xy)
    scale = 72 / ax.figure.dpi
    return x * scale, y * scale


def _box(ax: Any, note: Any, dx: float, dy: float) -> tuple[float, float, float, float]:
    x, y = _at(ax, note)
    width, size = em(note.get_text()) * note.get_fontsize(), note.get_fontsize()
    left = x + dx - width * {"left": 0.0, "right": 1.0}.get(note.get_ha(), 0.5)
    return left, y + dy, left + width, y + dy + size * 0.8


def _pull_in(ax: Any, note: Any) -> None:
    dx, dy = note.get_position()
    left, _, right, _ = _box(ax, note, dx, dy)
    over = max(right - ax.figure.get_figwidth() * 72 + EDGE, 0.0) - max(EDGE - left, 0.0)
    if over:
        note.set_position((dx - over, dy))


def _square(x: float, y: float) -> tuple[float, float, float, float]:
    return x - MARK, y - MARK, x + MARK, y + MARK


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _within(ax: Any, box: tuple[float, float, float, float]) -> bool:
    """Whether a box lies above the axis of years and below the top of the figure."""
    foot = ax.get_position().y0 * ax.figure.get_figheight() * 72
    return box[1] >= foot and box[3] <= ax.figure.get_figheight() * 72 - EDGE
