"""The sentences of a book that print values, each with the values in it: what a number found on paper leads back to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from greenbook.composition.book import Book
from greenbook.publishing import tree

# A sentence ends after a full stop of its language; a point ends one only before a blank and no digit.
_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+(?=[^\s0-9])")
CELLS = " | "


@dataclass
class _Leaf:
    """Words of one paragraph, heading or row of a table, and the values among them: (start, name, text)."""

    words: str = ""
    values: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, node: tree.Node) -> None:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Span" and "value" in tree.classes(node):
            text = tree.words(content[1])
            self.values.append((len(self.words), tree.keys(node).get("name", ""), text))
            self.words += text
        elif kind in ("Span", "Link", "Quoted", "Cite", *_WRAPPING):
            for inner in content if kind in _WRAPPING else content[1]:
                self.add(inner)
        elif kind != "Note":
            self.words += tree.words([node])


_WRAPPING = ("Strong", "Emph", "Superscript", "Subscript", "SmallCaps", "Strikeout", "Underline")


def quotations(book: Book) -> list[dict[str, Any]]:
    """Each sentence and row of a table that prints a value: language, section, place, sentence, values [name, text]."""
    return [{"language": book.language, "section": section.id, "place": place, "sentence": sentence, "values": values}
            for section in book.sections for place, leaf in _leaves(list(section.blocks), section.id)
            for sentence, values in _sentences(leaf)]


def _sentences(leaf: _Leaf) -> Iterator[tuple[str, list[list[str]]]]:
    start = 0
    ends = [match.end() for match in _END.finditer(leaf.words)] if CELLS not in leaf.words else []
    for end in [*ends, len(leaf.words)]:
        values = [[name, text] for at, name, text in leaf.values if start <= at < end]
        if values:
            yield leaf.words[start:end].strip(), values
        start = end


def _leaves(nodes: Iterable[Any], place: str) -> Iterator[tuple[str, _Leaf]]:
    """Every paragraph, heading and row under `nodes` that holds a value, with the nearest id above it."""
    for node in nodes:
        if isinstance(node, list):
            yield from _leaves(node, place)
        elif isinstance(node, dict) and "t" in node:
            yield from _of(node, place)


def _of(node: tree.Node, place: str) -> Iterator[tuple[str, _Leaf]]:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind in ("Para", "Plain", "Header"):
        leaf = _Leaf()
        for inner in content[2] if kind == "Header" else content:
            leaf.add(inner)
        if leaf.values:
            yield place, leaf
        yield from (found for inner in tree.nodes([node]) if inner["t"] == "Note"
                    for found in _leaves(inner["c"], place))
    elif kind == "Table":
        yield from ((place, leaf) for leaf in _rows(node) if leaf.values)
    elif kind == "Div":
        yield from _leaves(content[1], tree.identifier(node) or place)
    elif isinstance(content, list):
        yield from _leaves(content, place)


def _rows(table: tree.Node) -> Iterator[_Leaf]:
    """A row of a table as its cells' words, a mark between them."""
    head, bodies, foot = table["c"][3:6]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    for row in rows:
        leaf = _Leaf()
        for number, cell in enumerate(row[1]):
            leaf.words += CELLS if number else ""
            for block in tree.nodes(cell[4]):
                if block["t"] in ("Para", "Plain"):
                    for inner in block["c"]:
                        leaf.add(inner)
        yield leaf
