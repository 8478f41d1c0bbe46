"""From chapter documents to the numbered, checked book in each language. Raises nothing: what is wrong is returned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.catalog.joining import describe_input
from greenbook.composition import checks
from greenbook.composition.annexes import Basis, led, matter, prepared
from greenbook.composition.binding import bound, crossing_problems, sheets
from greenbook.composition.book import Book
from greenbook.composition.findings import finding_lines
from greenbook.composition.grades import chapter_grade
from greenbook.composition.literature import Literature
from greenbook.composition.manuscript import Manuscript, gather
from greenbook.composition.rows import Describe, number_rows, remembered
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks
from greenbook.documents.locale import read_words
from greenbook.documents.traditional import Converter
from greenbook.errors import Problem
from greenbook.language import LANGUAGES
from greenbook.outline import Edition, Outline
from greenbook.project import HOUSE

TEMPLATES = HOUSE / "templates"
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True)
class Composition:
    """The book in each language, and everything that is wrong with it, sorted. With problems nothing is published."""

    books: dict[str, Book]
    problems: tuple[Problem, ...]


def compose(outline: Outline, edition: Edition, view: Any, readings: Mapping[str, Any], *, languages: Iterable[str],
            commit: str, draft: bool = False, matter_folder: Path = TEMPLATES / "matter",
            locale_folder: Path = TEMPLATES / "locale", bibliography: Path | None = None,
            kept: Path | None = None) -> Composition:
    """The books of `edition` in `languages` from the chapters read (slug → ChapterReading), and the problems.

    `view` is the catalog at the edition's date. Chapters of the outline without a reading are left out; numbers do not
    change by that. `bibliography` is the project's references.bib; without one nothing can be cited.
    `kept` is the folder with the findings of earlier editions.
    """
    manuscript = gather(outline, edition, view, readings, languages, commit, draft)
    describe = remembered(describe_input, view)
    voices = _voices(languages, locale_folder.parent)
    grades = _grades(manuscript)
    problems = [problem for slug in sorted(readings) for problem in readings[slug].problems]
    problems += checks.chapters(manuscript, describe) + checks.edition(manuscript)
    literature = Literature(bibliography, locale_folder.parent / "style", edition.citation_standard)
    basis = prepared(manuscript, grades, finding_lines(manuscript, manuscript.master), matter_folder, kept)
    pages = _matter(manuscript, basis, voices, problems)
    told = _twice(problems)
    books = {language: _book(manuscript, pages[language], basis, voices[language], describe, literature, problems, told)
             for language in voices if language in set(languages)}
    return Composition(books, tuple(sorted({*problems, *literature.problems})))


def _twice(problems: Iterable[Problem]) -> frozenset[str]:
    """The ids of which a chapter has said already that they stand twice."""
    return frozenset(name for problem in problems if problem.code == "GB522" for name in _QUOTED.findall(problem.found))


def _voices(languages: Iterable[str], templates: Path) -> dict[str, Voice]:
    """How each language speaks; zh-Hant needs zh-Hans besides, from which its matter is made."""
    wanted = set(languages)
    needed = wanted | ({"zh-Hans"} if "zh-Hant" in wanted else set())
    return {language: Voice(language, read_words(templates, language),
                            Converter.of(templates) if language == "zh-Hant" else None)
            for language in LANGUAGES if language in needed}


def _grades(manuscript: Manuscript) -> dict[str, str]:
    """The grade of each numbered chapter; it does not depend on the language."""
    return {entry.slug: chapter_grade(document, manuscript.view) for entry in manuscript.entries if entry.number
            for document in list(manuscript.documents[entry.slug].values())[:1]}


def _matter(manuscript: Manuscript, basis: Basis, voices: Mapping[str, Voice],
            problems: list[Problem]) -> dict[str, dict[str, Blocks]]:
    """Front and back matter by language: zh-Hans and en from templates, zh-Hant by conversion of zh-Hans."""
    pages: dict[str, dict[str, Blocks]] = {}
    for language, voice in voices.items():
        if language == "zh-Hant":
            pages[language] = {name: voice.converted(blocks, name) for name, blocks in pages["zh-Hans"].items()}
        else:
            pages[language], found = matter(manuscript, basis, voice)
            problems += found
    return pages


def _book(manuscript: Manuscript, pages: Mapping[str, Blocks], basis: Basis, voice: Voice, describe: Describe,
          literature: Literature, problems: list[Problem], told: frozenset[str]) -> Book:
    lines = finding_lines(manuscript, voice.language)
    rows = {document.slug: number_rows(document, manuscript.view.catalog, describe, voice)
            for document in manuscript.chapters(voice.language)}
    made = sheets(manuscript, led(pages, manuscript, basis, lines, voice), basis.grades, rows, voice)
    made.sections, missing = literature.cited(made.sections, made.scans, voice)
    problems += crossing_problems(made, told) + missing
    outline, edition = manuscript.outline, manuscript.edition
    return Book(
        language=voice.language, edition=edition, title=voice.of(outline.title), subtitle=voice.of(outline.subtitle),
        publisher=voice.of(outline.publisher), sections=bound(made), numbered=made.numbered, findings=lines,
        words=dict(voice.words), commit=manuscript.commit,
        people={role: names for role, names in outline.people.items() if names}, draft=manuscript.draft,
        stamp=_stamp(manuscript) if manuscript.draft else {},
    )


def _stamp(manuscript: Manuscript) -> dict[str, str]:
    edition = manuscript.edition
    return {"edition": edition.id, "version": edition.version, "state": edition.state, "commit": manuscript.commit,
            "as_of": edition.as_of.isoformat()}
