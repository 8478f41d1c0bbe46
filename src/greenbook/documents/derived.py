"""The zh-Hant document of a chapter, made from its zh-Hans document: nothing is drawn, printed or parsed again."""

from __future__ import annotations

from dataclasses import replace

from greenbook.documents import tree
from greenbook.documents.document import Blocks, ChapterDocument, Figure, Finding, Shown, Table
from greenbook.documents.traditional import Converter

LANGUAGE = "zh-Hant"


def traditional_document(document: ChapterDocument, converter: Converter) -> ChapterDocument:
    """`document` in traditional characters; records keep their zh-Hans words, which the converter makes on demand.

    Raises LengthChangedError where a conversion cannot be cut back.
    """
    return replace(
        document, language=LANGUAGE, title=converter.text(document.title),
        blocks=_blocks(document.blocks, converter),
        shown=tuple(_shown(item, converter) for item in document.shown),
        figures=tuple(_figure(item, converter) for item in document.figures),
        tables=tuple(_table(item, converter) for item in document.tables),
        findings=tuple(_finding(item, converter) for item in document.findings),
        words=tuple(map(converter.quietly, document.words)),
    )


def _blocks(blocks: Blocks, converter: Converter) -> Blocks:
    return tuple(made for block in blocks for made in converter.blocks([block], _anchor(block)))


def _anchor(block: tree.Node) -> str:
    if block["t"] == "Div":
        return block["c"][0][0]
    return block["c"][1][0] if block["t"] == "Header" else ""


def _shown(item: Shown, converter: Converter) -> Shown:
    return replace(item, text=converter.quietly(item.text))


def _figure(item: Figure, converter: Converter) -> Figure:
    return replace(item, svg=converter.svg(item.svg, item.id), alt=converter.text(item.alt, item.id),
                   title=converter.quietly(item.title))


def _table(item: Table, converter: Converter) -> Table:
    return replace(item, title=converter.quietly(item.title))


def _finding(item: Finding, converter: Converter) -> Finding:
    blocks = tuple(converter.blocks(item.blocks, quiet=True))
    return replace(item, blocks=blocks, text=tree.plain(blocks))
