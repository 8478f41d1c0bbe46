"""The sentences of notebooks as a style check reads them: words in the open, values and references as single marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from greenbook.documents.cells import ProseCell, prose_of, read_cells
from greenbook.documents.expressions import read_uses
from greenbook.execution.source import SourceNotebook

# One sign of the private area for each form of value, so that a rule can say beside what a word stands.
MARKS = {"quantity": "\ue000", "share": "\ue001", "growth": "\ue002", "points": "\ue003", "change": "\ue004",
         "multiple": "\ue005", "date": "\ue006", "year": "\ue007"}
REFERENCE, CITATION = "\ue008", "\ue009"
_TOLD = {**{mark: "{{…}}" for mark in MARKS.values()}, REFERENCE: "[](#…)", CITATION: "[@…]"}
_MARKUP = (
    (re.compile(r"\[\]\(#[^)]*\)"), REFERENCE), (re.compile(r"\[@[^\]]*\]"), CITATION),
    (re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})"), r"\1"), (re.compile(r"\{#[^}]*\}|\[\^[^\]]*\]:?|`[^`]*`"), ""),
    (re.compile(r"^\s*(?:#+|[-*]|[0-9]+\.)\s+|^Alt:\s*", re.MULTILINE), ""), (re.compile(r"\*+|(?<!\w)_|_(?!\w)"), ""),
)
_TITLE, _QUOTED = re.compile(r"《[^》]*》"), re.compile(r"“[^”]*”")
_END = {
    "zh-Hans": re.compile(r"(?<=[。！？；])(?![。！？；”）])"),
    "en": re.compile(r"(?<=[.!?])\s+(?=[A-Z\ue000-\ue009])"),
}


@dataclass(frozen=True)
class Sentence:
    """One sentence. `words` hold marks for what the build prints; `open_words` are those outside titles and quotes."""

    slug: str
    notebook: str
    place: str
    language: str
    role: str
    conditions: tuple[str, ...]
    words: str

    @property
    def open_words(self) -> str:
        """The author's own words: a document's title in 《》 and what stands between “ and ” are another's."""
        return _QUOTED.sub("“”", _TITLE.sub("《》", self.words))

    @property
    def is_backed(self) -> bool:
        """Whether a value, a reference or a citation stands in it, so that a reader can look the claim up."""
        return bool(re.search("[\ue000-\ue006\ue008\ue009]", self.words))


def told(words: str) -> str:
    """`words` with each mark as an author wrote it, shortened."""
    return "".join(_TOLD.get(character, character) for character in words)


def sentences(slug: str, notebook: SourceNotebook, forms: Mapping[str, str]) -> Iterator[Sentence]:
    """The sentences of a notebook's printed prose in reading order; `forms` are those of its values by name."""
    for cell in prose_of(read_cells(notebook.cells, {})):
        for number, line in enumerate(_plain(cell, notebook.name, forms).split("\n"), 1):
            for words in filter(None, map(str.strip, _END[cell.language].split(line))):
                yield Sentence(slug, notebook.name, f"{cell.place}:{number}", cell.language, cell.role,
                               cell.conditions, words)


def _plain(cell: ProseCell, notebook: str, forms: Mapping[str, str]) -> str:
    parts, end = [], 0
    for use in read_uses(cell.source, notebook, cell.place)[0]:
        form = "year" if use.filter == "year" else forms.get(use.name, "quantity")
        parts += [cell.source[end:use.start], MARKS.get(form, MARKS["quantity"])]
        end = use.end
    words = "".join([*parts, cell.source[end:]])
    for pattern, instead in _MARKUP:
        words = pattern.sub(instead, words)
    return words
