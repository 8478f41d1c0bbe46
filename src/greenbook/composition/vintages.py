"""Annex on data and vintages: each indicator observed by the date, chapter by chapter, and every source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from greenbook.composition.grades import indicator_grade
from greenbook.composition.manuscript import Manuscript
from greenbook.composition.sources import source_rows
from greenbook.composition.tree import Node, table
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks
from greenbook.units import split_show

# Three columns of words fit an upright page; with more, print turns every page of the annex.
_COLUMNS = (("head_indicator_unit", 0.36), ("head_years", 0.12), ("head_vintages", 0.34), ("head_sources_grade", 0.18))


def vintages_blocks(manuscript: Manuscript, marks: Mapping[str, str], voice: Voice) -> Blocks:
    """One table a chapter: its indicators with scope and unit, years, status and vintages, sources and grade."""
    blocks: list[Node] = []
    for entry in (*manuscript.outline.chapters, None):
        rows = _rows(manuscript, entry.slug if entry else "", marks, voice)
        if rows:
            title = voice.of(entry.title) if entry else voice.words["further_indicators"]
            name = entry.slug if entry else "further"
            columns = [(voice.words[head], "left", width) for head, width in _COLUMNS]
            blocks.append(table(f"vintages.tbl-{name}", voice.words["caption_vintages"].format(title), columns, rows))
    return tuple(blocks)


def sources_blocks(manuscript: Manuscript, marks: Mapping[str, str], voice: Voice) -> Blocks:
    """The list of all sources from which an observation of this edition comes."""
    heads = ("head_mark", "head_issuer", "head_release", "head_published", "head_kind")
    widths = (0.07, 0.25, 0.43, 0.15, 0.1)
    columns = [(voice.words[head], "left", width) for head, width in zip(heads, widths, strict=True)]
    rows = source_rows(manuscript.view.catalog.sources, marks, voice)
    return (table("vintages.tbl-sources", voice.words["caption_sources"], columns, rows),) if rows else ()


def _rows(manuscript: Manuscript, slug: str, marks: Mapping[str, str], voice: Voice) -> list[tuple[str, ...]]:
    """An indicator stands under the first of its chapters; one that no chapter claims stands at the end."""
    known = [entry.slug for entry in manuscript.outline.chapters]
    rows = []
    for name, entry in sorted(manuscript.view.catalog.indicators.items()):
        home = next((chapter for chapter in entry.chapters if chapter in known), "")
        if home == slug and (observed := manuscript.view.observations(name)):
            rows.append(_row(manuscript, entry, observed, marks, voice))
    return rows


def _row(manuscript: Manuscript, entry: Any, observed: Iterable[Any], marks: Mapping[str, str],
         voice: Voice) -> tuple[str, ...]:
    observed, words = list(observed), voice.words
    years = sorted({row.year for row in observed})
    statuses = Counter(row.status for row in observed)
    counted = words["comma"].join(f"{words[f'status_{status}']} {count}" for status, count in sorted(statuses.items()))
    grade = indicator_grade(entry.id, manuscript.view)
    sources = _runs({marks[row.source] for row in observed}, voice)
    return (_named(manuscript, entry, voice), _span(years[0], years[-1], voice),
            f"{counted}{words['semicolon']}{_releases(observed, voice)}", f"{sources}{words['aside'].format(grade)}")


def _named(manuscript: Manuscript, entry: Any, voice: Voice) -> str:
    """Label, scope and unit, and the other chapters that use the indicator."""
    words, label, scope = voice.words, voice.of(entry.label), voice.of(entry.scope)
    if scope and scope.casefold() not in label.casefold():
        label += words["aside"].format(scope)
    unit = manuscript.view.catalog.units[split_show(entry.show[voice.drawn])[0]].head(voice.drawn)
    titles = {item.slug: voice.of(item.title) for item in manuscript.outline.chapters}
    others = [titles[slug] for slug in entry.chapters if slug in titles][1:]
    also = words["also_in"].format(words["names_separator"].join(others)) if others else ""
    return f"{label}{words['comma']}{voice.convert(unit)}{also}"


def _runs(marks: set[str], voice: Voice) -> str:
    """S3, S5—S9: neighbours in the list of sources are told as a span."""
    numbers = sorted(int(mark[1:]) for mark in marks)
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return voice.words["comma"].join(_span(f"S{first}", f"S{last}", voice) for first, last in spans)


def _span(first: object, last: object, voice: Voice) -> str:
    return str(first) if first == last else f"{first}{voice.words['time_span']}{last}"


def _releases(observed: list[Any], voice: Voice) -> str:
    """Each vintage with the day of its release; releases of no known vintage as their first and last day."""
    by_vintage: dict[str, list[Any]] = {}
    for row in observed:
        by_vintage.setdefault(row.vintage, []).append(row.released)
    told = []
    for vintage, days in sorted(by_vintage.items()):
        period = _span(min(days).isoformat(), max(days).isoformat(), voice)
        told.append(f"{vintage or voice.words['no_vintage']}{voice.words['colon']}{period}")
    return voice.words["semicolon"].join(told)
