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

from greenbook.execution.folder import environment, prepare
from greenbook.execution.processes import end_run
from greenbook.execution.task import ChapterTask, TaskResult
from greenbook.records import canonical

LOG = "worker.log"
ATTEMPTS = 2


def submit(task: ChapterTask, stop: threading.Event | None = None) -> TaskResult:
    """How `task` ended. Waits for the end; `stop` ends it early. A kernel that fails to start is tried twice."""
    attempts, result = 1, _attempt(task, stop)
    while result.reason == "start" and attempts < ATTEMPTS:
        attempts, result = attempts + 1, _attempt(task, stop)
    return dataclasses.replace(result, attempts=attempts)


def _attempt(task: ChapterTask, stop: threading.Event | None) -> TaskResult:
    end_run(task.run)
    prepare(task, canonical(_portable(task)))
    started = time.monotonic()
    deadline = started + task.limits.start + task.limits.seconds + task.limits.grace
    with open(Path(task.run) / LOG, "wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-P", "-m", "greenbook.execution.worker", str(os.getpid())],
            cwd=task.run, env=environment(task), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )
    try:
        ended = _wait(worker, deadline, stop)
    finally:
        _end(worker, task.run)
    return _result(task, ended, worker.returncode, time.monotonic() - started)


def _portable(task: ChapterTask) -> dict[str, Any]:
    keep = ("slug", "source", "parameters", "root", "limits")
    return {name: value for name, value in dataclasses.asdict(task).items() if name in keep}


def _wait(worker: subprocess.Popen[bytes], deadline: float, stop: threading.Event | None) -> str:
    """Waits for the worker's end: `ended`, or `stopped` or `timeout` while it still runs."""
    while worker.poll() is None:
        if stop is not None and stop.is_set():
            return "stopped"
        if time.monotonic() > deadline:
            return "timeout"
        _sleep_until_end(worker.pid, 0.1)
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


def _end(worker: subprocess.Popen[bytes], run: str) -> None:
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    end_run(run)


def _result(task: ChapterTask, ended: str, code: int, seconds: float) -> TaskResult:
    run = Path(task.run)
    record: dict[str, Any] = {"reason": ended if ended != "ended" else "worker", "exit": code}
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
