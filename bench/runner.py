"""Executes a generated book in one of several ways: `runner.py WAY BOOK WORKERS`.

Ways: `fork` and `ordinary` are greenbook's execution with and without its fork server, `pages` is the first and a page
of HTML from each notebook, `papermill` is papermill's API
in one process or in a pool, `limit` is the cells' bare code in warm processes.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

EDITION = "e:2025-12-14"


@dataclass(frozen=True)
class Slices:
    folder: Path
    hashes: dict[str, str]


def slugs_of(book: Path) -> list[str]:
    """The chapters of a generated book."""
    return sorted(path.stem for path in (book / "notebooks").glob("*.ipynb"))


def ours(book: Path, workers: int, fork: bool) -> None:
    """Executes what is not in the cache of `book` and lays the executed notebooks in `out`."""
    from greenbook.execution.run import execute
    from greenbook.order import Task
    from greenbook.outline import ChapterEntry, Edition, Outline
    from greenbook.project import Project

    given = {"edition": None, "last_year": 2022}
    entries = tuple(ChapterEntry(slug, {"en": slug}, f"{slug}.ipynb", {"chapter_id": slug, **given}, {})
                    for slug in slugs_of(book))
    edition = Edition("e", datetime.date(2025, 12, 14), "draft", "0.1", {"en": "Edition"})
    outline = Outline({}, {}, {}, ("en",), {"e": edition}, "e", entries, (), ())
    slices = Slices(book / "slices", {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                                      for path in sorted((book / "slices").glob("*.csv"))})
    task = Task(Project(book), outline, edition, entries, ("en",), ("html",), workers, False)
    done = execute(task, slices, fork=fork)
    if done.problems:
        sys.exit("\n".join(map(str, done.problems)))
    (book / "out").mkdir(exist_ok=True)
    for slug, chapter in done.executed.items():
        shutil.copyfile(chapter.path, book / "out" / f"{slug}.ipynb")


def pages(book: Path, workers: int) -> None:
    """Executes, and makes a page of each notebook by nbconvert's own template, in as many processes."""
    ours(book, workers, fork=True)
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_page, [book / "out" / f"{slug}.ipynb" for slug in slugs_of(book)]))


def _page(path: Path) -> None:
    from greenbook.execution.imports import imported

    imported("nbformat")
    from nbconvert import HTMLExporter

    path.with_suffix(".html").write_text(HTMLExporter().from_filename(str(path))[0], "utf-8")


def papermill(book: Path, workers: int) -> None:
    """Papermill's API as its documentation has it."""
    (book / "out").mkdir(exist_ok=True)
    tasks = [(book, slug) for slug in slugs_of(book)]
    if workers == 1:
        for task in tasks:
            _one(task)
        return
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_one, tasks))


def _one(task: tuple[Path, str]) -> None:
    from papermill import execute_notebook

    book, slug = task
    os.environ.update(GREENBOOK_SLICES=str(book / "slices"), GREENBOOK_EDITION=EDITION)
    execute_notebook(book / "notebooks" / f"{slug}.ipynb", book / "out" / f"{slug}.ipynb",
                     {"chapter_id": slug, "edition": None, "last_year": 2022}, progress_bar=False)


def limit(book: Path, workers: int) -> None:
    """The cells' bare code; children are forked once, after the imports."""
    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401
    import pandas  # noqa: F401

    os.environ.update(GREENBOOK_SLICES=str(book / "slices"), GREENBOOK_EDITION=EDITION)
    scripts, mine, children = sorted((book / "scripts").glob("*.py")), 0, []
    for place in range(1, workers):
        if (child := os.fork()) == 0:
            mine, children = place, []
            break
        children.append(child)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        for script in scripts[mine::workers]:
            exec(compile(script.read_text("utf-8"), script.name, "exec"), {"__name__": "__main__"})
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    way, folder, number = sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3])
    if way == "papermill":
        papermill(folder, number)
    elif way == "pages":
        pages(folder, number)
    elif way == "limit":
        limit(folder, number)
    else:
        ours(folder, number, way == "fork")
