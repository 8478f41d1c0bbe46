"""The chapter as one language prints it: what `documents` hands to `composition`.

Blocks are pandoc's JSON AST (the `blocks` list). Conventions in it, the same for
every format; identifiers are always chapter-qualified:

* headings from level 2 (the chapter's title is not among the blocks), id `steel.level`;
* a paragraph of prose: `Div ("steel.level-2", ["par"], [])` around one Para; a list, quotation or code block of
  prose likewise;
* a value: `Span ("", ["value"], [("name", "steel.output_latest")])`;
* a reference: `Link` of class `ref` without words, target `#steel.fig-output`; composition gives the words;
* a figure: `Div ("steel.fig-output", ["figure"], [])` holding `Div ["caption"]` (first Para the finding,
  further ones what is shown), `Div ["notes"]` (optional) and `Div ["source"]`;
  picture and alternative text are in `figures`;
* a table: `Div ("steel.tbl-growth", ["table"], [])` holding `Div ["caption"]`, `Div ["unit"]` (one Para, only where
  all columns share a unit), one pandoc Table whose cells hold value spans,
  `Div ["notes"]` (optional) and `Div ["source"]`;
* notes, source and changes are one Para each and begin with their label (资料来源：, Sources:),
  `Span ("", ["label"], [])`;
* a finding: `Div ("steel.finding-peak", ["finding"], [("strength", "B/yes"), ("wording", "trend"),
  ("figure", "steel.fig-output")])` holding paragraphs as in prose and, where the record says what would change it,
  `Div ["changes"]` with one Para;
* a case: `Div ("steel.case-x", ["case"], [])` holding `Div ["title"]`, paragraphs, `Div ["notes"]` (conflict of
  interest) and `Div ["source"]`; a gap: `Div (id, ["gap"], [])` (with gaps only a draft is composed);
* the refusals of the chapter: `Div ("steel.refusals", ["refusals"], [])` with a BulletList, at the end of the section
  on limits;
* no SoftBreak is left between Chinese characters; no raw block or raw inline.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from greenbook.errors import Problem
from greenbook.records import FigureRecord, FindingRecord, Refusal, TableRecord, ValueRecord

Blocks = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Shown:
    """One number as it was printed: `place` is the anchor of its paragraph, figure or table."""

    name: str
    filter: str
    text: str
    place: str
    cell: str


@dataclass(frozen=True)
class Figure:
    """A figure in one language: its normalised SVG, alternative text and the plain words of its title."""

    id: str
    record: FigureRecord
    svg: str
    alt: str
    title: str


@dataclass(frozen=True)
class Table:
    """A table in one language, with the plain words of its title."""

    id: str
    record: TableRecord
    title: str


@dataclass(frozen=True)
class Finding:
    """A key finding in one language: `blocks` are its paragraphs, `text` the same as plain words."""

    id: str
    record: FindingRecord
    blocks: Blocks
    text: str


@dataclass(frozen=True)
class Reference:
    """A cross-reference or citation found in the prose: `target` is qualified (`steel.fig-output`, `ch-steel`) or a key
    with its sign (`@ang2005`).
    """

    target: str
    place: str
    cell: str


@dataclass(frozen=True)
class Gap:
    """Something a chapter should have and has not: a caption, a twin, a figure.

    `place` is the anchor of its Div; a draft prints `what`, any other composition is refused with `problem`.
    """

    place: str
    what: dict[str, str]
    problem: Problem


@dataclass(frozen=True)
class ChapterDocument:
    """One chapter in one language, complete but without numbers.

    `values` maps qualified names (also those of table cells, `steel.tbl-growth.2024.output`) to records;
    `left_out` lists (cell id, condition) of what an `if-<name>` tag left out under this edition.
    """

    slug: str
    language: str
    title: str
    notebook: str
    blocks: Blocks
    values: dict[str, ValueRecord]
    shown: tuple[Shown, ...]
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    references: tuple[Reference, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[dict[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    gaps: tuple[Gap, ...] = ()
    words: tuple[str, ...] = field(default_factory=tuple)
