"""The real book is built once a run; every test that needs it reads that build."""

import fcntl
import json
import os
from pathlib import Path

import pytest

from building import ROOT, copy_book, run_build
from reference_errors import pytest_terminal_summary  # noqa: F401  (pytest finds the hook here)


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
