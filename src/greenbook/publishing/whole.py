"""Old or new, never half: an edition is built aside, flushed, and switched in by renaming one symbolic link.

Folders: `_build/<edition>` is a link to `_build/versions/<edition>-<digest>`; what is being built lies in
`_build/versions/.<edition>-<pid>` and is removed whatever happens. Only folders of that form are ever removed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from greenbook.errors import EnvironmentMissing, Problem

KEPT = 2


def publish_whole(link: Path, build_into: Callable[[Path], None]) -> Path:
    """Fills a private folder by `build_into`, then makes `link` point to it; returns the version's folder.

    Raises EnvironmentMissing where the disk refuses or `link` is a thing we did not make; the old version then stands.
    """
    _ours(link)
    versions = link.parent / "versions"
    private = versions / f".{link.name}-{os.getpid()}"
    try:
        private.mkdir(parents=True)
        build_into(private)
        final = versions / f"{link.name}-{_digest(private)}"
        _flush(private)
        _settle(private, final)
        _switch(link, final)
    except OSError as error:
        raise EnvironmentMissing([Problem(
            os.path.relpath(error.filename or str(link), link.parent.parent), "", "GB701",
            f"found {error.strerror or error}", "a disk that takes the new version",
            "free space or mend permissions; the last report stands",
        )]) from error
    finally:
        shutil.rmtree(private, ignore_errors=True)
    _forget(link, versions, final)
    return final


def _ours(link: Path) -> None:
    if link.exists() and not link.is_symlink():
        raise EnvironmentMissing([Problem(
            f"{link.parent.name}/{link.name}", "", "GB705", "found a file or folder that no build made",
            "a symbolic link, or nothing", "move it away",
        )])


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _flush(folder: Path) -> None:
    """File, then folder: a rename that outlives the power must find its contents on the disk."""
    for path in [*_files(folder), *sorted(p for p in folder.rglob("*") if p.is_dir()), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _settle(private: Path, final: Path) -> None:
    if final.exists():
        shutil.rmtree(final)  # same bytes, but perhaps touched since: the fresh folder takes its place
    private.rename(final)
    _sync(final.parent)


def _switch(link: Path, final: Path) -> None:
    fresh = link.parent / f".{link.name}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.join("versions", final.name), target_is_directory=True)
    os.replace(fresh, link)
    _sync(link.parent)


def _forget(link: Path, versions: Path, current: Path) -> None:
    """Keeps the version before this one for readers who have it open; older ones and leftovers go."""
    name = re.escape(link.name)
    old = [path for path in versions.iterdir()
           if path != current and re.fullmatch(rf"{name}-[0-9a-f]{{12}}", path.name)]
    left = [path for path in versions.iterdir() if re.fullmatch(rf"\.{name}-\d+", path.name)]
    old.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in [*old[KEPT - 1:], *left]:
        shutil.rmtree(path, ignore_errors=True)
