"""What charts have in common: units above the axis, names at the ends of lines, break marks, hollow and
triangular points."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from greenbook.style.ends import em, write_ends
from greenbook.style.tokens import tokens

HOLLOW = ("preliminary", "projected")
UP, DOWN = ("over", "at_least"), ("under", "at_most")
ROOM = 1.25


def unit_of(ax: Any, label: Any, thing: Any, name: str = "", small: bool = False) -> None:
    """The unit above the axis, where Chinese and English charts read it without turning the head."""
    words = label.unit(thing)
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
    """Moves the left edge of the axes so that the longest name beside it fits."""
    width = ax.figure.get_figwidth() * 72
    longest = max((em(name) for name in names), default=0) * tokens().size("chart_small")
    box = ax.get_position()
    left = min(0.5, max(box.x0, (longest + 12) / width))
    ax.set_position((left, box.y0, 0.97 - left, box.height))


def finish(axes: Sequence[Any], label: Any, series: Sequence[Any]) -> None:
    """What the machinery does after the author's function: break marks, end labels, numbers of the axis."""
    for ax in axes:
        _break_marks(ax, label, series)
        write_ends(ax, alone=len(axes) == 1)
        _own_numbers(ax.yaxis, label)
        years = [
            year for item in series if item.years and _drawn_in(ax, item) for year in (item.years[0], item.years[-1])
        ]
        if years:
            _year_ticks(ax, min(years), max(years))
        else:
            _own_numbers(ax.xaxis, label)


def _year_ticks(ax: Any, first: int, last: int) -> None:
    """Whole years that end with the last one, unless the author has set ticks."""
    from matplotlib.ticker import FixedLocator, MaxNLocator

    if not isinstance(ax.xaxis.get_major_locator(), MaxNLocator):
        return
    room = ax.get_position().width * ax.figure.get_figwidth() * 72 / (tokens().size("chart_small") * 4)
    step = next((step for step in (1, 2, 3, 5, 10) if (last - first) / step < room), 20)
    low, high = ax.get_xlim()
    years = [year for year in range(last, first - 1, -step) if low <= year <= high]
    ax.xaxis.set_major_locator(FixedLocator(years[::-1]))


def _own_numbers(axis: Any, label: Any) -> None:
    """The axis's numbers as the language writes them, unless the author has set others."""
    from matplotlib.ticker import ScalarFormatter

    class Written(ScalarFormatter):
        def format_ticks(self, values: Sequence[float]) -> list[str]:
            return label.ticks(values)

    if type(axis.get_major_formatter()) is ScalarFormatter:
        axis.set_major_formatter(Written())


def _drawn_in(ax: Any, item: Any) -> bool:
    """Whether the x axis is one of years that holds those of `item`; the values of bars lying down are none."""
    low, high = ax.get_xlim()
    lying = any(getattr(group, "orientation", "") == "horizontal" for group in ax.containers)
    return not lying and low > 1800 and high < 2200 and low - 1 <= item.years[0] and item.years[-1] <= high + 1


def _break_marks(ax: Any, label: Any, series: Sequence[Any]) -> None:
    """A dotted rule before the first year of a new scope, with what changed."""
    marked = set()
    for item in series:
        if not item.years or not _drawn_in(ax, item):
            continue
        for change in item.breaks:
            if item.years[0] < change.year <= item.years[-1] and change.year not in marked:
                marked.add(change.year)
                ax.axvline(change.year - 0.5, color=tokens().colour("muted"), linestyle=":", linewidth=0.8)
                ax.annotate(
                    label.break_words,
                    (change.year - 0.5, 1),
                    xycoords=("data", "axes fraction"),
                    xytext=(2, -2),
                    textcoords="offset points",
                    va="top",
                    fontsize=tokens().size("chart_small") - 0.5,
                    color=tokens().colour("muted"),
                )


def segments(item: Any) -> list[tuple[int, int]]:
    """The runs of points that one line may join: cut at breaks of the scope and at missing stretches of over a year."""
    cuts = {0, len(item.years)}
    for place in range(1, len(item.years)):
        before, after = item.years[place - 1], item.years[place]
        if any(before < change.year <= after for change in item.breaks):
            cuts.add(place)
    ordered = sorted(cuts)
    return list(itertools.pairwise(ordered)) if item.years else []


def point_marks(ax: Any, item: Any, numbers: Sequence[float], colour: str, marker: str) -> None:
    """Markers: hollow for preliminary and projected, triangles for bounds, full at the last point."""
    for place, (point, number) in enumerate(zip(item.points, numbers, strict=True)):
        last, open_ = place == len(numbers) - 1, bool(point.bound) or point.status in HOLLOW
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
