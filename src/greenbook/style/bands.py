"""Charts with a band: the fan of a forecast, the S-curve under its ceilings, the index with its draws, and the learning
curve. They take what a method hands back and know no dataset."""

from __future__ import annotations

import math
from typing import Any

from greenbook.style.ends import end_labels
from greenbook.style.marks import point_marks, segments, unit_of
from greenbook.style.tokens import tokens


def fan(ax: Any, label: Any, found: Any, since: int | None = None) -> None:
    """The series, then its extrapolation as a dashed line with the 80 % band; `since` cuts the past."""
    series = found.series if since is None else found.series.since(since)
    numbers = _history(ax, label, series)
    last = (series.years[-1], numbers[-1])
    years = [last[0], *found.middle.years]
    low, high = ([last[1], *label.values(edge)] for edge in (found.lower, found.upper))
    middle = [last[1], *label.values(found.middle)]
    _band(ax, years, low, high)
    ax.plot(years, middle, color=tokens().colour("actual"), linestyle="--")
    end_labels(
        ax,
        [
            (years[-1], middle[-1], label(found.words), tokens().colour("text")),
            (years[-1], high[-1], label("{level}区间", "{level} interval", level="80%"), tokens().colour("text")),
        ],
    )
    _ends(ax, label, found.series, [years[0], years[-1]], [min(*numbers, *low), max(*numbers, *high)])


def s_curve(ax: Any, label: Any, found: Any) -> None:
    """The observed points, and the band of the S-curves under all ceilings, each ceiling a rule with its number."""
    years = found.lower.years
    low, high = label.values(found.lower), label.values(found.upper)
    _band(ax, years, low, high)
    series, look = found.series, tokens()
    ax.plot(series.years, label.values(series), linestyle="None", marker="o", color=look.colour("actual"))
    point_marks(ax, series, label.values(series), look.colour("actual"), "o")
    for ceiling in found.ceilings:
        ax.axhline(float(label.number(ceiling)), color=look.colour("muted"), linestyle=":", linewidth=look.size("thin"))
    named = [found.ceilings[0], found.ceilings[-1]] if len(found.ceilings) > 1 else list(found.ceilings)
    end_labels(
        ax,
        [
            (years[-1], float(label.number(ceiling)), f"{label(ceiling)} {label.text(ceiling)}", look.colour("text"))
            for ceiling in named
        ],
    )
    top = max(float(label.number(ceiling)) for ceiling in found.ceilings)
    _ends(ax, label, series, [years[0], years[-1]], [0.0, top])


def index_band(ax: Any, label: Any, found: Any) -> None:
    """The published score as a line in the 80 % band of its draws."""
    years, look = found.score.years, tokens()
    low, high, score = (label.values(item) for item in (found.lower, found.upper, found.score))
    _band(ax, years, low, high)
    ax.plot(years, score, color=look.colour("actual"), marker="o")
    end_labels(ax, [(years[-1], score[-1], label(found.score), look.colour("text"))])
    ax.annotate(
        str(label.number(found.score)),
        (years[-1], score[-1]),
        xytext=(-4, 6),
        textcoords="offset points",
        ha="right",
        fontsize=look.size("chart_small"),
    )
    _ends(ax, label, found.score, [years[0], years[-1]], [min(0.0, *low), max(*high)])


def rank_shifts(ax: Any, label: Any, found: Any) -> None:
    """The rank of each year, 1 on top, with the span of its rank over the draws."""
    years, look = found.ranks.years, tokens()
    ranks, best, worst = (label.values(item) for item in (found.ranks, found.best_rank, found.worst_rank))
    for year, low, high in zip(years, best, worst, strict=True):
        ax.plot([year, year], [low, high], color=look.colour("context"), linewidth=2.4, solid_capstyle="round")
    ax.plot(years, ranks, linestyle="None", marker="o", color=look.colour("actual"))
    for year, rank in zip(years, ranks, strict=True):
        ax.annotate(
            str(label.point(found.ranks, year)),
            (year, rank),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=look.size("chart_small"),
        )
    ax.set_ylim(max(worst) + 0.6, 0.4)
    ax.set_xlim(years[0] - 0.5, years[-1] + 0.8)
    ax.yaxis.set_visible(False)
    ax.set_title(
        label("位次（上优下劣）", "Rank (best on top)"),
        loc="left",
        fontsize=look.size("chart_small"),
        color=look.colour("muted"),
    )


def learning_curve(ax: Any, label: Any, found: Any) -> None:
    """Price against cumulative output, both axes logarithmic, with the fitted line and its learning rate."""
    look, output = tokens(), label.values(found.output)
    price, fit = label.values(found.price), label.values(found.fit)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.plot(output, price, linestyle="None", marker="o", color=look.colour("actual"))
    order = sorted(range(len(output)), key=lambda place: output[place])
    ax.plot(
        [output[place] for place in order], [fit[place] for place in order], color=look.colour("other"), linestyle="--"
    )
    for place in (order[0], order[-1]):
        ax.annotate(
            label.period(found.price.at(found.price.years[place])),
            (output[place], price[place]),
            xytext=(4, 5),
            textcoords="offset points",
            fontsize=look.size("chart_small"),
        )
    if found.rate.exists:
        end_labels(
            ax,
            [(output[order[-1]], fit[order[-1]], f"{label(found.rate)} {label.text(found.rate)}", look.colour("text"))],
        )
    _ticks(ax.xaxis, label, output)
    _ticks(ax.yaxis, label, [*price, *fit])
    unit_of(ax, label, found.price, label(found.price))
    ax.set_xlabel(f"{label(found.output)} {label.unit(found.output)}".strip(), fontsize=look.size("chart_small"))


def score_parts(ax: Any, label: Any, found: Any) -> None:
    """What each dimension adds to the score, a line a dimension, the score itself above them in black."""
    look, ends = tokens(), []
    for place, part in enumerate(found.parts):
        colour, style, marker = look.series(place)
        numbers = label.values(part)
        ax.plot(part.years, numbers, color=colour, linestyle=style, marker=marker)
        ends.append((part.years[-1], numbers[-1], label(part), colour))
    score = label.values(found.score)
    ax.plot(found.score.years, score, color=look.colour("text"), linewidth=look.size("line") * 1.4)
    ends.append((found.score.years[-1], score[-1], label(found.score), look.colour("text")))
    end_labels(ax, ends)
    unit_of(ax, label, found.score)


def _history(ax: Any, label: Any, series: Any) -> Any:
    numbers, colour = label.values(series), tokens().colour("actual")
    for start, end in segments(series):
        ax.plot(series.years[start:end], numbers[start:end], color=colour)
    point_marks(ax, series, numbers, colour, "o")
    return numbers


def _band(ax: Any, years: Any, low: Any, high: Any) -> None:
    ax.fill_between(
        years, low, high, facecolor=tokens().colour("band"), edgecolor=tokens().colour("actual"), linewidth=0.4
    )


def _ends(ax: Any, label: Any, thing: Any, years: list[int], numbers: list[float]) -> None:
    span = (max(numbers) - min(numbers)) or 1.0
    ax.set_ylim(min(numbers) - (0.05 * span if min(numbers) else 0), max(numbers) + 0.08 * span)
    unit_of(ax, label, thing)


def _ticks(axis: Any, label: Any, numbers: Any) -> None:
    """One, two, five times powers of ten as plain numbers."""
    from matplotlib.ticker import FixedLocator, NullLocator

    low, high = min(numbers), max(numbers)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    places = [
        step * 10.0**power for power in powers for step in (1, 2, 5) if low / 1.6 <= step * 10.0**power <= high * 1.6
    ]
    axis.set_major_locator(FixedLocator(places))
    axis.set_minor_locator(NullLocator())
    axis.set_ticklabels([label.ticks([place])[0] for place in places])
