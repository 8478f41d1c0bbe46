"""A figure's record and its caption cell → the figure's Div; what stands under figures and tables alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from greenbook.documents import captions, notes, tree
from greenbook.documents.cells import CodeCell, ProseCell
from greenbook.documents.document import Figure
from greenbook.documents.sources import source_line
from greenbook.errors import Problem
from greenbook.records import FigureRecord

if TYPE_CHECKING:
    from greenbook.documents.assembly import Assembly


def figure_blocks(assembly: Assembly, record: FigureRecord, name: str, words: ProseCell | None,
                  cell: CodeCell) -> list[tree.Node]:
    """The Div of a figure: caption, notes, source. The picture and its alternative text go to `assembly.figures`."""
    caption = read_caption(assembly, name, words, cell)
    if words is not None:
        _check_alternative(assembly, caption, words)
    drawing = record.drawings.get(assembly.language, "")
    assembly.figures.append(Figure(name, record, drawing, caption.alt, caption.title))
    lines = notes.figure_notes(record, assembly.material.view, assembly.words, assembly.language)
    inputs = [*record.inputs, *(name for point in record.points for name in point.inputs)]
    calculated = any(point.formula or point.status == "derived" for point in record.points)
    below = under(assembly, lines, inputs, calculated)
    return [tree.div(name, "figure", [tree.div("", "caption", caption.blocks), *below])]


def read_caption(assembly: Assembly, name: str, words: ProseCell | None, cell: CodeCell) -> captions.Caption:
    """The caption in the cell `words`; where there is none, a gap and words that say so."""
    if words is None:
        return _no_caption(assembly, name, cell)
    kept, alternative = captions.split(assembly.prose.get(words.place, []))
    for blocks in (kept, alternative):
        assembly.bind(blocks, name, words)
    return captions.read(kept, alternative)


def _no_caption(assembly: Assembly, name: str, cell: CodeCell) -> captions.Caption:
    what = {"zh-Hans": f"{name}缺少标题。", "en": f"{name} has no caption."}
    assembly.gap(name, what, Problem(
        assembly.material.notebook, cell.place, "GB515", f"found {name} without a caption in {assembly.language}",
        "a cell tagged caption below the code", "write what the figure or table shows",
    ))
    line = assembly.words["label_line"].format(assembly.words["gap"]) + what[assembly.language]
    return captions.Caption((tree.para(tree.words(line)),), line, line)


def _check_alternative(assembly: Assembly, caption: captions.Caption, words: ProseCell) -> None:
    if caption.inside:
        assembly.problem(words, "GB516", "found Alt: inside a paragraph", "a paragraph of its own",
                         "put an empty line before Alt:")
    elif not caption.alt:
        assembly.problem(words, "GB516", "found no alternative text", "a paragraph that begins with Alt:",
                         "say in words what the picture shows")
    elif caption.alt_is_caption:
        assembly.problem(words, "GB517", "found an alternative text that repeats the caption",
                         "chart type, data, and why it is shown", "describe the picture")


def under(assembly: Assembly, lines: list[str], inputs: Iterable[str], calculated: bool) -> list[tree.Node]:
    """The notes and the source line of a figure or table, each with its label."""
    made = [labelled(assembly, "notes", "note", notes.line(lines, assembly.words))] if lines else []
    inputs = tuple(dict.fromkeys(inputs))
    sources = source_line(inputs, calculated, assembly.material.view, assembly.words, assembly.language)
    return [*made, labelled(assembly, "source", "source", sources)] if sources else made


def labelled(assembly: Assembly, class_: str, label: str, line: str) -> tree.Node:
    """A Div with one line that begins with the interface word `label`."""
    word = assembly.words["label_line"].format(assembly.words[label])
    space = [{"t": "Space"}] if word.endswith(" ") else []
    run = [tree.span("label", tree.words(word.rstrip())), *space, *tree.words(line)]
    return tree.div("", class_, [tree.para(run)])
