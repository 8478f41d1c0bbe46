"""The book in one language: what `composition` hands to `publishing` and `review`."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenbook.documents.document import Blocks, ChapterDocument
from greenbook.outline import Edition


@dataclass(frozen=True)
class Numbered:
    """A figure or table with its place in the book: number `3-1`, words `图3-1`, title, owning section."""

    id: str
    kind: str
    number: str
    words: str
    title: str
    section: str


@dataclass(frozen=True)
class NumberRow:
    """A row of "Numbers of this chapter": everything a card shows, in the book's language.

    `id` is the anchor (`steel.num.output_latest`); `inputs` are rows of the data annex:
    dicts with indicator (its label), id, region, year, value, unit, status, vintage, source (printed words),
    released, estimated, verified, file, line; what is empty or false is left out.
    `in_table` marks the cells of tables: cards show them, print counts them table by table.
    """

    id: str
    name: str
    text: str
    label: str
    period: str
    scope: str
    status: str
    formula: str
    inputs: tuple[dict[str, str], ...]
    places: tuple[str, ...]
    notes: tuple[str, ...] = ()
    in_table: bool = False


@dataclass(frozen=True)
class Section:
    """One page of the site, one chapter-level unit of the book.

    `kind`: `matter` (front or back, unnumbered), `part` (an opener without blocks) or `chapter`.
    `label` is the printed number (第三章 / Chapter 3, 附录1 / Annex 1), empty where there is none. `numbers` and
    `grade` belong to chapters. `place` is front, body or back. Preface and outlook are chapters without a number,
    in front and back. `contents`, `figures` and `tables` are matter without blocks, which each format fills.
    """

    id: str
    kind: str
    title: str
    label: str = ""
    number: int | None = None
    part: str = ""
    place: str = "body"
    blocks: Blocks = ()
    document: ChapterDocument | None = None
    numbers: tuple[NumberRow, ...] = ()
    grade: str = ""


@dataclass(frozen=True)
class FindingLine:
    """A key finding as the front of the book lists it; `changes` says what would change it, where that is said."""

    id: str
    section: str
    blocks: Blocks
    strength: str
    wording: str
    figure: str
    changes: Blocks = ()


@dataclass(frozen=True)
class Book:
    """The whole book in one language, numbered and checked.

    `sections` stand in printing order: front matter, parts with their chapters, back matter.
    `numbered` holds figures and tables by id; `words` are the interface words of the language.
    `stamp` is empty except in drafts.
    """

    language: str
    edition: Edition
    title: str
    subtitle: str
    publisher: str
    sections: tuple[Section, ...]
    numbered: dict[str, Numbered]
    findings: tuple[FindingLine, ...]
    words: dict[str, str]
    commit: str
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    draft: bool = False
    stamp: dict[str, str] = field(default_factory=dict)

    def section(self, name: str) -> Section:
        """The section with the id `name`; raises KeyError."""
        return next(section for section in self.sections if section.id == name)
