"""Soft line breaks: one sentence a line in the notebook, no blank between Chinese characters on the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from greenbook.documents import tree

# Unicode calls these ambiguous in width; in Chinese text they are full-width punctuation.
_CHINESE_MARKS = frozenset("“”‘’—…·℃‰")


def resolve(blocks: Iterable[tree.Node], language: str) -> None:
    """Replace every SoftBreak of `blocks`, in place, by a Space or by nothing.

    In Chinese a break is dropped when the character on either side is Chinese, elsewhere when both are. Spans,
    emphasis and links are looked through; notes and citations are passed over; a reference counts as the words
    that it will have.
    """
    for run in tree.runs(blocks):
        _resolve(run, language)


def _resolve(run: tree.Run, language: str) -> None:
    leaves = [(holder, place, holder[place]) for holder, place in tree.leaves(run)]
    dropped = []
    for number, (holder, place, node) in enumerate(leaves):
        if node["t"] != "SoftBreak":
            continue
        before = next((c for *_, leaf in reversed(leaves[:number]) if (c := _edge(leaf, -1, language))), "")
        after = next((c for *_, leaf in leaves[number + 1:] if (c := _edge(leaf, 0, language))), "")
        chinese = (_is_chinese(before, language), _is_chinese(after, language))
        drop = any(chinese) if language.startswith("zh") else all(chinese)
        if drop or not before or not after:
            dropped.append((holder, node))
        else:
            holder[place] = {"t": "Space"}
    for holder, node in dropped:
        holder[:] = [other for other in holder if other is not node]


def _edge(node: tree.Node, side: int, language: str) -> str:
    """The character of a leaf that faces the break, or nothing where the leaf is passed over."""
    if node["t"] in ("Link", "Image"):
        return "图" if language.startswith("zh") else "F"
    words = tree.leaf_text(node)
    return words[side] if words else ""


def _is_chinese(character: str, language: str) -> bool:
    if not character:
        return False
    if language.startswith("zh") and character in _CHINESE_MARKS:
        return True
    return unicodedata.east_asian_width(character) in "WF"
