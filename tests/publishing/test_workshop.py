"""Temporary files of a build lie in its project, go with it, and those of a killed build go with the next."""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from building import ROOT, copy_book, run_build
from greenbook.publishing.workshop import workshop


def test_files_lie_in_the_project_and_go_even_where_the_block_fails(tmp_path):
    before = tempfile.gettempdir()
    (tmp_path / "work" / "of a killed build").mkdir(parents=True)
    with pytest.raises(RuntimeError), workshop(tmp_path) as folder:
        assert list(folder.iterdir()) == []
        assert Path(tempfile.mkdtemp()).parent == folder
        raise RuntimeError
    assert list(tmp_path.iterdir()) == [] and tempfile.gettempdir() == before


def test_a_build_killed_at_the_press_leaves_nothing_outside_and_the_next_sweeps(tmp_path):
    folder, outside = copy_book("small", tmp_path / "book"), tmp_path / "tmp"
    outside.mkdir()
    command = [sys.executable, str(ROOT / "build.py"), "report", "--project", str(folder)]
    build = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             env={"PATH": "/usr/bin:/bin", "TMPDIR": str(outside)})
    work = folder / "_build" / "work"
    while not list(work.glob("greenbook-print-*")):
        assert build.poll() is None
        time.sleep(0.01)
    build.send_signal(signal.SIGKILL)
    build.wait()
    assert work.is_dir() and list(outside.glob("greenbook-print-*")) == []
    assert run_build("report", project=folder).returncode == 0
    assert not work.exists()
