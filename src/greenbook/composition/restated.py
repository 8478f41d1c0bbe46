"""What an edition finds otherwise than the one before it: key findings that are new, restated or gone.

The words of the earlier edition are those it was published with, kept in `data/findings/<edition>.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.composition.manuscript import Manuscript
from greenbook.composition.tree import table
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks

FOLDER = "findings"
_EMPTY = re.compile(r"（见[、和，]*）|\s?\(see(?:,| and|\s)*\)")
_NUMBER = re.compile(r"[0-9]+(?:[,.][0-9]+)*")
_HEADS = (("head_chapter", 0.13), ("head_then", 0.37), ("head_now", 0.37), ("head_restated", 0.13))


@dataclass(frozen=True)
class Restated:
    """One finding that differs: `how` is new, gone, class, number or words; `then` and `now` are its texts."""

    id: str
    chapter: str
    how: str
    then: str
    now: str


@dataclass(frozen=True)
class Kept:
    """The findings of the edition before: whether any were kept, those that differ now, and how many do not."""

    known: bool = False
    restated: tuple[Restated, ...] = ()
    same: int = 0

    def count(self, *ways: str) -> int:
        """How many findings differ in one of `ways`."""
        return sum(item.how in ways for item in self.restated)


def kept_findings(manifest: Mapping[str, Any]) -> str:
    """The findings of a published edition as the file that keeps them: one a line, in printing order."""
    rows = [{name: finding[name] for name in ("id", "chapter", "strength", "wording")}
            | {"text": {language: finding["text"][language] for language in ("zh-Hans", "en")}}
            for finding in manifest["findings"]]
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"


def since(kept: Path | None, edition: str, manuscript: Manuscript, language: str) -> Kept:
    """What differs from the findings of `edition` that the folder `kept` holds, in the chapters of this build."""
    path = (kept / f"{edition}.json") if kept else None
    if path is None or not path.is_file():
        return Kept()
    before = {row["id"]: row for row in json.loads(path.read_text("utf-8"))}
    now = {finding.id: (document, finding) for document in manuscript.chapters(language)
           for finding in document.findings}
    titles = {document.slug: document.title for document in manuscript.chapters(language)}
    found = [_compared(document.title, finding, before.get(name), language)
             for name, (document, finding) in now.items()]
    gone = [Restated(name, titles[row["chapter"]], "gone", _words(row["text"][language]), "")
            for name, row in before.items() if name not in now and row["chapter"] in titles]
    return Kept(True, tuple([item for item in found if item] + gone), sum(item is None for item in found))


def _compared(title: str, finding: Any, before: Mapping[str, Any] | None, language: str) -> Restated | None:
    now = _words(finding.text)
    if before is None:
        return Restated(finding.id, title, "new", "", now)
    then = _words(before["text"][language])
    classes = (before["strength"], before["wording"]) != (finding.record.strength, finding.record.wording)
    if then == now and not classes:
        return None
    how = "class" if classes else "number" if _NUMBER.findall(then) != _NUMBER.findall(now) else "words"
    return Restated(finding.id, title, how, then, now)


def _words(text: str) -> str:
    return _EMPTY.sub("", text)


def restated_blocks(kept: Kept, voice: Voice) -> Blocks:
    """The table of findings that differ: chapter, text then, text now, what changed."""
    dash = voice.words["not_applicable"]
    rows = [(item.chapter, item.then or dash, item.now or dash, voice.words[f"restated_{item.how}"])
            for item in kept.restated]
    columns = [(voice.words[head], "left", width) for head, width in _HEADS]
    return (table("revisions.tbl-findings", voice.words["caption_restated"], columns, rows),) if rows else ()
