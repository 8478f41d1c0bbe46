"""The opening spread of the key findings: of each part the best supported one and the one that is undecided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from greenbook.composition.book import FindingLine
from greenbook.composition.tree import Node, div, header, plain

# (id, title, findings) of a part in printing order.
Part = tuple[str, str, Sequence[FindingLine]]
Entry = Callable[[FindingLine, Mapping[str, str]], list[Node]]
_GRADES = "ABC"
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[年–—～-]+\s*(?:(?:19|20)\d\d)?年?)?")


def spread(parts: Iterable[Part], words: Mapping[str, str], entry: Entry) -> list[Node]:
    """Two halves, one a page in print: what the data bear out, and what is unfavourable or undecided.

    `entry` gives the blocks of one finding. A half without findings is left out.
    """
    chosen = [(title, *leading(own)) for _, title, own in parts]
    halves = (("firm", "verso", [(title, firm) for title, firm, _ in chosen if firm]),
              ("open", "recto", [(title, still) for title, _, still in chosen if still]))
    return [div("", ["half", side], [header(2, f"findings.{name}", words[f"findings_{name}"]),
                               *(_led(name, title, line, entry(line, words)) for title, line in half)])
            for name, side, half in halves if half]


def leading(lines: Sequence[FindingLine]) -> tuple[FindingLine | None, FindingLine | None]:
    """Of one part: the first finding of the best evidence that sources do not contradict, and the first open one.

    Open are tentative findings and those on which sources disagree (brief, section 3: each part names at least one
    that is unfavourable or inconclusive); one of another chapter than the firm finding is preferred.
    """
    undecided = [line for line in lines if line.wording == "tentative" or line.strength.endswith("/no")]
    firm = min((line for line in lines if line not in undecided), key=rank, default=None)
    near = firm.section if firm else ""
    still = min(undecided, key=lambda line: (line.section == near, rank(line)), default=None)
    return firm, still


def rank(line: FindingLine) -> int:
    """Where the evidence of a finding stands: 0 for A; one without a grade comes last."""
    return _GRADES.find(line.strength[:1]) % 4


def _led(half: str, title: str, line: FindingLine, blocks: list[Node]) -> Node:
    name = f"findings.{half}.{line.id.replace('.', '-')}"
    headline = [div("", ["headline"], [{"t": "Plain", "c": [value]}]) for value in _headline(blocks)]
    return div(name, ["leading"], [*headline, *blocks], {"strength": line.strength, "part": title})


def _headline(blocks: list[Node]) -> list[Node]:
    """The first number that the finding prints, still bound to its value; a year or a span of years is no headline."""
    for value in _values(blocks):
        words = plain(value)
        if any(char.isdigit() for char in words) and not _YEARS.fullmatch(words):
            return [value]
    return []


def _values(node: object) -> Iterable[Node]:
    if isinstance(node, list):
        for item in node:
            yield from _values(item)
    elif isinstance(node, dict):
        if node.get("t") == "Span" and "value" in node["c"][0][1]:
            yield node
        else:
            yield from _values(node.get("c"))
