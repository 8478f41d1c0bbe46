"""A finished page as words and tags, read by one strict grammar that every browser reads the same way.

What this book writes is a small part of HTML: quoted attributes, no sign of a tag inside a value, no comment, scripts
and styles outside pictures. Whatever else stands in a page is named as unreadable, so it is never published; and what
is left can be read by splitting at `<` and `>`, ten times faster than by a parser that forgives.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from html import unescape

_SPLIT = re.compile(r"(<[^<>]*>)")
_TAG = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:\s+[A-Za-z_:][\w:.-]*(?:="[^"]*")?)*)\s*(/?)>')
_ATTRIBUTE = re.compile(r'([A-Za-z_:][\w:.-]*)(?:="([^"]*)")?(?=\s|$)')
_RAW = re.compile(r"(<(script|style)(?:\s[^<>]*)?>)(.*?)(</\2>)", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype html>", re.IGNORECASE)
_SHOWN = 60


@dataclass(frozen=True)
class Tag:
    """A start or end tag: its name in small letters, its attributes decoded; `alone` where it ends in `/>`."""

    name: str
    values: dict[str, str]
    end: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Page:
    """`pieces` are words and tags by turns, as written; contents of scripts and styles are left out.

    `unreadable` are the pieces outside the grammar: where there is one, the rest must not be trusted either.
    """

    pieces: tuple[str, ...]
    unreadable: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return self.pieces[0::2]

    @property
    def tags(self) -> tuple[str, ...]:
        return self.pieces[1::2]


def read(html: str) -> Page:
    """`html` as words and tags."""
    shown, unreadable = _without_raw(html)
    pieces = _SPLIT.split(shown)
    unreadable += [words for words in pieces[0::2] if "<" in words or "\0" in words]
    unreadable += [text for text in dict.fromkeys(pieces[1::2]) if tag_of(text) is None and not _DOCTYPE.match(text)]
    return Page(tuple(pieces), tuple(text.strip()[:_SHOWN] for text in unreadable))


def _without_raw(html: str) -> tuple[str, list[str]]:
    """`html` with the contents of scripts and styles taken out, and those that a browser might end elsewhere.

    Inside a picture or a formula a browser reads such contents as tags.
    """
    if "<script" not in html and "<style" not in html:
        return html, []
    kept, unreadable, at, inside = [], [], 0, 0
    for found in _RAW.finditer(html):
        before = html[at:found.start()]
        inside += sum(before.count(f"<{name}") - before.count(f"</{name}") for name in ("svg", "math"))
        if inside or "<!--" in found[3] or "<script" in found[3].lower():
            unreadable.append(found[0])
        kept += [before, found[1], found[4]]
        at = found.end()
    return "".join([*kept, html[at:]]), unreadable


@functools.lru_cache(maxsize=1 << 16)
def tag_of(text: str) -> Tag | None:
    """The tag that `text` is; None where it is not one of the grammar, or has an attribute twice."""
    found = _TAG.fullmatch(text)
    if found is None or (found[1] and (found[3] or found[4])):
        return None
    pairs = _ATTRIBUTE.findall(found[3])
    values = {name.lower(): unescape(value) for name, value in pairs}
    if len(values) < len(pairs):
        return None
    return Tag(found[2].lower(), values, bool(found[1]), bool(found[4]))
