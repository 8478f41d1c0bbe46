"""The parts of an edition made side by side: each in a process of its own, the heavy ones one after another.

A part is forked, so that the books need not be copied through a pipe, and its process ends with it, so that nothing
which Typst or a font program kept stays in memory for the next. Typst holds most of a gigabyte while it sets a book:
two books at a time would be the peak of the whole build.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.execution.processes import die_with_parent

FORK = get_context("fork")


@dataclass(frozen=True)
class Part:
    """A piece of work: its name, what makes it (the answer must be picklable), whether it is heavy."""

    name: str
    make: Callable[[], Any]
    heavy: bool = False


def side_by_side(parts: list[Part], jobs: int, starts: Callable[[str], None]) -> Iterator[Any]:
    """The answers of `parts` as they come, at most `jobs` at a time and one heavy one; those first in line start first.

    Raises EnvironmentMissing (GB714) where a part's process ends without an answer. Leaves no process behind.
    """
    waiting = list(parts)
    running: dict[Any, tuple[Part, Any]] = {}
    gc.freeze()  # a search for garbage in a part would copy each page of memory that it touches
    try:
        while waiting or running:
            for part in _next(waiting, [known for known, _ in running.values()], jobs):
                waiting.remove(part)
                starts(part.name)
                answer, process = _started(part)
                running[answer] = (part, process)
            ended: Any  # typed for sockets and descriptors too; here it is one of `running`
            for ended in wait(list(running)):
                part, process = running.pop(ended)
                yield _answered(part, ended, process)
    finally:
        for _, process in running.values():
            process.kill()
            process.join()


def _next(waiting: list[Part], running: list[Part], jobs: int) -> list[Part]:
    """The parts that may start now, in order."""
    chosen: list[Part] = []
    for part in waiting:
        busy = [*running, *chosen]
        if len(busy) < jobs and not (part.heavy and any(other.heavy for other in busy)):
            chosen.append(part)
    return chosen


def _started(part: Part) -> tuple[Connection, Any]:
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_run, args=(part, theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _run(part: Part, answer: Connection, parent: int) -> None:
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is asked too, and ends its parts
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    answer.send(part.make())


def _answered(part: Part, answer: Any, process: Any) -> Any:
    try:
        return answer.recv()
    except EOFError:
        process.join()
        raise EnvironmentMissing([Problem(part.name, "", "GB714", f"found its process ended ({process.exitcode})",
                                          "a process that ends its part", "free memory and run again")]) from None
    finally:
        answer.close()
        process.join()
