"""Annex on data and vintages: each indicator observed by the date, chapter by chapter, and every source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from greenbook.composition.grades import indicator_grade
from greenbook.composition.manuscript import Manuscript
from greenbook.composition.sources import source_rows
from greenbook.composition.tree import Node, header, table
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks

_WIDTHS = (0.25, 0.09, 0.1, 0.24, 0.15, 0.12, 0.05)


def vintages_blocks(manuscript: Manuscript, marks: Mapping[str, str], voice: Voice) -> Blocks:
    """One table a chapter: its indicators with unit, years, vintages, status counts, sources, grade."""
    blocks: list[Node] = []
    for entry in (*manuscript.outline.chapters, None):
        rows = _rows(manuscript, entry.slug if entry else "", marks, voice)
        if rows:
            title = voice.of(entry.title) if entry else voice.words["further_indicators"]
            name = entry.slug if entry else "further"
            blocks.append(header(3, f"vintages.{name}", title))
            blocks.append(table(f"vintages.tbl-{name}", voice.words["caption_vintages"].format(title),
                                _columns(voice), rows))
    return tuple(blocks)


def sources_blocks(manuscript: Manuscript, marks: Mapping[str, str], voice: Voice) -> Blocks:
    """The list of all sources from which an observation of this edition comes."""
    heads = ("head_mark", "head_issuer", "head_release", "head_published", "head_kind")
    widths = (0.07, 0.25, 0.43, 0.15, 0.1)
    columns = [(voice.words[head], "left", width) for head, width in zip(heads, widths, strict=True)]
    rows = source_rows(manuscript.view.catalog.sources, marks, voice)
    return (table("vintages.tbl-sources", voice.words["caption_sources"], columns, rows),) if rows else ()


def _columns(voice: Voice) -> list[tuple[str, str, float]]:
    heads = ("head_indicator", "head_unit", "head_years", "head_vintages", "head_status", "head_sources", "head_grade")
    return [(voice.words[head], "left", width) for head, width in zip(heads, _WIDTHS, strict=True)]


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
    observed = list(observed)
    words, comma = voice.words, voice.words["comma"]
    unit = manuscript.view.catalog.units[entry.unit]
    years = sorted({row.year for row in observed})
    statuses = Counter(row.status for row in observed)
    others = [chapter for chapter in entry.chapters if chapter in manuscript.prefixes()][1:]
    scope = voice.of(entry.scope)
    label = voice.of(entry.label)
    if scope and scope.casefold() not in label.casefold():
        label += words["aside"].format(scope)
    if others:
        titles = {item.slug: voice.of(item.title) for item in manuscript.outline.chapters}
        label += words["also_in"].format(comma.join(titles[slug] for slug in others))
    return (label, voice.convert(unit.head(voice.drawn)), _span(years[0], years[-1], voice), _releases(observed, voice),
            comma.join(f"{words[f'status_{status}']} {count}" for status, count in sorted(statuses.items())),
            ", ".join(sorted({marks[row.source] for row in observed}, key=lambda mark: int(mark[1:]))),
            indicator_grade(entry.id, manuscript.view))


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
