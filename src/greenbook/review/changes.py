"""What changed since the last draft: numbers first, old and new."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from greenbook.composition import tree
from greenbook.composition.book import Book, Section

Shown = dict[str, str]


def changes_section(link: Path, book: Book) -> Section:
    """The section `changes` of a draft; it compares with the draft that stands under `link`, if there is one."""
    words = book.words
    before, now = _before(link, book.language), dict(_now(book))
    if before is None:
        return _section(book, [tree.para(words["changes_first"])])
    rows = [[name, before.get(name, "—"), now.get(name, "—")]
            for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
    if not rows:
        return _section(book, [tree.para(words["changes_none"])])
    shares = (("changes_what", 0.4), ("changes_old", 0.3), ("changes_new", 0.3))
    columns = [(words[name], "left", share) for name, share in shares]
    return _section(book, [tree.table("changes.numbers", words["changes_caption"], columns, rows)])


def _section(book: Book, blocks: list[tree.Node]) -> Section:
    return Section("changes", "matter", book.words["changes"], place="front", blocks=tuple(blocks))


def _before(link: Path, language: str) -> Shown | None:
    try:
        manifest = json.loads((link / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return {value["id"]: " / ".join(value["shown"][language])
            for value in manifest["values"] if value["shown"].get(language)}


def _now(book: Book) -> Iterator[tuple[str, str]]:
    shown: dict[str, list[str]] = {}
    for section in book.sections:
        for item in section.document.shown if section.document else ():
            texts = shown.setdefault(item.name, [])
            texts += [item.text] if item.text not in texts else []
    yield from ((name, " / ".join(texts)) for name, texts in shown.items())
