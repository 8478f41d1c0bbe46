"""The proof before printing: every character of every text and chart has a glyph in a shipped face.

Typst's own check would stop at the first; this one names all of them, with the section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from greenbook.composition.book import Book, Section
from greenbook.errors import Problem
from greenbook.publishing import faces, tree
from greenbook.publishing.survey import survey
from greenbook.style.fonts import SHIPPED
from greenbook.style.tokens import Tokens

_FAMILIES = re.compile(r'font-family(?:="|:\s*)([^";]*)')
_TEXT = re.compile(r"<(?:text|tspan)\b[^>]*>([^<]*)")


def proof(books: Iterable[Book], tokens: Tokens) -> list[Problem]:
    """The glyph problems of all languages, once a cell: what stands in zh-Hans stands in zh-Hant too."""
    found: dict[tuple[str, str, str], Problem] = {}
    for book in books:
        for problem in glyph_problems(book, tokens):
            found.setdefault((problem.path, problem.place, problem.found), problem)
    return list(found.values())


def glyph_problems(book: Book, tokens: Tokens) -> list[Problem]:
    """GB702 for a character that no face of its role has, GB703 for a family that a chart names and we do not ship."""
    return [problem for section in book.sections for problem in _section(section, book, tokens)]


def _section(section: Section, book: Book, tokens: Tokens) -> Iterator[Problem]:
    text, sans = (tokens.families(faces.ROLES[role], book.language) for role in ("text", "sans"))
    path, found = _path(section), survey(section.blocks)
    rows = {char for row in section.numbers for char in row.text + row.label + row.period}
    set_in_sans = found.sans | rows | set(section.title)
    web = tokens.families("page", book.language)  # the faces of the pages hold less than those of print
    for families, chars in ((text, found.text), (sans, set_in_sans), (web, set_in_sans)):
        for char in faces.missing(chars, families):
            yield _missing(path, _cell(_place(section, char), section, book), char, families)
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


def _place(section: Section, char: str) -> str:
    """The innermost element with an id that holds `char`; the section where there is none."""
    place = section.id
    for node in tree.nodes(section.blocks):
        if tree.identifier(node) and char in tree.words(node):
            place = tree.identifier(node)
    return place


def _cell(place: str, section: Section, book: Book) -> str:
    """The cell that the place `steel.level-2` was written in: its stem with the tag of its language."""
    stem = place.removeprefix(f"{section.id}.")
    if not section.document or stem == place:
        return place
    return f"{re.sub('-[0-9]+$', '', stem)}-{'en' if book.language == 'en' else 'zh'}"


def _path(section: Section) -> str:
    return section.document.notebook if section.document else section.id
