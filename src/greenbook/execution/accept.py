"""Whether a run counts: every check that stands between a worker's result and the cache."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from greenbook.errors import Problem
from greenbook.execution.assembled import assembled
from greenbook.execution.cache import Cache
from greenbook.execution.executed import CellRecords, ExecutedChapter, StoredCells, cells_of
from greenbook.execution.failures import problems_of_result
from greenbook.execution.folder import keep_faces
from greenbook.execution.key import part_of, read_hash
from greenbook.execution.normal import digest
from greenbook.execution.prepare import Prepared
from greenbook.execution.source import SourceNotebook
from greenbook.execution.task import ChapterTask, Slices, TaskResult
from greenbook.execution.whole import write_whole
from greenbook.outline import Edition
from greenbook.records import MIME_PREFIX, OpeningRecord

Accepted = tuple[ExecutedChapter | None, tuple[Problem, ...], tuple[str, ...]]


class Accepting:
    """Takes results in, against the slices as they were when the first chapter began."""

    def __init__(self, cache: Cache, slices: Slices, hashes: Mapping[str, str], edition: Edition,
                 machinery: Callable[[], Any]) -> None:
        self.cache, self.slices, self.hashes, self.edition = cache, slices, hashes, edition
        self.before = _contents(slices.folder)
        self.machinery, self.machinery_before = machinery, machinery()

    def accept(self, item: Prepared, result: TaskResult) -> Accepted:
        """The chapter, or None; its problems; and notes that are no problem."""
        source, task = item.source, item.task
        notes = _notes(task, result)
        reads = [entry["what"] for entry in result.record.get("watch", ()) if entry["event"] in ("slice", "module")]
        problems = problems_of_result(source, task, result) or (
            *self._changed(source, reads), *self._unsound(source, task, result))
        if problems:
            _keep_failed(source, task)
            return None, problems, notes
        chapter, more = self._stored(item, reads, result)
        return chapter, (), (*notes, *more)

    def _stored(self, item: Prepared, reads: list[str],
                result: TaskResult) -> tuple[ExecutedChapter, tuple[str, ...]]:
        task, key = item.task, item.key
        keep_faces(task)
        if self.machinery() != self.machinery_before:
            return self._unstored(task, key, result, "greenbook's own files changed during the run")
        record = {"slug": task.slug, "seconds": result.seconds, "run": result.record["run"]}
        try:
            entry = self.cache.store(key, reads, self.hashes, result.content, record)
            self.cache.remember(self.edition.id, task.slug, self._parts(item, reads))
        except OSError as error:
            return self._unstored(task, key, result, f"the cache cannot be written ({error.strerror})")
        shutil.rmtree(task.run, ignore_errors=True)
        _failed(task).unlink(missing_ok=True)
        return ExecutedChapter(task.slug, task.notebook, entry.key, StoredCells(result.content), entry.path,
                               result.seconds, False), ()

    def _unstored(self, task: ChapterTask, key: str, result: TaskResult,
                  why: str) -> tuple[ExecutedChapter, tuple[str, ...]]:
        """A chapter that is right but not kept for the next build: this one reads it from the run's folder."""
        path = Path(task.run) / "executed.ipynb"
        return ExecutedChapter(task.slug, task.notebook, key, StoredCells(result.content), path, result.seconds,
                               False), (f"{task.slug}: executed but not kept, {why}",)

    def _parts(self, item: Prepared, reads: list[str]) -> dict[str, str]:
        return {**item.parts, **{part_of(name): read_hash(name, self.hashes) for name in reads}}

    def _changed(self, source: SourceNotebook, reads: list[str]) -> list[Problem]:
        now = _contents(self.slices.folder)
        return [
            Problem(source.name, "", "GB445", f"found {name} changed while the chapter ran",
                    "expected inputs that stand still during a run", "run it again")
            for name in sorted(reads) if name.endswith(".json") and now.get(name) != self.before.get(name)
        ]

    def _unsound(self, source: SourceNotebook, task: ChapterTask, result: TaskResult) -> list[Problem]:
        if digest(result.content) != result.record.get("output"):
            return [Problem(source.name, "", "GB449", "found an executed notebook other than the worker wrote",
                            "expected one and the same file", "run it again")]
        tree = json.loads(result.content)
        problems: list[Problem] = []
        cells: list[CellRecords] = []
        for cell in tree["cells"]:
            try:
                cells += cells_of({"cells": [cell]})
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                problems.append(Problem(
                    source.name, source.place(cell["id"]), "GB447",
                    f"found a record that cannot be read: {type(error).__name__} {error}",
                    f"expected only greenbook's own calls to show {MIME_PREFIX}…", "display no such output by hand"))
        return problems or self._unopened(source, task, cells)

    def _unopened(self, source: SourceNotebook, task: ChapterTask, cells: list[CellRecords]) -> list[Problem]:
        opened = [record for cell in cells for record in cell.records if isinstance(record, OpeningRecord)]
        wanted = (task.parameters.get("chapter_id", task.slug), self.edition.as_of.isoformat())
        if opened and all((record.chapter, record.as_of) == wanted for record in opened):
            return []
        found = ", ".join(f"{record.chapter} of {record.as_of}" for record in opened) or "none"
        return [Problem(source.name, "", "GB448", f"found as opened chapter: {found}",
                        f"expected {wanted[0]} of {wanted[1]}",
                        "write chapter = open_chapter(chapter_id, edition) below the parameters")]


def _notes(task: ChapterTask, result: TaskResult) -> tuple[str, ...]:
    notes = [f"{task.slug}: left out an output of type {kind} in cell {cell}"
             for cell, kind in result.record.get("foreign", ())]
    if result.attempts > 1:
        notes.append(f"{task.slug}: the kernel started at attempt {result.attempts}")
    return tuple(notes)


def _failed(task: ChapterTask) -> Path:
    return Path(task.run).parent / f"{task.slug}.failed.ipynb"


def _keep_failed(source: SourceNotebook, task: ChapterTask) -> None:
    """Keeps the notebook as far as it ran, prose and all, for the author to open."""
    partial: dict[str, Any] | None = None
    for name in ("partial.ipynb", "executed.ipynb"):
        path = Path(task.run) / name
        if path.exists():
            partial = json.loads(path.read_bytes())
            break
    text = json.dumps(assembled(source, partial), ensure_ascii=False, indent=1) + "\n"
    write_whole(_failed(task), text.encode())


def _contents(folder: Path) -> dict[str, str]:
    return {path.name: digest(path.read_bytes()) for path in sorted(Path(folder).glob("*.json"))}
