"""The index of indicators in print: what is measured, and the marks whose pages stand behind it."""

from __future__ import annotations

from typing import Any

from greenbook.composition.book import Book

INDICATORS = "print-indicators"
OBSERVED = "data/observations/"
_ORDER = {"zh-Hans": "gb18030", "zh-Hant": "big5hkscs"}
"""Encodings whose order is that of Chinese indexes: GB 2312 goes by pinyin, Big5 by the number of strokes."""


def indicators(book: Book) -> list[dict[str, Any]]:
    """An entry for each indicator behind a number, figure or table of `book`: `label`, `keys`, `places`.

    `keys` are the names of number marks in prose, `places` the ids of figures and tables. Labels are in the order of
    an index in the book's language: pinyin, strokes, or alphabet.
    """
    found: dict[str, dict[str, Any]] = {}
    for section in book.sections:
        for row in section.numbers:
            for item in row.inputs:
                name = item.get("id", "")
                if name and item.get("file", "").startswith(OBSERVED):  # else a policy, a target, a count
                    entry = found.setdefault(name, {"label": item.get("indicator", name), "keys": {}, "places": {}})
                    key = row.id.replace(".num.", ".", 1)
                    if row.in_table or ".tbl-" in row.id:
                        entry["places"][".".join(key.split(".")[:2])] = None
                    else:
                        entry["keys"][key] = None
    for section in book.sections:
        for figure in section.document.figures if section.document else ():
            for name in figure.record.indicators:
                if name in found:
                    found[name]["places"][figure.id] = None
    return sorted(({"label": entry["label"], "keys": list(entry["keys"]), "places": list(entry["places"])}
                   for entry in found.values()), key=lambda entry: _place(entry["label"], book.language))


def _place(label: str, language: str) -> tuple[bytes, str]:
    """Where `label` stands in an index: signs and letters first, then Chinese in the order of its script."""
    encoding = _ORDER.get(language, "utf-8")
    return label.casefold().encode(encoding, "replace"), label
