"""The charts of the house, called inside a figure function: `charts.lines(ax, label, output)`.

They take what an author holds (anything with `.years`, `.points`, `.breaks`) and the
`label` of the figure, and know no dataset. Colour codes series by role; a second
cue (line and marker) goes with it; the last value is labelled at its line's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from greenbook.style.aims import bullet, target_mark
from greenbook.style.bands import fan, index_band, learning_curve, rank_shifts, s_curve, score_parts
from greenbook.style.effects import effect_bars, sensitivity_bars, tapio_strip, waterfall
from greenbook.style.ends import end_labels, with_last
from greenbook.style.marks import (
    from_zero,
    one_unit,
    open_point,
    point_marks,
    segments,
    shape,
    shows,
    unit_of,
    wide_margin,
)
from greenbook.style.tokens import tokens

__all__ = [
    "bars", "bullet", "colour", "dots", "effect_bars", "fan", "index_band", "index_lines", "learning_curve", "lines",
    "rank_shifts", "ranked_bars", "room", "s_curve", "score_parts", "sensitivity_bars", "small_multiples",
    "stacked_area", "steps", "tapio_strip", "target_mark", "waterfall",
]  # fmt: skip


def colour(role: str) -> str:
    """The colour of a role of tokens.yml, for what an author draws by hand: actual, target, other, muted, context …"""
    return tokens().colour(role)


def lines(
    ax: Any, label: Any, *series: Any, words: Sequence[str] = (), highlight: int | None = None, unit: bool = True
) -> None:
    """A line a series with its name at the end, broken where the scope breaks; preliminary points hollow.

    `words` replace the names; with `highlight` (a place) the other lines are grey context.
    """
    held = one_unit(series)
    shows(ax, *held)
    ends = []
    for place, item in enumerate(held):
        colour, style, marker = tokens().series(place)
        if highlight is not None and place != highlight:
            colour, style, marker = tokens().colour("context"), "-", ""
        numbers = label.values(item)
        if not numbers:
            continue
        for start, end in segments(item):
            ax.plot(
                item.years[start:end],
                numbers[start:end],
                color=colour,
                linestyle=style,
                marker="" if end - start > 1 else marker,
            )
        point_marks(ax, item, numbers, colour, marker or "o")
        name = with_last(label, item, words[place] if words else label(item))
        ends.append((item.years[-1], numbers[-1], name, colour))
    end_labels(ax, ends)
    if unit and held:
        unit_of(ax, label, held[0])


def index_lines(ax: Any, label: Any, *series: Any, words: Sequence[str] = ()) -> None:
    """Lines of indices (base = 100) with a rule at the base."""
    lines(ax, label, *series, words=words)
    drawn = [item for item in series if item.years]
    at_base = [
        (item, year)
        for item in drawn
        for year, value in zip(item.years, item.values, strict=True)
        if abs(value - 100) < 1e-9
    ]
    if at_base:
        item, year = at_base[0]
        ax.axhline(label.point(item, year), color=tokens().colour("axis"), linewidth=tokens().size("thin"))


def bars(ax: Any, label: Any, series: Any, role: str = "actual", name: bool = False) -> None:
    """Upright bars by year from zero; preliminary and estimated ones and bounds hollow; the last value written above
    its bar."""
    numbers, colour = label.values(series), tokens().colour(role)
    if not numbers:
        return
    shows(ax, series)
    made = ax.bar(series.years, numbers, width=0.65, color=colour, edgecolor=colour)
    for bar, point in zip(made, series.points, strict=True):
        if open_point(point) or point.status == "estimated":
            bar.set_facecolor("none")
    ax.annotate(
        f"{label.bound(series.points[-1])}{label.point(series, series.years[-1])}",
        (series.years[-1], numbers[-1]),
        xytext=(0, 3 if numbers[-1] >= 0 else -3),
        ha="center",
        va="bottom" if numbers[-1] >= 0 else "top",
        textcoords="offset points",
        fontsize=tokens().size("chart_small"),
    )
    if min(numbers) < 0:
        ax.axhline(0, color=tokens().colour("axis"), linewidth=tokens().size("thin"))
    from_zero(ax, numbers)
    unit_of(ax, label, series, label(series) if name else "")


def ranked_bars(
    ax: Any, label: Any, values: Iterable[Any], words: Sequence[str] = (), role: str = "actual", order: bool = True
) -> None:
    """Horizontal bars from zero, the largest on top, each with its name and its value."""
    named = [(value, words[place] if words else label(value)) for place, value in enumerate(values) if value.exists]
    held = list(zip(one_unit([value for value, _ in named]), [name for _, name in named], strict=True))
    drawn = [(label.number(value), name, value) for value, name in held]
    if order:
        drawn.sort(key=lambda item: float(item[0]))
    else:
        drawn.reverse()
    numbers = [float(number) for number, _, _ in drawn]
    ax.barh(range(len(drawn)), numbers, height=0.62, color=tokens().colour(role), edgecolor=tokens().colour("text"))
    ax.set_yticks(range(len(drawn)), [name for _, name, _ in drawn])
    for place, (number, _, _) in enumerate(drawn):
        ax.annotate(
            str(number),
            (float(number), place),
            xytext=(3 if number >= 0 else -3, 0),
            textcoords="offset points",
            va="center",
            ha="left" if number >= 0 else "right",
            fontsize=tokens().size("chart_small"),
        )
    ax.grid(visible=False)
    ax.xaxis.set_visible(False)
    wide_margin(ax, [name for _, name, _ in drawn])
    from_zero(ax, numbers, flat=True)
    if drawn:
        unit_of(ax, label, drawn[0][2])


def stacked_area(ax: Any, label: Any, *series: Any, words: Sequence[str] = ()) -> None:
    """Parts of a whole over the years all of them have, the first at the bottom; at most five parts."""
    held = one_unit(series)
    years = sorted(set.intersection(*(set(item.years) for item in held))) if held else []
    if not years:
        return
    parts = [item.only(years) for item in held]
    shows(ax, *parts)
    numbers, ends, below = [label.values(part) for part in parts], [], [0.0] * len(years)
    for place, (part, row) in enumerate(zip(parts, numbers, strict=True)):
        colour = tokens().series(place)[0]
        above = [low + number for low, number in zip(below, row, strict=True)]
        ax.fill_between(
            years,
            below,
            above,
            facecolor=colour,
            alpha=1 - 0.13 * place,
            edgecolor=tokens().colour("paper"),
            linewidth=0.8,
        )
        ends.append(
            (years[-1], (below[-1] + above[-1]) / 2, words[place] if words else label(part), tokens().colour("text"))
        )
        below = above
    end_labels(ax, ends)
    ax.set_ylim(0, max(below) * 1.05)
    unit_of(ax, label, held[0])


def small_multiples(axes: Any, label: Any, *series: Any, words: Sequence[str] = ()) -> None:
    """A panel a series, shared scales; the other series stand behind in grey. `axes` come with `figure(panels=…)`."""
    held = one_unit(series)
    panels = list(axes.flat)
    for place, item in enumerate(held):
        panel, numbers = panels[place], label.values(item)
        shows(panel, item)
        for other in held:
            if other is not item:
                _line(panel, other, label.values(other), "context", linewidth=tokens().size("thin"))
        _line(panel, item, numbers, "actual")
        point_marks(panel, item, numbers, tokens().colour("actual"), "o")
        if numbers:
            _last(panel, label, item)
        panel.set_title(words[place] if words else label(item), fontsize=tokens().size("chart_small"))
    columns = axes.shape[1]
    for place, panel in enumerate(panels):
        panel.set_visible(place < len(held))
        if place + columns >= len(held):
            panel.tick_params(labelbottom=True)
    if held:
        unit_of(panels[0], label, held[0], small=True)


def _last(panel: Any, label: Any, item: Any) -> None:
    """The last value beside its point, where the panel leaves room for it."""
    year = item.years[-1]
    panel.annotate(
        f"{label.bound(item.points[-1])}{label.point(item, year)}",
        (year, label.point(item, year)),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        fontsize=tokens().size("chart_small"),
        annotation_clip=False,
    )


def _line(panel: Any, item: Any, numbers: Sequence[float], role: str, **options: Any) -> None:
    """A line that is cut where the points are not comparable."""
    for start, end in segments(item):
        panel.plot(item.years[start:end], numbers[start:end], color=tokens().colour(role), **options)


def dots(ax: Any, label: Any, *series: Any, words: Sequence[str] = ()) -> None:
    """Points, never a line: for series that mix compilers or scopes, and for a few survey years. Bounds are
    triangles."""
    held = one_unit(series)
    shows(ax, *held)
    for place, item in enumerate(held):
        colour, _, marker = tokens().series(place)
        numbers = label.values(item)
        for point, number in zip(item.points, numbers, strict=True):
            form = shape(point, marker)
            ax.plot(
                [point.year],
                [number],
                linestyle="None",
                marker=form,
                color=colour,
                markersize=tokens().size("marker") * 1.3,
                markerfacecolor="none" if open_point(point) else colour,
                clip_on=False,
            )
            shift, side = _beside(point, min(other.years[0] for other in held if other.years))
            ax.annotate(
                f"{label.bound(point)}{label.point(item, point.year)}",
                (point.year, number),
                xytext=(shift, 6),
                textcoords="offset points",
                ha=side,
                fontsize=tokens().size("chart_small"),
            )
        if numbers and (len(held) > 1 or words):
            end_labels(ax, [(item.years[-1], numbers[-1], words[place] if words else label(item), colour)])
    if any(item.years for item in held):
        unit_of(ax, label, held[0])


def _beside(point: Any, first: int) -> tuple[int, str]:
    """(shift in points, alignment) of a point's number: “more than …” keeps off the axis in the first year and off the
    edge and the next point in the others."""
    if not point.bound:
        return 0, "center"
    return (-4, "left") if point.year == first else (5, "right")


def room(ax: Any, label: Any, *things: Any, above: float = 1.25) -> None:
    """An axis of values from zero to `above` times the largest number of `things` (Indicators, Values, targets), in the
    unit that each language shows: what typed limits cannot do."""
    numbers = [number for thing in things for number in _numbers(label, thing)]
    if numbers:
        from_zero(ax, [min(0.0, *numbers), max(numbers) * above], room=1.0)


def _numbers(label: Any, thing: Any) -> list[float]:
    if hasattr(thing, "points"):
        return list(label.values(thing))
    return [float(label.number(thing))] if thing.exists else []


def steps(ax: Any, label: Any, *series: Any, words: Sequence[str] = ()) -> None:
    """Step lines: stocks that are known in survey years, or cumulated lists. A series of points only, whose figures are
    not comparable, stands as treads without risers."""
    held = one_unit(series)
    shows(ax, *held)
    ends = []
    for place, item in enumerate(held):
        colour, style, marker = tokens().series(place)
        numbers = label.values(item)
        if numbers and item.points_only:
            ax.plot(item.years, numbers, color=colour, linestyle="None", marker=marker)
            for number, year, until in zip(numbers, item.years, item.years[1:], strict=False):
                ax.plot([year, until], [number, number], color=colour, linestyle=style)
        elif numbers:
            ax.plot(item.years, numbers, color=colour, linestyle=style, drawstyle="steps-post", marker=marker)
        if numbers:
            ends.append((item.years[-1], numbers[-1], words[place] if words else label(item), colour))
    end_labels(ax, ends)
    if ends:
        unit_of(ax, label, held[0])
