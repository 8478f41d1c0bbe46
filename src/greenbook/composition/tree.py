"""Pandoc's AST, made and changed in Python: builders, plain text, and replacing without touching what is shared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Node = dict[str, Any]

NO_ATTRIBUTES: list[Any] = ["", [], []]
_ALIGN = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}


def inlines(text: str) -> list[Node]:
    """`text` as words and spaces."""
    pieces = filter(None, re.split(r"(\s+)", text))
    return [{"t": "Space"} if piece.isspace() else {"t": "Str", "c": piece} for piece in pieces]


def attributes(name: str = "", classes: Sequence[str] = (), pairs: dict[str, str] | None = None) -> list[Any]:
    """An attribute triple: id, classes, key–value pairs."""
    return [name, list(classes), [list(pair) for pair in (pairs or {}).items()]]


def para(*content: Node | str) -> Node:
    """A paragraph of inlines; a string stands for its words."""
    return {"t": "Para", "c": _flat(content)}


def div(name: str, classes: Sequence[str], blocks: Iterable[Node], pairs: dict[str, str] | None = None) -> Node:
    """A Div with an id, classes and attributes."""
    return {"t": "Div", "c": [attributes(name, classes, pairs), list(blocks)]}


def span(classes: Sequence[str], *content: Node | str) -> Node:
    """A Span of the given classes."""
    return {"t": "Span", "c": [attributes("", classes), _flat(content)]}


def header(level: int, name: str, text: str) -> Node:
    """A heading with its id."""
    return {"t": "Header", "c": [level, attributes(name), inlines(text)]}


def reference(target: str) -> Node:
    """A reference without words; they come from the numbering."""
    return {"t": "Link", "c": [attributes("", ["ref"]), [], [f"#{target}", ""]]}


def link(target: str, text: str) -> Node:
    """A link inside the book with words of its own."""
    return {"t": "Link", "c": [attributes(), inlines(text), [f"#{target}", ""]]}


def table(name: str, caption: str, columns: Sequence[tuple[str, str, float]], rows: Iterable[Sequence[Any]]) -> Node:
    """A table in its Div: caption, then one pandoc Table.

    `columns` are (head, alignment, share of the width); a cell is a string or a list of inlines.
    """
    specifications = [[{"t": _ALIGN[align]}, {"t": "ColWidth", "c": width}] for _, align, width in columns]
    head = [list(NO_ATTRIBUTES), [_row([title for title, _, _ in columns])]]
    body = [list(NO_ATTRIBUTES), 0, [], [_row(row) for row in rows]]
    content = [list(NO_ATTRIBUTES), [None, []], specifications, head, [body], [list(NO_ATTRIBUTES), []]]
    return div(name, ["table"], [div("", ["caption"], [para(caption)]), {"t": "Table", "c": content}])


def plain(node: Any) -> str:
    """The words of a node or a list of nodes, as a reader sees them."""
    pieces: list[str] = []
    _plain(node, pieces)
    return "".join(pieces)


def replaced(node: Any, change: Callable[[Node], Any]) -> Any:
    """`node` with every element for which `change` returns another one replaced; None removes it, a list is spliced.

    What did not change is shared with the original, which is never written to.
    """
    if isinstance(node, list):
        return _replaced_list(node, change)
    if not isinstance(node, dict):
        return node
    if "t" in node:
        new = change(node)
        if new is not node:
            return new
    content = node.get("c")
    if not isinstance(content, (list, dict)):
        return node
    new = replaced(content, change)
    return node if new is content else {**node, "c": new}


def _replaced_list(nodes: list[Any], change: Callable[[Node], Any]) -> list[Any]:
    result, touched = [], False
    for node in nodes:
        new = replaced(node, change)
        touched = touched or new is not node
        if isinstance(node, dict) and isinstance(new, list):
            result.extend(new)
        elif not (new is None and isinstance(node, dict)):
            result.append(new)
    return result if touched else nodes


def _flat(content: Iterable[Node | str]) -> list[Node]:
    return [node for item in content for node in (inlines(item) if isinstance(item, str) else [item])]


def _row(cells: Sequence[Any]) -> list[Any]:
    return [list(NO_ATTRIBUTES), [_cell(cell) for cell in cells]]


def _cell(cell: Any) -> list[Any]:
    content = inlines(cell) if isinstance(cell, str) else list(cell)
    blocks = [{"t": "Plain", "c": content}] if content else []
    return [list(NO_ATTRIBUTES), {"t": "AlignDefault"}, 1, 1, blocks]


def _plain(node: Any, pieces: list[str]) -> None:
    if isinstance(node, list):
        for item in node:
            _plain(item, pieces)
    elif isinstance(node, dict):
        kind: str = node.get("t", "")
        content: Any = node.get("c")
        if kind == "Str":
            pieces.append(content)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            pieces.append(" ")
        elif kind in ("Code", "Math"):
            pieces.append(content[1])
        elif kind == "Quoted":
            pieces.append("“")
            _plain(content[1], pieces)
            pieces.append("”")
        elif isinstance(content, list):
            _plain(content, pieces)
