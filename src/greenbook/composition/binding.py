"""The sections of a book in printing order, numbered, with their references and citations in words."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from greenbook.composition.book import Numbered, NumberRow, Section
from greenbook.composition.crossing import Register, duplicates, filled, unresolved
from greenbook.composition.manuscript import PATH, Manuscript
from greenbook.composition.numbering import numbered, ordinal
from greenbook.composition.scan import Scan, scan
from greenbook.composition.tree import plain
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks, ChapterDocument
from greenbook.errors import Problem
from greenbook.outline import ChapterEntry

BEFORE = ("copyright",)
FRONT = ("findings", "summary", "guide", "contents", "figures", "tables")
ANNEXES = ("methods", "vintages", "chronology", "glossary", "revisions")
BACK = (*ANNEXES, "references")
MATTER = (*BEFORE, *FRONT, *BACK)
_TITLES = {"findings": "key_findings", "figures": "list_of_figures", "tables": "list_of_tables"}
# The reader's guide is no annex, and has a table.
_LETTERS = {"guide": "G"}


@dataclass
class Sheets:
    """The sections of one language with their scans, and everything that can be referred to."""

    sections: list[Section]
    scans: dict[str, Scan]
    numbered: dict[str, Numbered] = field(default_factory=dict)
    register: Register = field(default_factory=Register)


def sheets(manuscript: Manuscript, matter: Mapping[str, Blocks], grades: Mapping[str, str],
           rows: Mapping[str, tuple[NumberRow, ...]], voice: Voice) -> Sheets:
    """All sections in order, figures and tables numbered, every id entered; references are still without words."""
    made = list(_sections(manuscript, matter, grades, rows, voice))
    scans = {section.id: manuscript.scans[section.id][voice.language] if section.document
             else scan(section.blocks, section.id) for section in made}
    result = Sheets(made, scans)
    matter_names = frozenset(section.id for section in made if section.kind == "matter")
    result.register = Register(_names(manuscript, made, voice), absent=manuscript.absent, matter=matter_names)
    prefixes = {**manuscript.prefixes(), **_LETTERS, **{name: f"A{n}" for n, name in enumerate(ANNEXES, 1)}}
    for section in made:
        objects = manuscript.objects(section.id) if section.document else scans[section.id].objects
        own = numbered(section.id, prefixes.get(section.id, ""), objects, _object_titles(section), voice.words)
        result.numbered |= own
        result.register.enter(scans[section.id], own, voice.words["quoted_heading"])
    return result


def bound(sheets_: Sheets) -> tuple[Section, ...]:
    """The sections with the words of their references in place."""
    return tuple(replace(section, blocks=filled(section.blocks, sheets_.scans[section.id], sheets_.register))
                 for section in sheets_.sections)


def crossing_problems(sheets_: Sheets, told: Container[str] = ()) -> list[Problem]:
    """References that lead nowhere, ids that stand twice, and slugs that are names of matter.

    `told` are the ids that a chapter's own problems name; matter that repeats a finding repeats no problem of it.
    """
    problems: list[Problem] = []
    owners: dict[str, list[str]] = {}
    lost: set[str] = set()
    for section in sorted(sheets_.sections, key=lambda section: section.document is None):
        path, found = _path(section), sheets_.scans[section.id]
        cells = {(item.target, item.place): item.cell for item in section.document.references} \
            if section.document else {}
        problems += unresolved(path, found, sheets_.register, cells, section.id,
                               () if section.document else lost)
        if section.document:
            lost |= {target for target, _ in found.references}
        for name in found.ids:
            owners.setdefault(name, []).append(path)
        if section.document and section.id in MATTER:
            problems.append(Problem(PATH, "chapters", "GB543", f'found slug "{section.id}"',
                                    f"a slug that is none of {', '.join(MATTER)}", "choose another"))
    return problems + duplicates(sheets_.register, owners, told)


def _sections(manuscript: Manuscript, matter: Mapping[str, Blocks], grades: Mapping[str, str],
              rows: Mapping[str, tuple[NumberRow, ...]], voice: Voice) -> Iterator[Section]:
    def chapter(entry: ChapterEntry, place: str) -> Iterator[Section]:
        document = manuscript.documents.get(entry.slug, {}).get(voice.language)
        if document is not None:
            label = ordinal(voice.words, "chapter", entry.number, voice.language) if entry.number else ""
            title = document.title or voice.of(entry.title)
            yield Section(entry.slug, "chapter", title, label, entry.number, entry.part, place, document.blocks,
                          document, rows.get(entry.slug, ()), grades.get(entry.slug, ""))

    def page(names: tuple[str, ...], place: str) -> Iterator[Section]:
        for name in names:
            label = voice.words["annex"].format(ANNEXES.index(name) + 1) if name in ANNEXES else ""
            yield Section(name, "matter", voice.words[_TITLES.get(name, name)], label, place=place,
                          blocks=matter.get(name, ()))

    yield from page(BEFORE, "front")
    for entry in manuscript.outline.front:
        yield from chapter(entry, "front")
    yield from page(FRONT, "front")
    for part, entries in manuscript.parts():
        yield Section(f"part-{part.id}", "part", voice.of(part.title),
                      ordinal(voice.words, "part", part.number, voice.language), part.number, part.id)
        for entry in entries:
            yield from chapter(entry, "body")
    for entry in manuscript.outline.back:
        yield from chapter(entry, "back")
    yield from page(BACK, "back")


def _names(manuscript: Manuscript, made: list[Section], voice: Voice) -> dict[str, str]:
    """What a whole section is called: its number, or its title in quotes. Chapters left out of a build keep theirs."""
    quote = voice.words["quoted_heading"]
    names = {f"ch-{entry.slug}": ordinal(voice.words, "chapter", entry.number, voice.language) if entry.number
             else quote.format(voice.of(entry.title)) for entry in manuscript.outline.chapters}
    for section in made:
        names[f"ch-{section.id}"] = section.label or quote.format(section.title)
        if section.kind == "matter":
            names[section.id] = names[f"ch-{section.id}"]
    return names


def _object_titles(section: Section) -> dict[str, str]:
    document: ChapterDocument | None = section.document
    if document is not None:
        return {**{item.id: item.title for item in document.figures},
                **{item.id: item.title for item in document.tables}}
    return dict(_captions(section.blocks))


def _captions(blocks: Blocks | list[Any]) -> Iterator[tuple[str, str]]:
    """(id, words of the caption) of the tables in matter."""
    for block in blocks:
        if block["t"] != "Div":
            continue
        (name, classes, _), inner = block["c"]
        if "table" in classes:
            yield name, next((plain(item["c"][1][0]["c"]) for item in inner
                              if item["t"] == "Div" and "caption" in item["c"][0][1]), "")
        else:
            yield from _captions(inner)


def _path(section: Section) -> str:
    if section.document is None:
        return f"templates/matter/{section.id}"
    name = section.document.notebook
    return name if "/" in name else f"notebooks/{name}"
