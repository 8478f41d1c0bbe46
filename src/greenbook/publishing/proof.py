"""The proof before printing: every character of every text and chart has a glyph in a shipped face.

Typst's own check would stop at the first; this one names all of them, with the section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from greenbook.composition.book import Book, Section
from greenbook.errors import Problem
from greenbook.publishing import faces, tree
from greenbook.style.fonts import SHIPPED
from greenbook.style.tokens import Tokens

_FAMILIES = re.compile(r'font-family(?:="|:\s*)([^";]*)')
_TEXT = re.compile(r"<(?:text|tspan)\b[^>]*>([^<]*)")


def glyph_problems(book: Book, tokens: Tokens) -> list[Problem]:
    """GB702 for a character that no face of its role has, GB703 for a family that a chart names and we do not ship."""
    return [problem for section in book.sections for problem in _section(section, book, tokens)]


def _section(section: Section, book: Book, tokens: Tokens) -> Iterator[Problem]:
    text, sans = (tokens.families(faces.ROLES[role], book.language) for role in ("text", "sans"))
    path = _path(section)
    prose = set(_prose(section.blocks))
    for char in faces.missing(prose, text):
        yield _missing(path, _place(section, char), char, text)
    heads = set(section.title) | {char for row in section.numbers for char in row.text + row.label + row.period}
    for char in faces.missing(heads | set(_prose(_sans(section.blocks))), sans):
        if char not in faces.missing(prose, text):
            yield _missing(path, _place(section, char), char, sans)
    for figure in section.document.figures if section.document else ():
        yield from _chart(path, figure.id, figure.svg)


def _chart(path: str, name: str, svg: str) -> Iterator[Problem]:
    families = [family.strip(" '\"") for names in _FAMILIES.findall(svg) for family in unescape(names).split(",")]
    families = [family for family in dict.fromkeys(families) if family]
    for family in families:
        if family not in SHIPPED:
            yield Problem(path, name, "GB703", f"found the family {family} in a chart", "a family of the shipped faces",
                          "draw with the house style")
    known = [family for family in families if family in SHIPPED]
    for char in faces.missing(unescape("".join(_TEXT.findall(svg))), known) if known else ():
        yield _missing(path, name, char, known)


def _missing(path: str, place: str, char: str, families: Any) -> Problem:
    return Problem(path, place, "GB702", f"found {char} (U+{ord(char):04X}), which no face of its role has",
                   f"a character of {', '.join(families)}", "write it otherwise")


def _prose(blocks: Any) -> str:
    """All words that are set in a role's faces; formulas and listings have faces of their own."""
    return "".join(node["c"] for node in tree.nodes(blocks) if node["t"] == "Str")


def _sans(blocks: Any) -> list[Any]:
    """Headings, tables, captions, notes and strong words: what is set in Hei."""
    found = []
    for node in tree.nodes(blocks):
        if node["t"] in ("Header", "Table", "Strong"):
            found.append(node)
        elif node["t"] == "Div" and {"caption", "notes", "source", "title"} & set(tree.classes(node)):
            found.append(node)
    return found


def _place(section: Section, char: str) -> str:
    """The innermost element with an id that holds `char`; the section where there is none."""
    place = section.id
    for node in tree.nodes(section.blocks):
        if tree.identifier(node) and char in _prose(node):
            place = tree.identifier(node)
    return place


def _path(section: Section) -> str:
    return f"notebooks/{section.document.notebook}" if section.document else section.id
