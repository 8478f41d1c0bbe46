"""Files and folders that appear whole or not at all: written beside their place, then renamed."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

_TRIES = 20


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file beside its place and renames it, so that a reader finds the old bytes or the new."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _write(part, content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Writes a folder of read-only files, in place of any that was there.

    Where others write the same folder at the same moment, one of them wins, and the folder is whole.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        for name, content in files.items():
            _write(part / name, content)
            (part / name).chmod(0o444)
        for _ in range(_TRIES):
            shutil.rmtree(target, ignore_errors=True)
            try:
                os.replace(part, target)
                return
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
