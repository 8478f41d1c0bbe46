"""The refusals of a chapter, printed in its section on limits: a refusal does not vanish (brief, 8.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from greenbook.documents import tree
from greenbook.records import FigureRecord, Record, Refusal, TableRecord, ValueRecord

STEM = "limits"
# A lookup outside the data: nothing was analysed, so nothing was refused.
_NO_ANALYSIS = "gap"


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
                  language: str) -> list[tree.Node]:
    """`blocks` with the refusals at the end of the section `limits`; a chapter without that section gets one."""
    listed = _box(refusals, slug, language)
    if listed is None:
        return blocks
    start = next((at for at, block in enumerate(blocks) if _is_heading(block, f"{slug}.{STEM}")), None)
    if start is None:
        heading = {"t": "Header", "c": [2, tree.attributes(f"{slug}.{STEM}"), tree.words(words["limits"])]}
        return [*blocks, heading, listed]
    level = blocks[start]["c"][0]
    end = next((at for at in range(start + 1, len(blocks))
                if blocks[at]["t"] == "Header" and blocks[at]["c"][0] <= level), len(blocks))
    return [*blocks[:end], listed, *blocks[end:]]


def _is_heading(block: tree.Node, name: str) -> bool:
    return block["t"] == "Header" and block["c"][1][0] == name


def _box(refusals: Iterable[Refusal], slug: str, language: str) -> tree.Node | None:
    """One item a sentence: two methods may be refused for the same reason."""
    sentences = dict.fromkeys(refusal.reason.get(language, "") for refusal in refusals)
    items = [[{"t": "Plain", "c": tree.words(_sentence(words, language))}] for words in sentences if words]
    if not items:
        return None
    return tree.div(f"{slug}.refusals", "refusals", [{"t": "BulletList", "c": items}])


def _sentence(words: str, language: str) -> str:
    """`words` with a stop, and in English a capital."""
    words = words.strip()
    if language == "en":
        words = words[:1].upper() + words[1:]
    return words if words.endswith(("。", ".", "！", "!", "？", "?")) else words + ("." if language == "en" else "。")
