"""The reader's guide: what its template counts, and the table of units that differ between languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from greenbook.catalog.grade import FEWEST_POINTS, LONG_SERIES
from greenbook.composition.manuscript import Manuscript
from greenbook.composition.tree import table
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks
from greenbook.language import date_text, digits_text
from greenbook.units import Units, split_show


def counts(manuscript: Manuscript) -> dict[str, int]:
    """How much of everything this edition holds; all of it computed, nothing typed."""
    catalog, view = manuscript.view.catalog, manuscript.view
    rows = [row for name in catalog.by_indicator for row in view.observations(name)]
    shown = printed_names(manuscript)
    documents = list(manuscript.chapters(manuscript.master))
    return {
        "parts": len(list(manuscript.parts())),
        "chapters": sum(entry.number is not None for entry in manuscript.entries),
        "indicators": len({row.indicator for row in rows}), "observations": len(rows),
        "sources": len({row.source for row in rows}), "estimated": sum(row.released_is_estimated for row in rows),
        "policies": len(view.policies()), "values": len(shown), "unverified": len(unverified(manuscript)),
        "findings": sum(len(document.findings) for document in documents),
        "refusals": sum(len(document.refusals) for document in documents),
    }


def printed_names(manuscript: Manuscript) -> set[str]:
    """The values that prose, captions and findings print, table cells apart."""
    return {shown.name for document in manuscript.chapters(manuscript.master) for shown in document.shown
            if ".tbl-" not in shown.name}


def unverified(manuscript: Manuscript) -> set[str]:
    """Those of them with an input whose source nobody has read on its issuer's own page."""
    catalog = manuscript.view.catalog
    shown = printed_names(manuscript)
    return {name for document in manuscript.chapters(manuscript.master) for name, record in document.values.items()
            if name in shown and any(not _verified(catalog, key) for key in record.inputs)}


def context(manuscript: Manuscript, voice: Voice, grades: Mapping[str, str], numbers: dict[str, Any]) -> dict[str, Any]:
    """The names that templates of matter may use."""
    outline, edition, words = manuscript.outline, manuscript.edition, voice.words
    marks = Counter(grades.values())
    people = {role: names for role, names in _people(manuscript).items() if names}
    named = {role: words["names_separator"].join(names) for role, names in people.items()}
    return {
        "title": voice.of(outline.title), "publisher": voice.of(outline.publisher), "edition_id": edition.id,
        "edition_name": voice.of(edition.name), "version": edition.version,
        "state": words[f"state_{edition.state.replace('-', '_')}"],
        "as_of": date_text(edition.as_of.isoformat(), voice.drawn), "commit": manuscript.commit,
        "citation_standard": edition.citation_standard, "reviewers": named.pop("reviewer", ""),
        "people": [(words[f"role_{role}"], names) for role, names in sorted(named.items())],
        "cases": words["names_separator"].join(_cases(manuscript, voice)),
        "grades": words["comma"].join(words["grade_count"].format(mark, marks[mark]) for mark in sorted(marks)),
        "grade_years": LONG_SERIES, "grade_points": FEWEST_POINTS, **numbers,
    }


def unit_blocks(manuscript: Manuscript, voice: Voice) -> Blocks:
    """The pairs of units in which the two languages show one indicator, with the factor between them."""
    catalog = manuscript.view.catalog
    pairs = {(split_show(entry.show["zh-Hans"])[0], split_show(entry.show["en"])[0])
             for name, entry in catalog.indicators.items() if manuscript.view.observations(name)}
    rows = [_unit_row(catalog.units, *pair) for pair in sorted(pairs) if pair[0] != pair[1]]
    columns = [(voice.words[head], align, width) for head, align, width in (
        ("head_unit_zh", "left", 0.35), ("head_unit_en", "left", 0.35), ("head_factor", "right", 0.3))]
    return (table("guide.tbl-units", voice.words["caption_units"], columns, sorted(rows)),) if rows else ()


def _unit_row(units: Units, chinese: str, english: str) -> tuple[str, str, str]:
    factor = units.convert(1, chinese, english)
    return units[chinese].head("zh-Hans"), units[english].head("en"), _factor(factor)


def _factor(factor: Decimal) -> str:
    plain = factor.normalize()
    return digits_text(plain if plain == plain.to_integral() else round(plain, 6).normalize(), "zh-Hans")


def _verified(catalog: Any, key: str) -> bool:
    """Whether the source behind an input was read at its origin; what is no observation or target counts as such."""
    kind, _, name = key.partition(":")
    if kind == "target" and name in catalog.targets:
        return catalog.sources[catalog.targets[name].source].verified_at_origin
    try:
        return catalog.sources[catalog.observation(key).source].verified_at_origin
    except KeyError:
        return True


def _people(manuscript: Manuscript) -> dict[str, tuple[str, ...]]:
    """Everyone in book.yml by role, the book's first, each once."""
    names: dict[str, dict[str, None]] = {}
    for people in (manuscript.outline.people, *(entry.people for entry in manuscript.entries)):
        for role, listed in people.items():
            names.setdefault(role, {}).update(dict.fromkeys(listed))
    return {role: tuple(listed) for role, listed in names.items()}


def _cases(manuscript: Manuscript, voice: Voice) -> list[str]:
    slugs = {entry.slug for entry in manuscript.entries}
    return [voice.pick(case.name_zh, case.name_en) for case in manuscript.view.cases() if case.chapter in slugs]
