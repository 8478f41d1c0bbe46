"""Direction words: a change value prints its own, so none is typed beside it, or in a clause about it (design, 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from greenbook.documents import tree
from greenbook.documents.clauses import told_twice
from greenbook.errors import Problem
from greenbook.records import ValueRecord

CHANGES = ("growth", "points", "change")
# Nouns of a rate (增长率, 下降率) are no direction; those that name one (增幅, 降幅) are.
_ZH = ("增长|下降|提高|上升|减少|增加|降低|回落|上涨|下跌|提升|升高|下滑|扩大|收窄|缩小|缩减|放缓|放慢|减慢|加快|"
       "走高|走低|攀升|回升|反弹|增速|增幅|降幅|涨幅|跌幅|升幅|减幅|跌|涨|升|降|增|减")
_EN = ("rose|risen|rises?|rising|fell|fallen|falls?|falling|grew|grown|grows?|growing|growth|dropped|drops?|dropping|"
       "declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|increas(?:e|ed|es|ing)|up|down|gain(?:ed|s|ing)?|lost|higher|lower|"
       "expand(?:ed|s|ing)?|expansion|contract(?:ed|s|ing)|contraction|shrank|shrunk|shrinks?|shrinking|"
       "widen(?:ed|s|ing)?|narrow(?:ed|s|ing)|slow(?:ed|s|ing)|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|surg(?:e|ed|es|ing)|"
       "soar(?:ed|s|ing)?|plung(?:e|ed|es|ing)|slid|slipped|eased|dipped|advanced|reduc(?:ed|es|ing|tion)|cut|raised|"
       "lowered|lifted")
# What may stand between a direction and its number: 下降了近, 提高到; rose sharply by about.
_ZH_BETWEEN = "(?:了|约|近|超过?|逾|达到?|为|至|到|出|幅度|：)*"
_EN_BETWEEN = r"(?:\s+(?:by|of|to|at|about|roughly|some|nearly|almost|over|only|just|a|an|further|again|\w+ly))*"
_BEFORE = {
    "zh-Hans": re.compile(rf"({_ZH}){_ZH_BETWEEN}\s*$"),
    "en": re.compile(rf"\b({_EN}){_EN_BETWEEN}\s*$", re.IGNORECASE),
}
_AFTER = {
    "zh-Hans": re.compile(r"^\s*的?((?:增长|下降)(?!率)|[增降涨跌升减]幅|增速|提高|上升|回落|减少|增加|扩大|收窄)"),
    "en": re.compile(r"^\s*(higher|lower|up|down|growth|increase|decrease|decline|rise|fall|drop|gain|loss|reduction"
                     r"|cut)\b", re.IGNORECASE),
}


def check(blocks: list[tree.Node], values: Mapping[str, ValueRecord], language: str, notebook: str,
          place: str) -> list[Problem]:
    """A problem for each direction word beside a bound change or in a neighbouring clause about it; `blocks` are as
    parsed, names unqualified."""
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
        word = match[1] if match else told_twice(*_apart(run, span), language)
        if word:
            found.append((word, record.name))
    return found


def _apart(run: tree.Run, span: tree.Node) -> tuple[str, str]:
    """The words before and after `span`, with every other value hidden."""
    at = [node for node in tree.nodes_of(run) if tree.is_span(node, "value")].index(span)
    parts = tree.text(run, lambda node: tree.is_span(node, "value")).split(tree.HIDDEN)
    return tree.HIDDEN.join(parts[:at + 1]), tree.HIDDEN.join(parts[at + 1:])


def _around(run: tree.Run, span: tree.Node) -> tuple[str, str, str]:
    """The words of `run` before and after `span`."""
    return tree.text(run, lambda node: node is span).partition(tree.HIDDEN)
