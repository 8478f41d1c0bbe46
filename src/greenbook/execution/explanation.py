"""Why a chapter would run: the input whose hash is not what it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from greenbook.errors import Problem
from greenbook.execution.cache import Cache, cache_of
from greenbook.execution.key import MODULE, environment_parts, module_hashes, read_hash
from greenbook.execution.prepare import Prepared, prepare
from greenbook.execution.task import Limits, Slices
from greenbook.order import Task

NEW = "-"


@dataclass(frozen=True)
class Change:
    """One input of a chapter: its name (`slice:steel`, `cells`, `parameters` …) and its hashes then and now."""

    part: str
    before: str
    now: str


@dataclass(frozen=True)
class Explanation:
    """Whether a chapter is cached, or what changed since its last run; no change where it never ran."""

    slug: str
    cached: bool
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def explain(task: Task, slices: Slices) -> tuple[Explanation, ...]:
    """What `execute` would do with each chapter of `task`, and why. Runs nothing and writes nothing."""
    environment, cache = environment_parts(task.project), cache_of(task.project)
    hashes = {**slices.hashes, **module_hashes()}
    found = []
    for entry in task.entries:
        prepared, problems = prepare(task, entry, slices, environment, Limits())
        if prepared is None:
            found.append(Explanation(entry.slug, False, (), problems))
        elif cache.find(prepared.key, hashes):
            found.append(Explanation(entry.slug, True))
        else:
            found.append(Explanation(entry.slug, False, _changes(task, prepared, hashes, cache)))
    return tuple(found)


def _changes(task: Task, prepared: Prepared, hashes: Mapping[str, str], cache: Cache) -> tuple[Change, ...]:
    try:
        before = json.loads(cache.last(task.edition.id, prepared.task.slug).read_bytes())["parts"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    reads = {part: read_hash(part.removeprefix("slice:"), hashes)
             for part in before if part.startswith(("slice:", MODULE))}
    now = {**prepared.parts, **reads}
    return tuple(Change(part, before.get(part, NEW), now.get(part, NEW))
                 for part in sorted({*before, *now}) if before.get(part) != now.get(part))
