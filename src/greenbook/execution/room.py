"""How much room kept work may take: what was used longest ago goes first.

When something was used is the modification time of its file, or of the seal of an entry, brought up to date at most
once in an hour. What was used within the last hour stays whatever the limit, for a build may be reading it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from greenbook.errors import CommandError, Problem

LIMIT, FOLDER = "GREENBOOK_CACHE_MB", "GREENBOOK_CACHE"
DEFAULT = 2048
FRESH = 3600.0


def limit() -> int:
    """Bytes that kept work may take: those of the variable GREENBOOK_CACHE_MB, or 2,048 MB.

    Raises CommandError where the variable is no whole number.
    """
    words = os.environ.get(LIMIT, "").strip() or str(DEFAULT)
    if not words.isascii() or not words.isdigit():
        raise CommandError([Problem("", "", "GB214", f'found {LIMIT}="{words}"',
                                    "expected a whole number of megabytes", f"write {LIMIT}={DEFAULT}, or unset it")])
    return int(words) * 1_000_000


def used(path: Path) -> None:
    """Notes that `path` is in use; a cache that cannot be written is no fault."""
    with contextlib.suppress(OSError):
        if path.stat().st_mtime < time.time() - FRESH:
            os.utime(path)


def trim(kept: Iterable[tuple[Path, Path]], most: int) -> list[Path]:
    """Removes what was used longest ago until the rest takes at most `most` bytes; gives back what was removed.

    `kept` are pairs: a file or folder, and the file whose time says when it was used. A folder goes in one step, by
    rename, so that no reader finds a part of it.
    """
    now, sizes = time.time(), []
    for path, stamp in kept:
        with contextlib.suppress(OSError):
            sizes.append((stamp.stat().st_mtime, path.as_posix(), _size(path), path))
    taken, removed = sum(size for _, _, size, _ in sizes), []
    for last, _, size, path in sorted(sizes):
        if taken <= most or last > now - FRESH:
            break
        taken -= size
        removed.append(path)
        _remove(path)
    return removed


def sweep(folder: Path, pattern: str) -> None:
    """Removes parts that a killed build left in `folder`; those of the last hour may be in the making."""
    for path in folder.glob(pattern):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - FRESH:
                _remove(path)


def _size(path: Path) -> int:
    return sum(item.stat().st_size for item in path.iterdir()) if path.is_dir() else path.stat().st_size


def _remove(path: Path) -> None:
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    gone = path.with_name(f".{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        if not path.name.endswith(".part"):
            os.replace(path, gone)
        shutil.rmtree(gone if gone.exists() else path, ignore_errors=True)
