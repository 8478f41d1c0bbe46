"""The house style of sentences: the rules of templates/house/style-rules.yml, compiled."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenbook.errors import Problem
from greenbook.review.sentences import MARKS

NAME = "style-rules.yml"
# Sections of plain rules: their code, and what is expected there.
SECTIONS = {
    "words": ("GB531", "words that stay true, claim no cause and no chance, and point by reference"),
    "change": ("GB532", "the words of the house for change"),
    "names": ("GB534", "names and offices in full, as they are"),
    "punctuation": ("GB536", "the punctuation of the house"),
    "numbers": ("GB537", "numbers as the house writes them"),
    "spelling": ("GB540", "British English, in full words"),
}
_ANY = "[\ue000-\ue007]"
_PLACES = {"{any}": _ANY, "{value}": "[\ue000-\ue006]", "{share}": MARKS["share"], "{multiple}": MARKS["multiple"],
           "{change}": "[\ue002-\ue004]", "{year}": MARKS["year"]}


@dataclass(frozen=True)
class Rule:
    """One rule: what to look for, what makes the sentence another one, and what to write instead."""

    code: str
    expected: str
    find: re.Pattern[str]
    write: str
    unless: re.Pattern[str] | None = None
    everywhere: bool = False


@dataclass(frozen=True)
class Leader:
    """A leader whose name stands with an office, in each language."""

    name: dict[str, str]
    office: dict[str, re.Pattern[str]]


@dataclass(frozen=True)
class StyleRules:
    """All rules by language; patterns of one sort each where a rule needs more than to find words."""

    plain: dict[str, tuple[Rule, ...]]
    superlatives: dict[str, re.Pattern[str]]
    trends: dict[str, re.Pattern[str]]
    misspelt: dict[str, re.Pattern[str]]
    occasion: dict[str, re.Pattern[str]]
    leaders: tuple[Leader, ...] = field(default_factory=tuple)

    @property
    def count(self) -> int:
        """How many rules there are, those of ranks, trends, leaders and repetition included."""
        single = (self.superlatives, self.trends, self.misspelt, self.occasion)
        return sum(map(len, self.plain.values())) + sum(map(len, single)) + len(self.leaders) + 1


def read_rules(templates: Path) -> tuple[StyleRules | None, list[Problem]]:
    """The rules of a project's templates, or nothing where it has none; and a rule that cannot be read (GB596)."""
    path = templates / "house" / NAME
    if not path.is_file():
        return None, []
    state = path.stat()
    return _read(path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> tuple[StyleRules | None, list[Problem]]:
    import yaml

    try:
        return _rules(yaml.safe_load(path.read_text("utf-8"))), []
    except (yaml.YAMLError, re.error, KeyError, TypeError, AttributeError) as error:
        found = f"found rules that cannot be read: {' '.join(str(error).split())}"
        return None, [Problem(f"templates/house/{NAME}", "", "GB596", found, "expected sections of rules, each with "
                              "find and write", "mend the file")]


def _rules(tree: dict[str, Any]) -> StyleRules:
    plain: dict[str, list[Rule]] = {}
    for section, (code, expected) in SECTIONS.items():
        for language, rules in tree[section].items():
            plain.setdefault(language, []).extend(_rule(code, expected, rule) for rule in rules)
    pattern = {name: {language: compiled(words) for language, words in tree[name].items()}
               for name in ("superlatives", "trends", "misspelt_leaders", "occasion")}
    leaders = tuple(Leader({"zh-Hans": entry["zh"], "en": entry["en"]},
                           {"zh-Hans": re.compile(entry["zh_office"]), "en": re.compile(entry["en_office"])})
                    for entry in tree["leaders"])
    return StyleRules({language: tuple(rules) for language, rules in plain.items()}, pattern["superlatives"],
                      pattern["trends"], pattern["misspelt_leaders"], pattern["occasion"], leaders)


def _rule(code: str, expected: str, entry: dict[str, Any]) -> Rule:
    unless = entry.get("unless")
    return Rule(code, expected, compiled(entry["find"]), entry["write"], compiled(unless) if unless else None,
                bool(entry.get("everywhere")))


def compiled(words: str) -> re.Pattern[str]:
    """The pattern `words`, with the names of forms as the marks that stand for values."""
    for place, marks in _PLACES.items():
        words = words.replace(place, marks)
    return re.compile(words)
