"""What charts have in common: units above the axis, runs of comparable points, hollow and triangular points."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from greenbook.style.ends import em
from greenbook.style.tokens import tokens

HOLLOW = ("preliminary", "projected")
UP, DOWN = ("over", "at_least"), ("under", "at_most")
ROOM = 1.25


def unit_of(ax: Any, label: Any, thing: Any, name: str = "", small: bool = False) -> None:
    """The unit above the axis, where Chinese and English charts read it without turning the head."""
    words = label.unit(thing)
    ax.greenbook_unit = words
    text = f"{name}{'，' if label.language != 'en' else ', '}{words}" if name and words else name or words
    if small:
        ax.set_ylabel(text, fontsize=tokens().size("chart_small"))
    elif text:
        ax.set_title(text, loc="left", fontsize=tokens().size("chart_small"), color=tokens().colour("muted"))


def one_unit(series: Sequence[Any]) -> list[Any]:
    """The series, or values, shown in the unit of the first: one axis has one unit."""
    held = [item for item in series if item is not None]
    shows = [getattr(item, "show", None) or item.content.show for item in held]
    return [item if show == shows[0] else item.shown_as(shows[0]) for item, show in zip(held, shows, strict=True)]


def from_zero(ax: Any, numbers: Sequence[float], flat: bool = False, room: float = ROOM) -> None:
    """An axis of bars that starts at zero and leaves room for the value beyond the longest bar."""
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    span = (high - low) or 1.0
    limits = (low - (span * (room - 1) if low < 0 else 0), high + span * (room - 1) * (0.5 if not flat else 1))
    ax.set_xlim(limits) if flat else ax.set_ylim(limits)


def wide_margin(ax: Any, names: Sequence[str]) -> None:
    """Moves the left edge of the axes so that the longest name beside it fits; panels keep to their own place."""
    width = ax.figure.get_figwidth() * 72
    longest = max((em(name) for name in names), default=0) * tokens().size("chart_small")
    box = ax.get_position()
    beside = [panel.get_position().x1 for panel in ax.figure.axes if panel.get_position().x1 <= box.x0]
    edge, right = max(beside, default=0.0), 0.97 if len(ax.figure.axes) == 1 else box.x1
    left = min((edge + right) / 2 if edge else 0.5, max(box.x0, edge + (longest + 12) / width))
    ax.set_position((left, box.y0, right - left, box.height))


def shows(ax: Any, *series: Any) -> None:
    """Notes what a panel shows, so that its breaks, years and unit are those of its own series."""
    ax.greenbook_series = [*getattr(ax, "greenbook_series", []), *series]


def segments(item: Any) -> list[tuple[int, int]]:
    """The runs of points that one line may join: cut at breaks of the scope and, in a series that is mostly yearly,
    where two years or more are missing."""
    cuts, steps = {0, len(item.years)}, [after - before for before, after in itertools.pairwise(item.years)]
    yearly = steps.count(1) * 2 > len(steps)
    for place in range(1, len(item.years)):
        before, after = item.years[place - 1], item.years[place]
        if (yearly and after - before > 2) or any(before < change.year <= after for change in item.breaks):
            cuts.add(place)
    ordered = sorted(cuts)
    return list(itertools.pairwise(ordered)) if item.years else []


def open_point(point: Any) -> bool:
    """Whether a point is drawn hollow: a bound, or not final yet."""
    return bool(point.bound) or point.status in HOLLOW


def point_marks(ax: Any, item: Any, numbers: Sequence[float], colour: str, marker: str) -> None:
    """Markers: hollow for preliminary and projected, triangles for bounds, full at the last point."""
    for place, (point, number) in enumerate(zip(item.points, numbers, strict=True)):
        last, open_ = place == len(numbers) - 1, open_point(point)
        if last or open_:
            ax.plot(
                [point.year],
                [number],
                linestyle="None",
                marker=shape(point, marker),
                color=colour,
                markerfacecolor=tokens().colour("paper") if open_ else colour,
            )


def shape(point: Any, marker: str) -> str:
    return "^" if point.bound in UP else "v" if point.bound in DOWN else marker


def hollow_bars(axes: Sequence[Any]) -> bool:
    """Whether a bar of `axes` is drawn hollow, so that a note has to say what that means."""
    bars = (bar for ax in axes for group in ax.containers for bar in getattr(group, "patches", ()))
    return any(bar.get_facecolor()[3] == 0 for bar in bars)
