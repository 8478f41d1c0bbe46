"""Charts of targets: the gap to them as bullets, and a target's mark beside a series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from greenbook.style.ends import em, wrapped
from greenbook.style.marks import from_zero, wide_margin
from greenbook.style.tokens import tokens


def bullet(ax: Any, label: Any, *gaps: Any, words: Sequence[str] = ()) -> None:
    """Gap to target, one row a gap: a bar for the latest value, a frame for the target, both in the unit shown. The
    latest value is written in its bar, or where that is too short, before the target."""
    drawn = [gap for gap in gaps if gap.latest.exists and gap.target.exists]
    drawn.reverse()
    names = list(reversed(words)) if words else [label(gap.target) for gap in drawn]
    latest = [float(label.number(gap.latest)) for gap in drawn]
    aims = [float(label.number(gap.target)) for gap in drawn]
    ax.barh(range(len(drawn)), latest, height=0.5, color=tokens().colour("actual"))
    ax.barh(
        range(len(drawn)),
        aims,
        height=0.72,
        facecolor="none",
        edgecolor=tokens().colour("target"),
        linestyle=":",
        linewidth=1.1,
    )
    ax.set_yticks(range(len(drawn)), names)
    ax.grid(visible=False)
    ax.xaxis.set_visible(False)
    wide_margin(ax, names)
    from_zero(ax, [*latest, *aims], flat=True, room=1.6)
    for place, gap in enumerate(drawn):
        _said(ax, label, place, gap, latest[place], aims[place])


def _said(ax: Any, label: Any, place: int, gap: Any, number: float, aim: float) -> None:
    size, now, wanted = tokens().size("chart_small"), label.text(gap.latest), label.text(gap.target)
    points = ax.get_position().width * ax.figure.get_figwidth() * 72 / (ax.get_xlim()[1] - ax.get_xlim()[0])
    fits = em(now) * size + 8 < number * points
    if fits:
        _note(ax, now, 0, place, tokens().colour("paper"))
    beyond = f"{label('目标：', 'target: ')}{wanted}"
    room = ((ax.get_xlim()[1] - max(aim, number)) * points - 6) / size
    lines = [beyond] if fits else [now, beyond]
    _note(ax, "\n".join(wrapped(line, room) for line in lines), max(aim, number), place, tokens().colour("text"))


def _note(ax: Any, words: str, x: float, place: int, colour: str) -> None:
    ax.annotate(
        words,
        (x, place),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        fontsize=tokens().size("chart_small"),
        color=colour,
    )


def target_mark(ax: Any, label: Any, target: Any) -> None:
    """The target of a level or share: a hollow diamond in its year, with its words, which stay inside the drawing."""
    if not target.exists:
        return
    number, colour = label.number(target), tokens().colour("target")
    ax.plot([target.year], [float(number)], linestyle="None", marker="D", color=colour, markerfacecolor="none")
    ax.annotate(
        f"{label('目标：', 'Target: ')}{label.text(target)}",
        (target.year, float(number)),
        xytext=(0, 7),
        ha="center",
        textcoords="offset points",
        fontsize=tokens().size("chart_small"),
        color=tokens().colour("text"),
    )
