"""How a book speaks, and what is checked in the words of authors: the forms that the glossary refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from greenbook.composition.scan import Scan
from greenbook.documents.document import Blocks
from greenbook.documents.traditional import Converter
from greenbook.errors import Problem


@dataclass(frozen=True)
class Voice:
    """How a book speaks: its language, the words of the interface, and the converter of zh-Hans where it is zh-Hant."""

    language: str
    words: Mapping[str, str]
    converter: Converter | None = None

    @property
    def drawn(self) -> str:
        """The language in which data and records hold their words: zh-Hans for both Chinese books."""
        return "en" if self.language == "en" else "zh-Hans"

    def convert(self, words: str) -> str:
        """zh-Hans words in the book's characters; English as it is."""
        return self.converter.text(words) if self.converter else words

    def converted(self, blocks: Blocks, place: str) -> Blocks:
        """zh-Hans blocks in the book's characters."""
        return tuple(self.converter.blocks(blocks, place)) if self.converter else blocks

    def of(self, text: Mapping[str, str]) -> str:
        """`text` in the book's language."""
        if self.language in text:
            return text[self.language]
        return self.convert(text.get(self.drawn, ""))

    def pick(self, chinese: str, english: str) -> str:
        """The one of two columns that is in the book's language."""
        return english if self.language == "en" else self.convert(chinese)


class Vocabulary:
    """The forms that the glossary refuses in one language."""

    def __init__(self, refused: Iterable[tuple[str, str]], language: str) -> None:
        """`refused` are pairs of the form to avoid and the term to write."""
        self.language = language
        self.refused = [(_form(form, language), form, term) for form, term in sorted(set(refused))]

    def problems(self, path: str, scan: Scan, tag: str) -> Iterator[Problem]:
        """A problem for each paragraph with a refused form (GB545)."""
        for pattern, form, term in self.refused:
            for place, text in scan.leaves:
                if pattern.search(text.replace(term, "")):
                    yield Problem(path, cell(place, tag), "GB545", f'found "{form}" at {place} in {self.language}',
                                  "the form of the glossary", f'write "{term}"')


def cell(place: str, tag: str) -> str:
    """The id of the prose cell whose paragraph is `place`: `steel.level-2` of tag zh is `level-zh`."""
    stem = re.sub(r"-\d+$", "", place.partition(".")[2] or place)
    return f"{stem}-{tag}"


def _form(form: str, language: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(form)}\b" if language == "en" else re.escape(form),
                      re.IGNORECASE if language == "en" else 0)
