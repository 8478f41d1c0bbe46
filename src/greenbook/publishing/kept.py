"""Answers of programs, kept by the hash of the question, and checked by the hash of the answer when they are read."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from greenbook.execution.room import limit, sweep, trim, used

FOLDERS = ("html", "typst", "fonts", "figures")
_HERE = Path(__file__).parent


def kept(folder: Path, question: str, answer: Callable[[], str]) -> str:
    """The text that `answer` gave for `question` before, or gives now."""
    found = recall(folder, question)
    if found is not None:
        return found.decode()
    text = answer()
    keep(folder, question, text.encode())
    return text


def recall(folder: Path, question: str) -> bytes | None:
    """What is kept in `folder` for `question`; None where there is nothing or it is damaged."""
    path = _path(folder, question)
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest().encode() != digest:
        return None
    used(path)
    return content


def keep(folder: Path, question: str, content: bytes) -> None:
    """Keeps `content` for `question`, written whole, by rename; a cache that cannot be written is no fault."""
    path = _path(folder, question)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        os.replace(fresh, path)


def make_room(cache: Path) -> None:
    """Removes from the folders of `cache` what was used longest ago, where they hold more than the limit."""
    trim([(path, path) for name in FOLDERS for path in (cache / name).glob("[!.]*")], limit())
    for name in FOLDERS:
        sweep(cache / name, ".*.part")


@functools.cache
def makers(modules: tuple[str, ...], packages: tuple[str, ...]) -> str:
    """A hash of who gives an answer: modules of this package by their bytes, installed packages by their versions."""
    from importlib.metadata import version

    whole = hashlib.sha256()
    for module in modules:
        whole.update((_HERE / f"{module}.py").read_bytes())
    for package in packages:
        whole.update(f"{package} {version(package)}\n".encode())
    return whole.hexdigest()


def _path(folder: Path, question: str) -> Path:
    return folder / hashlib.sha256(question.encode()).hexdigest()
