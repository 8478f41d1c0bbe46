"""The real book is built once a run; every test that needs it reads that build."""

import json
from pathlib import Path

import pytest

from building import ROOT, copy_book, once, run_build
from reference_errors import pytest_terminal_summary, within  # noqa: F401  (pytest finds the hook and the fixture here)


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
