"""Whether the characters that can be taken out of a PDF are those of the composed book: a part of `make evidence`.

    python bench/fidelity.py [folder of a project that was built]

Each text of a section (a paragraph, heading, caption, cell, note) is looked for, letter by letter, blanks and hyphens
left out, on the pages of its section. A text that a page break or a note cuts is found in its pieces.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HEAD, FOOT = 62.0, 62.0  # points of a page that hold running heads and page numbers
SHORTEST = 4  # a cut leaves at least so many characters on either side, else a match would prove nothing
_OUT = re.compile(r"[\s\u00ad\u200b\u2060\-\u2010\u2011]+")

Row = tuple[str, int, int, str]


@dataclass
class Compared:
    """Of one section: texts looked for, their characters, those that its pages lack, and what the pages hold besides.

    `foreign` leaves out the labels of the templates; formulas and heads repeated on a next page remain in it.
    """

    section: str
    texts: int = 0
    characters: int = 0
    missing: list[str] = field(default_factory=list)
    foreign: Counter = field(default_factory=Counter)


def bare(text: str) -> str:
    """`text` without blanks, hyphens and the differences of form that a PDF does not keep."""
    return _OUT.sub("", unicodedata.normalize("NFC", text))


def texts_of(blocks: Any) -> Iterator[str]:
    """Every run of inlines in `blocks` as plain text without formulas; a note is a text of its own."""
    for node in _nodes(blocks):
        kind, content = node["t"], node.get("c")
        if kind in ("Para", "Plain"):
            yield from _pieces(content)
        elif kind == "Header":
            yield from _pieces(content[2])
        elif kind == "CodeBlock":
            yield content[1]
        elif kind == "LineBlock":
            for line in content:
                yield from _pieces(line)
        elif kind == "DefinitionList":
            for term, _ in content:
                yield from _pieces(term)


def _nodes(blocks: Any) -> Iterator[Any]:
    """Every node but those of the list that only the web edition shows."""
    from greenbook.publishing import tree

    for block in blocks:
        if block["t"] == "Div" and "all-findings" in tree.classes(block):
            continue
        yield from tree.nodes(block)


def _pieces(inlines: list[Any]) -> Iterator[str]:
    """The text between formulas and notes."""
    found: list[str] = []

    def walk(nodes: list[Any]) -> None:
        for node in nodes:
            kind, content = node["t"], node.get("c")
            if kind in ("Math", "Note"):
                found.append("\0")
            elif kind == "Str":
                found.append(content)
            elif kind == "Code":
                found.append(content[1])
            elif kind == "Quoted":
                marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
                found.append(marks[0])
                walk(content[1])
                found.append(marks[1])
            elif kind in ("Span", "Link", "Cite"):
                walk(content[1])
            elif isinstance(content, list):
                walk(content)

    walk(inlines)
    yield from "".join(found).split("\0")


def pages_of(pdf: Path, book: Any) -> dict[str, str]:
    """Section id → the characters of its pages, without running heads and page numbers, in the order of the file."""
    import pymupdf

    with pymupdf.open(pdf) as document:
        texts = [page.get_text(clip=inner(page.rect)) for page in document]
        starts = {bare(title): number - 1 for _, title, number in document.get_toc()}
    places = []
    for section in book.sections:
        title = bare(f"{section.label}{section.title}")
        if title in starts:
            places.append((starts[title], section.id))
    places.sort()
    ends = [place for place, _ in places[1:]] + [len(texts)]
    return {name: bare("".join(texts[start:max(end, start + 1)])) for (start, name), end in
            zip(places, ends, strict=True)}


def inner(rect: Any) -> Any:
    """The part of an upright page between its running head and its number; a turned page has no head."""
    return rect if rect.width > rect.height else type(rect)(rect.x0, rect.y0 + HEAD, rect.x1, rect.y1 - FOOT)


def holds(page: str, text: str) -> bool:
    """Whether `page` holds `text`, whole or in at most four pieces in their order."""
    place = 0
    for _ in range(4):
        if page.find(text, 0) >= 0:
            return True
        low, high = 0, len(text)
        while low < high:  # the longest beginning that stands on the page
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in page[place:] else (low, middle - 1)
        if low < min(SHORTEST, len(text)):
            return False
        place = page.find(text[:low], place) + low
        text = text[low:]
        if not text:
            return True
    return False


def compared(book: Any, pdf: Path) -> list[Compared]:
    """One comparison a section that has words of its own."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from furniture import furniture

    pages, made = pages_of(pdf, book), []
    for section in book.sections:
        if not section.blocks:
            continue
        page, texts = pages.get(section.id, ""), [text for text in map(bare, texts_of(section.blocks)) if text]
        # After other matter stand lists and indexes, which no section of the book holds as text.
        known = Counter("".join(texts)) + furniture(section, book) if section.kind == "chapter" else Counter(page)
        made.append(Compared(section.id, len(texts), sum(map(len, texts)),
                             [text[:60] for text in texts if not holds(page, text)], Counter(page) - known))
    return made


def rows(folder: Path = ROOT) -> list[Row]:
    """A row for each language: texts compared, those that the PDF does not give back."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from composed import composed

    project, books = composed(folder)
    made = []
    for language, book in books.items():
        found = compared(book, project.build / book.edition.id / f"report-{language}.pdf")
        missing = [f"{item.section}: {text}" for item in found for text in item.missing]
        print(*missing[:20], sep="\n", file=sys.stderr)
        count, over = sum(item.characters for item in found), sum(sum(item.foreign.values()) for item in found)
        made.append((f"texts of the composed book looked for in the PDF, {language}", sum(item.texts for item in found),
                     len(missing), f"{count:,} characters, {len(found)} sections; besides them {over:,} "
                     f"on the chapters' pages: formulas, heads repeated over a page"))
    return made


if __name__ == "__main__":
    answer = rows(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    print(*answer, sep="\n")
    raise SystemExit(1 if any(row[2] for row in answer) else 0)
