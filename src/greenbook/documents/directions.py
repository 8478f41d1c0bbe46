"""Direction words: a change value prints its own, so none is typed beside it (design, 3; brief, 5.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from greenbook.documents import tree
from greenbook.errors import Problem
from greenbook.records import ValueRecord

CHANGES = ("growth", "points", "change")
_BEFORE = {
    "zh-Hans": re.compile(
        r"(增长|下降|提高|上升|减少|增加|降低|回落|上涨|下跌|提升|升高|下滑|增速|增幅|降幅)(?:了|约|近|超过?|达到?|为)?\s*$"
    ),
    "en": re.compile(
        r"\b(rose|risen|rise|fell|fallen|fall|grew|grown|growth|dropped|drop|declined?|decrease[ds]?|increase[ds]?"
        r"|up|down|gained|higher|lower)(?:\s+(?:by|of|to|at|about|roughly|some|nearly))*\s*$", re.IGNORECASE,
    ),
}
_AFTER = {
    "zh-Hans": re.compile(r"^\s*的?(增长|下降|增幅|降幅|增速|涨幅|跌幅|提高|上升)"),
    "en": re.compile(r"^\s*(higher|lower|up|down|growth|increase|decrease|decline|rise|fall|drop)\b", re.IGNORECASE),
}


def check(blocks: list[tree.Node], values: Mapping[str, ValueRecord], language: str, notebook: str,
          place: str) -> list[Problem]:
    """A problem for each direction word beside a bound change; `blocks` are as parsed, names unqualified."""
    problems = []
    for run in tree.runs(blocks):
        for word, name in _typed(run, values, language):
            problems.append(Problem(
                notebook, place, "GB521", f'found "{word}" beside {{{{ {name} }}}}',
                "the value prints its own direction word", "leave the word out",
            ))
    return problems


def _typed(run: tree.Run, values: Mapping[str, ValueRecord], language: str) -> list[tuple[str, str]]:
    found = []
    for span in tree.nodes_of(run):
        record = values.get(tree.pair(span, "name")) if tree.is_span(span, "value") else None
        if record is None or record.form not in CHANGES or tree.pair(span, "filter") == "year":
            continue
        before, _, after = _around(run, span)
        match = _BEFORE[language].search(before) or _AFTER[language].search(after)
        if match:
            found.append((match[1], record.name))
    return found


def _around(run: tree.Run, span: tree.Node) -> tuple[str, str, str]:
    """The words of `run` before and after `span`."""
    return tree.text(run, lambda node: node is span).partition(tree.HIDDEN)
