"""From the spans and links of parsed prose: what is shown, what is referred to, with names qualified by the chapter."""

from __future__ import annotations

from collections.abc import Iterable

from greenbook.documents import tree
from greenbook.documents.document import Reference, Shown


def qualified(slug: str, name: str) -> str:
    """`name` with its chapter: `steel.fig-output`. Already qualified names and chapters (`ch-steel`) stay."""
    return name if "." in name or name.startswith("ch-") else f"{slug}.{name}"


def bind(blocks: Iterable[tree.Node], slug: str, place: str, cell: str) -> tuple[list[Shown], list[Reference]]:
    """Qualify the values and references of `blocks` in place; returns them in reading order.

    `place` is the qualified anchor of the paragraph, figure or table that holds them.
    """
    shown: list[Shown] = []
    references: list[Reference] = []
    for node in tree.nodes(blocks):
        if tree.is_span(node, "value"):
            name = qualified(slug, tree.pair(node, "name"))
            shown.append(Shown(name, tree.pair(node, "filter"), tree.text(node["c"][1]), place, cell))
            node["c"][0] = tree.attributes("", ["value"], [("name", name)])
        elif node["t"] == "Link" and node["c"][2][0].startswith("#"):
            target = qualified(slug, node["c"][2][0][1:])
            references.append(Reference(target, place, cell))
            node["c"] = [tree.attributes("", ["ref"]), [], [f"#{target}", ""]]
        elif node["t"] == "Cite":
            references += [Reference(f"@{item['citationId']}", place, cell) for item in node["c"][0]]
        elif node["t"] == "Span" and node["c"][0][0]:
            node["c"][0][0] = qualified(slug, node["c"][0][0])
    return shown, references
