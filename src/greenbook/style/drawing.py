"""Figures in the house style: sizes and margins by role, shipped faces only, and no pyplot.

A face that is missing or a glyph that no face has ends the drawing: matplotlib
itself only warns, and sets Latin text in another face without a word.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from greenbook.style.fonts import SHIPPED, face
from greenbook.style.svg import normalised
from greenbook.style.tokens import style_folder, tokens

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MM = 1 / 25.4
DRAWN_FAMILIES = tuple(family for family in SHIPPED if "CJK" not in family and "Italic" not in family)


class MissingGlyphError(Exception):
    """A character, or a face, that the shipped fonts do not have."""


@cache
def register_faces() -> None:
    """Replaces matplotlib's list of fonts by the shipped faces: system fonts become invisible."""
    from matplotlib import font_manager

    entries = [font_manager.ttfFontProperty(font_manager.get_font(face(family).path)) for family in DRAWN_FAMILIES]
    font_manager.fontManager.ttflist[:] = entries
    font_manager.fontManager.afmlist[:] = []


def _forget_faces() -> None:
    """Empties matplotlib's memory of faces: one that was not found is told of once, and then kept silently."""
    from matplotlib import font_manager

    manager: Any = font_manager.fontManager
    manager._findfont_cached.cache_clear()


@cache
def _settings(language: str) -> Any:
    """The rc settings of charts in `language`: charts.mplstyle, then colours, faces and sizes of tokens.yml."""
    from cycler import cycler
    from matplotlib import rc_params_from_file

    look = tokens()
    families, colour = list(look.families("chart", language)), look.colour
    return {
        **dict(rc_params_from_file(style_folder() / "charts.mplstyle", use_default_template=False)),
        "axes.prop_cycle": cycler(color=[look.series(place)[0] for place in range(5)]),
        "font.family": families,
        "font.size": look.size("chart"),
        "axes.titlesize": look.size("chart"),
        "axes.labelsize": look.size("chart_small"),
        "xtick.labelsize": look.size("chart_small"),
        "ytick.labelsize": look.size("chart_small"),
        "lines.linewidth": look.size("line"),
        "lines.markersize": look.size("marker"),
        "mathtext.rm": families[0],
        "mathtext.it": families[0],
        "mathtext.bf": families[0],
        "text.color": colour("text"),
        "axes.labelcolor": colour("text"),
        "axes.edgecolor": colour("axis"),
        "xtick.color": colour("axis"),
        "ytick.color": colour("axis"),
        "xtick.labelcolor": colour("text"),
        "ytick.labelcolor": colour("text"),
        "grid.color": colour("grid"),
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "patch.edgecolor": colour("text"),
        "legend.fontsize": look.size("chart_small"),
    }


@contextmanager
def house_style(language: str) -> Iterator[None]:
    """Within it, matplotlib draws in the house style of `language`; missing glyphs and faces raise
    MissingGlyphError."""
    import matplotlib

    register_faces()
    _forget_faces()
    heard: list[str] = []
    handler = _Listener(heard)
    log = logging.getLogger("matplotlib.font_manager")
    log.addHandler(handler)
    try:
        with matplotlib.rc_context(_settings(language)), warnings.catch_warnings():
            warnings.filterwarnings("error", message="Glyph .* missing from")
            yield
    except UserWarning as warning:
        raise MissingGlyphError(_character(str(warning))) from None
    except ValueError as error:
        if not str(error).startswith("Failed to find font"):
            raise
        raise MissingGlyphError(f"a face that is not shipped ({(heard or [str(error)])[0]})") from None
    finally:
        log.removeHandler(handler)
    if heard:
        raise MissingGlyphError(f"a face that is not shipped ({heard[0]})")


class _Listener(logging.Handler):
    """Collects what the font manager says: each record of it means a face that is not there."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def _character(message: str) -> str:
    """The character of matplotlib's warning, "Glyph 23792 (\\N{…}) missing from font(s) …"."""
    digits = message.partition("Glyph ")[2].partition(" ")[0]
    return f"the character {chr(int(digits))} (U+{int(digits):04X})" if digits.isdigit() else message


def new_figure(size: str, panels: tuple[int, int] | None = None) -> tuple[Figure, Any]:
    """A figure of the role `size` and its axes, with fixed margins: one Axes, or with `panels` (rows, columns) an
    array of them that share their years (`finishing` gives them one scale of values). Call it within `house_style`."""
    from matplotlib.figure import Figure

    look = tokens()
    role = look.figure(size)
    left, right, bottom, top = role.margins
    if panels is None:
        figure = Figure(figsize=(role.width * MM, role.height * MM))
        axes = figure.add_axes(
            (left / role.width, bottom / role.height, 1 - (left + right) / role.width, 1 - (bottom + top) / role.height)
        )
        return _plain(figure, axes), axes
    rows, columns = panels
    row = look.tree["figures"]["row"]
    height = rows * row["height"]
    gap_x, gap_y = row["gap"]
    figure = Figure(figsize=(role.width * MM, height * MM))
    cell = (
        (role.width - left - right / 2 - gap_x * (columns - 1)) / columns,
        (height - bottom - top - gap_y * (rows - 1)) / rows,
    )
    grid = figure.subplots(
        rows,
        columns,
        sharex=True,
        sharey=False,
        squeeze=False,
        gridspec_kw={
            "left": left / role.width,
            "right": 1 - right / 2 / role.width,
            "bottom": bottom / height,
            "top": 1 - top / height,
            "wspace": gap_x / cell[0],
            "hspace": gap_y / cell[1],
        },
    )
    return _plain(figure, *grid.flat), grid


def _plain(figure: Figure, *panels: Axes) -> Figure:
    """Without background, with whole years on the x axis."""
    from matplotlib.ticker import MaxNLocator

    figure.patch.set_visible(False)
    for axes in panels:
        axes.patch.set_visible(False)
        axes.xaxis.set_major_locator(
            MaxNLocator(
                nbins=8 if len(panels) == 1 and figure.get_figwidth() > 4 else 4, integer=True, steps=[1, 2, 5, 10]
            )
        )
    return figure


def svg_of(figure: Figure, prefix: str) -> str:
    """`figure` as normalised SVG; ids begin with `prefix`. Call it within `house_style`."""
    import matplotlib

    file = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": prefix}):
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return normalised(file.getvalue(), prefix)


def png_of(figure: Figure, dpi: int = 144) -> bytes:
    """`figure` as PNG on white, for looking in plain Jupyter."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dpi, facecolor=tokens().colour("paper"))
    return file.getvalue()
