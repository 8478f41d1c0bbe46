"""One chapter, from its task to its result, in a process of its own.

`submit` is the seam: its arguments and its result pickle, so another engine may call it on another machine.
"""

from __future__ import annotations

import dataclasses
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from greenbook.execution.folder import environment, held
from greenbook.execution.forkserver import Forked, ForkServer
from greenbook.execution.processes import end_run
from greenbook.execution.task import ChapterTask, TaskResult
from greenbook.records import canonical

LOG = "worker.log"
ATTEMPTS = 2


def submit(task: ChapterTask, stop: threading.Event | None = None, server: ForkServer | None = None) -> TaskResult:
    """How `task` ended. Waits for the end; `stop` ends it early. A kernel that fails to start is tried twice.

    With `server` the worker is forked from it, else it is a process of its own: slower, with the same result.
    """
    attempts, result = 1, _attempt(task, stop, server)
    while result.reason == "start" and attempts < ATTEMPTS:
        attempts, result = attempts + 1, _attempt(task, stop, None)
    return dataclasses.replace(result, attempts=attempts)


def _attempt(task: ChapterTask, stop: threading.Event | None, server: ForkServer | None) -> TaskResult:
    with held(task, canonical(_portable(task))):
        started = time.monotonic()
        deadline = started + task.limits.start + task.limits.seconds + task.limits.grace
        with open(Path(task.run) / LOG, "wb") as log:
            worker = (server and server.fork(task, log.fileno())) or Spawned(task, log.fileno())
        try:
            ended = _wait(worker, deadline, stop)
        finally:
            worker.end()
            end_run(task.run)
        return _result(task, ended, worker.returncode, time.monotonic() - started)


class Spawned:
    """A worker that is a process of its own; `returncode` is None while it runs."""

    def __init__(self, task: ChapterTask, log: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "greenbook.execution.worker", str(os.getpid())],
            cwd=task.run, env=environment(task), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )

    @property
    def returncode(self) -> int | None:
        return self.process.returncode

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within `seconds`."""
        if self.process.poll() is None:
            _sleep_until_end(self.process.pid, seconds)
        return self.process.poll() is not None

    def end(self) -> None:
        """Kills it with its group, where it still runs."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _portable(task: ChapterTask) -> dict[str, Any]:
    keep = ("slug", "source", "parameters", "root", "limits")
    return {name: value for name, value in dataclasses.asdict(task).items() if name in keep}


def _wait(worker: Spawned | Forked, deadline: float, stop: threading.Event | None) -> str:
    """Waits for the worker's end: `ended`, or `stopped` or `timeout` while it still runs."""
    while not worker.wait(0.1):
        if stop is not None and stop.is_set():
            return "stopped"
        if time.monotonic() > deadline:
            return "timeout"
    return "ended"


def _sleep_until_end(process: int, seconds: float) -> None:
    try:
        descriptor = os.pidfd_open(process)
    except (AttributeError, OSError):  # not Linux, or it ended between the two calls
        time.sleep(0.02)
        return
    try:
        select.select([descriptor], [], [], seconds)
    finally:
        os.close(descriptor)


def _result(task: ChapterTask, ended: str, code: int | None, seconds: float) -> TaskResult:
    run = Path(task.run)
    # Without an exit code the fork server itself was lost: the chapter is tried again in a process of its own.
    lost = "start" if code is None else "worker"
    record: dict[str, Any] = {"reason": ended if ended != "ended" else lost, "exit": code}
    if ended == "ended" and (run / "result.json").exists():
        record = json.loads((run / "result.json").read_text("utf-8"))
    record["watch"] = _watched(run / "watch.jsonl")
    content = (run / "executed.ipynb").read_bytes() if record["reason"] == "done" else b""
    return TaskResult(task.slug, record["reason"], record, content, round(seconds, 3))


def _watched(log: Path) -> list[dict[str, Any]]:
    try:
        lines = log.read_text("utf-8").splitlines()
    except OSError:
        return []
    entries = []
    for line in lines:
        try:
            entries.append(json.loads(line))
        except ValueError:  # the last line of a kernel that was killed while it wrote
            break
    return entries
