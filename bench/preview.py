"""Seconds from a save to the page, by the real preview of the real book: a sentence, a code cell, a row, a template.

    python bench/preview.py [--edits 20] [--book tests/books/small --chapter steel]

A part of `make evidence`. A client listens to the preview's events as a browser does, and loads
the page when it is told to.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import below, environment

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)")
PAUSE = 0.3  # seconds from the page to the next save: less than the rest at which the other languages are made
REST, LONGEST = 1.2, 20.0  # before another kind of edit, until nothing has been done for REST s, or LONGEST s passed
LIMITS = {"a sentence → the page": 1.5, "a sentence → the PDF": 3.0, "a code cell → the page, less the run": 1.5}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--edits", type=int, default=20)
    words.add_argument("--book", type=Path, default=ROOT)
    words.add_argument("--chapter", default="steel")
    call = words.parse_args()
    for row in rows(call.book, call.edits, call.chapter):
        print(*row, sep=" | ")
    return 0


def rows(source: Path, edits: int, chapter: str = "steel") -> Iterator[tuple[str, int, int, str]]:
    """A row for each kind of edit: how many, whether the median missed its goal, the seconds."""
    for name, seconds in previewed(source, chapter, edits).items():
        median, goal = statistics.median(seconds), LIMITS.get(name)
        told = f"; goal at most {goal:g}" if goal else ""
        yield (f"preview of {chapter}, {name}: seconds", len(seconds), int(bool(goal) and median > goal),
               f"median {median:.2f}, longest {max(seconds):.2f}{told}")


def previewed(source: Path, chapter: str, edits: int) -> dict[str, list[float]]:
    """The seconds of each kind of edit in a copy of the book `source`, with what is cached of it."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        for part in ("notebooks", "data", "templates", "_build/cache"):
            if (source / part).is_dir():
                shutil.copytree(source / part, book / part)
        return measured(book, chapter, edits)


def measured(book: Path, chapter: str, edits: int) -> dict[str, list[float]]:
    """The seconds of each kind of edit."""
    command = [str(PYTHON), str(ROOT / "build.py"), "preview", "--project", str(book), "--port", str(_free())]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(PYTHON), stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    try:
        reader = Reader(*_address(process), f"/zh-Hans/{chapter}.html", process.pid)
        found = {
            "a sentence → the page": _each(edits, reader, lambda n: sentence(book, chapter, n)),
            "a sentence → the PDF": _each(max(edits // 4, 1), reader, lambda n: sentence(book, chapter, 100 + n),
                                          "/report-zh-Hans.pdf"),
            "a template → the page": _each(edits, reader, lambda n: template(book, n)),
            "a data row → the page": _each(edits, reader, lambda n: row(book, n)),
        }
        reader.rest()
        code = [(_one(reader, lambda n=n: cell(book, chapter, n)), _ran(book, chapter))
                for n in range(max(edits // 4, 1))]
        found["a code cell → the page"] = [taken for taken, _ in code]
        found["a code cell → the page, less the run"] = [taken - run for taken, run in code]
        return found
    finally:
        process.terminate()
        process.wait(timeout=60)


def _free() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def _address(process: subprocess.Popen) -> tuple[str, str]:
    heard = []
    for line in process.stdout:
        heard.append(line)
        if found := ADDRESS.search(line):
            return found[1], found[2]
    raise RuntimeError("".join(heard))


class Reader:
    """A browser's part: one open page, and the events that tell it to load again."""

    def __init__(self, port: str, token: str, page: str, process: int) -> None:
        self.port, self.page, self.process = int(port), page, process
        self.headers = {"Cookie": f"greenbook-preview={token}"}
        self.load(page)
        self.load("/zh-Hans/assets/fonts.css")
        self.events = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        self.events.request("GET", "/_preview/events", headers=self.headers)
        self.stream = self.events.getresponse()
        self.told()

    def load(self, path: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path, headers=self.headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}: {re.sub('<[^>]*>', ' ', body.decode())[-600:]}")
        return body

    def told(self) -> None:
        """Waits for the next event."""
        while not self.stream.readline().startswith(b"data:"):
            pass

    def rest(self) -> None:
        """Waits until the preview has made what an author does not wait for: the other languages."""
        end, last, since = time.monotonic() + LONGEST, -1.0, time.monotonic()
        while time.monotonic() < min(since + REST, end):
            time.sleep(0.05)
            if (now := _worked(self.process)) > last + 0.02:
                last, since = now, time.monotonic()


def _worked(root: int) -> float:
    """The processor seconds of `root` and of all that live under it."""
    total = 0
    for process in (root, *below(root)):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def _each(edits: int, reader: Reader, save: Callable[[int], str], path: str = "") -> list[float]:
    reader.rest()
    reader.load(path or reader.page)
    return [_one(reader, lambda number=number: save(number), path) for number in range(edits)]


def _one(reader: Reader, save: Callable[[], str], path: str = "") -> float:
    if path:  # a PDF takes longer than the rest after which the other languages are made: wait for those too
        reader.rest()
    started = time.perf_counter()
    expected = save()
    reader.told()
    seen = reader.load(path or reader.page)
    seconds = time.perf_counter() - started
    if not path and expected.encode() not in seen:
        raise RuntimeError(f"the page does not show {expected}")
    time.sleep(PAUSE)
    return seconds


def saved(path: Path, text: str) -> None:
    """Saves as an editor does, by a rename."""
    fresh = path.with_name(f".{path.name}~")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)


def sentence(book: Path, chapter: str, number: int) -> str:
    """Adds a sentence at the end of the first Chinese cell of prose; gives back its words."""
    words = "这一句是为量时间而写" + "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(number))

    def change(tree: dict) -> None:
        found = next(item for item in tree["cells"] if item["metadata"].get("tags") == ["zh"])
        text = re.sub("这一句是为量时间而写[甲-龟]+。$", "", "".join(found["source"]).rstrip())
        found["source"] = f"{text}{words}。"

    _notebook(book, chapter, change)
    return words


def cell(book: Path, chapter: str, number: int) -> str:
    """Adds a remark to the last code cell, which has the chapter run."""
    def change(tree: dict) -> None:
        found = [item for item in tree["cells"] if item["cell_type"] == "code"][-1]
        found["source"] = re.sub(r"\n# saved \d+$", "", "".join(found["source"])) + f"\n# saved {number}"

    _notebook(book, chapter, change)
    return "<main"


def template(book: Path, number: int) -> str:
    """Writes a number into the template of every page."""
    path = book / "templates" / "html" / "layout.html"
    text = re.sub(r' data-saved="\d+"', "", path.read_text("utf-8"))
    saved(path, text.replace("<body", f'<body data-saved="{number}"', 1))
    return f'data-saved="{number}"'


def row(book: Path, number: int) -> str:
    """Changes the note of one observation; the note is not printed, yet the catalog is another."""
    path = sorted((book / "data" / "observations").glob("steel.csv"))[0]
    lines = path.read_text("utf-8").split("\n")
    lines[1] = re.sub(r"(; saved \d+)?(\"?)$", rf"; saved {number}\2", lines[1], count=1)
    saved(path, "\n".join(lines))
    return "<main"


def _notebook(book: Path, chapter: str, change: Callable[[dict], None]) -> None:
    path = book / "notebooks" / f"{chapter}.ipynb"
    tree = json.loads(path.read_text("utf-8"))
    change(tree)
    saved(path, json.dumps(tree, ensure_ascii=False, indent=1))


def _ran(book: Path, chapter: str) -> float:
    """The seconds of the chapter's last run."""
    return json.loads((book / "_build" / "cache" / "times.json").read_bytes())[chapter]


if __name__ == "__main__":
    raise SystemExit(main())
