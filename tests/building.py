"""The real command on whole books, for tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BOOKS = ROOT / "tests" / "books"


def run_build(*words, project=ROOT, **environment):
    """The real command on a project; returns the finished process with its output as text."""
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *map(str, words), "--project", str(project)],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment}, timeout=600)


def copy_book(name, folder):
    """The tiny book `name` in a folder of its own; a broken one is the small one with its own files on top."""
    shutil.copytree(BOOKS / "small", folder, ignore=shutil.ignore_patterns("_build"))
    if name != "small":
        shutil.copytree(BOOKS / name, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt", "_build"))
    return folder
