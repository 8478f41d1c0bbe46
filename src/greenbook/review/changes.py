"""What changed since the last draft: numbers first, old and new, then sentences; and what this edition leaves out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from greenbook.composition import tree
from greenbook.composition.book import Book, Section
from greenbook.publishing.paragraphs import paragraphs_of

Shown = Mapping[str, str]
_SENTENCE = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+(?=[^\s0-9])")
# Digits and what stands in numbers: a sentence that differs in these alone is told among the numbers.
_NUMBER = re.compile(r"[\d.,，%−\s]+")


def changes_section(link: Path, book: Book) -> Section:
    """The section `changes` of a draft; it compares with the draft that stands under `link`, if there is one."""
    words, last = book.words, _manifest(link)
    if last is None:
        blocks = [tree.para(words["changes_first"])]
    else:
        blocks = [*_numbers(book, last), *_sentences(book, last)] or [tree.para(words["changes_none"])]
    return Section("changes", "matter", words["changes"], place="front", blocks=(*blocks, *_left_out(book)))


def _manifest(link: Path) -> dict[str, Any] | None:
    try:
        return json.loads((link / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _numbers(book: Book, last: Mapping[str, Any]) -> Iterator[tree.Node]:
    before = {value["id"]: " / ".join(value["shown"][book.language])
              for value in last["values"] if value["shown"].get(book.language)}
    now = dict(_now(book))
    rows = [[name, before.get(name, "—"), now.get(name, "—")]
            for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
    if rows:
        yield _table(book, "changes.numbers", "changes_caption", (("changes_what", 0.4), ("changes_old", 0.3),
                                                                  ("changes_new", 0.3)), rows)


def _now(book: Book) -> Iterator[tuple[str, str]]:
    shown: dict[str, list[str]] = {}
    for section in book.sections:
        for item in section.document.shown if section.document else ():
            texts = shown.setdefault(item.name, [])
            texts += [item.text] if item.text not in texts else []
    yield from ((name, " / ".join(texts)) for name, texts in shown.items())


def _sentences(book: Book, last: Mapping[str, Any]) -> Iterator[tree.Node]:
    """Sentences that went and came, a row a paragraph; a draft made before they were kept has none to compare."""
    if "paragraphs" not in last:
        return
    before = {item["id"]: item["words"].get(book.language, "") for item in last["paragraphs"]}
    now = dict(paragraphs_of(book))
    rows = []
    for name in [*now, *(name for name in before if name not in now)]:
        old, new = before.get(name, ""), now.get(name, "")
        gone, come = _without(old, new), _without(new, old)
        if gone or come:
            rows.append([name, gone or "—", come or "—"])
    if rows:
        yield _table(book, "changes.sentences", "changes_sentences", (("changes_where", 0.2), ("changes_gone", 0.4),
                                                                      ("changes_come", 0.4)), rows)


def _without(words: str, others: str) -> str:
    """The sentences of `words` that `others` does not have, whatever their numbers."""
    known = {_NUMBER.sub("", sentence) for sentence in _SENTENCE.split(others)}
    return " ".join(sentence.strip() for sentence in _SENTENCE.split(words)
                    if sentence.strip() and _NUMBER.sub("", sentence) not in known)


def _left_out(book: Book) -> Iterator[tree.Node]:
    """What a tag if-<name> keeps out of this edition."""
    rows = [[section.title, cell, f"if-{condition.removeprefix('if-')}"] for section in book.sections
            if section.document for cell, condition in section.document.left_out]
    if rows:
        yield _table(book, "changes.left-out", "left_out", (("left_out_chapter", 0.4), ("left_out_cell", 0.3),
                                                            ("left_out_condition", 0.3)), rows)


def _table(book: Book, name: str, caption: str, columns: tuple[tuple[str, float], ...],
           rows: list[list[str]]) -> tree.Node:
    heads = [(book.words[head], "left", share) for head, share in columns]
    return tree.table(name, book.words[caption], heads, rows)
