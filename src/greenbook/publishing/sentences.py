"""Inlines of a section for HTML: values, references, notes; the rest is pandoc's."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import escape

from greenbook.publishing import tree
from greenbook.publishing.state import State
from greenbook.publishing.tree import Node, raw_inline

SAFE = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
WRAPPING = ("Strong", "Superscript", "Subscript", "SmallCaps", "Strikeout", "Underline")


def inlines(nodes: list[Node], state: State) -> list[Node]:
    """`nodes` with our own elements as raw HTML around their words."""
    return [made for node in nodes for made in _inline(node, state)]


def bare(node: Node) -> Node:
    """Code without attributes: classes of a code block would only carry styles that we do not ship."""
    if node["t"] in ("Code", "CodeBlock"):
        return {"t": node["t"], "c": [["", [], []], node["c"][1]]}
    return node


def _inline(node: Node, state: State) -> list[Node]:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind in _WRITERS:
        return _WRITERS[kind](node, state)
    if kind in WRAPPING:
        return [{"t": kind, "c": inlines(content, state)}]
    if kind in ("Quoted", "Cite"):
        return [{"t": kind, "c": [content[0], inlines(content[1], state)]}]
    return [bare(node)]


def _span(span: Node, state: State) -> list[Node]:
    inner = inlines(span["c"][1], state)
    if "value" in tree.classes(span):
        return _value(tree.keys(span).get("name", ""), inner, state)
    marks = tree.html_attributes(span)
    return [raw_inline(f"<span{marks}>"), *inner, raw_inline("</span>")] if marks else inner


def _value(name: str, inner: list[Node], state: State) -> list[Node]:
    """A number as a link to its row, or as words where the book has no row for it (or it stands in a link)."""
    chapter, _, rest = name.partition(".")
    row = f"{chapter}.num.{rest}"
    if row in state.rows and not state.linked:
        return [raw_inline(f'<a class="v" href="#{escape(row)}">'), *inner, raw_inline("</a>")]
    return [raw_inline('<span class="v">'), *inner, raw_inline("</span>")]


def _link(link: Node, state: State) -> list[Node]:
    target = link["c"][2][0]
    if not SAFE.match(target):
        return state.refuse("GB602", f'found a link to "{target}"')
    state.linked += 1
    inner = inlines(link["c"][1] or _words_of(target, state), state)
    state.linked -= 1
    extra = ' class="ref"' if "ref" in tree.classes(link) else ""
    extra += "" if target.startswith("#") else ' rel="noopener noreferrer"'
    return [raw_inline(f'<a{extra} href="{escape(target)}">'), *inner, raw_inline("</a>")]


def _words_of(target: str, state: State) -> list[Node]:
    """The words of a reference that composition left open: those of a finding listed away from its chapter."""
    name = target.removeprefix("#")
    numbered = state.book.numbered.get(name)
    section = next((item for item in state.book.sections if name in (item.id, f"ch-{item.id}")), None)
    shown = numbered.words if numbered else (section.label or section.title) if section else name
    return [{"t": "Str", "c": shown}]


def _emphasis(node: Node, state: State) -> list[Node]:
    """Emphasis: dots in Chinese; Latin letters, as in a formula, are set in italics in any language."""
    inner = inlines(node["c"], state)
    if _HAN.search(tree.words(node["c"])):
        return [{"t": "Emph", "c": inner}]
    return [raw_inline("<i>"), *inner, raw_inline("</i>")]


def _note(note: Node, state: State) -> list[Node]:
    state.notes.append(note["c"])
    number, name = len(state.notes), escape(state.section.id)
    return [raw_inline(f'<a class="fn" id="{name}.fnref-{number}" href="#{name}.fn-{number}" '
                       f'role="doc-noteref"><sup>{number}</sup></a>')]


def _raw(node: Node, state: State) -> list[Node]:
    return state.refuse("GB601", f"found raw {node['c'][0]}")


def _image(node: Node, state: State) -> list[Node]:
    return state.refuse("GB601", f'found a picture "{node["c"][2][0]}"')


_WRITERS = {"Emph": _emphasis, "Span": _span, "Link": _link, "Note": _note, "RawInline": _raw, "Image": _image}
