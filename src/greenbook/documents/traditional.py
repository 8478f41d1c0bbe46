"""zh-Hant from zh-Hans: characters only, mainland vocabulary kept (brief, 5.4).

OpenCC's `s2tw` is applied to the joined words of a run, so that a phrase cut by a span, a link or emphasis is still a
phrase; the house's overrides are laid over by position; the result is cut back by offsets.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.documents import tree
from greenbook.documents.wordlist import read_table
from greenbook.project import HOUSE

PROFILE = "s2tw"
OVERRIDES = "traditional.yml"
ONE_TO_MANY = frozenset("干制系里后面发复余表准")
_AROUND = 4


class LengthChangedError(ValueError):
    """A conversion that does not keep the number of characters: it cannot be cut back."""


@dataclass(frozen=True, order=True)
class Reviewed:
    """One changed character that has several traditional forms, with its surroundings, for a reviewer's signature."""

    character: str
    became: str
    before: str
    after: str
    place: str = ""


class Converter:
    """Converts words and blocks; remembers what it has converted, and what a reviewer must look at.

    `overrides` maps phrase to phrase; raises LengthChangedError where the two differ in length.
    """

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self.overrides = dict(overrides or {})
        for phrase, instead in self.overrides.items():
            if len(phrase) != len(instead):
                raise LengthChangedError(f"{phrase} → {instead}")
        longest = sorted(self.overrides, key=lambda phrase: (-len(phrase), phrase))
        self._phrases = re.compile("|".join(map(re.escape, longest))) if longest else None
        self._known: dict[str, str] = {}
        self.review: list[Reviewed] = []

    @classmethod
    def of(cls, templates: Path) -> Converter:
        """The converter with the overrides of a project's templates."""
        path = templates / "locale" / OVERRIDES
        return cls(read_table(path) if path.is_file() else {})

    def text(self, words: str, place: str = "") -> str:
        """`words` in traditional characters, of the same length; raises LengthChangedError."""
        converted = self.quietly(words)
        self._note(words, converted, place)
        return converted

    def quietly(self, words: str) -> str:
        """The same without an entry in the review: for words that stand elsewhere too."""
        converted = self._known.get(words)
        if converted is None:
            converted = self._known[words] = self._convert(words)
        return converted

    def blocks(self, blocks: Iterable[tree.Node], place: str = "", *, quiet: bool = False) -> list[tree.Node]:
        """A converted copy of `blocks`. Ids, targets, code and formulas stay as they are; how one sounds does not."""
        result = _copy(list(blocks))
        for run in tree.runs(result):
            self._run(run, place, quiet)
        for node in tree.nodes(result):
            for pair in node["c"][0][2] if node["t"] == "Span" else ():
                if pair[0] == "alt":
                    pair[1] = self.text(pair[1], place)
        return result

    def svg(self, drawing: str, place: str = "") -> str:
        """A zh-Hans drawing in traditional characters and in the faces of zh-Hant."""
        drawing = _SIMPLIFIED_FACE.sub(r"\1 TC", drawing)
        return _SVG_WORDS.sub(lambda match: match[1] + self.text(match[2], place), drawing)

    def _convert(self, words: str) -> str:
        converted = _opencc().convert(words)
        if len(converted) != len(words):
            raise LengthChangedError(f"{words} → {converted}")
        if self._phrases is None:
            return converted
        pieces, end = [], 0
        for match in self._phrases.finditer(words):
            pieces += [converted[end:match.start()], self.overrides[match[0]]]
            end = match.end()
        return "".join([*pieces, converted[end:]])

    def _run(self, run: tree.Run, place: str, quiet: bool) -> None:
        leaves = [holder[at] for holder, at in tree.leaves(run)]
        # What is no word counts as one sign that no phrase contains.
        parts = [leaf["c"] if leaf["t"] == "Str" else tree.HIDDEN for leaf in leaves]
        words, start = "".join(parts), 0
        converted = self.quietly(words) if quiet else self.text(words, place)
        for leaf, part in zip(leaves, parts, strict=True):
            if leaf["t"] == "Str":
                leaf["c"] = converted[start:start + len(part)]
            start += len(part)

    def _note(self, words: str, converted: str, place: str) -> None:
        for at, (old, new) in enumerate(zip(words, converted, strict=True)):
            if old != new and old in ONE_TO_MANY:
                around = slice(max(at - _AROUND, 0), at + _AROUND + 1)
                self.review.append(Reviewed(old, new, words[around], converted[around], place))


# The words of a drawing: between tags, and in the label that is read aloud.
_SVG_WORDS = re.compile(r"""(>|aria-label=")([^<>"]*[^\x00-\x7f][^<>"]*)(?=[<"])""")


# Noto's faces of the two scripts have the same advances, so a drawing keeps its places (trial, 22).
_SIMPLIFIED_FACE = re.compile(r"\b(Noto (?:Sans|Serif)(?: CJK| Mono CJK)?) SC\b")


def _copy(node: Any) -> Any:
    """A deep copy of a JSON tree, several times as fast as copy.deepcopy."""
    if isinstance(node, dict):
        return {key: _copy(value) for key, value in node.items()}
    return [_copy(item) for item in node] if isinstance(node, list) else node


@functools.cache
def converter(templates: Path = HOUSE / "templates") -> Converter:
    """The converter with the house's own overrides, made once: for words outside a chapter."""
    return Converter.of(templates)


@functools.cache
def _opencc():
    from opencc import OpenCC

    return OpenCC(PROFILE)
