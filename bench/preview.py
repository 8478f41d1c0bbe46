"""Seconds from a save to the page, by the real preview of the real book: a sentence, a code cell, a row, a template.

    python bench/preview.py [--edits 20] [--book tests/books/small --chapter steel]

A client listens to the preview's events as a browser does, and loads the page when it is told to.
"""

from __future__ import annotations

import argparse
import datetime
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import environment, machine
from results import keep, table

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)")
PAUSE = 6.0  # seconds between two saves, as an author takes them: the other languages are made meanwhile
LIMITS = {"a sentence → the page": 1.5, "a sentence → the PDF": 3.0, "a code cell → the page, less the run": 1.5}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--edits", type=int, default=20)
    words.add_argument("--book", type=Path, default=ROOT)
    words.add_argument("--chapter", default="steel")
    call = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        for part in ("notebooks", "data", "templates"):
            if (call.book / part).is_dir():
                shutil.copytree(call.book / part, book / part)
        found = measured(book, call.chapter, call.edits)
    rows = [[name, str(len(seconds)), f"{statistics.median(seconds):.2f}", f"{max(seconds):.2f}",
             f"{LIMITS[name]:.1f}" if name in LIMITS else "–"] for name, seconds in found.items()]
    lines = ["## Preview, from save to page", "",
             f"{machine()}; {datetime.date.today()}; load {os.getloadavg()[0]:.1f}; chapter {call.chapter}.", "",
             *table(["saved → seen", "edits", "median s", "longest s", "goal s"], rows)]
    print("\n".join(lines))
    print(keep("preview", lines))
    return 0


def measured(book: Path, chapter: str, edits: int) -> dict[str, list[float]]:
    """The seconds of each kind of edit."""
    command = [str(PYTHON), str(ROOT / "build.py"), "preview", "--project", str(book), "--port", "8950"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(PYTHON), stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    try:
        reader = Reader(*_address(process), f"/zh-Hans/{chapter}.html")
        found = {
            "a sentence → the page": _each(edits, reader, lambda n: sentence(book, chapter, n)),
            "a sentence → the PDF": _each(max(edits // 4, 1), reader, lambda n: sentence(book, chapter, 100 + n),
                                          "/report-zh-Hans.pdf"),
            "a template → the page": _each(edits, reader, lambda n: template(book, n)),
            "a data row → the page": _each(edits, reader, lambda n: row(book, n)),
        }
        code = [(_one(reader, lambda n=n: cell(book, chapter, n)), _ran(book, chapter))
                for n in range(max(edits // 4, 1))]
        found["a code cell → the page"] = [taken for taken, _ in code]
        found["a code cell → the page, less the run"] = [taken - run for taken, run in code]
        return found
    finally:
        process.terminate()
        process.wait(timeout=60)


def _address(process: subprocess.Popen) -> tuple[str, str]:
    heard = []
    for line in process.stdout:
        heard.append(line)
        if found := ADDRESS.search(line):
            return found[1], found[2]
    raise RuntimeError("".join(heard))


class Reader:
    """A browser's part: one open page, and the events that tell it to load again."""

    def __init__(self, port: str, token: str, page: str) -> None:
        self.port, self.page = int(port), page
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


def _each(edits: int, reader: Reader, save: Callable[[int], str], path: str = "") -> list[float]:
    if path:
        reader.load(path)
    return [_one(reader, lambda number=number: save(number), path) for number in range(edits)]


def _one(reader: Reader, save: Callable[[], str], path: str = "") -> float:
    started = time.perf_counter()
    expected = save()
    reader.told()
    seen = reader.load(path or reader.page)
    seconds = time.perf_counter() - started
    if not path and expected.encode() not in seen:
        raise RuntimeError(f"the page does not show {expected}")
    time.sleep(PAUSE)
    reader.load(reader.page)
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
