"""The process that has imported what chapters need and forks a worker for each, so that no chapter imports it again.

`python -P -m greenbook.execution.zygote <descriptor>`. It is of one thread, without zmq context and event loop, and
imports only. For each message on its control socket (a request, with the worker's own socket and log) it forks a
worker; that socket is the worker's lease: closed at the other end, the worker's group is killed; when the worker
ends, its exit code is written there. When the control socket closes, everything is killed.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from greenbook.execution.imports import imported
from greenbook.execution.processes import MARK, adopt_orphans, carry, end_descendants

# Imported, never used before the fork: not matplotlib's inline backend, which hooks into IPython when imported.
IMPORTED = (
    "nbformat", "papermill.execute", "greenbook.execution.worker", "greenbook.execution.engine",
    "greenbook.execution.provisioner", "greenbook.execution.kernel", "ipykernel.kernelapp", "ipykernel.ipkernel",
    "ipykernel.zmqshell", "ipykernel.debugger", "ipykernel.subshell_manager", "ipykernel.displayhook",
    "IPython.core.completer", "zmq.eventloop.zmqstream", "numpy", "pandas", "matplotlib.figure",
    "matplotlib.collections", "matplotlib.container", "matplotlib.ticker", "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg", "greenbook.authoring.chapter", "greenbook.authoring.tables",
    "greenbook.authoring.counting", "greenbook.style.charts", "greenbook.style.drawing", "greenbook.analysis.growth",
    "greenbook.analysis.gap", "greenbook.analysis.chaining", "greenbook.analysis.intensity",
    "greenbook.analysis.contribution",
)


class Zygote:
    """The server's state: its control socket, the variables that imports set, and the lease of each worker."""

    def __init__(self, control: socket.socket, set_by_imports: dict[str, str]) -> None:
        self.control = control
        self.set_by_imports = set_by_imports
        self.leases: dict[int, socket.socket] = {}

    def serve(self) -> None:
        """Forks, reaps and kills until the control socket is closed."""
        woken, wakes = os.pipe()
        for end in (woken, wakes):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        while True:
            waited: list[Any] = [self.control, woken, *self.leases.values()]
            ready = select.select(waited, [], [])[0]
            if woken in ready:
                os.read(woken, 1 << 12)
            self.reap()
            if self.control in ready and not self.request():
                return
            for process, lease in list(self.leases.items()):
                if lease in ready:
                    _kill_group(process)

    def request(self) -> bool:
        """Answers one request; False where there will be no more."""
        text, descriptors, _, _ = socket.recv_fds(self.control, 1 << 17, 2)
        if not text:
            return False
        process = os.fork()
        if process == 0:
            self.control.close()
            for lease in self.leases.values():
                lease.close()
            _become_worker(json.loads(text), self.set_by_imports, *descriptors)
        os.close(descriptors[1])
        self.leases[process] = socket.socket(fileno=descriptors[0])
        return True

    def reap(self) -> None:
        """Tells the end of each worker that ended; orphans of a killed one are told to nobody."""
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                if lease := self.leases.pop(found[0], None):
                    with contextlib.suppress(OSError):
                        lease.send(json.dumps({"exit": os.waitstatus_to_exitcode(found[1])}).encode())
                    lease.close()

    def end(self) -> None:
        """Kills every worker that is left, and what it started: orphans came to this process."""
        end_descendants()


def _become_worker(request: dict, set_by_imports: dict[str, str], lease: int, log: int) -> None:
    """Runs the worker of a request in this forked child, as a process of its own would; never returns."""
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for stream in (1, 2):
            os.dup2(log, stream)
        os.close(log)
        os.close(lease)
        os.chdir(request["folder"])
        os.environ.clear()
        os.environ.update(request["environment"])
        carry(MARK, request["environment"][MARK])
        _forget()
        from greenbook.execution.provisioner import Waiting
        from greenbook.execution.worker import work

        work(request["parent"], Waiting(set_by_imports))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _forget() -> None:
    """Makes anew what a process takes from its environment at its start; `random` sees to itself."""
    import numpy

    tempfile.tempdir = None
    time.tzset()
    numpy.random.seed()


def _kill_group(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


def _prepare() -> None:
    with _as_in_a_kernel():
        for name in IMPORTED:
            imported(name)
    # Where the style is broken, a chapter that draws is told what is missing, and by its own kernel.
    with contextlib.suppress(Exception):
        _open_faces()
    gc.collect()
    gc.freeze()


@contextlib.contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Lets a library that asks at import whether it is in a kernel find one: pandas chooses its widest table so."""
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=True)
    try:
        yield
    finally:
        del vars(builtins)["get_ipython"]


def _open_faces() -> None:
    """Opens the shipped faces; matplotlib's list of faces stays as an ordinary kernel finds it."""
    from matplotlib import font_manager

    from greenbook.style.drawing import DRAWN_FAMILIES
    from greenbook.style.fonts import face

    for family in DRAWN_FAMILIES:
        font_manager.get_font(face(family).path)


def main() -> None:
    """Imports, then serves."""
    adopt_orphans()
    given = set(os.environ)
    _prepare()
    set_by_imports = {name: value for name, value in os.environ.items() if name not in given}
    zygote = Zygote(socket.socket(fileno=int(sys.argv[1])), set_by_imports)
    try:
        zygote.serve()
    finally:
        zygote.end()


if __name__ == "__main__":
    main()
