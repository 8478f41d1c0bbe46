"""A figure: the author's function of `ax` and `label`, drawn once a language and recorded with its points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from greenbook.analysis.gap import Gap
from greenbook.analysis.result import Result
from greenbook.authoring.label import Label, points_of
from greenbook.authoring.mistakes import AuthoringError
from greenbook.authoring.output import in_build
from greenbook.authoring.plotted import check_colours, check_drawn
from greenbook.catalog.comparability import both_languages
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import unique
from greenbook.catalog.value import Value
from greenbook.language import DRAWN
from greenbook.records import FigureRecord, Refusal, Text

SIZES = ("wide", "narrow", "tall")


def lineage(uses: Iterable[Any], name: str) -> tuple[Any, ...]:
    """`uses` as Indicators and Values (a Gap or a result is its figures); raises AuthoringError for anything else."""
    found: list[Any] = []
    for item in uses:
        if isinstance(item, Gap):
            found += [item.indicator, item.target, item.latest]
        elif isinstance(item, Result):
            found += item.lineage
        elif isinstance(item, (Indicator, Value)):
            found.append(item)
        else:
            raise AuthoringError(
                "GB486",
                f'figure "{name}": found {type(item).__name__} in uses',
                "expected Indicators and Values",
                "name what is plotted: uses=[output]",
            )
    if not found:
        raise AuthoringError(
            "GB486", f'figure "{name}": found no uses', "expected what is plotted", "name it: uses=[output]"
        )
    return tuple(found)


def draw(
    chapter: str,
    name: str,
    function: Callable[..., Any],
    uses: tuple[Any, ...],
    size: str,
    panels: tuple[int, int] | None,
    notes: tuple[Text, ...],
) -> tuple[FigureRecord, bytes]:
    """The record of the figure and, outside of a build, a PNG of the Chinese drawing to look at.

    Raises AuthoringError for a number that is not recorded, a missing glyph or face; the author's own error as it is.
    """
    if size not in SIZES:
        raise AuthoringError(
            "GB487", f'figure "{name}": found size "{size}"', f"expected one of {', '.join(SIZES)}", "write one of them"
        )
    labels = {language: Label(language) for language in DRAWN}
    drawings, png, hollow = {}, b"", False
    for language, label in labels.items():
        svg, picture, hollow = _draw_once(f"{chapter}.{name}", name, function, uses, size, panels, label)
        drawings[language] = svg
        png = png or picture
    return replace(_record(name, drawings, size, uses, labels, notes), hollow_bars=hollow), png


def _draw_once(
    prefix: str,
    name: str,
    function: Callable[..., Any],
    uses: tuple[Any, ...],
    size: str,
    panels: tuple[int, int] | None,
    label: Label,
) -> tuple[str, bytes, bool]:
    from greenbook.style.drawing import MissingGlyphError, house_style, new_figure, png_of, svg_of
    from greenbook.style.finishing import finish
    from greenbook.style.marks import hollow_bars

    try:
        with house_style(label.language):
            figure, axes = new_figure(size, panels)
            function(axes, label)
            finish(figure.axes, label, [item for item in uses if isinstance(item, Indicator)])
            check_drawn(name, label.language, figure.axes, label, uses)
            svg = svg_of(figure, prefix)
            check_colours(name, svg)
            return svg, b"" if in_build() else png_of(figure), hollow_bars(figure.axes)
    except MissingGlyphError as missing:
        raise AuthoringError(
            "GB488",
            f'figure "{name}" ({label.language}): found {missing}',
            "expected characters and faces that are shipped",
            "write it otherwise",
        ) from None


def _record(
    name: str,
    drawings: dict[str, str],
    size: str,
    uses: tuple[Any, ...],
    labels: dict[str, Label],
    notes: tuple[Text, ...],
) -> FigureRecord:
    points = points_of(labels)
    plotted = {name for label in labels.values() for key in label.numbers for name in _names(label.numbers[key].thing)}
    series = [item for item in uses if isinstance(item, Indicator)]
    for item in series:
        if not item.empty and not plotted & set(item.origins):
            raise AuthoringError(
                "GB489",
                f'figure "{name}": found {item.id} in uses and not in the drawing',
                "expected label.values() of it",
                "draw it, or take it out of uses",
            )
    inputs = sorted({key for point in points for key in point.inputs})
    said = [
        *notes,
        *(note for item in uses for note in (item.notes if isinstance(item, Indicator) else item.content.notes)),
    ]
    return FigureRecord(
        name=name,
        drawings=drawings,
        size=size,
        points=points,
        indicators=indicators_of(uses),
        inputs=tuple(inputs),
        notes=unique(said),
        refusals=refusals_of(uses),
    )


def _names(thing: Indicator | Value) -> tuple[str, ...]:
    return thing.origins if isinstance(thing, Indicator) else (thing.content.indicator, *thing.content.uses)


def indicators_of(uses: Iterable[Any]) -> tuple[str, ...]:
    """The catalog ids behind `uses`, once each, in their order."""
    return unique(
        name
        for item in uses
        for name in (
            item.origins
            if isinstance(item, Indicator)
            else item.content.uses or ((item.content.indicator,) if item.content.indicator else ())
        )
    )


def refusals_of(uses: Iterable[Any]) -> tuple[Refusal, ...]:
    """The refusals that `uses` carry, once each."""
    return unique(
        refusal
        for item in uses
        for refusal in (item.refusals if isinstance(item, Indicator) else filter(None, [item.content.refusal]))
    )


def texts_of(notes: Any) -> tuple[Text, ...]:
    """An author's notes (one or several, keys zh and en) as Texts."""
    notes = [notes] if isinstance(notes, dict) else list(notes)
    return tuple(both_languages(note, "a note") for note in notes)
