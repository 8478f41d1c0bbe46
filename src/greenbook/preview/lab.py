"""JupyterLab with the preview beside it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.order import Order
from greenbook.preview.server import serve
from greenbook.project import open_project


def lab(folder: Path, build: Callable[[Order], Any]) -> int:
    """Runs both until JupyterLab ends; returns its exit code. Raises EnvironmentMissing without JupyterLab."""
    project = open_project(folder)
    if subprocess.run([sys.executable, "-c", "import jupyterlab"], capture_output=True).returncode:
        raise EnvironmentMissing([Problem("requirements-dev.lock", "", "GB703", "found no JupyterLab",
                                          "the author's environment", "run make lab, which installs it")])
    stop = threading.Event()
    beside = threading.Thread(
        target=serve, args=(folder, build), daemon=True,
        kwargs={"edition": None, "chapters": (), "port": 8765, "stop": stop})
    beside.start()
    try:
        return subprocess.run([sys.executable, "-m", "jupyterlab", f"--notebook-dir={project.notebooks}"]).returncode
    finally:
        stop.set()
        beside.join(timeout=5)
