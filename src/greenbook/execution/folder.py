"""The private folder of one run, and the environment in which its processes live."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from greenbook.execution.processes import MARK, end_run, lives
from greenbook.execution.task import ChapterTask
from greenbook.execution.whole import write_whole

KERNEL = "greenbook"
_PRIVATE = ("home", "config", "matplotlib", "ipython", "jupyter", "temporary", "cache")

# A run sees this and nothing else: no token, no proxy, no path of the user's. One thread in the numerical
# libraries, for sums that do not depend on the number of cores.
_FIXED = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
    "PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1",
    "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "JUPYTER_PLATFORM_DIRS": "1", "JUPYTER_NO_CONFIG": "1",
}
_NUMBERS = itertools.count()
_HELD: set[str] = set()
_PASSED = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "LD_LIBRARY_PATH")


def environment(task: ChapterTask) -> dict[str, str]:
    """The whole environment of a run: fixed entries, private folders and what greenbook tells a kernel."""
    run = Path(task.run)
    return {
        **_FIXED,
        **{name: os.environ[name] for name in _PASSED if name in os.environ},
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "HOME": str(run / "home"), "TMPDIR": str(run / "temporary"),
        "XDG_CONFIG_HOME": str(run / "config"), "XDG_CACHE_HOME": str(run / "cache"),
        "MPLCONFIGDIR": str(run / "matplotlib"), "IPYTHONDIR": str(run / "ipython"),
        "JUPYTER_CONFIG_DIR": str(run / "config"), "JUPYTER_DATA_DIR": str(run / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(run / "jupyter"), "JUPYTER_PATH": str(run / "jupyter"),
        MARK: task.run,
        "GREENBOOK_SLICES": task.slices, "GREENBOOK_EDITION": task.edition,
        "GREENBOOK_STYLE": task.style, "GREENBOOK_LOCALE": task.locale,
    }


def folder_of(runs: Path, slug: str, key: str) -> Path:
    """A folder for one run of the chapter `slug` with the execution key `key`, which no other run has.

    Two builds of one project may execute the same code at once; in one folder each would end the other's processes.
    """
    return runs / f"{slug}-{key[:8]}-{os.getpid()}-{next(_NUMBERS)}"


@contextlib.contextmanager
def held(task: ChapterTask, task_text: str) -> Iterator[None]:
    """Makes the run's folder anew, with a kernel of this very interpreter and the task in it, and holds it.

    While it is held no other run of the chapter takes it for one that was left behind.
    """
    _HELD.add(task.run)
    try:
        _sweep(task)
        _furnish(task, task_text)
        yield
    finally:
        _HELD.discard(task.run)


def _sweep(task: ChapterTask) -> None:
    """Ends and removes the chapter's earlier runs: those that failed, and those of builds that were killed."""
    run = Path(task.run)
    earlier = [path for path in run.parent.glob(f"{task.slug}-{'[0-9a-f]' * 8}*") if not _at_work(path)]
    for folder in {run, *earlier}:
        end_run(str(folder))
        shutil.rmtree(folder, ignore_errors=True)


def _at_work(run: Path) -> bool:
    """Whether `run` is another's: held by a run of this process, or of a process that lives."""
    owner = run.name.split("-")[-2]
    if owner == str(os.getpid()):
        return str(run) in _HELD
    return owner.isdecimal() and lives(int(owner))


def _furnish(task: ChapterTask, task_text: str) -> None:
    run = Path(task.run)
    for name in _PRIVATE:
        (run / name).mkdir(parents=True)
    kernel = run / "jupyter" / "kernels" / KERNEL
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps({
        "argv": [sys.executable, "-P", "-m", "greenbook.execution.kernel", "-f", "{connection_file}"],
        "display_name": KERNEL, "language": "python",
    }), "utf-8")
    (run / "task.json").write_text(task_text, "utf-8")
    _share(Path(task.faces), run / "matplotlib")


def keep_faces(task: ChapterTask) -> None:
    """Keeps matplotlib's list of font files, which takes half a second to make, for the runs to come."""
    _share(Path(task.run) / "matplotlib", Path(task.faces))


def _share(source: Path, target: Path) -> None:
    # The list only saves time: which faces are used is the house style's business, not the list's.
    with contextlib.suppress(OSError):
        for path in source.glob("fontlist-*.json"):
            target.mkdir(parents=True, exist_ok=True)
            if not (target / path.name).exists():
                write_whole(target / path.name, path.read_bytes())
