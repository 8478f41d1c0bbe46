"""Which commit a build was made from."""

from __future__ import annotations

import subprocess
from pathlib import Path

WITHOUT = "no commit"


def commit_of(folder: Path) -> str:
    """The commit of `folder`: its id, its id “+ changes”, or “no commit” without git or history."""
    head = _git(folder, "rev-parse", "--short=12", "HEAD")
    if not head:
        return WITHOUT
    return f"{head} + changes" if _git(folder, "status", "--porcelain", "--", ".") else head


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "--no-optional-locks", "-C", str(folder), *words],
                              capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
