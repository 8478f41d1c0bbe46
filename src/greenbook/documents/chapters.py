"""All chapters of a build, each in every language."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from greenbook.catalog.view import CatalogView
from greenbook.documents.chapter import ChapterReading, read_chapter
from greenbook.documents.remembering import Kept
from greenbook.execution.executed import Execution
from greenbook.execution.processes import die_with_parent
from greenbook.order import Task
from greenbook.outline import ChapterEntry
from greenbook.records import StageEvent

STAGE = "read"
_WORK: dict[str, Any] = {}


def read_chapters(task: Task, execution: Execution, view: CatalogView) -> dict[str, ChapterReading]:
    """The readings of the chapters that were executed, by slug, in the book's order; problems are inside them."""
    entries = [entry for entry in task.entries if entry.slug in execution.executed]
    for entry in entries:
        task.report(StageEvent(STAGE, entry.slug, "waiting"))
    _WORK.update(task=task, execution=execution, view=view)
    kept = Kept.of(task, execution) if task.looking else None
    known = kept.known(entries) if kept else {}
    fresh = [entry for entry in entries if entry.slug not in known]
    read = dict(zip([entry.slug for entry in fresh], _read_all(task, fresh), strict=True))
    if kept:
        kept.keep({slug: reading for slug, (reading, _) in read.items()})
    found = {entry.slug: read.get(entry.slug) or (known[entry.slug], 0.0) for entry in entries}
    for slug, (reading, seconds) in found.items():
        task.report(StageEvent(STAGE, slug, "failed" if reading.problems else "done", seconds))
    return {slug: reading for slug, (reading, _) in found.items()}


def _read_all(task: Task, entries: list[ChapterEntry]) -> list[tuple[ChapterReading, float]]:
    if task.jobs < 2 or len(entries) < 2:
        return [_read(entry) for entry in entries]
    # Forked: the catalog is not copied, only the readings come back through a pipe.
    with ProcessPoolExecutor(task.jobs, mp_context=get_context("fork"), initializer=die_with_parent,
                             initargs=(os.getpid(),)) as pool:
        return list(pool.map(_read, entries))


def _read(entry: ChapterEntry) -> tuple[ChapterReading, float]:
    started = time.monotonic()
    task: Task = _WORK["task"]
    executed = _WORK["execution"].executed[entry.slug]
    reading = read_chapter(task.project, entry, executed, _WORK["view"], task.languages)
    return reading, time.monotonic() - started
