"""units.yml and indicators/*.yml as entries, every key checked and named by its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from greenbook.catalog.cells import shown
from greenbook.catalog.entries import Break, IndicatorEntry
from greenbook.catalog.keyed import Keyed
from greenbook.catalog.schema import SLUG
from greenbook.errors import Problem, write_instead
from greenbook.units import Unit

LANGUAGES = ("zh-Hans", "en")
KINDS = ("flow", "stock", "share", "rate", "price", "index", "count")
UNIT_KEYS = ("dimension", "factor", "zh-Hans", "en", "head-zh-Hans", "head-en")
UNIT_REQUIRED = ("dimension", "factor", "zh-Hans", "en")
TEXTS = ("label", "counter", "scope", "first_published", "points_only", "note", "show")
INDICATOR_KEYS = ("label", "unit", "show", "kind", "counter", "scope", "direction", "price_basis", "breaks",
                  "first_published", "points_only", "reported_growth", "not_official", "note", "chapters")
INDICATOR_REQUIRED = ("label", "unit", "show", "kind")
WORDS = {"kind": KINDS, "direction": ("up", "down"), "price_basis": ("current", "constant"),
         "not_official": ("true", "false")}


class _Reader:
    """Reads one file's entries; problems are added with the entry's name and the key's line."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name, self.problems = name, problems

    def refuse(self, line: int, code: str, found: str, expected: str, do: str) -> None:
        self.problems.append(Problem(self.name, str(line), code, found, f"expected {expected}", do))

    def entries(self, tree: Keyed, build: Callable[[str, Keyed], Any]) -> dict[str, Any]:
        result = {}
        for name, entry in tree.items():
            if isinstance(entry, Keyed):
                before = len(self.problems)
                built = build(name, entry)
                if len(self.problems) == before:
                    result[name] = built
            else:
                self.refuse(tree.at(name), "GB321", f"{name}: found {_kind(entry)}", "keys with values",
                            "write the entry's keys under its id")
        return result

    def keys(self, name: str, entry: Keyed, allowed: tuple[str, ...], required: tuple[str, ...]) -> None:
        for key in entry:
            if key not in allowed:
                self.refuse(entry.at(key), "GB319", f'{name}: found key "{key}"', f"one of {', '.join(allowed)}",
                            write_instead(key, allowed, "remove it"))
        for key in required:
            if key not in entry:
                self.refuse(entry.line, "GB320", f"{name}: found no {key}", f"the keys {', '.join(required)}",
                            f"add {key}")

    def text(self, name: str, entry: Keyed, key: str) -> str:
        value = entry.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self.refuse(entry.at(key), "GB321", f"{name}: {key}: found {_kind(value)}", "one value", "write one value")
        return ""

    def word(self, name: str, entry: Keyed, key: str) -> str:
        """A word of the list for `key`, or nothing."""
        value = self.text(name, entry, key)
        if key in entry and value not in WORDS[key]:
            self.refuse(entry.at(key), "GB314", f"{name}: {key}: found {shown(value)}",
                        f"one of {', '.join(WORDS[key])}", write_instead(value, WORDS[key], "write one of them"))
        return value

    def texts(self, name: str, entry: Keyed, key: str) -> dict[str, str]:
        """Words in both languages; empty where the key is absent."""
        if key not in entry:
            return {}
        value = entry[key]
        if not isinstance(value, Keyed) or set(value) != set(LANGUAGES):
            self.refuse(entry.at(key), "GB321", f"{name}: {key}: found {_languages(value)}", "words in zh-Hans and en",
                        f"write {key}: {{zh-Hans: …, en: …}}")
            return {}
        return {language: self.text(name, value, language) for language in LANGUAGES}

    def names(self, name: str, entry: Keyed, key: str) -> tuple[str, ...]:
        value = entry.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.refuse(entry.at(key), "GB321", f"{name}: {key}: found {_kind(value)}", "a list of words",
                    f"write {key}: [one, two]")
        return ()


def _kind(value: Any) -> str:
    return {"str": f"the value {shown(value)}" if isinstance(value, str) else "", "list": "a list",
            "Keyed": "keys"}[type(value).__name__]


def _languages(value: Any) -> str:
    if not isinstance(value, Keyed):
        return _kind(value)
    return f"the languages {', '.join(sorted(value))}" if value else "nothing"


def read_units(name: str, tree: Keyed, problems: list[Problem]) -> dict[str, Unit]:
    """The units of units.yml by id."""
    reader = _Reader(name, problems)
    return reader.entries(tree, lambda unit, entry: _unit(reader, unit, entry))


def _unit(reader: _Reader, unit: str, entry: Keyed) -> Unit:
    reader.keys(unit, entry, UNIT_KEYS, UNIT_REQUIRED)
    words = {language: reader.text(unit, entry, language) for language in LANGUAGES}
    for language, word in words.items():
        if word.count("{}") > 1 or re.search(r"\{[^}]|[^{]\}", word):
            reader.refuse(entry.at(language), "GB321", f"{unit}: {language}: found {shown(word)}",
                          "a word with {} once at most", "write {} where the number stands")
    heads = {language: reader.text(unit, entry, f"head-{language}")
             for language in LANGUAGES if f"head-{language}" in entry}
    return Unit(unit, reader.text(unit, entry, "dimension"), _factor(reader, unit, entry), words, heads)


def _factor(reader: _Reader, unit: str, entry: Keyed) -> Fraction:
    """The exact factor: a decimal (1e6) or a fraction (1/3), above zero."""
    text = reader.text(unit, entry, "factor")
    try:
        factor = Fraction(text) if "/" in text else Fraction(Decimal(text))
        if factor > 0:
            return factor
    except (ValueError, InvalidOperation, ZeroDivisionError, OverflowError):
        pass
    if "factor" in entry:
        reader.refuse(entry.at("factor"), "GB310", f"{unit}: factor: found {shown(text)}", "a factor above zero",
                      'write it exactly, such as "1e6" or "1/3"')
    return Fraction(1)


def read_indicators(name: str, sector: str, tree: Keyed, problems: list[Problem]) -> dict[str, IndicatorEntry]:
    """The indicators of one file by id."""
    reader = _Reader(name, problems)
    return reader.entries(tree, lambda indicator, entry: _indicator(reader, indicator, sector, entry, tree))


def _indicator(reader: _Reader, indicator: str, sector: str, entry: Keyed, tree: Keyed) -> IndicatorEntry:
    reader.keys(indicator, entry, INDICATOR_KEYS, INDICATOR_REQUIRED)
    if not re.fullmatch(SLUG, indicator):
        reader.refuse(tree.at(indicator), "GB317", f"found the id {shown(indicator)}",
                      "small letters, digits and underscores, a letter first", "rename the indicator")
    texts = {key: reader.texts(indicator, entry, key) for key in TEXTS}
    words = {key: reader.word(indicator, entry, key) for key in WORDS}
    _shows(reader, indicator, entry, texts["show"])
    return IndicatorEntry(
        id=indicator, sector=sector, unit=reader.text(indicator, entry, "unit"), **texts,
        kind=words["kind"], direction=words["direction"], price_basis=words["price_basis"],
        not_official=words["not_official"] == "true", breaks=_breaks(reader, indicator, entry),
        reported_growth=reader.text(indicator, entry, "reported_growth"),
        chapters=reader.names(indicator, entry, "chapters"), file=reader.name, line=tree.at(indicator),
    )


def _shows(reader: _Reader, indicator: str, entry: Keyed, show: dict[str, str]) -> None:
    for language, text in show.items():
        if not re.fullmatch(r".+@[0-9]", text):
            reader.refuse(entry.at("show"), "GB321", f"{indicator}: show: {language}: found {shown(text)}",
                          "unit@digits, such as Mt@0", "write the unit, @ and the number of places")


def _breaks(reader: _Reader, indicator: str, entry: Keyed) -> tuple[Break, ...]:
    found, result = entry.get("breaks", []), []
    for item in found if isinstance(found, list) else [found]:
        if not isinstance(item, Keyed) or set(item) != {"year", *LANGUAGES} or not _is_year(item["year"]):
            reader.refuse(entry.at("breaks"), "GB321", f"{indicator}: breaks: found another form",
                          "a list of a year with words in zh-Hans and en",
                          "write - {year: 2017, zh-Hans: …, en: …}")
            continue
        reasons = {language: reader.text(indicator, item, language) for language in LANGUAGES}
        result.append(Break(int(item["year"]), reasons))
    return tuple(sorted(result, key=lambda item: item.year))


def _is_year(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9]{4}", value) is not None
