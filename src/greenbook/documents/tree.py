"""Pandoc's JSON tree: the runs of words in it, their leaves, and the few nodes that documents build.

A *run* is one list of inlines, a paragraph's, a heading's, a footnote's; a *leaf* is a node of it that holds no
further words. Source of the shapes: pandoc-types 1.23.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Node = dict[str, Any]
Run = list[Node]
Attributes = list[Any]

HIDDEN = "\ufffc"
_WITH_INLINES = {"Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps"}
_WITH_ATTRIBUTES = {"Span", "Link", "Image", "Quoted"}


def parts(node: Node) -> tuple[str, Any]:
    """The type of a node and what it holds (None for a Space and its like)."""
    return node["t"], node.get("c")


def inlines(node: Node) -> Run | None:
    """The words inside an inline node, or None where it is a leaf. Notes and citations are leaves."""
    if node["t"] in _WITH_INLINES:
        return node["c"]
    if node["t"] in _WITH_ATTRIBUTES:
        return node["c"][1] or None
    return None


def runs(blocks: Iterable[Node], *, citations: bool = True) -> Iterator[Run]:
    """Every run in `blocks` in reading order, those of tables, notes and (unless told not to) citations included."""
    for block in blocks:
        for run in _own_runs(block):
            yield run
            yield from _aside(run, citations)
        for inner in _inner_blocks(block):
            yield from runs(inner, citations=citations)


def _own_runs(block: Node) -> list[Run]:
    kind, content = parts(block)
    if kind in ("Para", "Plain"):
        return [content]
    if kind == "Header":
        return [content[2]]
    if kind == "LineBlock":
        return content
    return [term for term, _ in content] if kind == "DefinitionList" else []


def _inner_blocks(block: Node) -> Iterator[list[Node]]:
    kind, content = parts(block)
    if kind == "BlockQuote":
        yield content
    elif kind in ("BulletList", "OrderedList"):
        yield from content if kind == "BulletList" else content[1]
    elif kind == "DefinitionList":
        yield from (definition for _, definitions in content for definition in definitions)
    elif kind == "Div":
        yield content[1]
    elif kind == "Figure":
        yield from (content[1][1], content[2])
    elif kind == "Table":
        yield from _table_blocks(content)


def _table_blocks(content: list[Any]) -> Iterator[list[Node]]:
    yield content[1][1]
    rows = [*content[3][1]]
    for body in content[4]:
        rows += [*body[2], *body[3]]
    for row in [*rows, *content[5][1]]:
        yield from (cell[4] for cell in row[1])


def _aside(run: Run, citations: bool) -> Iterator[Run]:
    """The runs inside the notes and citations of `run`."""
    for node in run:
        if node["t"] == "Note":
            yield from runs(node["c"], citations=citations)
        elif node["t"] == "Cite":
            for citation in node["c"][0] if citations else ():
                yield citation["citationPrefix"]
                yield citation["citationSuffix"]
        elif (inner := inlines(node)) is not None:
            yield from _aside(inner, citations)


def leaves(run: Run) -> Iterator[tuple[Run, int]]:
    """Each leaf of `run` in order, as the list that holds it and its place there."""
    for place, node in enumerate(run):
        inner = inlines(node)
        if inner is None:
            yield run, place
        else:
            yield from leaves(inner)


def nodes(blocks: Iterable[Node]) -> Iterator[Node]:
    """Every inline node of `blocks`, parents before children."""
    for run in runs(blocks):
        yield from nodes_of(run)


def nodes_of(run: Run) -> Iterator[Node]:
    """Every inline node of `run`, parents before children."""
    for node in run:
        yield node
        if (inner := inlines(node)) is not None:
            yield from nodes_of(inner)


def every_block(blocks: Iterable[Node]) -> Iterator[Node]:
    """Every block of `blocks`, parents before children; those of notes are not among them."""
    for block in blocks:
        yield block
        for inner in _inner_blocks(block):
            yield from every_block(inner)


def leaf_text(node: Node) -> str:
    """The plain words of a leaf; notes, citations and references have none."""
    kind = node["t"]
    if kind == "Str":
        return node["c"]
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    return node["c"][1] if kind in ("Code", "Math") else ""


def text(run: Run, hidden: Callable[[Node], bool] | None = None) -> str:
    """The plain words of `run`; a node that `hidden` picks counts as one U+FFFC."""
    words = []
    for node in run:
        inner = inlines(node)
        if hidden is not None and hidden(node):
            words.append(HIDDEN)
        else:
            words.append(leaf_text(node) if inner is None else text(inner, hidden))
    return "".join(words)


def plain(blocks: Iterable[Node]) -> str:
    """The plain words of the paragraphs in `blocks`, one line each; notes are left out."""
    return "\n".join(text(run) for block in every_block(blocks) for run in _own_runs(block))


def words(line: str) -> Run:
    """`line` as inlines: words and the blanks between them."""
    run: Run = []
    for number, word in enumerate(line.split(" ")):
        if number:
            run.append({"t": "Space"})
        if word:
            run.append({"t": "Str", "c": word})
    return run


def attributes(id_: str = "", classes: Iterable[str] = (), pairs: Iterable[tuple[str, str]] = ()) -> Attributes:
    """An attribute triple of pandoc."""
    return [id_, list(classes), [list(pair) for pair in pairs]]


def para(run: Run) -> Node:
    """A paragraph of `run`."""
    return {"t": "Para", "c": run}


def div(id_: str, class_: str, blocks: Iterable[Node], pairs: Iterable[tuple[str, str]] = ()) -> Node:
    """A Div with one class."""
    return {"t": "Div", "c": [attributes(id_, [class_], pairs), list(blocks)]}


def span(class_: str, run: Run, pairs: Iterable[tuple[str, str]] = ()) -> Node:
    """A Span with one class."""
    return {"t": "Span", "c": [attributes("", [class_], pairs), run]}


def is_span(node: Node, class_: str) -> bool:
    """Whether `node` is a Span of `class_`."""
    return node["t"] == "Span" and class_ in node["c"][0][1]


def pair(node: Node, key: str) -> str:
    """The attribute `key` of a Span or Div, or nothing."""
    return next((value for name, value in node["c"][0][2] if name == key), "")
