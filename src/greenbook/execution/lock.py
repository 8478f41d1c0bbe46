"""One build of a project at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator

from greenbook.errors import Busy, Problem
from greenbook.project import Project

NAME = ".lock"


@contextlib.contextmanager
def one_build(project: Project) -> Iterator[None]:
    """Holds the project's lock. Raises Busy, naming the process, while another build holds it.

    The lock is the kernel's (flock), not the file's existence: it ends with its holder however that ends.
    """
    project.build.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(project.build / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(project, descriptor) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _busy(project: Project, descriptor: int) -> Busy:
    holder = os.pread(descriptor, 32, 0).decode("ascii", "replace") or "unknown"
    return Busy([Problem(
        project.relative(project.build / NAME), "", "GB801", f"found another build at work (process {holder})",
        "expected one build of a project at a time", "wait until it ends",
    )])
