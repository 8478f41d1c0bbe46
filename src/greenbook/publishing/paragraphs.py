"""The paragraphs of a book in plain words: what the next draft is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from greenbook.composition.book import Book
from greenbook.publishing import tree


def paragraphs(books: Mapping[str, Book]) -> list[dict[str, Any]]:
    """The paragraphs of the chapters by id, in their order, each with its words by language."""
    words: dict[str, dict[str, str]] = {}
    for language, book in books.items():
        for name, text in paragraphs_of(book):
            words.setdefault(name, {})[language] = text
    return [{"id": name, "words": said} for name, said in words.items()]


def paragraphs_of(book: Book) -> Iterator[tuple[str, str]]:
    """(id, words) of each paragraph of the chapters of one book."""
    for section in book.sections:
        if section.document:
            yield from _named(section.blocks)


def _named(blocks: Iterable[tree.Node]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if block["t"] != "Div":
            continue
        if "par" in tree.classes(block):
            yield tree.identifier(block), " ".join(tree.words(block["c"][1]).split())
        else:
            yield from _named(block["c"][1])
