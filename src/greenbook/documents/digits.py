"""The digits rule: no number in prose that the data could give, in digits or in words (design, 3).

Digits and numerals may stand in values, references, citations, code, formulas, link targets, list markers,
`[14th]{.word}`, in terms of the glossary, titles and numbers of documents, and designations of standards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from greenbook.documents import tree
from greenbook.documents.numerals import in_words
from greenbook.errors import Problem

_DIGIT = re.compile(r"[0-9０-９]")
_WORD = re.compile(r"[^\s，。；：！？、（）《》“”‘’\ufffc]*[0-9０-９][^\s，。；：！？、（）《》“”‘’\ufffc]*")
# GB/T 7714—2015, ISO 14064-1:2018, HJ 2.1: ids of standards.
_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:GB|GBZ|HJ|YB|YS|HG|JC|QB|FZ|SH|NB|DL|JB|CJ|CY|DB|T/[A-Z]+|ISO|IEC|IEEE|EN)(?:/[TZ])?\s?\d+(?:[.\-]\d+)*"
    r"(?:[—:]\d{4})?"
)
_BOUND = ("value", "word")
_AROUND = 8


def allowed_phrases(view: Any) -> tuple[str, ...]:
    """Terms, abbreviations, titles and document numbers of the catalog that hold a number, longest first."""
    catalog = view.catalog
    phrases = [word for term in catalog.glossary for word in (term.zh, term.en)]
    phrases += [word for entry in catalog.abbreviations for word in (entry.abbreviation, entry.zh, entry.en)]
    phrases += [word for policy in catalog.policies.values()
                for word in (policy.title_zh, policy.title_en, policy.number)]
    found = {phrase for phrase in phrases if _DIGIT.search(phrase) or in_words(phrase)}
    return tuple(sorted(found, key=lambda item: (-len(item), item)))


class DigitsRule:
    """Finds typed numbers; `phrases` are those in which they may stand."""

    def __init__(self, phrases: Iterable[str]) -> None:
        joined = "|".join(map(re.escape, phrases))
        self._allowed = re.compile(joined, re.IGNORECASE) if joined else None

    def check(self, blocks: list[tree.Node], notebook: str, place: str) -> list[Problem]:
        """A problem for each typed number in the blocks of a prose cell."""
        return [
            Problem(notebook, place, "GB520", f'found "{found}"', "no number in prose that the data could give",
                    "name the number with chapter.value and write {{ name }}; a word is marked as "
                    "[14th]{.word}")
            for run in tree.runs(blocks, citations=False) for found in self.typed(run)
        ]

    def typed(self, run: tree.Run) -> list[str]:
        """The words of `run` that hold a digit or are a number, and which nothing allows, in order."""
        words = _STANDARD.sub(tree.HIDDEN, tree.text(run, _is_bound))
        if self._allowed is not None:
            words = self._allowed.sub(tree.HIDDEN, words)
        found = [(match.start(), _shortened(match[0])) for match in _WORD.finditer(words)]
        return [word for _, word in sorted(found + in_words(words))]


def _is_bound(node: tree.Node) -> bool:
    kind = node["t"]
    return kind in ("Code", "Math", "Cite", "Note") or any(tree.is_span(node, name) for name in _BOUND) or (
        kind == "Link" and ("uri" in node["c"][0][1] or "email" in node["c"][0][1]))


def _shortened(word: str) -> str:
    """`word` round its first number, so that a Chinese sentence without a stop is not quoted whole."""
    before = _DIGIT.split(word, maxsplit=1)[0]
    return word[max(len(before) - _AROUND, 0):len(before) + 2 * _AROUND]
