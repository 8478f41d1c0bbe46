"""One walk over the blocks of a chapter that finds all that composition needs to check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from greenbook.composition.tree import plain

# Words that the build makes from the catalog: no author can mend them in a chapter.
MADE = frozenset({"source", "notes", "unit", "refusals", "changes", "gap"})


@dataclass
class Scan:
    """What stands in a document, in reading order.

    `objects` are (kind, id) of figures and tables; `references` (target, place); `values` (name, text, place);
    `leaves` (place, words) of what authors wrote, paragraph by paragraph, values included; `open` the places in
    the list of those blocks that hold a reference or a citation, still without words.
    """

    ids: list[str] = field(default_factory=list)
    objects: list[tuple[str, str]] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    references: list[tuple[str, str]] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)
    values: list[tuple[str, str, str]] = field(default_factory=list)
    leaves: list[tuple[str, str]] = field(default_factory=list)
    open: set[int] = field(default_factory=set)


def scan(blocks: Iterable[dict[str, Any]], place: str = "") -> Scan:
    """What stands in `blocks`; `place` names the spot before the first id."""
    walker = _Walker()
    found = walker.found
    for number, block in enumerate(blocks):
        before = len(found.references) + len(found.citations)
        walker.visit(block, place)
        if len(found.references) + len(found.citations) > before:
            found.open.add(number)
    return found


class _Walker:
    def __init__(self) -> None:
        self.found = Scan()
        self.made = 0

    def visit(self, node: Any, place: str) -> None:
        """Any part of the tree that may hold blocks."""
        if isinstance(node, list):
            for item in node:
                self.visit(item, place)
        elif isinstance(node, dict):
            kind: str = node.get("t", "")
            content: Any = node.get("c")
            if kind == "Div":
                self._div(content, place)
            elif kind in ("Para", "Plain"):
                self._leaf(content, place)
            elif kind == "Header":
                self._header(content, place)
            elif kind == "Table":
                self._table(content, place)
            elif kind != "CodeBlock" and isinstance(content, list):
                self.visit(content, place)

    def _div(self, content: list[Any], place: str) -> None:
        (name, classes, _), blocks = content
        self._named(content[0])
        for kind in ("figure", "table"):
            if kind in classes and name:
                self.found.objects.append((kind, name))
        made = not MADE.isdisjoint(classes)
        self.made += made
        self.visit(blocks, name or place)
        self.made -= made

    def _table(self, content: list[Any], place: str) -> None:
        self._named(content[0])
        self.made += 1
        self.visit(content[1:], place)
        self.made -= 1

    def _header(self, content: list[Any], place: str) -> None:
        _, (name, _, _), words = content
        self._named(content[1])
        if name:
            self.found.headings[name] = plain(words)
        self._leaf(words, name or place)

    def _named(self, attributes: list[Any] | None) -> None:
        if attributes and attributes[0]:
            self.found.ids.append(attributes[0])

    def _leaf(self, nodes: list[Any], place: str) -> None:
        words: list[str] = []
        self._inlines(nodes, place, words)
        if not self.made:
            self.found.leaves.append((place, "".join(words)))

    def _inlines(self, nodes: list[Any], place: str, words: list[str]) -> None:
        for node in nodes:
            kind, content = node["t"], node.get("c")
            if kind == "Str":
                words.append(content)
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                words.append(" ")
            elif kind in ("Span", "Link"):
                self._marked(kind, content, place, words)
            elif kind == "Cite":
                self.found.citations.append(node)
            elif kind == "Note":
                self.visit(content, place)
            elif isinstance(content, list) and kind not in ("Code", "Math"):
                self._inlines(content if kind not in ("Quoted", "Image") else content[1], place, words)

    def _marked(self, kind: str, content: list[Any], place: str, words: list[str]) -> None:
        (_, classes, pairs), inner = content[0], content[1]
        self._named(content[0])
        if kind == "Link" and not inner and content[2][0].startswith("#"):
            self.found.references.append((content[2][0][1:], place))
        elif kind == "Span" and "value" in classes:
            text = plain(inner)
            self.found.values.append((dict(map(tuple, pairs)).get("name", ""), text, place))
            words.append(text)
        else:
            self._inlines(inner, place, words)
