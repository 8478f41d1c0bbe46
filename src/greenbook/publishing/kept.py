"""Answers of a program, kept by the hash of the question."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path


def kept(folder: Path, question: str, answer: Callable[[], str]) -> str:
    """The text that `answer` gave for `question` before, or gives now; written whole, by rename."""
    path = folder / hashlib.sha256(question.encode()).hexdigest()
    try:
        return path.read_text("utf-8")
    except OSError:
        text = answer()
    folder.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)
    return text
