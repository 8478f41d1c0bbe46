"""The inlines of a section as Typst calls round their words: values, references, notes, formulas, languages."""

from __future__ import annotations

import re
from typing import Any

from greenbook.publishing import tree
from greenbook.publishing.setter import Setter, literal, raw, same_tongue
from greenbook.publishing.spoken import spoken
from greenbook.publishing.tree import Node

WRAPPING = ("Strong", "Superscript", "Subscript", "SmallCaps", "Strikeout", "Underline")


def inlines(nodes: list[Node], setter: Setter) -> list[Node]:
    """`nodes` with our own elements as Typst calls round their words."""
    made: list[Node] = []
    for place, node in enumerate(nodes):
        parts = _inline(node, setter)
        if node["t"] == "Math":
            parts = [*_spaced(nodes[place - 1:place], -1), *parts]
        if node["t"] == "Math" or _unbroken(node):
            parts = [*parts, *_spaced(nodes[place + 1:place + 2], 0)]
        made += parts
    return made


def _unbroken(node: Node) -> bool:
    """Whether `node` is a reference such as 图18-3, whose number may not stand alone at the head of a line."""
    return node["t"] == "Link" and node["c"][2][0].startswith("#") and bool(_NUMBERED.fullmatch(tree.words([node])))


def _spaced(beside: list[Node], edge: int) -> list[Node]:
    """A quarter em between a formula or box and the Chinese character at its `edge`: Typst gives it to letters only."""
    text = tree.words(beside)
    return [raw("#h(.25em, weak: true);")] if text and "\u3400" <= text[edge] <= "\u9fff" else []


def _inline(node: Node, setter: Setter) -> list[Node]:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind in WRAPPING:
        return [{"t": kind, "c": inlines(content, setter)}]
    if kind in _INLINES:
        return _INLINES[kind](node, setter)
    return [node]


# Typst reads "...", "--", "-?" and "-1" as shorthands and ".x" after a call as a field; pandoc leaves them as they are.
_SHORTHAND = re.compile(r"(\.(?=\.)|(?<=\.)\.|^\.(?=\w)|-(?=[\d?-])|(?<=-)-|-$)")
_NUMBERED = re.compile(r"[^\W\d_]{1,8}\s?[A-Z]?\d+[-.]?\d*")
_ENGLISH = re.compile(r"([A-Za-z]+(?:’[A-Za-z]+)+)")


def _words(node: Node, setter: Setter) -> list[Node]:
    """A word; in Chinese the apostrophe of an English word would be set full width, so such a word is marked."""
    text = node["c"]
    if setter.book.language == "en" or "’" not in text:
        return _safe(text)
    made: list[Node] = []
    for number, piece in enumerate(_ENGLISH.split(text)):
        made += [raw('#tongue("en")['), *_safe(piece), raw("];")] if number % 2 else _safe(piece)
    return made


def _safe(text: str) -> list[Node]:
    pieces = _SHORTHAND.split(text)
    return [raw(f"\\u{{{ord(piece):x}}}") if number % 2 else {"t": "Str", "c": piece}
            for number, piece in enumerate(pieces) if piece]


def _emphasis(node: Node, setter: Setter) -> list[Node]:
    """Words leant on: Chinese has no italics and takes Hei; a variable or a Latin name stays italic."""
    made = inlines(node["c"], setter)
    chinese = any("\u3400" <= char <= "\u9fff" for char in tree.words(node["c"]))
    return [raw("#stressed["), *made, raw("];")] if chinese else [{"t": "Emph", "c": made}]


_SPANS = {"label": "label-of", "place": "place-of", "strength": "strength-of", "csl-left-margin": "entry-mark"}


def _span(span: Node, setter: Setter) -> list[Node]:
    inner = span["c"][1]
    alternative = tree.keys(span).get("alt", "")
    if alternative and len(inner) == 1 and inner[0]["t"] == "Math":
        return _formula(inner[0], setter, alternative)
    made = inlines(inner, setter)
    if "value" in tree.classes(span) and not setter.quiet:
        return [raw(f"#number({literal(tree.keys(span).get('name', ''))})["), *made, raw("];")]
    for name in tree.classes(span):
        if name in _SPANS:
            return [raw(f"#{_SPANS[name]}["), *made, raw("];")]
    language = tree.keys(span).get("lang", "")
    if not same_tongue(language, setter.book.language):
        made = [raw(f"#tongue({literal(language[:2])})["), *made, raw("];")]
    return [*setter.anchor(span), *made]


def _link(link: Node, setter: Setter) -> list[Node]:
    target, made = link["c"][2][0], inlines(link["c"][1], setter)
    if target.startswith("#"):
        call = "whole" if _unbroken(link) else "inside"
        return [raw(f"#{call}({literal(target[1:])})["), *made, raw("];")]
    if target.startswith(("https://", "http://", "mailto:")):
        return [raw(f"#link({literal(target)})["), *made, raw("];")]
    return setter.refuse("GB612", f'found a link to "{target}"', "a link into the book, to https, http or mailto",
                         "correct the address")


def _note(note: Node, setter: Setter) -> list[Node]:
    return [{"t": "Note", "c": setter.walk(note["c"], setter)}]


def _formula(math: Node, setter: Setter, alternative: str = "") -> list[Node]:
    """A formula with words for those who hear it: the author's, else read from its TeX."""
    words = alternative or spoken(math["c"][1], setter.book.language)
    return [raw(f"#formula({literal(words)})["), math, raw("];")]


def _inner(node: Node, setter: Setter) -> list[Node]:
    return inlines(node["c"][1], setter)


def _quoted(node: Node, setter: Setter) -> list[Node]:
    before, after = "“”" if node["c"][0]["t"] == "DoubleQuote" else "‘’"
    return [{"t": "Str", "c": before}, *inlines(node["c"][1], setter), {"t": "Str", "c": after}]


def refused(block: Node, setter: Setter) -> list[Node]:
    """Raw code and pictures have no place in prose: a problem, and nothing printed."""
    return setter.refuse("GB611", f"found {_what(block)}",
                         "prose, values, references, figures, tables and formulas", "remove it")


def _what(node: Node) -> str:
    return f"raw {node['c'][0]}" if node["t"].startswith("Raw") else "a picture"


_INLINES = {
    "Str": _words, "Emph": _emphasis, "Span": _span, "Link": _link, "Note": _note, "Math": _formula, "Cite": _inner,
    "Quoted": _quoted, "RawInline": refused, "Image": refused,
}
