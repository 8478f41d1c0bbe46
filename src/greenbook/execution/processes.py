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
    quiet = 0
    for _ in range(40):
        found = _descendants(os.getpid())
        # A look at /proc is no snapshot: a process may have been handed to another parent meanwhile.
        quiet = 0 if found else quiet + 1
        if quiet == 2:
            return
        for process in found:
            _kill(process)
        _reap()
        if found:
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


def lives(process: int) -> bool:
    """Whether there is a process of that id."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


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
    """The living processes under `root`. Ways lead through dead ones too: while the other threads of a process still
    end, its first is dead already and its children are still its own."""
    stats = {process: stat for process in _processes() if (stat := _parent(process))}
    found: set[int] = {root}
    for _ in stats:
        more = {process for process, (parent, _) in stats.items() if parent in found} - found
        if not more:
            break
        found |= more
    return sorted(process for process in found - {root} if stats[process][1])


def _parent(process: int) -> tuple[int, bool] | None:
    """The parent of a process, and whether it lives; None for one that is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return int(fields[1]), fields[0] not in (b"Z", b"X")


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
