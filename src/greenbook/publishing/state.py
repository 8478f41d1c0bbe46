"""What the walk through one section carries: the book, the section, and what was met so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenbook.composition.book import Book, Section
from greenbook.errors import Problem
from greenbook.publishing.tree import Node


@dataclass(frozen=True)
class Heading:
    """A heading inside a section: level from 2, its id and its plain words."""

    level: int
    id: str
    text: str


@dataclass
class State:
    """`rows` are the anchors of the book's number rows; `source` says that the notebook's page is published."""

    book: Book
    section: Section
    rows: frozenset[str]
    source: bool = False
    notes: list[list[Node]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    linked: int = 0

    @property
    def words(self) -> dict[str, str]:
        return self.book.words

    def refuse(self, code: str, found: str) -> list[Node]:
        """Notes something that must not be published, and publishes nothing in its place."""
        document = self.section.document
        path = f"notebooks/{document.notebook}" if document else self.section.id
        self.problems.append(Problem(path, self.section.id, code, found,
                                     "prose, values, references, figures, tables and formulas", "remove it"))
        return []


def drawn(language: str) -> str:
    """The language in which labels and charts were made: zh-Hant is derived from zh-Hans."""
    return "en" if language == "en" else "zh-Hans"


def edition_name(book: Book) -> str:
    """The edition's name in the language of `book`; the traditional one is made from the simplified."""
    names = book.edition.name
    if book.language == "zh-Hant" and "zh-Hant" not in names and "zh-Hans" in names:
        return written(names["zh-Hans"], book.language)
    return names.get(book.language, book.edition.id)


def written(words: str, language: str) -> str:
    """`words` that the machinery has in zh-Hans, in the characters of `language`."""
    if language != "zh-Hant":
        return words
    from greenbook.documents.traditional import converter

    return converter().quietly(words)
