"""Charts of states and of what factors added: the Tapio strip, the LMDI waterfall, Kaya bars, Sobol bars.

They take what a method hands back and know no dataset. Every number drawn comes from `label`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from greenbook.style.ends import wrapped
from greenbook.style.marks import from_zero, unit_of, wide_margin
from greenbook.style.tokens import tokens

# the fill of a state, by what it says; the words of the state stand beside it
FILLS = {
    "strong decoupling": "green",
    "recessive decoupling": "green",
    "weak decoupling": "fill_sky",
    "weak negative decoupling": "fill_orange",
    "expansive coupling": "fill_yellow",
    "recessive coupling": "fill_yellow",
    "expansive negative decoupling": "fill_orange",
    "strong negative decoupling": "traditional",
}
FEW = 6
ANY = re.compile("[1-9]")  # what rounds to nought has no sign


def tapio_strip(ax: Any, label: Any, *rows: Sequence[Any], words: Sequence[str] = ()) -> None:
    """A cell a window, filled by its decoupling state, the elasticity in it; a row a list of `tapio` results.

    Up to six windows carry their state in words below the cell; more have a key beneath. What is indeterminate is
    empty. `words` name the rows.
    """
    windows = [item.period[label.language] for item in rows[0]]
    for place, row in enumerate(reversed(rows)):
        for column, item in enumerate(row):
            _cell(ax, label, column, place, item, len(windows))
    ax.set_xlim(-0.5, len(windows) - 0.5)
    ax.set_ylim(-0.5, len(rows) - 0.5)
    ax.set_xticks(range(len(windows)), windows, rotation=0 if len(windows) <= FEW + 4 else 90)
    ax.set_yticks(range(len(rows)), list(reversed(words)) if words else [""] * len(rows))
    ax.tick_params(length=0)
    ax.grid(visible=False)
    for side in ax.spines.values():
        side.set_visible(False)
    wide_margin(ax, list(words))
    said = label("弹性系数及脱钩状态", "Elasticity and state")
    ax.set_title(said, loc="left", fontsize=tokens().size("chart_small"), color=tokens().colour("muted"))
    if len(windows) > FEW:
        _key(ax, label, [item for row in rows for item in row])


def _cell(ax: Any, label: Any, column: int, place: int, item: Any, columns: int) -> None:
    from matplotlib.patches import Rectangle

    fill = tokens().colour(FILLS[item.state]) if item.state in FILLS else "none"
    ax.add_patch(
        Rectangle(
            (column - 0.46, place - 0.3),
            0.92,
            0.6,
            facecolor=fill,
            alpha=0.75,
            edgecolor=tokens().colour("text"),
            linewidth=0.6,
            linestyle="-" if item.state in FILLS else ":",
        )
    )
    small = tokens().size("chart_small")
    if item.elasticity.exists:
        ax.text(
            column,
            place,
            str(label.number(item.elasticity)),
            ha="center",
            va="center",
            fontsize=small if columns > FEW else tokens().size("chart"),
        )
    if columns <= FEW:
        room = ax.get_position().width * ax.figure.get_figwidth() * 72 / columns / small
        ax.text(column, place - 0.33, wrapped(label(item.words), room), ha="center", va="top", fontsize=small)


def _key(ax: Any, label: Any, items: Sequence[Any]) -> None:
    """The states that occur, beneath the strip."""
    from matplotlib.patches import Patch

    states = {item.state: item for item in items}
    handles = [
        Patch(
            facecolor=tokens().colour(FILLS[state]) if state in FILLS else "none",
            edgecolor=tokens().colour("text"),
            linewidth=0.6,
            alpha=0.75,
            label=label(item.words),
        )
        for state, item in sorted(
            states.items(), key=lambda pair: list(FILLS).index(pair[0]) if pair[0] in FILLS else 99
        )
    ]
    box = ax.get_position()
    ax.set_position((box.x0, box.y0 + 0.16, box.width, box.height - 0.16))
    ax.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.24), ncols=3, frameon=False)


def waterfall(ax: Any, label: Any, found: Any, words: Sequence[str] = ()) -> None:
    """From the total of the first year to that of the last, a bar a factor, each from where the one before ended."""
    start, end = label.number(found.start), label.number(found.end)
    effects, names = (
        [label.number(value) for value in found.effects],
        list(words) or [label(value) for value in found.effects],
    )
    years = [label.period(found.start), label.period(found.end)]
    look, level = tokens(), float(start)
    ax.bar([0], [float(start)], width=0.62, color=look.colour("actual"), edgecolor=look.colour("text"))
    for place, effect in enumerate(effects, 1):
        colour = look.colour("traditional" if effect > 0 else "green")
        ax.bar(
            [place],
            [float(effect)],
            bottom=level,
            width=0.62,
            color=colour,
            edgecolor=look.colour("text"),
        )
        level += float(effect)
        _above(ax, place, max(level, level - float(effect)), signed(effect))
    last = len(effects) + 1
    ax.bar([last], [float(end)], width=0.62, color=look.colour("actual"), edgecolor=look.colour("text"))
    for place, number in ((0, start), (last, end)):
        _above(ax, place, float(number), str(number))
    room = ax.get_position().width * ax.figure.get_figwidth() * 72 / (last + 1) / look.size("chart_small")
    ax.set_xticks(range(last + 1), [years[0], *(wrapped(name, room) for name in names), years[1]])
    ax.grid(visible=False, axis="x")
    from_zero(ax, [float(start), float(end), level])
    unit_of(ax, label, found.start)


def signed(number: Any) -> str:
    """The number as the report prints it, with a plus where it is one."""
    return f"+{number}" if float(number) > 0 and ANY.search(str(number)) else str(number)


def _above(ax: Any, place: int, height: float, words: str) -> None:
    ax.annotate(
        words,
        (place, height),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        fontsize=tokens().size("chart_small"),
    )


def effect_bars(ax: Any, label: Any, *found: Any, words: Sequence[str] = ()) -> None:
    """Bars of each factor's effect, a block a decomposition (a plan period): to the right it added, to the left it cut.

    `words` replace the names of the factors.
    """
    look, names, numbers, places = tokens(), [], [], []
    row = sum(len(item.effects) + 2 for item in found)
    for item in found:
        row -= 1
        names.append((row, label.period(item.change), True))
        for place, value in enumerate(item.effects):
            row -= 1
            names.append((row, words[place] if words else label(value), False))
            numbers.append(float(label.number(value)))
            places.append((row, numbers[-1], signed(label.number(value))))
        row -= 1
    for at, number, said in places:
        up = number >= 0
        ax.barh(
            [at],
            [number],
            height=0.7,
            color=look.colour("traditional" if up else "green"),
            edgecolor=look.colour("text"),
        )
        ax.annotate(
            said,
            (number, at),
            xytext=(3 if up else -3, 0),
            textcoords="offset points",
            va="center",
            ha="left" if up else "right",
            fontsize=look.size("chart_small"),
        )
    ax.axvline(0, color=look.colour("axis"), linewidth=look.size("thin"))
    ax.set_yticks([at for at, _, _ in names], [name for _, name, _ in names])
    for tick, (_, _, head) in zip(ax.get_yticklabels(), names, strict=True):
        tick.set_color(look.colour("accent" if head else "text"))
    ax.grid(visible=False)
    ax.xaxis.set_visible(False)
    wide_margin(ax, [name for _, name, _ in names])
    from_zero(ax, numbers, flat=True, room=1.3)
    if found:
        unit_of(ax, label, found[0].change)


def sensitivity_bars(ax: Any, label: Any, found: Any) -> None:
    """The total Sobol index of each choice behind an index, largest on top, with its first-order index as a dot."""
    rows = sorted(found.sensitivity, key=lambda row: row[2].number)
    totals = [float(label.number(total)) for _, _, total in rows]
    firsts = [float(label.number(first)) for _, first, _ in rows]
    look, names = tokens(), [label(name) for name, _, _ in rows]
    ax.barh(range(len(rows)), totals, height=0.6, color=look.colour("band"), edgecolor=look.colour("text"))
    ax.plot(firsts, range(len(rows)), linestyle="None", marker="o", color=look.colour("actual"))
    for place, (_, _, total) in enumerate(rows):
        ax.annotate(
            str(label.number(total)),
            (max(totals[place], firsts[place]), place),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=look.size("chart_small"),
        )
    ax.set_yticks(range(len(rows)), names)
    ax.grid(visible=False)
    ax.xaxis.set_visible(False)
    wide_margin(ax, names)
    from_zero(ax, [*totals, *firsts], flat=True)
    ax.set_title(
        label("条：总效应；点：一阶", "Bars: total; dots: first order"),
        loc="left",
        fontsize=look.size("chart_small"),
        color=look.colour("muted"),
    )
