"""What the walk through a section carries, and how names reach the Typst language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from greenbook.composition.book import Book, Section
from greenbook.errors import Problem
from greenbook.publishing import tree
from greenbook.publishing.tree import Node


@dataclass
class Setter:
    """The walk through one section. `targets` are the ids that a link of the book leads to, `walk` sets inner blocks.

    `quiet` counts the headings and tables we are in: numbers there are not marked for the annex.
    """

    book: Book
    section: Section
    targets: frozenset[str]
    walk: Callable[[list[Node], Setter], list[Node]]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counts: list[int] = field(default_factory=lambda: [0, 0])
    quiet: int = 0

    def refuse(self, code: str, found: str, expected: str, do: str) -> list[Node]:
        """Notes a problem of this section, and prints nothing in its place."""
        document = self.section.document
        path = f"notebooks/{document.notebook}" if document else self.section.id
        self.problems.append(Problem(path, self.section.id, code, found, expected, do))
        return []

    def anchor(self, node: Node) -> list[Node]:
        """An invisible anchor where a link leads to this node, which has no label of its own."""
        name = tree.identifier(node)
        return [raw(f"#anchor({literal(name)});")] if name in self.targets else []


def literal(text: str) -> str:
    """`text` as a string of the Typst language; only names and keys are written this way."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{{{ord(char):x}}}" for char in plain) + '"'


def raw(text: str) -> Node:
    """A piece of Typst inside a line."""
    return tree.raw_inline(text, "typst")


def boxed(call: str, blocks: list[Node], close: str = "]") -> list[Node]:
    """`blocks` between a Typst call that ends in an open bracket and its close."""
    return [tree.raw_block(call, "typst"), *blocks, tree.raw_block(close, "typst")]


def same_tongue(language: str, book: str) -> bool:
    """Whether a part marked as `language` needs no setting of its own in a book of the language `book`."""
    return not language or language[:2] == book[:2]
