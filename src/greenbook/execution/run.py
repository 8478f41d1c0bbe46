"""All chapters of an edition, executed: from the cache where nothing they read has changed."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from greenbook.errors import Interrupted, Problem
from greenbook.execution.cache import Cache, cache_of
from greenbook.execution.executed import ExecutedChapter, Execution, StoredCells
from greenbook.execution.key import combined, environment_parts, module_hashes
from greenbook.execution.prepare import Prepared, prepare
from greenbook.execution.task import ChapterTask, Limits, Slices, TaskResult
from greenbook.execution.whole import write_whole
from greenbook.order import Task
from greenbook.records import StageEvent, canonical

STAGE = "execution"


@dataclass
class _Build:
    """What one call of `execute` gathers."""

    task: Task
    slices: Slices
    limits: Limits
    cache: Cache
    environment: dict[str, str]
    modules: dict[str, str]
    executed: dict[str, ExecutedChapter] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    prepared: dict[str, Prepared] = field(default_factory=dict)

    @property
    def hashes(self) -> dict[str, str]:
        """Of all that a chapter may be seen to read: slices and modules."""
        return {**self.slices.hashes, **self.modules}

    def tell(self, slug: str, state: str, seconds: float = 0.0) -> None:
        self.task.report(StageEvent(STAGE, slug, state, seconds))


def execute(task: Task, slices: Slices, *, use_cache: bool = True, limits: Limits | None = None,
            fork: bool = True) -> Execution:
    """Executes the chapters of `task` on `slices` and gives back chapters and all problems.

    A chapter that fails does not stop the others. With `use_cache` false every chapter runs, and is stored. With
    `fork` false no fork server is used: each chapter's processes import for themselves, and give the same bytes.
    Raises Interrupted when the user stops (finished chapters are kept) and EnvironmentMissing when the disk is full.
    """
    build = _Build(task, slices, limits or Limits(), cache_of(task.project),
                   environment_parts(task.project), module_hashes())
    for entry in task.entries:
        prepared, problems = prepare(task, entry, slices, build.environment, build.limits)
        build.problems += problems
        if prepared:
            build.prepared[entry.slug] = prepared
        else:
            build.tell(entry.slug, "failed")
    queue = [item for item in build.prepared.values() if not (use_cache and _from_cache(build, item))]
    if queue:
        _run(build, queue, fork)
    order = {entry.slug: build.executed[entry.slug] for entry in task.entries if entry.slug in build.executed}
    return Execution(order, tuple(sorted(set(build.problems))), tuple([*build.cache.notes, *build.notes]))


def _from_cache(build: _Build, item: Prepared) -> bool:
    entry = build.cache.find(item.key, build.hashes)
    if entry is None:
        return False
    build.executed[item.task.slug] = ExecutedChapter(
        item.task.slug, item.source.name, entry.key, StoredCells(entry.content), entry.path,
        entry.record["seconds"], True)
    build.tell(item.task.slug, "cached")
    return True


def _run(build: _Build, queue: list[Prepared], fork: bool) -> None:
    # Scheduler and checks, and what they import, are needed only where something runs.
    from greenbook.execution.accept import Accepting
    from greenbook.execution.forkserver import serving
    from greenbook.execution.schedule import longest_first, run_tasks

    seconds = _read_times(build)
    accepting = Accepting(build.cache, build.slices, build.hashes, build.task.edition,
                          lambda: {**environment_parts(build.task.project), **module_hashes()})
    for item in queue:
        build.tell(item.task.slug, "waiting")

    def ends(task: ChapterTask, result: TaskResult) -> None:
        if result.reason == "stopped":
            return
        item = build.prepared[task.slug]
        chapter, problems, notes = accepting.accept(item, result)
        build.problems += problems
        build.notes += notes
        if chapter:
            build.executed[task.slug] = chapter
        build.tell(task.slug, "done" if chapter else "failed", result.seconds)

    with serving(build.task.servers, combined({**build.environment, **build.modules})) as server:
        stop = run_tasks(longest_first([item.task for item in queue], seconds), build.task.jobs, ends=ends,
                         starts=lambda task: build.tell(task.slug, "running"), server=server if fork else None)
    _write_times(build, seconds)
    build.cache.trim()
    if stop.is_set():
        raise _interrupted(stop.signal, len(build.executed), len(build.prepared))


def _interrupted(signal: int, kept: int, of: int) -> Interrupted:
    error = Interrupted(message=f"stopped; {kept} of {of} chapters kept")
    error.exit_code = 128 + (signal or 2)
    return error


def _times(build: _Build) -> Path:
    return build.task.project.cache / "times.json"


def _read_times(build: _Build) -> dict[str, float]:
    try:
        return {str(slug): float(value) for slug, value in json.loads(_times(build).read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_times(build: _Build, before: dict[str, float]) -> None:
    ran = {slug: chapter.seconds for slug, chapter in build.executed.items()}
    # Only the order of the next run hangs on this file, so a cache that cannot be written is no failure.
    with contextlib.suppress(OSError):
        write_whole(_times(build), canonical({**before, **ran}).encode())
