"""The gate for assistive technology: what outloud and pdfua call an error in a PDF of a book."""

from __future__ import annotations

from pathlib import Path

import outloud
import pdfua

from greenbook.composition.book import Book
from greenbook.publishing import tree


def errors(path: Path, book: Book) -> list:
    """The errors of both checkers.

    outloud takes a line of eight words for prose. A table's head repeated on its next page, and the watermark, are
    artifacts as they must be: the head is read where the table begins. Those two are left out, by their words.
    """
    silent = {"".join(head.split()) for head in (*_heads(book), book.words["draft_watermark"])}
    found = [item for item in outloud.check(str(path)).findings if item.severity == "error"]
    return [*pdfua.validate(str(path)).findings, *(item for item in found if not _silent(item, silent))]


def _silent(item, silent: set[str]) -> bool:
    evidence = "".join(str(item.evidence).split())
    return item.rule == "TAG-002" and any(evidence.startswith(words[:16]) for words in silent)


def _heads(book: Book) -> list[str]:
    return ["".join(tree.words(cell[4]) for cell in row[1]) for section in book.sections
            for node in tree.nodes(section.blocks) if node["t"] == "Table" for row in node["c"][3][1]]
