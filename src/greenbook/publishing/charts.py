"""A figure on a page: the picture inlined, the table of its points, and its files."""

from __future__ import annotations

import re
from decimal import Decimal

from markupsafe import escape

from greenbook.documents.document import Figure
from greenbook.publishing.state import State, drawn, edition_name, written
from greenbook.records import Point
from greenbook.units import rounded

_PROLOGUE = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE[^>]*>\s*)?", re.DOTALL)
_ROOT = re.compile(r"<svg\b([^>]*)>")
_OWN = re.compile(r'\s(?:class|role|aria-label|width|height|focusable)="[^"]*"')


def inlined(figure: Figure) -> str:
    """The figure's SVG as an element of the page, named by its alternative text.

    Its colours follow the theme by the style sheet, which knows each hex of the house style by role.
    """
    svg = _PROLOGUE.sub("", figure.svg, count=1)
    opening = f'<svg class="plot" role="img" aria-label="{escape(figure.alt)}"'
    return _ROOT.sub(lambda root: f'{opening}{_OWN.sub("", root[1])}>', svg, count=1).strip()


def tools(figure: Figure, state: State) -> str:
    """What a reader can do with a figure: see its points as a table, download it, open its code, cite it."""
    words, name = state.words, escape(figure.id)
    links = [(f"figures/{name}.png", words["figure_png"], " download"),
             (f"figures/{name}.svg", words["figure_svg"], " download"),
             (f"../data/{name}.csv", words["figure_csv"], " download")]
    if state.source:
        links.append((f"../source/{escape(state.section.id)}.html#{name}", words["figure_cell"], ""))
    listed = "".join(f'<li><a href="{href}"{extra}>{escape(text)}</a></li>' for href, text, extra in links)
    cite = (f'<li><button type="button" class="cite" hidden data-cite="{escape(citation(figure.id, state))}">'
            f'{escape(words["copy_citation"])}</button></li>')
    files = f'<ul class="files" aria-label="{escape(words["figure_files"])}">{listed}{cite}</ul>'
    return f'<div class="tools">{_points_view(figure, state)}{files}</div>'


def citation(name: str, state: State) -> str:
    """The words with which a reader cites a figure."""
    book, numbered = state.book, state.book.numbered.get(name)
    label, title = (numbered.words, numbered.title) if numbered else (name, "")
    edition = edition_name(book)
    if drawn(book.language) == "en":
        return f"{label}: {title}. In {book.publisher}, {book.title} ({edition}, {book.edition.version})."
    see = written("见", book.language)
    return f"{label} {title}。{see}{book.publisher}：《{book.title}》（{edition}，{book.edition.version}）。"


def _points_view(figure: Figure, state: State) -> str:
    if not figure.record.points:
        return ""
    words, language = state.words, state.book.language
    return (f'<details class="points"><summary>{escape(words["figure_data"])}</summary>'
            f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(words["figure_data"])}">'
            f"{points_table(figure.record.points, language, words)}</div></details>")


def points_table(points: tuple[Point, ...], language: str, words: dict[str, str]) -> str:
    """The plotted points: a row for each place on the axis, a column for each series, as drawn in `language`."""
    series = list(dict.fromkeys(point.series for point in points))
    names = _names(points, language)
    units = {point.series: written(point.shown_unit.get(drawn(language), ""), language) for point in points}
    cells = {(point.series, point.x): point for point in points}
    years = all(float(point.x).is_integer() for point in points)
    heads = "".join(f'<th scope="col" class="a-right">{escape(names[name])}{_unit(units[name])}</th>'
                    for name in series)
    rows = []
    for place in sorted({point.x for point in points}):
        row = "".join(f'<td class="a-right">{_shown(cells.get((name, place)), language)}</td>' for name in series)
        label = int(place) if years else place
        rows.append(f'<tr><th scope="row">{label}</th>{row}</tr>')
    return (f'<table><thead><tr><th scope="col">{escape(words["figure_year"])}</th>{heads}</tr></thead>'
            f'<tbody>{"".join(rows)}</tbody></table>')


def _names(points: tuple[Point, ...], language: str) -> dict[str, str]:
    """What each series is called: its label, or its id where it has none or shares it with another (two regions)."""
    labels = {point.series: written(point.label.get(drawn(language), ""), language) for point in points}
    shared = {label for label in labels.values() if list(labels.values()).count(label) > 1}
    return {series: label if label and label not in shared else series for series, label in labels.items()}


def _unit(unit: str) -> str:
    return f' <span class="unit-of">{escape(unit)}</span>' if unit else ""


def _shown(point: Point | None, language: str) -> str:
    if point is None:
        return "—"
    number = Decimal(repr(point.shown.get(drawn(language), point.value)))
    digits = min(max(-int(number.as_tuple().exponent), 0), 3 if abs(number) < 10 else 2 if abs(number) < 1000 else 0)
    text = rounded(number, digits)
    return (f"{text:,f}" if language == "en" else f"{text:f}").replace("-", "−")
