"""The style check: sentences of notebooks against the rules of the house, and against one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from greenbook.errors import Problem
from greenbook.execution.source import SourceNotebook
from greenbook.review.sentences import Sentence, sentences, told
from greenbook.review.stylerules import Leader, Rule, StyleRules

_PART = {"zh-Hans": re.compile(r"[\u3400-\u9fff]|[A-Za-z]+"), "en": re.compile(r"[A-Za-z][\w'-]*")}
# Shorter ones, such as the headings of the skeleton, are no sentences of a chapter's own.
_LEAST = {"zh-Hans": 12, "en": 8}
_AROUND = 12


def read_sentences(notebooks: Mapping[str, SourceNotebook], forms: Mapping[str, Mapping[str, str]]) -> list[Sentence]:
    """The sentences of all chapters; `forms` are those of each chapter's values by name."""
    return [sentence for slug, notebook in notebooks.items()
            for sentence in sentences(slug, notebook, forms.get(slug, {}))]


def problems_of_wording(every: Iterable[Sentence], rules: StyleRules) -> list[Problem]:
    """What the rules find in single sentences (GB531–GB537, GB539, GB540)."""
    return [problem for sentence in every for look in (_plain, _superlative, _trend, _leader)
            for problem in look(sentence, rules)]


def repeated(every: Iterable[Sentence]) -> list[Problem]:
    """A problem for each sentence that stands, values aside, in a chapter before (GB538)."""
    first: dict[tuple[str, str], Sentence] = {}
    problems = []
    for sentence in every:
        parts = _PART[sentence.language].findall(sentence.words.lower())
        if len(parts) < _LEAST[sentence.language]:
            continue
        other = first.setdefault((sentence.language, " ".join(parts)), sentence)
        if other.slug != sentence.slug:
            problems.append(_problem(sentence, "GB538", f'found "{_short(sentence.words)}"',
                                     f"expected no sentence of {other.slug} ({other.place})",
                                     "say what is this chapter's"))
    return problems


def _plain(sentence: Sentence, rules: StyleRules) -> Iterator[Problem]:
    for rule in rules.plain.get(sentence.language, ()):
        words = sentence.words if rule.everywhere else sentence.open_words
        match = rule.find.search(words)
        if match and not (rule.unless and rule.unless.search(words)):
            yield _problem(sentence, rule.code, _found(words, match), f"expected {rule.expected}", _instead(rule))


def _superlative(sentence: Sentence, rules: StyleRules) -> Iterator[Problem]:
    match = rules.superlatives[sentence.language].search(sentence.open_words)
    if match and not sentence.is_backed and sentence.role != "caption":
        yield _problem(sentence, "GB533", _found(sentence.open_words, match),
                       "expected a value, a reference or a citation beside a rank", "add the source, or leave it out")


def _trend(sentence: Sentence, rules: StyleRules) -> Iterator[Problem]:
    match = rules.trends[sentence.language].search(sentence.open_words)
    if match and not sentence.conditions:
        yield _problem(sentence, "GB539", _found(sentence.open_words, match),
                       "expected words of a trend only under a condition",
                       "tag both twins if-<name>, or let a value print the direction")


def _leader(sentence: Sentence, rules: StyleRules) -> Iterator[Problem]:
    match = rules.misspelt[sentence.language].search(sentence.words)
    if match:
        yield _problem(sentence, "GB534", _found(sentence.words, match), "expected the name and office exactly",
                       "write both in full")
    for leader in rules.leaders:
        if leader.name[sentence.language] in sentence.words:
            yield from _named(sentence, leader, rules)


def _named(sentence: Sentence, leader: Leader, rules: StyleRules) -> Iterator[Problem]:
    """A leader stands with an office; a quotation besides with the day, as a value, and the occasion."""
    name, language = leader.name[sentence.language], sentence.language
    if not leader.office[language].search(sentence.words):
        yield _problem(sentence, "GB534", f'found "{name}" without an office', "expected the name with its office",
                       "add the office held on that day")
    quoted = "“" in sentence.words
    dated = re.search("[\ue006]", sentence.words)
    if quoted and not (dated and rules.occasion[language].search(sentence.words)):
        yield _problem(sentence, "GB535", f'found a quotation of {name}',
                       "expected the day, from a value, and the occasion beside it",
                       "add both, or paraphrase the document")


def _instead(rule: Rule) -> str:
    return f"write {rule.write}"


def _found(words: str, match: re.Match[str]) -> str:
    around = words[max(match.start() - _AROUND, 0):match.end() + _AROUND]
    return f'found "{told(match[0])}" in "{told(around).strip()}"'


def _short(words: str) -> str:
    shown = told(words)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"


def _problem(sentence: Sentence, code: str, found: str, expected: str, do: str) -> Problem:
    return Problem(sentence.notebook, sentence.place, code, found, expected, do)
