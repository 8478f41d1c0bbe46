"""From an entry of book.yml to a task that may run: the source is read, checked and given its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenbook.errors import NotebookFailed, Problem
from greenbook.execution.assembled import code_only
from greenbook.execution.folder import folder_of
from greenbook.execution.key import chapter_parts, combined
from greenbook.execution.parameters import problems_of_parameters
from greenbook.execution.source import SourceNotebook, problems_of_source, read_source
from greenbook.execution.task import ChapterTask, Limits, Slices
from greenbook.order import Task
from greenbook.outline import ChapterEntry
from greenbook.records import canonical


@dataclass(frozen=True)
class Prepared:
    """A chapter that may run: its source, its task, what its code depends on, and the key of that."""

    source: SourceNotebook
    task: ChapterTask
    parts: dict[str, str]
    key: str


def prepare(task: Task, entry: ChapterEntry, slices: Slices, environment: Mapping[str, str],
            limits: Limits) -> tuple[Prepared | None, tuple[Problem, ...]]:
    """The chapter `entry` of `task`, or None with everything that is wrong with its source and parameters."""
    path = task.project.notebooks / entry.notebook
    try:
        source = read_source(path, task.project.relative(path))
    except NotebookFailed as error:
        return None, error.problems
    if problems := check_source(source, entry):
        return None, problems
    moment = f"{task.edition.id}:{task.edition.as_of.isoformat()}"
    parts = {**environment, **chapter_parts(source, entry.parameters, moment)}
    key = combined(parts)
    return Prepared(source, _task(task, entry, slices, source, moment, key, limits), parts, key), ()


def check_source(source: SourceNotebook, entry: ChapterEntry) -> tuple[Problem, ...]:
    """What is wrong with a notebook before it runs, as chapter `entry` of book.yml."""
    problems = problems_of_source(source)
    if any(problem.code == "GB414" for problem in problems):
        return problems
    return (*problems, *problems_of_parameters(source, entry.parameters))


def _task(task: Task, entry: ChapterEntry, slices: Slices, source: SourceNotebook, moment: str, key: str,
          limits: Limits) -> ChapterTask:
    project = task.project
    return ChapterTask(
        slug=entry.slug, notebook=source.name, source=canonical(code_only(source)),
        parameters=dict(entry.parameters), edition=moment,
        run=str(folder_of(project.runs / task.edition.id, entry.slug, key)), root=str(project.root),
        slices=str(slices.folder), hashes=dict(slices.hashes),
        style=str(project.templates / "style"), locale=str(project.templates / "locale"),
        faces=str(project.cache / "matplotlib"), limits=limits,
    )
