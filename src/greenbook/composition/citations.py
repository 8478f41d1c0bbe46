"""Citations over the whole book by one engine: citeproc with our GB/T 7714—2015 style, numbered as first cited."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenbook.composition.scan import Scan
from greenbook.composition.tree import Node, div, plain, replaced
from greenbook.documents import pandoc
from greenbook.documents.document import Blocks

STYLES = {"GB/T 7714—2015": "gb7714-2015.csl"}
_KEY = re.compile(r"^\s*@\w+\s*\{\s*([^\s,]+)\s*,", re.MULTILINE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Cited:
    """The words of each citation, in the order in which they were given, and the list of references."""

    citations: list[list[Node]] = field(default_factory=list)
    references: Blocks = ()


def keys(bibliography: Path | None) -> frozenset[str]:
    """The keys of the entries in a BibTeX file; none where there is no file."""
    if bibliography is None or not bibliography.is_file():
        return frozenset()
    return frozenset(_KEY.findall(bibliography.read_text("utf-8")))


def keys_of(citation: Node) -> list[str]:
    """The keys that one Cite node names."""
    return [item["citationId"] for item in citation["c"][0]]


def cite(citations: Iterable[Node], known: frozenset[str], bibliography: Path, style: Path, language: str) -> Cited:
    """Every citation in words, and the references in the order of first mention.

    Raises RuntimeError with pandoc's words.
    """
    usable = [node for node in citations if known.issuperset(keys_of(node))]
    if not usable:
        return Cited()
    document = {"pandoc-api-version": pandoc._version(), "meta": {},
                "blocks": [{"t": "Plain", "c": [node]} for node in usable]}
    printed = json.loads(pandoc.run(
        ["-f", "json", "-t", "json", "--citeproc", "--csl", str(style), "--bibliography", str(bibliography),
         "-M", "link-citations=true", "-M", f"lang={'en-GB' if language == 'en' else 'zh-CN'}"],
        json.dumps(document, ensure_ascii=False)))["blocks"]
    words = [_qualified(block["c"][0]["c"][1]) for block in printed[:len(usable)]]
    return Cited(words, tuple(_entry(block) for block in printed[len(usable)]["c"][1]))


def put(blocks: Blocks, scan: Scan, words: dict[int, list[Node]]) -> Blocks:
    """`blocks` with each citation (by identity of its node) replaced by its words; `scan` says where they stand."""

    def change(node: Node) -> Any:
        return words.get(id(node), node) if node["t"] == "Cite" else node

    return tuple(replaced(block, change) if number in scan.open else block for number, block in enumerate(blocks))


def _entry(block: Node) -> Node:
    """One reference, its id under the section; Chinese entries end a long list of authors with 等."""
    identifier = block["c"][0][0]
    inner = _qualified(block["c"][1])
    if _CHINESE.search(plain(inner).partition("et al")[0]):
        _in_chinese(inner)
    return div(f"references.{identifier}", ["reference"], inner)


def _in_chinese(nodes: list[Any]) -> None:
    """Writes 等 for “et al” in the entry just read from citeproc, which nobody else holds yet."""
    for place, node in enumerate(nodes):
        if isinstance(node, dict) and node.get("c") == "et" and nodes[place + 1:place + 2] == [{"t": "Space"}]:
            nodes[place:place + 3] = [{"t": "Str", "c": nodes[place + 2]["c"].replace("al", "等", 1)}]
            return
        inner = node.get("c") if isinstance(node, dict) else node
        if isinstance(inner, list):
            _in_chinese(inner)


def _qualified(nodes: list[Any]) -> list[Any]:
    """Links to references, with the id that they have in the book."""

    def change(node: Node) -> Any:
        if node["t"] != "Link" or not node["c"][2][0].startswith("#ref-"):
            return node
        return {"t": "Link", "c": [node["c"][0], node["c"][1], [f"#references.{node['c'][2][0][1:]}", ""]]}

    return replaced(nodes, change)
