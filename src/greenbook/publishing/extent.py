"""How long a chapter is, and which of its figures and tables its own sentences cite."""

from __future__ import annotations

import re
from collections.abc import Mapping

from greenbook.composition.book import Book, Section
from greenbook.composition.scan import scan
from greenbook.documents.document import ChapterDocument

# As word processors count Chinese (字数): each Han character and each full-width mark is one, and so is each run of
# Latin letters and figures.
_CHARACTER = re.compile(
    r"[\u2014\u2018-\u201d\u2026\u3001-\u303f\u3400-\u9fff\uff00-\uffef]|[^\W\u3400-\u9fff]+(?:[.,−-][0-9]+)*")
_WORD = re.compile(r"\S*\w\S*")


def extent(section: Section, books: Mapping[str, Book]) -> dict[str, int]:
    """By language, the characters (Chinese) or words (English) that the chapter's author wrote.

    Headings, paragraphs, findings and captions count, with their numbers; cells of tables, source lines and what else
    the build writes do not.
    """
    return {language: length(_words(book.section(section.id)), language) for language, book in books.items()}


def length(words: str, language: str) -> int:
    """The characters of Chinese `words`, or the words of English ones."""
    return len((_WORD if language == "en" else _CHARACTER).findall(words))


def _words(section: Section) -> str:
    return "\n".join(text for _, text in scan(section.blocks).leaves)


def citing(document: ChapterDocument) -> dict[str, list[str]]:
    """The places in the chapter that refer to its own figures and tables, by their id; a caption's own do not count."""
    found: dict[str, list[str]] = {}
    captions = {figure.id for figure in document.figures} | {table.id for table in document.tables}
    for reference in document.references:
        places = found.setdefault(reference.target, [])
        if reference.place not in captions and reference.place not in places:
            places.append(reference.place)
    return found
