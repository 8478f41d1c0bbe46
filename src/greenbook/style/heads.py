"""What stands above the panels of a chart: one size of words, and the unit where an author's title took its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from greenbook.style.tokens import tokens


def one_size(ax: Any, panels: bool) -> None:
    """Sets the words that were written into a panel, and the titles of several panels, in the size of small words."""
    size = tokens().size("chart_small")
    for note in ax.texts:
        if hasattr(note, "xycoords"):
            note.set_fontsize(size)
    for title in (ax.title, ax._left_title) if panels else ():
        title.set_fontsize(size)


def name_units(axes: Sequence[Any], label: Any) -> None:
    """Gives a panel whose title is no longer its unit the unit back: after the title of lying bars, else beside the
    axis of the first panel."""
    for place, ax in enumerate(axes):
        unit, title = getattr(ax, "greenbook_unit", ""), ax.get_title(loc="left")
        if not unit or unit in title or unit in ax.get_ylabel():
            continue
        if any(getattr(group, "orientation", "") == "horizontal" for group in ax.containers):
            ax.set_title(f"{title}{', ' if label.language == 'en' else '，'}{unit}", loc="left")
        elif not place:
            ax.set_ylabel(unit, fontsize=tokens().size("chart_small"))
