"""A build's side of the fork server: starts it when a chapter first asks, and holds the lease of each worker."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from greenbook.execution.folder import environment
from greenbook.execution.processes import MARK
from greenbook.execution.task import ChapterTask

# Room, in the server's first environment, for the mark of each run that a forked worker carries.
_ROOM = 4096


class Forked:
    """A worker that was forked: `returncode` is None while it runs, and stays None where its server was lost."""

    def __init__(self, lease: socket.socket) -> None:
        self.lease = lease
        self.returncode: int | None = None
        self.over = False

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within `seconds`."""
        if not self.over and select.select([self.lease], [], [], seconds)[0]:
            with contextlib.suppress(OSError, ValueError):
                self.returncode = json.loads(self.lease.recv(1 << 10))["exit"]
            self.over = True
        return self.over

    def end(self) -> None:
        """Kills it with its group, where it still runs, and waits for that."""
        if not self.over:
            with contextlib.suppress(OSError):
                self.lease.shutdown(socket.SHUT_WR)
            self.wait(10)
        self.lease.close()


class ForkServer:
    """One server, for tasks that share style, words and font list: those of one build."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._usable = sys.platform == "linux"

    def fork(self, task: ChapterTask, log: int) -> Forked | None:
        """A worker for `task`, its words going to the descriptor `log`; None where the system cannot fork one."""
        request = {"folder": task.run, "environment": environment(task), "parent": 0}
        with self._lock:
            if not self._ready(task):
                return None
            assert self._process and self._control
            request["parent"] = self._process.pid
            ours, theirs = socket.socketpair()
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], [theirs.fileno(), log])
            except OSError:
                ours.close()
                self._usable = False
                return None
            finally:
                theirs.close()
        return Forked(ours)

    def close(self) -> None:
        """Ends the server and every worker it still has."""
        with self._lock:
            if self._control:
                self._control.close()
                self._control = None
            if self._process:
                _ended(self._process)
                self._process = None

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _ready(self, task: ChapterTask) -> bool:
        if self._process is None and self._usable:
            try:
                self._start(task)
            except OSError:  # no more processes, no memory: ordinary workers may still be had
                self._usable = False
        elif self._process is not None and self._process.poll() is not None:
            self._usable = False
        return self._usable

    def _start(self, task: ChapterTask) -> None:
        faces = Path(task.faces)
        faces.mkdir(parents=True, exist_ok=True)
        given = environment(dataclasses.replace(task, run=str(faces / "none")))
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "greenbook.execution.zygote", str(theirs.fileno())], cwd=faces,
                env={**given, "MPLCONFIGDIR": task.faces, MARK: task.run.ljust(_ROOM, "/")},
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()], start_new_session=True,
            )


@contextlib.contextmanager
def serving(servers: dict[str, ForkServer] | None, key: str) -> Iterator[ForkServer]:
    """The fork server of one build, ended with it.

    Where many builds share `servers`, the one of `key` stays for the next: `key` is a hash of all that a server
    imports, so that no build sees modules or a style of before; one of another key is ended.
    """
    if servers is None:
        with ForkServer() as server:
            yield server
        return
    for other in [name for name in servers if name != key]:
        servers.pop(other).close()
    yield servers.setdefault(key, ForkServer())


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()
