"""The small book with each hostile string in its data, its parameters and a notebook of its own."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from building import copy_book

LANGUAGES = ("zh", "en")
OPENING = (
    ("parameters", 'chapter_id = "hostile"\nedition = None\nwords = []', ["parameters"]),
    ("open", "from greenbook import charts, open_chapter\n\nchapter = open_chapter(chapter_id, edition)", []),
    ("data", 'emissions = chapter.load("co2_fossil_total")', []),
)
FIGURE = """@chapter.figure("hostile-{0:02}", uses=[emissions], size="narrow")
def figure_{0:02}(ax, label):
    charts.lines(ax, label, emissions)
    ax.text(2006, 100, label("{{word}}", "{{word}}", word=words[{0}]))"""
LIMITS = {"zh": "## 局限 {#limits}\n\n无。", "en": "## What this chapter cannot say {#limits}\n\nNone."}


def hostile_project(folder: Path, found: tuple[str, ...]) -> Path:
    """The small book in `folder`, with `found` in three tables of data, in a parameter, in prose and in captions."""
    copy_book("small", folder)
    _rows(folder / "data/policies.csv", found, lambda number, string, row: {
        **row, "id": f"hostile_{number:02}", "number": "",
        **dict.fromkeys(("issuer_zh", "issuer_en", "title_zh", "title_en", "summary_zh", "summary_en"), string)})
    _rows(folder / "data/glossary.csv", found, lambda number, string, row: {
        "no": 1000 + number, "zh": string, "en": string})
    _rows(folder / "data/abbreviations.csv", found, lambda number, string, row: {
        "abbreviation": f"H{number:02}", "zh": string, "en": string})
    nbformat.write(_notebook(found), folder / "notebooks/hostile.ipynb")
    outline = folder / "notebooks/book.yml"
    book = yaml.safe_load(outline.read_text("utf-8"))
    book["parts"][1]["chapters"].append({"slug": "hostile", "evidence": "A", "parameters": {"words": list(found)},
                                         "title": {"zh-Hans": "字符", "en": "Characters"}})
    outline.write_text(yaml.safe_dump(book, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


def mend(folder: Path, cells: set[str]) -> None:
    """Gives each cell in `cells` words that nobody refuses."""
    path = folder / "notebooks/hostile.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.id in cells:
            cell.source = "Plain\n\nShown\n\nAlt: A picture" if "caption" in cell.metadata.tags else "Plain"
    nbformat.write(notebook, path)


def _rows(path: Path, found: tuple[str, ...], row: Callable[[int, str, dict], dict]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows += [row(number, string, rows[0]) for number, string in enumerate(found)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _notebook(found: tuple[str, ...]) -> nbformat.NotebookNode:
    cells = [_words("about", "Do strings stay strings? Owner: the tests.", "about")]
    cells += [_code(name, text, tags) for name, text, tags in OPENING]
    for number, string in enumerate(found):
        cells += [_words(f"said-{number:02}-{tag}", f"Said: {string}", tag) for tag in LANGUAGES]
        cells.append(_code(f"fig-hostile-{number:02}", FIGURE.format(number), []))
        cells += [_words(f"fig-hostile-{number:02}-{tag}", f"Caption {string}\n\nShown {string}\n\nAlt: Other {string}",
                         tag, "caption") for tag in LANGUAGES]
    return new_notebook(cells=cells + [_words(f"limits-{tag}", text, tag) for tag, text in LIMITS.items()])


def _words(name: str, text: str, *tags: str) -> nbformat.NotebookNode:
    return new_markdown_cell(text, id=name, metadata={"tags": list(tags)})


def _code(name: str, text: str, tags: list[str]) -> nbformat.NotebookNode:
    return new_code_cell(text, id=name, metadata={"tags": tags} if tags else {})
