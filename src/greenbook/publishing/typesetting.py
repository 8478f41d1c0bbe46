"""A section of the book as Typst source: our own elements written here, every word of prose by pandoc in one call.

The AST is prepared in Python. Raw Typst is made of names and numbers only; words stay pandoc's to escape, and what is
not prose (titles, alternative texts, labels) travels in a JSON file that the templates read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.composition.book import Book, Section
from greenbook.composition.numbering import chinese
from greenbook.documents import pandoc
from greenbook.errors import Problem
from greenbook.publishing import tree
from greenbook.publishing.kept import kept
from greenbook.publishing.ruled import ems, ruled
from greenbook.publishing.setter import Setter, boxed, literal, raw, same_tongue
from greenbook.publishing.tree import Node
from greenbook.publishing.typeset_sentences import inlines, refused

FORMAT = "typst-smart"
"""Without `smart`, or pandoc writes ’ as ' and — as three hyphens, which Typst sets its own way."""

NOTES = 480.0
"""In em: eight lines of notes under a table, which with a short table still fit a page."""

HEADER = '#import "/print/elements.typ": *\n\n'


@dataclass(frozen=True)
class Typeset:
    """A section as Typst source, the shapes of its tables, and what must not be printed."""

    source: str
    tables: dict[str, dict[str, Any]]
    problems: tuple[Problem, ...]


def typeset(book: Book, section: Section, targets: frozenset[str], cache: Path) -> Typeset:
    """`section` as Typst source. `targets` are the ids that links of the book lead to, `cache` keeps answers."""
    setter = Setter(book, section, targets, _blocks)
    made = _blocks(list(section.blocks), setter)
    question = f"{pandoc.release()}\0{FORMAT}\0{json.dumps(made, ensure_ascii=False)}"
    source = kept(cache, question, lambda: pandoc.write(made, FORMAT)) if made else ""
    return Typeset(HEADER + source, setter.tables, tuple(setter.problems))


def _blocks(blocks: list[Node], setter: Setter) -> list[Node]:
    return [made for block in blocks for made in _block(block, setter)]


def _block(block: Node, setter: Setter) -> list[Node]:
    kind: str = block["t"]
    content: Any = block.get("c")
    if kind in ("Para", "Plain"):
        return [{"t": kind, "c": inlines(content, setter)}]
    if kind in _BLOCKS:
        return _BLOCKS[kind](block, setter)
    return [block]


def _quote(block: Node, setter: Setter) -> list[Node]:
    return [{"t": "BlockQuote", "c": _blocks(block["c"], setter)}]


def _bullets(block: Node, setter: Setter) -> list[Node]:
    return [{"t": "BulletList", "c": [_blocks(item, setter) for item in block["c"]]}]


def _numbers(block: Node, setter: Setter) -> list[Node]:
    style, items = block["c"]
    return [{"t": "OrderedList", "c": [style, [_blocks(item, setter) for item in items]]}]


def _definitions(block: Node, setter: Setter) -> list[Node]:
    pairs = [[inlines(term, setter), [_blocks(meaning, setter) for meaning in meanings]]
             for term, meanings in block["c"]]
    return [{"t": "DefinitionList", "c": pairs}]


def _lines(block: Node, setter: Setter) -> list[Node]:
    return [{"t": "LineBlock", "c": [inlines(line, setter) for line in block["c"]]}]


def _header(block: Node, setter: Setter) -> list[Node]:
    """A heading in its place under the chapter: 一、 （一） in Chinese, 3.1 and 3.1.1 in English."""
    depth = block["c"][0] - 1
    setter.quiet += 1
    words = inlines(block["c"][2], setter)
    setter.quiet -= 1
    closing = ", closing: true" if depth == 1 and tree.identifier(block) == _closing(setter.section) else ""
    call = f"#sect({depth}, {literal(_number(depth, setter))}, {literal(tree.identifier(block))}{closing})["
    return [tree.plain([raw(call), *words, raw("];")])]


def _closing(section: Section) -> str:
    """The id of the heading of a chapter's last section, before which all its figures and tables are to stand."""
    names = [tree.identifier(block) for block in section.blocks if block["t"] == "Header" and block["c"][0] == 2]
    return names[-1] if section.kind == "chapter" and names else ""


def _number(depth: int, setter: Setter) -> str:
    if setter.section.number is None or depth > 2:
        return ""
    setter.counts[depth - 1] += 1
    if depth == 1:
        setter.counts[1] = 0
    first, second = setter.counts
    if setter.book.language == "en":
        return f"{setter.section.number}.{first}" + (f".{second}" if depth == 2 else "")
    return f"{chinese(first)}、" if depth == 1 else f"（{chinese(second)}）"


def _div(block: Node, setter: Setter) -> list[Node]:
    inner = block["c"][1]
    for name in tree.classes(block):
        if name in _DIVS:
            return _DIVS[name](block, inner, setter)
    made = _blocks(inner, setter)
    if {"reference", "csl-entry"} & set(tree.classes(block)):
        made = boxed("#entry[", made)
    return _anchored(block, _spoken_in(block, made, setter), setter)


def _anchored(node: Node, made: list[Node], setter: Setter) -> list[Node]:
    anchor = setter.anchor(node)
    return [tree.plain(anchor), *made] if anchor else made


def _spoken_in(node: Node, made: list[Node], setter: Setter) -> list[Node]:
    language = tree.keys(node).get("lang", "")
    return made if same_tongue(language, setter.book.language) else boxed(f"#tongue({literal(language[:2])})[", made)


def _paragraph(div: Node, inner: list[Node], setter: Setter) -> list[Node]:
    """A paragraph; its id stands in the margin of a draft, by which comments name it."""
    made, marks, name = _blocks(inner, setter), setter.anchor(div), tree.identifier(div)
    named = name.partition(".")[2] or name
    words = made[0]["t"] in ("Para", "Plain") and not _displayed(inner[0]["c"]) if made else False
    if setter.book.draft and name:
        if not words:
            return [tree.plain([*marks, raw(f"#block-id({literal(named)});")]), *made]
        marks.append(raw(f"#paragraph-id({literal(named)});"))
    if not marks:
        return made
    return [{"t": made[0]["t"], "c": [*marks, *made[0]["c"]]}, *made[1:]] if words else [tree.plain(marks), *made]


def _displayed(inlines: list[Node]) -> bool:
    """Whether a paragraph opens with a formula on a line of its own, which words before it would push down."""
    return bool(inlines) and inlines[0]["t"] == "Math" and inlines[0]["c"][0]["t"] == "DisplayMath"


def _figure(div: Node, inner: list[Node], setter: Setter) -> list[Node]:
    name, document = tree.identifier(div), setter.section.document
    if not document or all(item.id != name for item in document.figures):
        return setter.refuse("GB581", f"found figure {name} without a picture", "a drawn figure", "draw or remove it")
    return _plate(f"#chart({literal(name)}", inner, setter)


def _plate(call: str, inner: list[Node], setter: Setter, cells: list[Node] | None = None) -> list[Node]:
    """A figure or table: its title, what is shown, cells, notes and source, as named contents."""
    title, *shown = tree.child(inner, "caption") or [tree.plain([])]
    made = [tree.plain([raw(f"{call}, title: ["), *inlines(title["c"], setter), raw("]")])]
    parts = (("shown", shown), *((name, tree.child(inner, name)) for name in ("unit", "notes", "source")))
    for name, blocks in parts:
        if blocks:
            made += boxed(f", {name}: [", _blocks(blocks, setter))
    return [*made, *(cells or []), tree.raw_block(")", "typst")]


def _table_div(div: Node, inner: list[Node], setter: Setter) -> list[Node]:
    name = tree.identifier(div)
    grid = next((block for block in inner if block["t"] == "Table"), None)
    if grid is None:
        return setter.refuse("GB581", f"found table {name} without cells", "a table", "make it or remove it")
    cells = _cells(name, grid, setter, ", cells: (", ")")
    under = [block for part in ("notes", "source") for block in tree.child(inner, part)]
    setter.tables[name]["short"] &= ems(tree.words(under)) < NOTES
    return _plate(f"#ruled-table({literal(name)}", inner, setter, cells)


def _cells(name: str, grid: Node, setter: Setter, call: str, close: str) -> list[Node]:
    """The cells of a table as Typst calls between `call` and `close`; its shape is kept for the templates."""
    table = ruled(grid)
    setter.tables[name] = table.shape
    setter.quiet += 1
    made = [tree.raw_block(call, "typst")]
    for cell in table.cells:
        made += [tree.plain([raw(f"cell({cell.across}, {cell.down}, {literal(cell.align)})[")]),
                 *_blocks(cell.blocks, setter), tree.raw_block("],", "typst")]
    setter.quiet -= 1
    return [*made, tree.raw_block(close, "typst")]


def _table(block: Node, setter: Setter) -> list[Node]:
    """A table that stands in prose without a number."""
    name = f"{setter.section.id}.grid-{len(setter.tables)}"
    return _cells(name, block, setter, f"#loose-table({literal(name)}, (", "))")


def _finding(div: Node, inner: list[Node], setter: Setter) -> list[Node]:
    name, strength = literal(tree.identifier(div)), literal(tree.keys(div).get("strength", ""))
    return boxed(f"#finding({name}, {strength})[", _blocks(inner, setter))


def _leading(div: Node, inner: list[Node], setter: Setter) -> list[Node]:
    """A finding of the opening spread: its headline number in the side column, its sentences beside it."""
    headline, rest = tree.child(inner, "headline"), [block for block in inner if "headline" not in tree.classes(block)]
    pairs = tree.keys(div)
    words = (tree.identifier(div), pairs.get("strength", ""), pairs.get("part", ""))
    names = ", ".join(map(literal, words))
    return [*boxed(f"#leading({names})[", _blocks(headline, setter), "]["), *_blocks(rest, setter),
            tree.raw_block("]", "typst")]


def _unprinted(div: Node, inner: list[Node], setter: Setter) -> list[Node]:
    """The list of all findings, which print has in the chapters themselves."""
    return []


def _box(kind: str):
    def write(div: Node, inner: list[Node], setter: Setter) -> list[Node]:
        return boxed(f"#notice({literal(kind)}, {literal(tree.identifier(div))})[", _blocks(inner, setter))

    return write


def _within(kind: str):
    def write(div: Node, inner: list[Node], setter: Setter) -> list[Node]:
        return boxed(f"#{kind}[", _blocks(inner, setter))

    return write


_DIVS = {"par": _paragraph, "figure": _figure, "table": _table_div, "finding": _finding, "leading": _leading,
         "verso": _within("verso"), "recto": _within("recto"), "all-findings": _unprinted, "case": _box("case"),
         "gap": _box("gap"), "refusals": _box("refusals"), "changes": _within("changes"), "title": _within("box-title"),
         "notes": _within("under-box"), "source": _within("under-box")}
_BLOCKS = {"BlockQuote": _quote, "BulletList": _bullets, "OrderedList": _numbers, "DefinitionList": _definitions,
           "LineBlock": _lines, "Header": _header, "Div": _div, "Table": _table, "RawBlock": refused,
           "Figure": refused}
