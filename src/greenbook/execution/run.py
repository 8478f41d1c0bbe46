"""All chapters of an edition, executed: from the cache where nothing they read has changed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from greenbook.errors import Interrupted, NotebookFailed, Problem
from greenbook.execution.assembled import code_only
from greenbook.execution.cache import Cache
from greenbook.execution.executed import ExecutedChapter, Execution, StoredCells
from greenbook.execution.key import chapter_parts, combined, environment_parts
from greenbook.execution.parameters import problems_of_parameters
from greenbook.execution.source import SourceNotebook, problems_of_source, read_source
from greenbook.execution.task import ChapterTask, Limits, Slices, TaskResult
from greenbook.execution.whole import write_whole
from greenbook.outline import ChapterEntry, Edition, Outline
from greenbook.project import Project
from greenbook.records import StageEvent, canonical

STAGE = "execution"


@dataclass(frozen=True)
class Prepared:
    """A chapter that may run: its source, its task and the key of its code."""

    source: SourceNotebook
    task: ChapterTask
    key: str


@dataclass
class _Build:
    """What one call of `execute` gathers."""

    project: Project
    edition: Edition
    slices: Slices
    report: Callable[[StageEvent], None]
    limits: Limits
    cache: Cache
    environment: dict[str, str]
    executed: dict[str, ExecutedChapter] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    prepared: dict[str, Prepared] = field(default_factory=dict)


def execute(project: Project, outline: Outline, edition: Edition, entries: Sequence[ChapterEntry], slices: Slices, *,
            jobs: int, report: Callable[[StageEvent], None], use_cache: bool = True,
            limits: Limits | None = None) -> Execution:
    """Executes `entries` (chapters of `outline`) under `edition` and gives back chapters and all problems.

    A chapter that fails does not stop the others. With `use_cache` false every chapter runs, and is stored.
    Raises Interrupted when the user stops (finished chapters are kept) and EnvironmentMissing when the disk is full.
    """
    build = _Build(project, edition, slices, report, limits or Limits(),
                   Cache(project.cache / "executed"), environment_parts(project))
    for entry in entries:
        _prepare(build, entry)
    queue = [item for item in build.prepared.values() if not (use_cache and _from_cache(build, item))]
    if queue:
        _run(build, queue, jobs)
    order = {entry.slug: build.executed[entry.slug] for entry in entries if entry.slug in build.executed}
    return Execution(order, tuple(sorted(set(build.problems))), tuple([*build.cache.notes, *build.notes]))


def _prepare(build: _Build, entry: ChapterEntry) -> None:
    name = build.project.relative(build.project.notebooks / entry.notebook)
    try:
        source = read_source(build.project.notebooks / entry.notebook, name)
        problems = problems_of_source(source)
        if not any(problem.code == "GB414" for problem in problems):
            problems += problems_of_parameters(source, entry.parameters)
    except NotebookFailed as error:
        problems = error.problems
    if problems:
        build.problems += problems
        build.report(StageEvent(STAGE, entry.slug, "failed"))
        return
    moment = f"{build.edition.id}:{build.edition.as_of.isoformat()}"
    key = combined({**build.environment, **chapter_parts(source, entry.parameters, moment)})
    build.prepared[entry.slug] = Prepared(source, _task(build, entry, source, moment, key), key)


def _task(build: _Build, entry: ChapterEntry, source: SourceNotebook, moment: str, key: str) -> ChapterTask:
    templates = build.project.templates
    return ChapterTask(
        slug=entry.slug, notebook=source.name, source=canonical(code_only(source)),
        parameters=dict(entry.parameters), edition=moment,
        run=str(build.project.runs / build.edition.id / f"{entry.slug}-{key[:8]}"), root=str(build.project.root),
        slices=str(build.slices.folder), hashes=dict(build.slices.hashes),
        style=str(templates / "style"), locale=str(templates / "locale"),
        faces=str(build.project.cache / "matplotlib"), limits=build.limits,
    )


def _from_cache(build: _Build, item: Prepared) -> bool:
    entry = build.cache.find(item.key, build.slices.hashes)
    if entry is None:
        return False
    build.executed[item.task.slug] = ExecutedChapter(
        item.task.slug, item.source.name, entry.key, StoredCells(entry.content), entry.path,
        entry.record["seconds"], True)
    build.report(StageEvent(STAGE, item.task.slug, "cached"))
    return True


def _run(build: _Build, queue: list[Prepared], jobs: int) -> None:
    # Scheduler and checks, and what they import, are needed only where something runs.
    from greenbook.execution.accept import Accepting
    from greenbook.execution.schedule import longest_first, run_tasks

    seconds = _read_times(build)
    accepting = Accepting(build.cache, build.slices, build.edition, lambda: environment_parts(build.project))
    for item in queue:
        build.report(StageEvent(STAGE, item.task.slug, "waiting"))

    def ends(task: ChapterTask, result: TaskResult) -> None:
        if result.reason == "stopped":
            return
        item = build.prepared[task.slug]
        chapter, problems, notes = accepting.accept(item.source, task, item.key, result)
        build.problems += problems
        build.notes += notes
        if chapter:
            build.executed[task.slug] = chapter
        build.report(StageEvent(STAGE, task.slug, "done" if chapter else "failed", result.seconds))

    stop = run_tasks(longest_first([item.task for item in queue], seconds), jobs, ends=ends,
                     starts=lambda task: build.report(StageEvent(STAGE, task.slug, "running")))
    _write_times(build, seconds)
    if stop.is_set():
        raise _interrupted(stop.signal, len(build.executed), len(build.prepared))


def _interrupted(signal: int, kept: int, of: int) -> Interrupted:
    error = Interrupted(message=f"stopped; {kept} of {of} chapters kept")
    error.exit_code = 128 + (signal or 2)
    return error


def _times(build: _Build) -> Path:
    return build.project.cache / "times.json"


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
