"""`make bench`: greenbook's execution against papermill's API, its pool and the limit, in alternating rounds.

    python bench/speed.py [--chapters 10] [--rounds 3] [--book]

Outputs of every way are compared with papermill's, cell by cell. With `--book` the real book is built cold too.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generated import write_book
from measure import Taken, adopt, environment, machine, median, taken
from method_speed import method_lines
from results import keep, table

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
WAYS = {
    "papermill API": ("papermill", 1), "papermill, pool of 2": ("papermill", 2),
    "greenbook, 2 jobs": ("fork", 2), "greenbook, 1 job": ("fork", 1),
    "greenbook without fork server, 2 jobs": ("ordinary", 2), "the limit, 2 processes": ("limit", 2),
}
BASE = "papermill API"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--chapters", type=int, default=10)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--book", action="store_true", help="build the real book cold, and again, too")
    call = words.parse_args()
    adopt()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        write_book(book, call.chapters)
        runs, different = rounds(book, call.rounds)
    lines = told(runs, different, call.chapters)
    lines += ["", *small_times(), "", *method_lines()]
    if call.book:
        lines += ["", *real_book()]
    print("\n".join(lines))
    print(keep("speed", lines))
    return 1 if different or any(run.code for kind in runs.values() for run in kind) else 0


def rounds(book: Path, count: int) -> tuple[dict[str, list[Taken]], list[str]]:
    """The measurements of each way, cold, and the ways whose outputs are not papermill's."""
    runs: dict[str, list[Taken]] = {name: [] for name in WAYS}
    outputs: dict[str, dict] = {}
    for number in range(count):
        turned = list(WAYS)[number % len(WAYS):] + list(WAYS)[:number % len(WAYS)]
        for name in turned:
            way, workers = WAYS[name]
            for made in ("out", "_build"):
                shutil.rmtree(book / made, ignore_errors=True)
            run = taken([str(PYTHON), str(ROOT / "bench" / "runner.py"), way, str(book), str(workers)], book,
                        environment(PYTHON), book / "log.txt", memory=number == count - 1)
            runs[name].append(run)
            if run.code:
                print((book / "log.txt").read_text("utf-8", "replace")[-2000:], file=sys.stderr)
            if way != "limit":
                outputs.setdefault(name, shown(book / "out"))
            print(f"round {number + 1}: {name}: {run.wall:.1f} s, {run.cpu:.1f} CPU s, "
                  f"load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return runs, [name for name in outputs if outputs[name] != outputs[BASE] or not outputs[name]]


def shown(folder: Path) -> dict[str, list]:
    """What the code cells of each executed notebook show, in the normal form of the build."""
    from greenbook.execution.normal import normalised

    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        tree = json.loads(normalised(json.loads(path.read_bytes()), ()))
        found[path.stem] = [cell["outputs"] for cell in tree["cells"] if cell["cell_type"] == "code"]
    return found


def told(runs: dict[str, list[Taken]], different: list[str], chapters: int) -> list[str]:
    """The section of RESULTS.md."""
    base, limit = runs[BASE], runs["the limit, 2 processes"]
    pool = runs["papermill, pool of 2"]
    rows = []
    for name, kind in runs.items():
        wall, cpu = median(kind, "wall"), median(kind, "cpu")
        rows.append([name, f"{wall:.1f}", f"{cpu:.1f}", f"{wall / chapters:.2f}", f"{wall / median(base, 'wall'):.2f}",
                     f"{wall / median(pool, 'wall'):.2f}", f"{wall / median(limit, 'wall'):.2f}",
                     f"{cpu / median(base, 'cpu'):.2f}", f"{kind[-1].peak:.0f}"])
    equal = "not equal to papermill's: " + ", ".join(different) if different else "equal to papermill's in every cell"
    return [f"## Execution, {chapters} chapters", "",
            f"{machine()}; {versions()}; {datetime.date.today()}; load {os.getloadavg()[0]:.1f}; medians of "
            f"{len(base)} alternating rounds. Outputs: {equal}.", "",
            *table(["way", "wall s", "CPU s", "s a chapter", "÷ papermill API", "÷ pool of 2", "÷ limit",
                    "CPU ÷ API", "peak PSS MiB"], rows)]


def versions() -> str:
    """The versions that matter."""
    from importlib.metadata import version

    names = ("papermill", "nbclient", "ipykernel", "pandas", "matplotlib")
    return ", ".join(f"{name} {version(name)}" for name in names)


def small_times() -> list[str]:
    """Wall seconds of commands that do nothing: `--help`, and `report` where nothing changed (the small book)."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "small"
        shutil.copytree(ROOT / "tests" / "books" / "small", book, ignore=shutil.ignore_patterns("_build"))
        command = [str(PYTHON), str(ROOT / "build.py")]
        report = [*command, "report", "--project", str(book)]
        subprocess.run(report, cwd=ROOT, env=environment(PYTHON), check=True, capture_output=True)
        rows = [["build.py --help", f"{_seconds([*command, '--help']):.2f}", "0.15"],
                ["build.py report, nothing changed, small book", f"{_seconds(report):.2f}", "0.49"]]
    return ["### Commands that do nothing", "", *table(["command", "wall s, median of 5", "goal"], rows)]


def _seconds(command: list[str]) -> float:
    taken_seconds = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=environment(PYTHON), check=True, capture_output=True)
        taken_seconds.append(time.perf_counter() - started)
    return statistics.median(taken_seconds)


def real_book() -> list[str]:
    """The real book in a folder of its own: cold, then with nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        for part in ("notebooks", "data", "templates"):
            shutil.copytree(ROOT / part, book / part)
        report = [str(PYTHON), str(ROOT / "build.py"), "report", "--project", str(book), "--jobs", "2"]
        runs = {name: taken(report, ROOT, environment(PYTHON), Path(folder) / "log.txt", memory=name == "cold")
                for name in ("cold", "nothing changed")}
    rows = [[f"three languages, HTML and PDF, {name}", f"{run.wall:.1f}", f"{run.cpu:.1f}", f"{run.peak:.0f}",
             str(run.code)] for name, run in runs.items()]
    return ["### The real book", "", f"Load {os.getloadavg()[0]:.1f}.", "",
            *table(["build", "wall s", "CPU s", "peak PSS MiB", "exit"], rows)]


if __name__ == "__main__":
    raise SystemExit(main())
