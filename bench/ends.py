"""Chapters that end early, reach outside or fail among many: by the real command, on copies of the small book's steel.

Each way to end stands in each code cell of a notebook of its own; what is asked of them holds for each: the report says
file, cell and code, and ends with 4; nothing of it is kept in the cache or published; its failed notebook is set aside.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from kills import PYTHON, ROOT, copied, edition_of, left, report, whole
from measure import environment

SECONDS = 5.0
CELLS = ("open", "data", "finding-output", "tbl-scope", "fig-output", "tbl-growth")
ENDS = {
    "Ctrl-C in the kernel": ("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)", "GB435"),
    "time-out": ("import time\ntime.sleep(60)", "GB433"),
    "kernel killed": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "GB432"),
    "os._exit(0)": ("import os\nos._exit(0)", "GB432"),
    "sys.exit(0)": ("import sys\nsys.exit(0)", "GB431"),
}
# A slice is no reach outside: it is learned as an input, by whatever name it is read.
REACHES = {
    "open": ("open('/etc/passwd')", "GB440"),
    "pandas": ("import pandas\npandas.read_csv('/etc/passwd')", "GB440"),
    "hidden": ("try:\n    open('/etc/passwd')\nexcept Exception:\n    pass", "GB440"),
    "folder": ("import os\nos.scandir('/etc')", "GB440"),
    "address": ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "GB442"),
    "page": ("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/')", "GB442"),
    "program": ("import subprocess\nsubprocess.run(['ls'])", "GB443"),
    **{name: (f"import {name}", "GB416") for name in ("pyarrow", "polars", "duckdb", "h5py", "tables", "fastparquet")},
}
_RAN = re.compile(r"^execution: (\S+) done", re.MULTILINE)
_TOLD = re.compile(r"^notebooks/(\S+)\.ipynb:([\w-]+)(?::\d+)?: (GB\d+)", re.MULTILINE)
# The limit of a chapter is two minutes; here it is `SECONDS`.
LIMITED = ("import runpy, sys\nfrom greenbook.execution import run\nwhole = run.Limits\n"
           f"run.Limits = lambda: whole(seconds={SECONDS})\ndel sys.argv[0]\n"
           "runpy.run_path(sys.argv[0], run_name='__main__')")


ALWAYS = ("zh-Hans/index.html", "manifest.json")


class Shelf:
    """A copy of the small book whose first chapter stands there again, under other names."""

    def __init__(self, small: Path, folder: Path) -> None:
        self.book = copied(small, folder)
        self.steel = json.loads((self.book / "notebooks" / "steel.ipynb").read_text("utf-8"))
        self.outline = (self.book / "notebooks" / "book.yml").read_text("utf-8")
        self.report()
        self.edition = edition_of(self.book).resolve()

    def write(self, slug: str, cell: str, code: str) -> None:
        """A chapter that is steel but for `code`, which goes before all other code of `cell`."""
        tree = json.loads(json.dumps(self.steel))
        found = next(one for one in tree["cells"] if one["id"] == cell)
        found["source"] = f"{code}\n" + "".join(found["source"])
        (self.book / "notebooks" / f"{slug}.ipynb").write_text(json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")

    def list(self, slugs: Iterable[str]) -> None:
        """Puts the chapters into book.yml after steel, and no others besides those of the small book."""
        lines = "".join(f"      - {{slug: {slug}, evidence: A, title: {{zh-Hans: {slug}, en: {slug}}}}}\n"
                        for slug in slugs)
        mark = "      - {slug: recycling,"
        assert mark in self.outline
        (self.book / "notebooks" / "book.yml").write_text(self.outline.replace(mark, lines + mark, 1), "utf-8")

    def report(self) -> tuple[int, str]:
        """The exit code and all words of a report with the lower limit of time."""
        done = subprocess.run([report(self.book)[0], "-P", "-c", LIMITED, *report(self.book)[1:], "--format", "html"],
                              cwd=ROOT, env=environment(PYTHON), capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def kept(self) -> int:
        """Executed chapters in the cache."""
        return len(list((self.book / "_build" / "cache").glob("executed/??/*/record.json")))

    def untouched(self) -> bool:
        """Whether the edition is the one that stood at first, and whole, and no process of the book is left."""
        link = edition_of(self.book)
        return link.resolve() == self.edition and whole(link, ALWAYS) and not left(self.book)

    def aside(self, slug: str) -> bool:
        return any((self.book / "_build" / "runs").rglob(f"{slug}.failed.ipynb"))


def ends(small: Path, folder: Path) -> Iterator[list]:
    """A row each: early ends at each cell, Ctrl-C of the build at each cell, reaches outside, one failure of forty."""
    shelf = Shelf(small, folder)
    for what, (code, told) in ENDS.items():
        chapters = {f"end-{number}": (cell, code, told) for number, cell in enumerate(CELLS)}
        yield _failing(shelf, f"notebook ended by {what}, at each cell: kept, published or told otherwise", chapters)
    yield _interrupted(shelf)
    reaches = {f"reach-{name}": ("data", code, told) for name, (code, told) in REACHES.items()}
    yield _failing(shelf, "undeclared file, network, program or native reader: not refused with file and cell", reaches)
    yield _one_of(shelf, 40)


def _failing(shelf: Shelf, what: str, chapters: dict[str, tuple[str, str, str]]) -> list:
    """All chapters in one report: each must be told with its cell and code, and nothing else of it be found."""
    before = shelf.kept()
    for slug, (cell, code, _) in chapters.items():
        shelf.write(slug, cell, code)
    shelf.list(chapters)
    code, words = shelf.report()
    found = {slug: (cell, told) for slug, cell, told in _TOLD.findall(words)}
    wrong = {slug for slug, (cell, _, told) in chapters.items() if found.get(slug) != (cell, told)}
    wrong |= {slug for slug, (*_, told) in chapters.items() if told != "GB416" and not shelf.aside(slug)}
    kept, sound = shelf.kept() - before, shelf.untouched()
    bad = max(len(wrong), kept) if code == 4 and sound else len(chapters)
    return [what, len(chapters), bad, f"exit {code}; kept in the cache {kept}; published edition "
            f"{'unchanged' if sound else 'CHANGED, or processes left'}; {_listed(wrong)}"]


def _listed(wrong: set[str]) -> str:
    return f"wrong: {', '.join(sorted(wrong))}" if wrong else "each told with file, cell and code, and set aside"


def _interrupted(shelf: Shelf) -> list:
    """Ctrl-C of the build while it is at each of the cells: what it ends with, and after how long."""
    wrong, longest, before = 0, 0.0, shelf.kept()
    for cell in CELLS:
        shelf.write("end-0", cell, "import os, time\nos.nice(7)\ntime.sleep(60)")
        shelf.list(["end-0"])
        process = subprocess.Popen(report(shelf.book), cwd=ROOT, env=environment(PYTHON), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        seen = _waiting(shelf.book)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        code = process.wait(60)
        seconds = time.monotonic() - started
        longest = max(longest, seconds)
        wrong += not (seen and code == 130 and seconds <= 5 and shelf.untouched() and shelf.kept() == before)
    return ["Ctrl-C of the build at each cell: kept, published, slow or wrong exit", len(CELLS), wrong,
            f"exit 130 after at most {longest:.1f} s (limit 5)"]


def _waiting(book: Path, seconds: float = 30) -> bool:
    """Whether a kernel of `book` reached the cell, which it tells by being nicer than the build by 7."""
    end, own = time.monotonic() + seconds, os.nice(0)
    while time.monotonic() < end:
        for process in left(book, 0):
            try:
                if os.getpriority(os.PRIO_PROCESS, process) == min(own + 7, 19):
                    return True
            except ProcessLookupError:
                continue
        time.sleep(0.05)
    return False


def _one_of(shelf: Shelf, count: int) -> list:
    """`count` chapters of which one fails: the others are kept, and when it is mended it alone runs."""
    slugs = [f"many-{number:02d}" for number in range(count)]
    for slug in slugs:
        shelf.write(slug, "data", f"# {slug}")
    shelf.write("many-17", "data", "1 / 0")
    shelf.list(slugs)
    before = shelf.kept()
    first, words = shelf.report()
    kept, sound = shelf.kept() - before, shelf.untouched()
    shelf.write("many-17", "data", "# mended")
    second, after = shelf.report()
    ran = sorted(set(_RAN.findall(after)))
    good = first == 4 and "many-17.ipynb" in words and kept == count - 1 and sound and ran == ["many-17"]
    return [f"{count} chapters of which one fails: not kept, or run again", count,
            0 if good and second == 0 else max(1, abs(count - 1 - kept) + abs(len(ran) - 1)),
            f"exit {first}, kept {kept}; mended: executed {', '.join(ran) or 'none'}, exit {second}"]
