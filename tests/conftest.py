"""The real book is built once a run; every test that needs it reads that build."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


def once(tmp_path_factory, name, make):
    """What `make(folder)` returns, made by the first worker that asks and shared with the others."""
    shared = tmp_path_factory.getbasetemp().parent
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note = shared / f"{name}.json"
        if not note.exists():
            note.write_text(json.dumps(make(shared / name)))
        return json.loads(note.read_text())


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """The folder of the real book's default edition, built by the real command."""
    def make(folder):
        done = run_build("report")
        return {"code": done.returncode, "out": done.stdout, "err": done.stderr}

    done = once(tmp_path_factory, "report", make)
    assert done["code"] == 0, done["err"]
    return ROOT / "_build" / "full-2025"


@pytest.fixture(scope="session")
def manifest(report):
    """The manifest of the real book."""
    return json.loads((report / "manifest.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The small book, built: its folder."""
    def make(folder):
        copy_book("small", folder)
        done = run_build("report", project=folder)
        return {"code": done.returncode, "err": done.stderr, "folder": str(folder)}

    done = once(tmp_path_factory, "small", make)
    assert done["code"] == 0, done["err"]
    return Path(done["folder"])
