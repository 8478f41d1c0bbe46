"""Where the parts of an edition keep temporary files: one folder of the project, emptied before and removed after."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

NAME = "work"


@contextlib.contextmanager
def workshop(build: Path) -> Iterator[Path]:
    """Temporary files of this process and of those it forks lie in `build`/work while the block lasts.

    What a killed build left there goes first; the caller holds the project's lock, so nobody else is at work in it.
    """
    folder, before = build / NAME, tempfile.tempdir
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
