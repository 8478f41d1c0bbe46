"""A pandoc Table as an HTML table of three lines, with scopes, and in a frame that scrolls when it is too wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from unicodedata import east_asian_width

from markupsafe import escape

from greenbook.publishing.state import State
from greenbook.publishing.tree import Node, html_attributes, raw_block, words

ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": ""}
SHORT = 12
DATED = re.compile(r"[A-Za-z-]*\d{4}-\d{2}(?:-\d{2})?[；;，,)）]?")
Walk = Callable[[list[Node], State], list[Node]]


def table_blocks(table: Node, state: State, walk: Walk, label: str) -> list[Node]:
    """`table` as raw HTML around the blocks of its cells; the first column heads its row.

    `label` names the frame for those who cannot see it: the frame takes the keyboard's focus to be scrolled.
    """
    _, _, columns, head, bodies, foot = table["c"]
    aligns = [ALIGN[align["t"]] for align, _ in columns]
    made = [raw_block(f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(label)}"><table>')]
    made += _part("thead", head[1], aligns, state, walk)
    for body in bodies:
        made += _part("tbody", [*body[2], *body[3]], aligns, state, walk)
    made += _part("tfoot", foot[1], aligns, state, walk)
    return [*made, raw_block("</table></div>")]


def _part(tag: str, rows: list[Any], aligns: list[str], state: State, walk: Walk) -> list[Node]:
    if not rows:
        return []
    made = [raw_block(f"<{tag}>")]
    for attributes, cells in rows:
        made.append(raw_block(f"<tr{_marks(attributes)}>"))
        column = 0
        for cell in cells:
            made += _cell(tag, cell, column, aligns, state, walk)
            column += cell[3]
        made.append(raw_block("</tr>"))
    return [*made, raw_block(f"</{tag}>")]


def _cell(part: str, cell: Any, column: int, aligns: list[str], state: State, walk: Walk) -> list[Node]:
    attributes, align, down, across, blocks = cell
    side = ALIGN[align["t"]] or (aligns[column] if column < len(aligns) else "")
    empty = not words(blocks).strip()
    tag, scope = ("th", "col") if part == "thead" else ("th", "row") if column == 0 else ("td", "")
    if part == "thead" and across > 1:
        scope = "colgroup"
    if empty and tag == "th":
        tag, scope = "td", ""
    if 0 < _width(words(blocks).strip()) <= SHORT:
        attributes = [attributes[0], [*attributes[1], "short"], attributes[2]]
    marks = _marks(attributes, side) + (f' scope="{scope}"' if scope else "")
    marks += (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    return [raw_block(f"<{tag}{marks}>"), *walk([_whole(block) for block in blocks], state), raw_block(f"</{tag}>")]


def _whole(block: Node) -> Node:
    """`block` with each date and vintage in a span that keeps it on one line: a browser would break at the hyphens."""
    if block["t"] not in ("Plain", "Para"):
        return block
    return {**block, "c": [{"t": "Span", "c": [["", ["whole"], []], [node]]}
                           if node["t"] == "Str" and DATED.fullmatch(node["c"]) else node for node in block["c"]]}


def _marks(attributes: list[Any], side: str = "") -> str:
    name, classes, pairs = attributes
    aligned = [f"a-{side}"] if side in ("right", "center") else []
    return html_attributes({"t": "Div", "c": [[name, [*classes, *aligned], pairs], []]})


def _width(text: str) -> int:
    """How wide `text` is, in half-width characters: a Chinese one counts two. Narrow cells are not broken."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
