"""One pass over a section's blocks before printing: the characters it sets, and the ids its links lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_SANS_BLOCKS = ("Header", "Table", "Strong")
_SANS_DIVS = frozenset(("caption", "notes", "source", "title", "unit"))


@dataclass
class Survey:
    """Characters of words set in the text faces and in Hei; targets of links inside the book."""

    text: set[str] = field(default_factory=set)
    sans: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)


def survey(blocks: Any) -> Survey:
    """What stands in `blocks`; formulas have a face of their own and are left to Typst.

    Code counts as Hei: on the pages no other face stands behind the reader's own monospaced one.
    """
    found = Survey()
    _walk(blocks, found, found.text)
    return found


def _walk(tree: Any, found: Survey, into: set[str]) -> None:
    if isinstance(tree, dict):
        kind = tree.get("t")
        content: Any = tree.get("c")
        if kind == "Str":
            into.update(content)
            return
        if kind in ("Code", "CodeBlock"):
            found.sans.update(content[1])
            return
        if kind == "Link" and content[2][0].startswith("#"):
            found.targets.add(content[2][0][1:])
        if kind in _SANS_BLOCKS or (kind == "Div" and not _SANS_DIVS.isdisjoint(content[0][1])):
            into = found.sans
        if type(content) is list:
            _walk(content, found, into)
    elif type(tree) in (list, tuple):
        for item in tree:
            if type(item) in (dict, list):
                _walk(item, found, into)
