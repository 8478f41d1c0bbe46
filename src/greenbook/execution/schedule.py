"""Chapters at once: as many workers as jobs, the longest first, and a clean end when the user stops."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from greenbook.execution.forkserver import ForkServer
from greenbook.execution.submit import submit
from greenbook.execution.task import ChapterTask, TaskResult

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(threading.Event):
    """Set when the user stops; `signal` is the number of the signal, 0 where there was none."""

    signal = 0


def longest_first(tasks: Sequence[ChapterTask], seconds: Mapping[str, float]) -> list[ChapterTask]:
    """`tasks` by the seconds of their last run; those never run come first, for they may be the longest."""
    return sorted(tasks, key=lambda task: (-seconds.get(task.slug, float("inf")), task.slug))


def run_tasks(tasks: Sequence[ChapterTask], jobs: int, *, starts: Callable[[ChapterTask], None],
              ends: Callable[[ChapterTask, TaskResult], None], server: ForkServer | None = None) -> Stop:
    """Runs `tasks` in the order given; calls `starts` and `ends` in the calling thread. Gives back whether it
    was stopped: then the running chapters were ended and the waiting ones never began. Workers are forked from
    `server`, where there is one."""
    with stopping() as stop, ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        waiting = list(tasks)
        running: dict[Future[TaskResult], ChapterTask] = {}
        try:
            while (waiting or running) and not stop.is_set():
                while waiting and len(running) < max(1, jobs):
                    task = waiting.pop(0)
                    starts(task)
                    running[pool.submit(submit, task, stop, server)] = task
                _collect(running, ends)
        finally:
            if running:
                stop.set()
        wait(running)
        _collect(running, ends)
    return stop


def _collect(running: dict[Future[TaskResult], ChapterTask], ends: Callable[[ChapterTask, TaskResult], None]) -> None:
    done, _ = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
    for future in sorted(done, key=lambda item: running[item].slug):
        ends(running.pop(future), future.result())


@contextlib.contextmanager
def stopping() -> Iterator[Stop]:
    """A Stop that the signals of the user set; outside the main thread nothing but the caller sets it."""
    stop = Stop()

    def caught(number: int, _frame: object) -> None:
        stop.signal = number
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, caught) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
