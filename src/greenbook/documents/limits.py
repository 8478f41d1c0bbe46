"""The refusals of a chapter, printed in its section on limits: a refusal does not vanish (brief, 8.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from greenbook.documents import tree
from greenbook.documents.document import Shown
from greenbook.language import printed
from greenbook.records import FigureRecord, Record, Refusal, TableRecord, ValueRecord
from greenbook.units import Units

STEM, BOX = "limits", "refusals"
# A lookup outside the data: nothing was analysed, so nothing was refused.
_NO_ANALYSIS = "gap"


@dataclass(frozen=True)
class Limits:
    """The blocks of a chapter with its refusals at `place`, and the values that their reasons print in `language`."""

    place: str
    language: str
    blocks: list[tree.Node] = field(default_factory=list)
    values: dict[str, ValueRecord] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)


def refusals_of(records: Iterable[Record]) -> tuple[Refusal, ...]:
    """The refusals among `records` and inside them, in order, one for each method and reason."""
    found: dict[tuple[str, str], Refusal] = {}
    for refusal in (item for record in records for item in _inside(record)):
        if refusal.method != _NO_ANALYSIS:
            found.setdefault((refusal.method, refusal.reason.get("zh-Hans", "")), refusal)
    return tuple(found.values())


def _inside(record: Record) -> list[Refusal]:
    if isinstance(record, Refusal):
        return [record]
    if isinstance(record, ValueRecord):
        return [record.refusal] if record.refusal else []
    if isinstance(record, TableRecord):
        values = [cell.value for row in record.rows for cell in row.cells if cell.value is not None]
        return [*record.refusals, *(value.refusal for value in values if value.refusal)]
    return list(record.refusals) if isinstance(record, FigureRecord) else []


def with_refusals(blocks: list[tree.Node], refusals: Iterable[Refusal], slug: str, words: Mapping[str, str],
                  language: str, units: Units) -> Limits:
    """`blocks` with the refusals at the end of the section `limits`; a chapter without that section gets one."""
    made = Limits(f"{slug}.{BOX}", language)
    listed = _box(refusals, made, units)
    if listed is None:
        return replace(made, blocks=blocks)
    start = next((at for at, block in enumerate(blocks) if _is_heading(block, f"{slug}.{STEM}")), None)
    if start is None:
        heading = {"t": "Header", "c": [2, tree.attributes(f"{slug}.{STEM}"), tree.words(words["limits"])]}
        return replace(made, blocks=[*blocks, heading, listed])
    level = blocks[start]["c"][0]
    end = next((at for at in range(start + 1, len(blocks))
                if blocks[at]["t"] == "Header" and blocks[at]["c"][0] <= level), len(blocks))
    return replace(made, blocks=[*blocks[:end], listed, *blocks[end:]])


def _is_heading(block: tree.Node, name: str) -> bool:
    return block["t"] == "Header" and block["c"][1][0] == name


def _box(refusals: Iterable[Refusal], made: Limits, units: Units) -> tree.Node | None:
    """One item a sentence: two methods may be refused for the same reason."""
    first: dict[str, Refusal] = {}
    for refusal in refusals:
        first.setdefault(refusal.reason.get(made.language, ""), refusal)
    runs = [_run(_sentence(words, made.language), refusal, f"{made.place}-{number}", made, units)
            for number, (words, refusal) in enumerate(first.items(), 1) if words]
    items = [[{"t": "Plain", "c": run}] for run in runs]
    return tree.div(made.place, BOX, [{"t": "BulletList", "c": items}]) if items else None


def _run(words: str, refusal: Refusal, name: str, made: Limits, units: Units) -> tree.Run:
    """`words` as inlines, each number of the reason in a span that names its value; fills `made`."""
    language = made.language
    places: list[tuple[int, tuple[str, str]]] = []
    for record in refusal.numbers:
        text = printed(record, language, units)
        found = next(match for match in re.finditer(_whole(text), words) if match.start() not in dict(places))
        places.append((found.start(), (f"{name}.{record.name}", text)))
        made.values[f"{name}.{record.name}"] = record
    run, end = [], 0
    for start, (value, text) in sorted(places):
        run += [*tree.words(words[end:start]), tree.span("value", tree.words(text), [("name", value)])]
        made.shown.append(Shown(value, "", text, made.place, BOX))
        end = start + len(text)
    return [*run, *tree.words(words[end:])]


def _whole(number: str) -> str:
    """The pattern of `number` where it is no part of a longer number or of a name."""
    return rf"(?<![0-9A-Za-z.,−]){re.escape(number)}(?![0-9A-Za-z%]|[.,][0-9])"


def _sentence(words: str, language: str) -> str:
    """`words` with a stop, and in English a capital."""
    words = words.strip()
    if language == "en":
        words = words[:1].upper() + words[1:]
    return words if words.endswith(("。", ".", "！", "!", "？", "?")) else words + ("." if language == "en" else "。")
