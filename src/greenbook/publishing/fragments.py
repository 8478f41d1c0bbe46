"""A section of the book as an HTML fragment: our own elements written here, prose by pandoc in one call.

The AST is prepared in Python: each convention of `documents.document` becomes raw HTML around its inner blocks,
so every word of prose is escaped by pandoc and every attribute here by markupsafe. Links stay `#id`:
`pages` gives them their file, and the single file keeps them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from greenbook.composition.book import Book, Section
from greenbook.documents import pandoc
from greenbook.errors import Problem
from greenbook.publishing import boxes, tree
from greenbook.publishing.kept import kept
from greenbook.publishing.sentences import bare, inlines
from greenbook.publishing.state import Heading, State
from greenbook.publishing.tree import Node, raw_block, raw_inline
from greenbook.publishing.webtables import table_blocks

OPTIONS = ("--mathml", "--syntax-highlighting=none")


@dataclass(frozen=True)
class Fragment:
    """A section as HTML. `problems` names what must not be published (raw code, foreign schemes, pictures)."""

    html: str
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...] = ()


def fragment(book: Book, section: Section, rows: frozenset[str], cache: Path, *, source: bool = False) -> Fragment:
    """`section` as a fragment. `rows` are the anchors of the book's number rows, to which values link.

    `cache` is a folder for pandoc's answers; with `source` each figure links to its cell in the published notebook.
    """
    state = State(book, section, rows, source)
    made = _blocks(list(section.blocks), state)
    html = _pandoc([*made, *_footnotes(state)], cache) if made else ""
    return Fragment(html, tuple(state.headings), tuple(state.problems))


def brief(book: Book, section: Section, blocks: Iterable[Node], rows: frozenset[str], cache: Path) -> Markup:
    """A few blocks (a key finding) as HTML; their headings and notes are not listed."""
    return Markup(_pandoc(_blocks(list(blocks), State(book, section, rows)), cache))


def _pandoc(blocks: list[Node], cache: Path) -> str:
    """pandoc's HTML for `blocks`, kept by their hash: an edit then costs one call a language."""
    question = "\0".join([pandoc.release(), *OPTIONS, json.dumps(blocks, ensure_ascii=False, sort_keys=True)])
    return _classed(kept(cache, question, lambda: pandoc.write(blocks, "html5", *OPTIONS)))


def _blocks(blocks: list[Node], state: State) -> list[Node]:
    return [made for block in blocks for made in _block(block, state)]


def _block(block: Node, state: State) -> list[Node]:
    kind: str = block["t"]
    content: Any = block.get("c")
    if kind in ("Para", "Plain"):
        return [{"t": kind, "c": inlines(content, state)}]
    if kind == "BlockQuote":
        return [{"t": kind, "c": _blocks(content, state)}]
    if kind in _WRITERS:
        return _WRITERS[kind](block, state)
    return [bare(block)]


def _bullets(block: Node, state: State) -> list[Node]:
    return [{"t": "BulletList", "c": [_blocks(item, state) for item in block["c"]]}]


def _numbers(block: Node, state: State) -> list[Node]:
    style, items = block["c"]
    return [{"t": "OrderedList", "c": [style, [_blocks(item, state) for item in items]]}]


def _definitions(block: Node, state: State) -> list[Node]:
    pairs = [[inlines(term, state), [_blocks(meaning, state) for meaning in meanings]]
             for term, meanings in block["c"]]
    return [{"t": "DefinitionList", "c": pairs}]


def _lines(block: Node, state: State) -> list[Node]:
    return [{"t": "LineBlock", "c": [inlines(line, state) for line in block["c"]]}]


def _header(block: Node, state: State) -> list[Node]:
    level, _, words = block["c"]
    name, text = tree.identifier(block), tree.words(words)
    inner = inlines(words, state)
    if name:
        state.headings.append(Heading(level, name, text))
        label = escape(state.words["permalink"].format(text))
        inner.append(raw_inline(f'<a class="here" href="#{escape(name)}" aria-label="{label}" '
                                "data-pagefind-ignore>§</a>"))
    return [{"t": "Header", "c": [level, [name, [], []], inner]}]


def _div(block: Node, state: State) -> list[Node]:
    names, inner = tree.classes(block), block["c"][1]
    for name in names:
        if name in boxes.WRITERS:
            return boxes.WRITERS[name](block, inner, state, _blocks)
    return [raw_block(f"<div{tree.html_attributes(block)}>"), *_blocks(inner, state), raw_block("</div>")]


def _table(block: Node, state: State) -> list[Node]:
    return table_blocks(block, state, _blocks, state.section.title)


def _raw(block: Node, state: State) -> list[Node]:
    return state.refuse("GB601", f"found raw {block['c'][0]}")


def _picture(block: Node, state: State) -> list[Node]:
    return state.refuse("GB601", "found a picture")


_WRITERS = {"BulletList": _bullets, "OrderedList": _numbers, "DefinitionList": _definitions, "LineBlock": _lines,
            "Header": _header, "Div": _div, "Table": _table, "RawBlock": _raw, "Figure": _picture}


def _footnotes(state: State) -> list[Node]:
    """The footnotes at the end of the section; a note inside a note follows them."""
    if not state.notes:
        return []
    made: list[Node] = []
    number, name = 0, escape(state.section.id)
    while number < len(state.notes):
        blocks = _blocks(state.notes[number], state)
        number += 1
        back = (f'<a class="back" href="#{name}.fnref-{number}" role="doc-backlink" '
                f'aria-label="{escape(state.words["back_to_text"])}">↑</a>')
        made += [raw_block(f'<li id="{name}.fn-{number}">'), *blocks, raw_block(f"{back}</li>")]
    label = escape(f"{state.words['footnotes']} {state.section.title}")
    return [raw_block(f'<section class="footnotes" role="doc-endnotes" aria-label="{label}"><ol>'), *made,
            raw_block("</ol></section>")]


_ALIGNED = re.compile(r' style="text-align: ?(left|right|center)[^"]*"')
_TEX = re.compile(r"<annotation\b[^>]*>.*?</annotation>", re.DOTALL)
_STYLED = re.compile(r'(<[a-z][a-z0-9]*\b[^<>]*?) style="[^"<>]*"')


def _classed(html: str) -> str:
    """Alignment as classes: the pages' policy allows no style attribute, and pandoc's formulas carry some.

    The TeX beside each formula goes too: it would be found by the search and read as text.
    In pandoc's output a double quote inside a tag only ends an attribute, so the pattern cannot meet prose.
    """
    html = _TEX.sub("", html)
    return _STYLED.sub(r"\1", _ALIGNED.sub(r' class="a-\1"', html))


def rows_of(book: Book) -> frozenset[str]:
    """The anchors of all number rows of `book`."""
    return frozenset(row.id for section in book.sections for row in section.numbers)


def ids_in(blocks: Any) -> list[str]:
    """Every id that `blocks` will carry in HTML."""
    return [name for node in tree.nodes(blocks) if (name := tree.identifier(node))]
