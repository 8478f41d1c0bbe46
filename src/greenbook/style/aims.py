"""Charts of targets: the gap to them as bullets, and a target's mark beside a series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from greenbook.style.marks import from_zero, wide_margin
from greenbook.style.tokens import tokens


def bullet(ax: Any, label: Any, *gaps: Any, words: Sequence[str] = ()) -> None:
    """Gap to target, one row a gap: a bar for the latest value, a rule for the target, both in the unit shown."""
    drawn = [gap for gap in gaps if gap.latest.exists and gap.target.exists]
    drawn.reverse()
    names = list(reversed(words)) if words else [label(gap.target) for gap in drawn]
    latest, aims = [label.number(gap.latest) for gap in drawn], [label.number(gap.target) for gap in drawn]
    ax.barh(range(len(drawn)), [float(number) for number in latest], height=0.5, color=tokens().colour("actual"))
    for place, (number, aim) in enumerate(zip(latest, aims, strict=True)):
        ax.barh(
            place,
            float(aim),
            height=0.72,
            facecolor="none",
            edgecolor=tokens().colour("target"),
            linestyle=":",
            linewidth=1.1,
        )
        ax.annotate(
            label.text(drawn[place].latest),
            (0, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=tokens().size("chart_small"),
            color=tokens().colour("paper"),
        )
        ax.annotate(
            f"{label('目标', 'target')} {label.text(drawn[place].target)}",
            (max(float(aim), float(number)), place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=tokens().size("chart_small"),
        )
    ax.set_yticks(range(len(drawn)), names)
    ax.grid(visible=False)
    ax.xaxis.set_visible(False)
    wide_margin(ax, names)
    from_zero(ax, [*map(float, latest), *map(float, aims)], flat=True, room=1.45)


def target_mark(ax: Any, label: Any, target: Any) -> None:
    """The target of a level or share: a hollow diamond in its year, with its words, which stay inside the drawing."""
    if not target.exists:
        return
    number, colour = label.number(target), tokens().colour("target")
    ax.plot([target.year], [float(number)], linestyle="None", marker="D", color=colour, markerfacecolor="none")
    note = ax.annotate(
        f"{label('目标', 'Target')} {label.text(target)}",
        (target.year, float(number)),
        xytext=(0, 7),
        ha="center",
        textcoords="offset points",
        fontsize=tokens().size("chart_small"),
        color=tokens().colour("text"),
    )
    ax.greenbook_targets = [*getattr(ax, "greenbook_targets", []), note]
