"""Looks at the machine: what a build needs, what is there, what is missing."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from greenbook.project import HOUSE
from greenbook.review.locks import RUNTIME, numbers, pins

ROOM = 2 * 1024**3


def examine(folder: Path) -> Iterator[tuple[bool, str]]:
    """Pairs (whether it is well, what was looked at), in a fixed order."""
    yield sys.version_info >= (3, 11), f"Python {sys.version.split()[0]} (3.11 or later)"
    yield not os.environ.get("PYTHONDONTWRITEBYTECODE"), "bytecode is written (imports are three times slower without)"
    free = shutil.disk_usage(folder).free
    yield free > ROOM, f"free disk {free / 1024**3:.1f} GiB (2 GiB wanted)"
    yield from _versions()
    yield from _programs()
    yield from _faces()


def _versions() -> Iterator[tuple[bool, str]]:
    pinned: dict[str, list[str]] = {}
    for name, version in pins(HOUSE / RUNTIME):
        pinned.setdefault(name, []).append(version)  # one for each Python that needs its own
    off = []
    for name, versions in pinned.items():
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # pinned for another Python or platform
        if numbers(found) not in map(numbers, versions):
            off.append(f"{name} {found} instead of {' or '.join(versions)}")
    yield not off, f"{len(pinned)} packages as locked" + (f": {', '.join(off)}" if off else "")


def _programs() -> Iterator[tuple[bool, str]]:
    from greenbook.documents.pandoc import program

    yield Path(program()).is_file(), "pandoc"
    yield importlib.util.find_spec("pagefind_bin_extended") is not None, "pagefind, extended"
    yield importlib.util.find_spec("typst") is not None, "typst"


def _faces() -> Iterator[tuple[bool, str]]:
    from greenbook.style.fonts import changed_faces

    wrong = changed_faces()
    yield not wrong, "faces as recorded" + (f": {', '.join(wrong)}" if wrong else "")
