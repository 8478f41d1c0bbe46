"""The print edition: a book in one language as a tagged PDF.

    AST of each section ──typesetting──▶ sections/<id>.typ ┐
    titles, numbers, words ──forme─────▶ book.json         ├──press──▶ report-<lang>.pdf
    charts ────────────────────────────▶ figures/<id>.svg  ┘
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from greenbook.composition.book import Book, Section
from greenbook.errors import Problem, error_of
from greenbook.project import Project
from greenbook.publishing import press
from greenbook.publishing.forme import file_of, forme
from greenbook.publishing.proof import glyph_problems
from greenbook.publishing.survey import survey
from greenbook.publishing.typesetting import Typeset, typeset
from greenbook.style.tokens import Tokens
from greenbook.style.tokens import tokens as read_tokens

WORKERS = 2


@dataclass(frozen=True)
class Printed:
    """A written PDF and the number of its pages."""

    path: Path
    pages: int


def write_pdf(book: Book, project: Project, target: Path) -> Printed:
    """Writes `book` to `target` as PDF/UA-1 and PDF/A-2a: equal books, equal bytes.

    `book.draft` gives watermark, stamp, line numbers and paragraph names. Raises EnvironmentMissing for a face or a
    glyph that is not shipped, and CompositionRefused or UnsafeContent for what cannot or must not be printed.
    """
    tokens = read_tokens(project.templates / "style")
    raise_if(glyph_problems(book, tokens))
    with tempfile.TemporaryDirectory(prefix="greenbook-print-") as name:
        folder = Path(name).resolve()
        lay_out(book, project, tokens, folder)
        pdf = press.printed(folder, book.edition.as_of)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pdf)
    return Printed(target, press.pages(pdf))


def lay_out(book: Book, project: Project, tokens: Tokens, folder: Path) -> None:
    """Writes all that the press reads into `folder`: templates, sections, charts, book.json and main.typ."""
    shutil.copytree(project.templates / "print", folder / "print", copy_function=shutil.copyfile)
    shutil.copyfile(folder / "print" / "main.typ", folder / "main.typ")
    sections = [section for section in book.sections if section.blocks]
    made = set_sections(book, sections, project.cache / "typst")
    raise_if(problem for item in made for problem in item.problems)
    (folder / "sections").mkdir()
    for section, item in zip(sections, made, strict=True):
        (folder / file_of(section)).write_text(item.source, "utf-8")
    _write_figures(book, folder / "figures")
    shapes = {name: shape for item in made for name, shape in item.tables.items()}
    data = forme(book, shapes, tokens)
    (folder / "book.json").write_text(json.dumps(data, ensure_ascii=False, sort_keys=True), "utf-8")


def set_sections(book: Book, sections: list[Section], cache: Path) -> list[Typeset]:
    """The sections as Typst source; pandoc runs as a program of its own, so two run at a time."""
    targets = link_targets(book)
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(lambda section: typeset(book, section, targets, cache), sections))


def link_targets(book: Book) -> frozenset[str]:
    """The ids inside the book that its links lead to."""
    return frozenset().union(*(survey(section.blocks).targets for section in book.sections))


def _write_figures(book: Book, folder: Path) -> None:
    folder.mkdir()
    for section in book.sections:
        for figure in section.document.figures if section.document else ():
            (folder / f"{figure.id}.svg").write_text(figure.svg, "utf-8")


def raise_if(problems: Iterable[Problem]) -> None:
    """Raises the problems together, if there are any."""
    if found := tuple(problems):
        raise error_of(found)


