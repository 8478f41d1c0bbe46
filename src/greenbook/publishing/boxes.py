"""The elements of a chapter for HTML: figures, tables, findings, cases, gaps, refusals."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import escape

from greenbook.publishing import charts, tree
from greenbook.publishing.sentences import inlines
from greenbook.publishing.state import State
from greenbook.publishing.tree import Node, plain, raw_block
from greenbook.publishing.webtables import table_blocks

Blocks = list[Node]
Walk = Callable[[Blocks, State], Blocks]


def paragraph(div: Node, blocks: Blocks, state: State, walk: Walk) -> Blocks:
    """A paragraph of prose with its anchor, the same in every language; a draft shows it, to be quoted."""
    name = escape(tree.identifier(div))
    if state.book.draft and name:
        name_in_chapter = name.partition(".")[2] or name
        shown = f'<a class="par-id" href="#{name}">{name_in_chapter}</a>'
        return [raw_block(shown), *_paragraph(name, blocks, state, walk)]
    return _paragraph(name, blocks, state, walk)


def _paragraph(name: str, blocks: Blocks, state: State, walk: Walk) -> Blocks:
    if len(blocks) == 1 and blocks[0]["t"] in ("Para", "Plain"):
        return [raw_block(f'<p id="{name}">'), plain(inlines(blocks[0]["c"], state)), raw_block("</p>")]
    return [raw_block(f'<div id="{name}" class="par">'), *walk(blocks, state), raw_block("</div>")]


def figure(div: Node, blocks: Blocks, state: State, walk: Walk) -> Blocks:
    """A figure: picture, number and finding, what is shown, notes, source, and what can be done with it."""
    name, document = tree.identifier(div), state.section.document
    found = next((item for item in document.figures if item.id == name), None) if document else None
    if found is None:
        return state.refuse("GB603", f"found figure {name} without a picture")
    size = "narrow" if found.record.size == "narrow" else "wide"
    return [
        raw_block(f'<figure id="{escape(name)}" class="chart {size}"><div class="plate">{charts.inlined(found)}</div>'
                  "<figcaption>"),
        *_caption(name, blocks, state), *_under(blocks, state, walk), raw_block(charts.tools(found, state)),
        raw_block("</figcaption></figure>"),
    ]


def table(div: Node, blocks: Blocks, state: State, walk: Walk) -> Blocks:
    """A three-line table: number and title, the unit they share, the cells, notes, source."""
    name = tree.identifier(div)
    grid = next((block for block in blocks if block["t"] == "Table"), None)
    if grid is None:
        return state.refuse("GB603", f"found table {name} without cells")
    label = state.book.numbered[name].words if name in state.book.numbered else name
    return [raw_block(f'<figure id="{escape(name)}" class="table"><figcaption>'), *_caption(name, blocks, state),
            *_unit(blocks, state), raw_block("</figcaption>"), *table_blocks(grid, state, walk, label),
            *_under(blocks, state, walk), raw_block("</figure>")]


def _unit(blocks: Blocks, state: State) -> Blocks:
    """The unit that all share, in the words and characters of the document."""
    return [made for block in tree.child(blocks, "unit")
            for made in (raw_block('<p class="unit">'), plain(inlines(block["c"], state)), raw_block("</p>"))]


def _caption(name: str, blocks: Blocks, state: State) -> Blocks:
    numbered = state.book.numbered.get(name)
    number = f'<span class="no">{escape(numbered.words)}</span> ' if numbered else ""
    made: Blocks = []
    for block in tree.child(blocks, "caption"):
        if block["t"] in ("Para", "Plain"):
            kind = "shows" if made else "title"
            made += [raw_block(f'<p class="{kind}">{"" if made else number}'), plain(inlines(block["c"], state)),
                     raw_block("</p>")]
    return made or [raw_block(f'<p class="title">{number}</p>')]


def _under(blocks: Blocks, state: State, walk: Walk) -> Blocks:
    """Notes and source line under a figure or table."""
    made: Blocks = []
    for name in ("notes", "source"):
        if inner := tree.child(blocks, name):
            made += [raw_block(f'<div class="{name}">'), *walk(inner, state), raw_block("</div>")]
    return made


def _boxed(name: str, label: str):
    """A writer of a box with a label: a finding, a case, a gap, refusals."""

    def write(div: Node, blocks: Blocks, state: State, walk: Walk) -> Blocks:
        shown = escape(state.words[label])
        badge = _badge(tree.keys(div).get("strength", ""), state) if name == "finding" else ""
        anchor = f' id="{escape(tree.identifier(div))}"' if tree.identifier(div) else ""
        return [raw_block(f'<div{anchor} class="box {name}" role="note" aria-label="{shown}">'
                          f'<p class="label">{shown}{badge}</p>'), *walk(blocks, state), raw_block("</div>")]

    return write


def _leading(div: Node, blocks: Blocks, state: State, walk: Walk) -> Blocks:
    """A finding of the opening spread: its part, its headline number, its sentences, its strength."""
    pairs = tree.keys(div)
    return [raw_block(f'<div id="{escape(tree.identifier(div))}" class="leading">'
                      f'<p class="part-name">{escape(pairs.get("part", ""))}</p>'), *walk(blocks, state),
            raw_block(f'<p class="where">{escape(strength_words(pairs.get("strength", ""), state.words))}</p></div>')]


def _badge(strength: str, state: State) -> str:
    words = strength_words(strength, state.words)
    return f' <span class="strength">{escape(words)}</span>' if words else ""


def strength_words(strength: str, words: dict[str, str]) -> str:
    """`B/yes` in words: the grade of the evidence, and whether independent sources agree."""
    grade, _, agreement = strength.rpartition("/") if "/" in strength else (strength, "", "")
    parts = [words["evidence"].format(grade)] if grade else []
    if agreement:
        parts.append(words["agreement"].format(words.get(f"agreement_{agreement}", agreement)))
    return words["list_separator"].join(parts)


WRITERS = {
    "par": paragraph, "figure": figure, "table": table,
    "leading": _leading, "finding": _boxed("finding", "key_finding"), "case": _boxed("case", "case"),
    "gap": _boxed("gap", "gap"), "refusals": _boxed("refusals", "refusals"),
}
