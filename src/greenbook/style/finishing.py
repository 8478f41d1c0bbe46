"""What the machinery does when an author's function has drawn: breaks, years, scales of panels, names, numbers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from greenbook.style.apart import settle
from greenbook.style.ends import em, write_ends
from greenbook.style.heads import name_units, one_size
from greenbook.style.tokens import tokens

OWN_SCALE = ("独立坐标", "own scale")
# Years as places on an axis: whole, or the half between two where a scope changes.
YEARS = (1800, 2200)


def finish(axes: Sequence[Any], label: Any, series: Sequence[Any]) -> None:
    """Break marks, names at the ends of lines, ticks at whole years, the language's numbers, scales of panels.

    `series` are those that the figure uses; a panel that the house's charts drew knows its own.
    """
    _scales(axes, label)
    name_units(axes, label)
    for ax in axes:
        one_size(ax, len(axes) > 1)
        years = _years_of(ax, label)
        own = _own(ax) if len(axes) > 1 and _own(ax) else [*_own(ax), *series]
        if years:
            _break_marks(ax, label, own, years)
        write_ends(ax, alone=len(axes) == 1)
        settle(ax)
        _own_numbers(ax.yaxis, label)
        if years:
            _year_ticks(ax, min(years), max(years))
        else:
            _own_numbers(ax.xaxis, label)


def _own(ax: Any) -> list[Any]:
    return getattr(ax, "greenbook_series", [])


def _years_of(ax: Any, label: Any) -> list[int]:
    """The years that the drawing asked for and the panel shows; none where its x axis is not one of years."""
    low, high = ax.get_xlim()
    lying = any(getattr(group, "orientation", "") == "horizontal" for group in ax.containers)
    places = [float(place) for line in ax.lines for place in line.get_xdata(orig=False) if len(line.get_xdata()) > 1]
    if lying or low < YEARS[0] or high > YEARS[1] or any(place * 2 % 1 for place in places):
        return []
    return [year for year in label.years_drawn() if low <= year <= high]


def _scales(axes: Sequence[Any], label: Any) -> None:
    """One scale of values for all panels; their own, and said so, where they show different units."""
    panels = [ax for ax in axes if ax.get_visible()]
    if len(panels) < 2:
        return
    units = {label.unit(item) for ax in panels for item in _own(ax)}
    if len(units) > 1:
        for ax in panels:
            ax.tick_params(labelleft=True)
            ax.set_title(label(*OWN_SCALE), loc="right", fontsize=_small(), color=tokens().colour("muted"))
        return
    limits = [ax.get_ylim() for ax in panels]
    turned = any(high < low for low, high in limits)
    low, high = min(map(min, limits)), max(map(max, limits))
    for ax in panels:
        ax.tick_params(labelleft=ax.get_subplotspec() is None or ax.get_subplotspec().is_first_col())
        ax.set_ylim((high, low) if turned else (low, high))


def _small() -> float:
    return tokens().size("chart_small") - 0.5


def _break_marks(ax: Any, label: Any, series: Sequence[Any], years: Sequence[int]) -> None:
    """A dotted rule before the first year of a new scope; of rules closer than their words the last has them."""
    changes = sorted({change.year for item in series if item.years for change in item.breaks
                      if max(item.years[0], min(years)) < change.year <= min(item.years[-1], max(years))})
    low, high = ax.get_xlim()
    points = ax.get_position().width * ax.figure.get_figwidth() * 72 / (high - low)
    room = (em(label.break_words) * _small() + 4) / points
    for year, after in itertools.pairwise([*changes, float("inf")]):
        ax.axvline(year - 0.5, color=tokens().colour("muted"), linestyle=":", linewidth=0.8)
        if after - year >= room:
            # at the right edge the words stand before their rule
            turned = (year - 0.5 - low) * points + room * points > _right(ax)
            ax.annotate(
                label.break_words,
                (year - 0.5, 1),
                xycoords=("data", "axes fraction"),
                xytext=(-2 if turned else 2, -2),
                textcoords="offset points",
                ha="right" if turned else "left",
                va="top",
                fontsize=_small(),
                color=tokens().colour("muted"),
            )


def _right(ax: Any) -> float:
    """From the left end of the axis to the right edge of the drawing, in points."""
    return (1 - ax.get_position().x0) * ax.figure.get_figwidth() * 72


def _year_ticks(ax: Any, first: int, last: int) -> None:
    """Whole years that end with the last one, unless the author has set ticks."""
    from matplotlib.ticker import FixedLocator, MaxNLocator

    if not isinstance(ax.xaxis.get_major_locator(), MaxNLocator):
        return
    room = ax.get_position().width * ax.figure.get_figwidth() * 72 / (tokens().size("chart_small") * 4)
    low, high = ax.get_xlim()
    step = next((step for step in (1, 2, 3, 5, 10) if (high - low) / step < room), 20)
    ax.xaxis.set_major_locator(FixedLocator(list(range(last, first - 1, -step))[::-1]))


def _own_numbers(axis: Any, label: Any) -> None:
    """The axis's numbers as the language writes them, unless the author has set others."""
    from matplotlib.ticker import ScalarFormatter

    class Written(ScalarFormatter):
        def format_ticks(self, values: Sequence[float]) -> list[str]:
            return label.ticks(values)

    if type(axis.get_major_formatter()) is ScalarFormatter:
        axis.set_major_formatter(Written())
