"""No process of ours outlives its run: death signals, groups, and the mark by which a run's processes are found."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path

MARK = "GREENBOOK_RUN"
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def die_with_parent(parent: int, sent: int = signal.SIGKILL) -> None:
    """Has the kernel send `sent` to this process when its parent ends; ends at once where that has happened."""
    _prctl(_PR_SET_PDEATHSIG, sent)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Makes grandchildren whose parent ended children of this process, so that `end_descendants` finds them."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_descendants() -> None:
    """Kills every process under this one, however deep. Needs /proc; elsewhere does nothing."""
    for _ in range(20):
        found = _descendants(os.getpid())
        if not found:
            return
        for process in found:
            _kill(process)
        _reap()
        time.sleep(0.01)


def end_run(folder: str) -> None:
    """Kills every process whose environment carries the mark of the run in `folder`."""
    mark = f"{MARK}={folder}".encode()
    for _ in range(20):
        found = [process for process in _processes() if _carries(process, mark)]
        if not found:
            return
        for process in found:
            _kill(process)
        time.sleep(0.01)


def carry(name: str, value: str) -> None:
    """Writes `value` where this process was given the variable `name` when its program began.

    A forked process shows in /proc the environment of the program it was forked from; there `end_run` looks for the
    mark. The variable must have been given with room enough; nothing else may still use that memory (`os.environ`
    was replaced). Raises OSError where there is no room or no /proc.
    """
    fields = Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()
    start, end = int(fields[47]), int(fields[48])
    given = ctypes.string_at(start, end - start)
    at = given.find(f"{name}=".encode())
    content = f"{name}={value}".encode()
    room = given.find(b"\0", at) - at
    if at < 0 or len(content) > room:
        raise OSError(f"no room for {name}")
    ctypes.memmove(start + at, content.ljust(room, b"\0"), room)


def _prctl(option: int, value: int) -> None:
    # Only Linux has prctl; elsewhere the process groups and the mark remain.
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _processes() -> list[int]:
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
    except OSError:
        return []


def _carries(process: int, mark: bytes) -> bool:
    try:
        return mark in Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _descendants(root: int) -> list[int]:
    parents = {process: parent for process in _processes() if (parent := _parent(process))}
    found: set[int] = {root}
    for _ in parents:
        more = {process for process, parent in parents.items() if parent in found} - found
        if not more:
            break
        found |= more
    return sorted(found - {root})


def _parent(process: int) -> int:
    """The parent of a living process; 0 for one that has ended or waits to be reaped."""
    try:
        fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == b"Z" else int(fields[1])


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
