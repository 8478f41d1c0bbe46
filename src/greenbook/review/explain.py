"""What a build would run again, and which input's change is the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from greenbook.catalog.reading import read_catalog
from greenbook.catalog.slices import cut
from greenbook.errors import error_of
from greenbook.execution.cache import cache_of
from greenbook.execution.explanation import NEW, Change, Explanation
from greenbook.execution.explanation import explain as explained
from greenbook.order import Order, Task
from greenbook.outline import read_outline
from greenbook.project import open_project

# A part of a chapter's key, as an author knows it.
_PARTS = {
    "cells": "its code cells", "parameters": "its parameters", "edition": "the edition's date",
    "machinery": "greenbook itself", "style": "templates/style", "locale": "templates/locale",
    "lock": "requirements.lock", "packages": "the installed packages", "fonts": "the installed faces",
    "python": "Python", "format": "the form of the cache",
    "slice:_policies": "policies.csv", "slice:_cases": "cases.csv", "slice:_units": "units.yml",
    "slice:.": "the list of indicators",
}
_SHORT = 8


def explain(folder: Path, edition: str | None, chapter: str | None) -> Iterator[str]:
    """A line for each chapter (or the one called `chapter`): `cached`, `never run`, or what changed, old → new.

    Nothing is run and nothing is written. Raises CommandError, DataRefused, and after the last line the error of
    notebooks that cannot run.
    """
    project = open_project(folder)
    task = Order(folder, edition, chapters=(chapter,) if chapter else ()).task(project, read_outline(project))
    found = explained(task, cut(read_catalog(project).at(task.edition.as_of), task.slices))
    for item in found:
        yield from _lines(item, task)
    if problems := [problem for item in found for problem in item.problems]:
        raise error_of(problems)


def _lines(item: Explanation, task: Task) -> Iterator[str]:
    if item.cached:
        yield f"{item.slug}: cached"
    elif item.problems:
        yield f"{item.slug}: cannot run"
    elif item.changes:
        yield from (f"{item.slug}: {_told(change)}" for change in item.changes)
    elif cache_of(task.project).last(task.edition.id, item.slug).is_file():
        yield f"{item.slug}: its stored run is gone from the cache"
    else:
        yield f"{item.slug}: never run for {task.edition.id}"


def _told(change: Change) -> str:
    part = change.part.removesuffix(".json")
    if part.startswith("module:"):
        return f"greenbook's {part.removeprefix('module:')} {_short(change.before)} → {_short(change.now)}"
    name = _PARTS.get(part) or f"the data of {part.removeprefix('slice:')}"
    return f"{name} {_short(change.before)} → {_short(change.now)}"


def _short(value: str) -> str:
    """The head of a hash; plain words (Python's version, the edition) as they are."""
    return value[:_SHORT] if len(value) == 64 else {NEW: "none"}.get(value, value)
