"""The edition: all files of all languages, built aside, checked, and published whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.catalog.view import CatalogView
from greenbook.composition.book import Book
from greenbook.errors import GreenbookError, Problem, error_of
from greenbook.execution.executed import Execution
from greenbook.order import Task
from greenbook.publishing.annex import write_annex
from greenbook.publishing.crew import Part, side_by_side
from greenbook.publishing.kept import make_room
from greenbook.publishing.manifest import manifest, manifest_text
from greenbook.publishing.proof import proof
from greenbook.publishing.shelf import shelf_of
from greenbook.publishing.standing import Published, remember
from greenbook.publishing.whole import publish_whole
from greenbook.publishing.workshop import workshop
from greenbook.records import StageEvent
from greenbook.style.tokens import tokens

STAGE = "publish"
QUALITY = 9  # Brotli's, for web fonts; why not 11: docs/decisions/0022


@dataclass(frozen=True)
class Made:
    """What one part of the edition came to: seconds, PDF pages (0 for HTML), and the problems met."""

    name: str
    seconds: float
    pages: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Press:
    """Everything the parts of an edition are made from."""

    task: Task
    books: dict[str, Book]
    execution: Execution
    target: Path


def publish(task: Task, inputs: str, view: CatalogView, execution: Execution, books: dict[str, Book]) -> Published:
    """Publishes `books` under `task.link` and returns the counts; raises with all problems of all parts.

    Where the author is only looking, the books are put on the shelf of the task's memory instead.

    `inputs` is the fingerprint taken before the build, by which the next one knows that nothing changed.
    """
    started = time.monotonic()
    if task.looking:
        shelf_of(task).take(books)
        return Published(task.link, {}, {}, time.monotonic() - started)
    if problems := proof(books.values(), tokens(task.project.templates / "style")):
        raise error_of(problems)
    data: dict[str, Any] = {}
    pages: dict[str, int] = {}

    def build_into(target: Path) -> None:
        made = _parts(Press(task, books, execution, target))
        pages.update({item.name.split()[0]: item.pages for item in made if item.pages})
        write_annex(target / "data", view, books, task.project.templates)
        data.update(manifest(target, view, books))
        (target / "manifest.json").write_text(manifest_text(data), "utf-8")

    with workshop(task.project.build):
        publish_whole(task.link, build_into)
    published = Published(task.link, _counts(data), dict(sorted(pages.items())), time.monotonic() - started)
    remember(task, inputs, published)
    make_room(task.project.cache)
    return published


def _counts(data: dict[str, Any]) -> dict[str, int]:
    kinds = ("chapters", "figures", "tables", "values", "findings", "refusals")
    return {**{kind: len(data[kind]) for kind in kinds}, "files": len(data["files"]) + 1}


def _parts(press: Press) -> list[Made]:
    """Makes every part, `jobs` at a time, and reports progress; raises the problems of all of them together."""
    parts = [_part(press, f"{language} {kind}", PARTS[kind], language)
             for language in press.books for kind in press.task.formats[::-1]]
    if "html" in press.task.formats:
        parts.append(_part(press, "sources html", _sources, next(iter(press.books))))
    report = press.task.report
    for part in parts:
        report(StageEvent(STAGE, part.name, "waiting"))
    made = []
    for item in side_by_side(parts, press.task.jobs, lambda name: report(StageEvent(STAGE, name, "running"))):
        report(StageEvent(STAGE, item.name, "failed" if item.problems else "done", item.seconds))
        made.append(item)
    if problems := [problem for item in made for problem in item.problems]:
        raise error_of(problems)
    return made


def _part(press: Press, name: str, make: Callable[[Press, str], int], language: str) -> Part:
    return Part(name, lambda: _make(press, name, make, language), heavy=make is _pdf)


def _make(press: Press, name: str, make: Callable[[Press, str], int], language: str) -> Made:
    started = time.monotonic()
    try:
        pages = make(press, language)
    except GreenbookError as error:
        return Made(name, time.monotonic() - started, problems=error.problems)
    return Made(name, time.monotonic() - started, pages)


def _html(press: Press, language: str) -> int:
    from greenbook.publishing.html import WebOptions, write_site
    from greenbook.publishing.single import write_single

    book, project = press.books[language], press.task.project
    options = WebOptions(frozenset(press.execution.executed), QUALITY)
    site = write_site(book, press.books, project, press.target, options)
    write_single(book, press.books, project, press.target, options, site)
    return 0


def _pdf(press: Press, language: str) -> int:
    from greenbook.publishing.pdf import write_pdf

    return write_pdf(press.books[language], press.task.project, press.target / f"report-{language}.pdf").pages


def _sources(press: Press, language: str) -> int:
    from greenbook.publishing.sourcepages import SourcePage, write_sources

    folder = press.task.project.root
    pages = [SourcePage(slug, folder / chapter.notebook, chapter.path)
             for slug, chapter in sorted(press.execution.executed.items())]
    write_sources(pages, press.books[language], press.task.project, press.target, quality=QUALITY)
    return 0


PARTS: dict[str, Callable[[Press, str], int]] = {"html": _html, "pdf": _pdf}
