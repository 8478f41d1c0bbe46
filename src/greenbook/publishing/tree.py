"""Pandoc's JSON AST: the few constructors and walks that both formats need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Node = dict[str, Any]


def raw_block(text: str, form: str = "html") -> Node:
    return {"t": "RawBlock", "c": [form, text]}


def raw_inline(text: str, form: str = "html") -> Node:
    return {"t": "RawInline", "c": [form, text]}


def plain(inlines: list[Node]) -> Node:
    return {"t": "Plain", "c": inlines}


def classes(node: Node) -> list[str]:
    """The classes of a Div, Span, Link or Header."""
    return attributes(node)[1]


def identifier(node: Node) -> str:
    return attributes(node)[0]


def keys(node: Node) -> dict[str, str]:
    """The key–value attributes of a node as a dict."""
    return dict(attributes(node)[2])


def attributes(node: Node) -> list[Any]:
    """The triple (id, classes, pairs) of a node that carries one; an empty triple of the others."""
    content: Any = node.get("c")
    if node["t"] == "Header":
        return content[1]
    if node["t"] in ("Div", "Span", "Link", "Code", "CodeBlock", "Image", "Table", "Figure"):
        return content[0]
    return ["", [], []]


def child(blocks: list[Node], name: str) -> list[Node]:
    """The blocks inside the first Div of class `name` among `blocks`; empty where there is none."""
    for block in blocks:
        if block["t"] == "Div" and name in classes(block):
            return block["c"][1]
    return []


def without(blocks: list[Node], *names: str) -> list[Node]:
    """`blocks` without the Divs of those classes."""
    return [block for block in blocks if not (block["t"] == "Div" and set(names) & set(classes(block)))]


def nodes(tree: Any) -> Iterator[Node]:
    """Every node of a tree, parents before children, in reading order."""
    if isinstance(tree, dict):
        if "t" in tree:
            yield tree
        for value in tree.values():
            yield from nodes(value)
    elif isinstance(tree, (list, tuple)):
        for item in tree:
            yield from nodes(item)


def words(tree: Any) -> str:
    """The plain text of a tree: strings and blanks, without notes."""
    parts: list[str] = []
    _words(tree, parts.append)
    return "".join(parts)


def _words(tree: Any, add: Callable[[str], None]) -> None:
    if isinstance(tree, (list, tuple)):
        for item in tree:
            _words(item, add)
        return
    if not isinstance(tree, dict):
        return
    kind = tree.get("t")
    if kind == "Str":
        add(tree["c"])
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        add(" ")
    elif kind in ("Code", "Math", "CodeBlock"):
        add(tree["c"][1])
    elif kind != "Note":
        _words(tree.get("c"), add)


def html_attributes(node: Node) -> str:
    """Id, classes and language of a node as HTML attributes; anything else is left out."""
    from markupsafe import escape

    pairs = [("id", identifier(node)), ("class", " ".join(classes(node))), ("lang", keys(node).get("lang", ""))]
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs if value)
