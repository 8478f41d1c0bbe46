"""A press that stays open: Typst in a process of its own, which keeps what it has set and sets anew what changed.

`python -P -m greenbook.publishing.heldpress <folder>` sets main.typ of that folder once for each line it is given,
which names the edition's date, and answers each with a line: the problems, as JSON, none where book.pdf was written.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from greenbook.composition.book import Book
from greenbook.errors import GreenbookError, Problem, error_of
from greenbook.project import Project
from greenbook.publishing import pdf, press
from greenbook.publishing.proof import glyph_problems
from greenbook.style.tokens import tokens


class HeldPress:
    """Sets one language at a time: the process of another language ends, for each holds most of a gigabyte."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._process: subprocess.Popen[str] | None = None
        self._set: Book | None = None
        self._language = ""

    def printed(self, book: Book) -> bytes:
        """The PDF of `book`, set only where it changed since it was last asked for; raises as `pdf.write_pdf`."""
        with self._lock:
            if self._language != book.language or self._process is None or self._process.poll() is not None:
                self._open(book.language)
            assert self._folder is not None
            if self._set is not book:
                self._lay_out(book, self._folder)
                self._ask(book.edition.as_of.isoformat())
                self._set = book
            return (self._folder / "book.pdf").read_bytes()

    def close(self) -> None:
        """Ends the process and removes its folder."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._process = self._folder = self._set = None

    def _open(self, language: str) -> None:
        self.close()
        self._folder, self._language = Path(tempfile.mkdtemp(prefix="greenbook-press-")).resolve(), language
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "greenbook.publishing.heldpress", str(self._folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def _lay_out(self, book: Book, folder: Path) -> None:
        style = tokens(self.project.templates / "style")
        pdf.raise_if(glyph_problems(book, style))
        with tempfile.TemporaryDirectory(prefix="greenbook-print-") as name:
            fresh = Path(name)
            pdf.lay_out(book, self.project, style, fresh)
            _mirror(fresh, folder)

    def _ask(self, moment: str) -> None:
        process: Any = self._process
        self._set = None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(moment + "\n")
            process.stdin.flush()
        if not (answer := process.stdout.readline()):
            raise error_of([Problem("press", "", "GB714", "found its process ended", "a PDF", "load it again")])
        if problems := json.loads(answer):
            raise error_of(Problem(*problem) for problem in problems)


def _mirror(source: Path, target: Path) -> None:
    """Makes `target` hold the files of `source`, and writes only those that differ."""
    wanted = {path.relative_to(source): path for path in source.rglob("*") if path.is_file()}
    for path in [path for path in target.rglob("*") if path.is_file() and path.name != "book.pdf"]:
        if path.relative_to(target) not in wanted:
            path.unlink()
    for name, path in wanted.items():
        content, place = path.read_bytes(), target / name
        with contextlib.suppress(FileNotFoundError):
            if place.read_bytes() == content:
                continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def main() -> None:
    """Answers the lines of standard input until it ends, as it does with the preview; then removes the folder."""
    folder = Path(sys.argv[1])
    # Not the death signal: the kernel sends it when the thread that began this process ends, and the server's do.
    compiler = None
    for line in sys.stdin:
        problems: tuple[Problem, ...] = ()
        try:
            compiler = compiler or press.compiler(folder)
            made = press.pressed(compiler, datetime.date.fromisoformat(line.strip()))
            (folder / "book.pdf").write_bytes(made)
        except GreenbookError as error:
            problems = error.problems
        print(json.dumps([dataclasses.astuple(problem) for problem in problems]), flush=True)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
