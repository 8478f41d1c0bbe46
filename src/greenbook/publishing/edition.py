"""The edition: all files of all languages, built aside, checked, and published whole."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from greenbook.catalog.view import CatalogView
from greenbook.composition.book import Book
from greenbook.errors import GreenbookError, Problem, error_of
from greenbook.execution.executed import Execution
from greenbook.execution.processes import die_with_parent
from greenbook.order import Task
from greenbook.publishing.annex import write_annex
from greenbook.publishing.manifest import manifest, manifest_text
from greenbook.publishing.proof import proof
from greenbook.publishing.standing import Published, remember
from greenbook.publishing.whole import publish_whole
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
    """Everything the parts of an edition are made from. Forked workers find it in `_PRESS`, unpickled."""

    task: Task
    books: dict[str, Book]
    execution: Execution
    target: Path


_PRESS: dict[str, Press] = {}


def publish(task: Task, inputs: str, view: CatalogView, execution: Execution, books: dict[str, Book]) -> Published:
    """Publishes `books` under `task.link` and returns the counts; raises with all problems of all parts.

    `inputs` is the fingerprint taken before the build, by which the next one knows that nothing changed.
    """
    started = time.monotonic()
    if problems := proof(books.values(), tokens(task.project.templates / "style")):
        raise error_of(problems)
    data: dict[str, Any] = {}
    pages: dict[str, int] = {}

    def build_into(target: Path) -> None:
        made = _parts(Press(task, books, execution, target))
        pages.update({item.name.split()[0]: item.pages for item in made if item.pages})
        if not task.looking:
            write_annex(target / "data", view, books, task.project.templates)
        data.update(manifest(target, view, books))
        (target / "manifest.json").write_text(manifest_text(data), "utf-8")

    publish_whole(task.link, build_into)
    published = Published(task.link, _counts(data), dict(sorted(pages.items())), time.monotonic() - started)
    remember(task, inputs, published)
    return published


def _counts(data: dict[str, Any]) -> dict[str, int]:
    kinds = ("chapters", "figures", "tables", "values", "findings", "refusals")
    return {**{kind: len(data[kind]) for kind in kinds}, "files": len(data["files"]) + 1}


def _parts(press: Press) -> list[Made]:
    """Makes every part, `jobs` at a time, and reports progress; raises the problems of all of them together."""
    parts = {f"{language} {kind}": (PARTS[kind], language)
             for language in press.books for kind in press.task.formats[::-1]}
    if "html" in press.task.formats and not press.task.looking:
        parts["sources html"] = (_sources, next(iter(press.books)))
    report = press.task.report
    for name in parts:
        report(StageEvent(STAGE, name, "waiting"))
    made = _together(press, parts) if press.task.jobs > 1 else _in_turn(press, parts)
    if problems := [problem for item in made for problem in item.problems]:
        raise error_of(problems)
    return made


def _in_turn(press: Press, parts: dict[str, tuple[Callable, str]]) -> list[Made]:
    _PRESS["now"] = press
    made = []
    for name, (make, language) in parts.items():
        press.task.report(StageEvent(STAGE, name, "running"))
        made.append(_told(press, _make(name, make, language)))
    return made


def _together(press: Press, parts: dict[str, tuple[Callable, str]]) -> list[Made]:
    """Forked, so that the books need not be copied through a pipe."""
    _PRESS["now"] = press
    with ProcessPoolExecutor(press.task.jobs, mp_context=get_context("fork"), initializer=die_with_parent,
                             initargs=(os.getpid(),)) as pool:
        waiting = [pool.submit(_make, name, make, language) for name, (make, language) in parts.items()]
        return [_told(press, future.result()) for future in as_completed(waiting)]


def _told(press: Press, made: Made) -> Made:
    press.task.report(StageEvent(STAGE, made.name, "failed" if made.problems else "done", made.seconds))
    return made


def _make(name: str, make: Callable[[Press, str], int], language: str) -> Made:
    started = time.monotonic()
    try:
        pages = make(_PRESS["now"], language)
    except GreenbookError as error:
        return Made(name, time.monotonic() - started, problems=error.problems)
    return Made(name, time.monotonic() - started, pages)


def _html(press: Press, language: str) -> int:
    from greenbook.publishing.html import LOOKING, WebOptions, write_site
    from greenbook.publishing.single import write_single

    book, project = press.books[language], press.task.project
    if press.task.looking:
        write_site(book, press.books, project, press.target, LOOKING)
        return 0
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
