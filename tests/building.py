"""The real command on whole books, for tests."""

import contextlib
import fcntl
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
BOOKS = ROOT / "tests" / "books"


def run_build(*words, project=ROOT, **environment):
    """The real command on a project; returns the finished process with its output as text."""
    with _turn(project):
        return subprocess.run(
            [sys.executable, str(ROOT / "build.py"), *map(str, words), "--project", str(project)],
            cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment}, timeout=600)


@contextlib.contextmanager
def _turn(project):
    """The workers of one test run share the real project, whose lock refuses a second build: they take turns."""
    if project != ROOT:
        yield
        return
    name = f"greenbook-tests-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}.lock"
    with open(Path(tempfile.gettempdir()) / name, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_book(name, folder):
    """The tiny book `name` in a folder of its own; a broken one is the small one with its own files on top."""
    shutil.copytree(BOOKS / "small", folder, ignore=shutil.ignore_patterns("_build"))
    if name != "small":
        shutil.copytree(BOOKS / name, folder, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("expected.txt", "_build", "golden"))
    return folder


def once(tmp_path_factory, name, make):
    """What `make(folder)` returns, made by the first worker that asks and shared with the others."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # else a build of another run would be taken
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note = shared / f"{name}.json"
        if not note.exists():
            note.write_text(json.dumps(make(shared / name)))
        return json.loads(note.read_text())


def bench(name):
    """The module `bench/<name>.py`, whose counts on every page are tests on a few."""
    folder = str(ROOT / "bench")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)
