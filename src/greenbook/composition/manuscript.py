"""All that a book is made of, gathered once: the outline, the data at the edition's date, and the chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenbook.composition.numbering import letters
from greenbook.composition.scan import Scan, scan
from greenbook.documents.document import ChapterDocument
from greenbook.language import LANGUAGES
from greenbook.outline import ChapterEntry, Edition, Outline, Part

PATH = "notebooks/book.yml"


@dataclass(frozen=True)
class Manuscript:
    """The chapters that were read, by slug and language, each with its scan; `view` is the catalog at `as_of`."""

    outline: Outline
    edition: Edition
    view: Any
    documents: dict[str, dict[str, ChapterDocument]]
    scans: dict[str, dict[str, Scan]]
    commit: str
    draft: bool

    @property
    def entries(self) -> tuple[ChapterEntry, ...]:
        """The chapters that were read, in printing order."""
        return tuple(entry for entry in self.outline.chapters if entry.slug in self.documents)

    @property
    def absent(self) -> frozenset[str]:
        """Slugs of book.yml that this build leaves out."""
        return frozenset(entry.slug for entry in self.outline.chapters) - self.documents.keys()

    @property
    def master(self) -> str:
        """The first language in which chapters were read: what is counted and chosen once is counted there."""
        present = {language for documents in self.documents.values() for language in documents}
        return next((language for language in LANGUAGES if language in present), LANGUAGES[0])

    def chapters(self, language: str) -> Iterator[ChapterDocument]:
        """The documents of `language` in printing order."""
        for entry in self.entries:
            if language in self.documents[entry.slug]:
                yield self.documents[entry.slug][language]

    def parts(self) -> Iterator[tuple[Part, tuple[ChapterEntry, ...]]]:
        """Each part that has a chapter in this build, with its chapters."""
        for part in self.outline.parts:
            inside = tuple(entry for entry in part.chapters if entry.slug in self.documents)
            if inside:
                yield part, inside

    def objects(self, slug: str) -> list[tuple[str, str]]:
        """(kind, id) of a chapter's figures and tables in reading order; the master language leads.

        One order for all languages: a figure that lacks a caption in one of them shifts no number in the others.
        """
        order: dict[tuple[str, str], None] = {}
        for language in LANGUAGES:
            if language in self.scans[slug]:
                order.update(dict.fromkeys(self.scans[slug][language].objects))
        return list(order)

    def prefixes(self) -> dict[str, str]:
        """What stands before the hyphen in a chapter's figure numbers: 3, or a letter where it has no number."""
        marks = letters(entry for entry in self.outline.chapters if entry.number is None)
        return {entry.slug: str(entry.number or marks[entry.slug]) for entry in self.outline.chapters}


def gather(outline: Outline, edition: Edition, view: Any, readings: Mapping[str, Any], languages: Iterable[str],
           commit: str, draft: bool) -> Manuscript:
    """The manuscript of the chapters in `readings`, in the languages wanted."""
    wanted = [language for language in LANGUAGES if language in set(languages)]
    documents = {
        entry.slug: {language: readings[entry.slug].documents[language] for language in wanted
                     if language in readings[entry.slug].documents}
        for entry in outline.chapters if entry.slug in readings
    }
    scans = {slug: {language: scan(document.blocks, f"ch-{slug}") for language, document in inside.items()}
             for slug, inside in documents.items()}
    return Manuscript(outline, edition, view, documents, scans, commit, draft)
