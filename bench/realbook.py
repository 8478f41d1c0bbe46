"""What the real book takes: cold, with nothing changed, a further language, its PDF. A part of `make evidence`.

    python bench/realbook.py

Nothing else should run beside it. Each row has its goal; a row is wrong where the goal is missed.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import Taken, adopt, environment, taken

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
COMMAND = [str(PYTHON), str(ROOT / "build.py")]
TWICE = ("        drawings[language] = svg\n", "        drawings[language] = svg\n        if language == \"en\":\n"
         "            _draw_once(f\"{chapter}.{name}\", name, function, uses, size, panels, Label(language))\n")
EXECUTE = """
import sys
from pathlib import Path
from greenbook.catalog.reading import read_catalog
from greenbook.catalog.slices import write_slices
from greenbook.execution.run import execute
from greenbook.order import Order
from greenbook.outline import read_outline
from greenbook.project import open_project
project = open_project(Path(sys.argv[1]))
task = Order(project.root, jobs=2).task(project, read_outline(project))
done = execute(task, write_slices(read_catalog(project).at(task.edition.as_of), task.slices), use_cache=False)
sys.exit(1 if done.problems else 0)
"""

Row = tuple[str, int, int, str]


class Copy:
    """A copy of the real book without anything made; `said` is what the last command printed."""

    def __init__(self, folder: Path) -> None:
        self.root, self.log = folder / "book", folder / "log.txt"
        for part in ("notebooks", "data", "templates"):
            shutil.copytree(ROOT / part, self.root / part)

    def report(self, *words: str, cold: bool = False, memory: bool = False) -> Taken:
        """`build.py report` with those words; raises RuntimeError with its words where it fails."""
        if cold:
            shutil.rmtree(self.root / "_build", ignore_errors=True)
        return self._run([*COMMAND, "report", "--project", str(self.root), "--jobs", "2", *words], memory=memory)

    def executed(self, package: Path) -> Taken:
        """Every chapter executed by the greenbook in `package`, whatever is cached."""
        return self._run([str(PYTHON), "-P", "-c", EXECUTE, str(self.root)], PYTHONPATH=str(package))

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def _run(self, command: list[str], *, memory: bool = False, **more: str) -> Taken:
        run = taken(command, ROOT, environment(PYTHON, **more), self.log, memory=memory)
        if run.code:
            raise RuntimeError(self.said[-2000:])
        return run


def rows() -> Iterator[Row]:
    """The rows, as they are measured."""
    adopt()
    with tempfile.TemporaryDirectory() as folder:
        book = Copy(Path(folder))
        cold = book.report(cold=True, memory=True)
        yield held("real book cold, three languages, HTML and PDF: wall s", cold.wall, 30)
        yield held("real book cold: CPU s", cold.cpu, 50)
        yield held("real book cold: peak PSS of the processes, GB", cold.peak * 2**20 / 1e9, 1.2)
        yield held("real book, nothing changed, all languages and formats: wall s, median of 5",
                   middle([book.report().wall for _ in range(5)]), 0.49)
        yield from _languages(book, cold)
        yield _printed(book)
        yield _english(book, Path(folder))
    yield held("build.py --help: wall s, median of 5", middle([_helped() for _ in range(5)]), 0.15)


def held(what: str, found: float, goal: float, note: str = "") -> Row:
    """A figure beside its goal, which it must not pass."""
    return what, 1, int(found > goal), f"{found:.2f}; goal at most {goal:g}{note}"


def middle(seconds: list[float]) -> float:
    return statistics.median(seconds)


def _languages(book: Copy, three: Taken) -> Iterator[Row]:
    """What Traditional Chinese adds: the cold build with it less the one without, and what runs when it is added."""
    two = book.report("--language", "zh-Hans", "--language", "en", cold=True)
    yield held("zh-Hant: share of the CPU s of the cold build", (three.cpu - two.cpu) / three.cpu, 0.05,
               f"; {three.cpu - two.cpu:.1f} of {three.cpu:.1f} CPU s")
    book.report()
    yield held("zh-Hant added to a build of the others: chapters executed",
               len(re.findall(r"^execution: \S+ done", book.said, re.MULTILINE)), 0)


def _printed(book: Copy) -> Row:
    """The PDF made by itself, from executed chapters and with nothing else kept."""
    for kept in ("typst", "standing"):
        shutil.rmtree(book.root / "_build" / "cache" / kept, ignore_errors=True)
    book.report("--language", "zh-Hans", "--format", "pdf")
    seconds = float(re.search(r"publish: zh-Hans pdf done ([\d.]+) s", book.said)[1])
    pages = int(re.search(r"PDF pages: zh-Hans (\d+)", book.said)[1])
    return held("PDF of the real book, tagged: wall s for 200 pages", seconds / pages * 200, 2.5,
                f"; {pages} pages in {seconds:.1f} s")


def _english(book: Copy, folder: Path) -> Row:
    """The share of English in the execution: what it costs to make each English drawing once more."""
    package = folder / "src"
    shutil.copytree(ROOT / "src", package, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    book.executed(package)  # compiles the copy
    once = book.executed(package)
    path = package / "greenbook" / "authoring" / "figure.py"
    text = path.read_text("utf-8")
    if TWICE[0] not in text:
        raise RuntimeError(f"{path.name} draws otherwise than this program knows")
    path.write_text(text.replace(*TWICE), "utf-8")
    twice = book.executed(package)
    return held("en: share of the CPU s of the execution", (twice.cpu - once.cpu) / once.cpu, 0.35,
                f"; {twice.cpu - once.cpu:.1f} of {once.cpu:.1f} CPU s")


def _helped() -> float:
    started = time.perf_counter()
    subprocess.run([*COMMAND, "--help"], cwd=ROOT, env=environment(PYTHON), check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    for row in rows():
        print(*row, sep=" | ", flush=True)
