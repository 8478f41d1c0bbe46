"""What a printed section shows besides the words of its author: labels, numbers and marks that the templates set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any

_SVG = re.compile(r"<(?:text|tspan)\b[^>]*>([^<]*)")
_BOXES = {"case": "case", "refusals": "refusals", "gap": "gap"}


def furniture(section: Any, book: Any) -> Counter:
    """The characters of headings' numbers, captions' numbers, labels of boxes, marks of lists and words of charts.

    The heads of tables that repeat are not among them: where they do depends on the pages.
    """
    return Counter("".join("".join(_words(section, book)).split()))


def _words(section: Any, book: Any) -> Iterator[str]:
    from greenbook.publishing import tree

    yield section.label + section.title
    yield book.words["evidence"].format(section.grade) if section.grade else ""
    for figure in section.document.figures if section.document else ():
        yield unescape("".join(_SVG.findall(figure.svg)))
    counts, notes = [0, 0], 0
    for node in tree.nodes(section.blocks):
        kind, names = node["t"], tree.classes(node)
        found = book.numbered.get(tree.identifier(node)) if kind == "Div" else None
        yield found.words if found and {"figure", "table"} & set(names) else ""
        if kind == "Header":
            yield _number(node, counts, section, book)
        elif kind == "BulletList":
            yield "•" * len(node["c"])
        elif kind == "OrderedList":
            yield "".join(f"{place}." for place in range(1, len(node["c"][1]) + 1))
        elif kind == "Note":
            notes += 1
            yield 2 * str(notes)
        elif kind == "Div":
            yield _label(node, names, book)


def _number(node: Any, counts: list[int], section: Any, book: Any) -> str:
    from greenbook.composition.numbering import chinese

    depth = node["c"][0] - 1
    if section.number is None or depth > 2:
        return ""
    counts[depth - 1] += 1
    counts[1] *= depth == 2
    first, second = counts
    if book.language == "en":
        return f"{section.number}.{first}" + (f".{second}" if depth == 2 else "")
    return f"{chinese(first)}、" if depth == 1 else f"（{chinese(second)}）"


def _label(node: Any, names: list[str], book: Any) -> str:
    from greenbook.publishing.boxes import strength_words

    if "finding" in names:
        from greenbook.publishing import tree

        return book.words["key_finding"] + strength_words(tree.keys(node).get("strength", ""), book.words)
    return next((book.words[label] for name, label in _BOXES.items() if name in names), "")
