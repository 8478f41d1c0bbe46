"""What prose must not carry into a format: HTML, pictures, scripts behind links, looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenbook.documents import tree
from greenbook.errors import Problem

_TAG = re.compile(r"<!--|</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|\{=\w+\}")
_FENCE = re.compile(r"```|~~~|:::")
_RAW = re.compile(r"^\{=\w+\}")
_SCHEMES = ("http://", "https://", "mailto:", "#")
OURS = ("value", "word")


def check(blocks: list[tree.Node], notebook: str, place: str) -> list[Problem]:
    """A problem for everything in the blocks of a prose cell that is unsafe or does not belong in prose."""
    problems = [Problem(notebook, place, *found) for found in _inlines(blocks)]
    problems += [Problem(notebook, place, *found) for found in _blocks(blocks)]
    for run in tree.runs(blocks):
        words = tree.text(run, _is_code)
        if tag := _TAG.search(words):
            problems.append(Problem(notebook, place, "GB691", f'found "{tag[0]}"',
                                    "Markdown without HTML or raw blocks", "write it in Markdown"))
        if fence := _FENCE.search(words):
            problems.append(Problem(notebook, place, "GB509", f'found "{fence[0]}" without an end',
                                    "each ::: and ``` is closed in its own cell", "close it"))
    return problems


def _is_code(node: tree.Node) -> bool:
    return node["t"] in ("Code", "Math")


def _inlines(blocks: list[tree.Node]) -> Iterator[tuple[str, str, str, str]]:
    for node in tree.nodes(blocks):
        kind, content = tree.parts(node)
        if kind in ("RawInline",) or (kind == "Code" and _RAW.match(content[1])):
            yield "GB691", "found a raw block", "Markdown", "write it in Markdown"
        elif kind == "Image":
            yield ("GB693", f'found the picture "{content[2][0]}"', "pictures come from chapter.figure",
                   "draw it in a code cell")
        elif kind == "Link" and not content[2][0].startswith(_SCHEMES):
            yield ("GB692", f'found a link to "{content[2][0]}"', "http, https, mailto or a reference like #fig-output",
                   "write one of them")
        elif kind == "Link" and content[2][0].startswith("#") and content[1]:
            yield ("GB507", f'found "[{tree.text(content[1])}]({content[2][0]})"',
                   "a reference without words: they come from the build", f"write []({content[2][0]})")
        elif kind in ("Span", "Code", "Link") and not _spoken(node) and (looks := _looks(content[0], kind)):
            yield "GB508", f"found {{{looks}}}", "words without looks; looks are templates", "remove it"


def _blocks(blocks: list[tree.Node]) -> Iterator[tuple[str, str, str, str]]:
    for block in tree.every_block(blocks):
        kind, content = tree.parts(block)
        if kind == "RawBlock" or (kind == "CodeBlock" and _RAW.match(content[1])):
            yield "GB691", "found a raw block", "Markdown", "write it in Markdown"
        elif kind == "Table":
            yield ("GB506", "found a table in Markdown", "tables come from chapter.table, with their values bound",
                   "make it in a code cell")
        elif kind == "Header":
            if content[0] == 1:
                yield ("GB523", f'found the heading "# {tree.text(content[2])}"',
                       "headings from level 2 on; the chapter's title stands in book.yml", "write ##")
            elif looks := _looks(content[1], kind):
                yield "GB508", f"found {{{looks}}}", "words without looks; looks are templates", "remove it"
        elif kind in ("Div", "CodeBlock") and (looks := _looks(content[0], kind)):
            yield "GB508", f"found {{{looks}}}", "words without looks; looks are templates", "remove it"


def _spoken(node: tree.Node) -> bool:
    """Whether a span says how its words sound: a formula's in `alt`, another language's in `lang`."""
    kind, content = tree.parts(node)
    if kind != "Span" or content[0][0] or content[0][1] or len(content[0][2]) != 1:
        return False
    (name, value), inner = content[0][2][0], content[1]
    return ((name == "alt" and bool(value.strip()) and [item["t"] for item in inner] == ["Math"])
            or (name == "lang" and value in ("zh", "en")))


def _looks(attributes: tree.Attributes, kind: str) -> str:
    """Classes and attributes that are not ours, as they were written."""
    _, classes, pairs = attributes
    if "value" in classes and kind == "Span":
        return ""
    shown = () if kind in ("CodeBlock", "Code") else classes
    kept = [f".{name}" for name in shown if name not in (*OURS, "uri", "email")]
    return " ".join([*kept, *(f'{name}="{value}"' for name, value in pairs)])
