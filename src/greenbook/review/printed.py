"""Where a number is printed: the sentences of the manifest, and the pages of the PDFs."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.errors import EnvironmentMissing, Problem

# Signs around the number that must also stand on the page for a sentence to be the one that was copied from.
_AROUND = 14


@dataclass(frozen=True)
class Place:
    """One printing of a value: in which language, under which anchor, in which sentence or row of a table."""

    language: str
    place: str
    sentence: str
    text: str


def plain(text: str) -> str:
    """`text` as numbers are compared: no blanks, half-width, one minus, no hyphens of broken lines."""
    folded = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u00ad", "")
    return re.sub(r"\s", "", folded)


def prints(text: str, wanted: str) -> bool:
    """Whether the printed `text` is `wanted` or holds it whole: 10.05 of 10.05亿吨, never 0.05 or 10.0 of it."""
    shown, sought = plain(text), plain(wanted)
    if not any(sign.isdigit() for sign in sought):
        return shown == sought
    before = r"(?<![0-9])(?<![0-9][.,])" if sought[0].isdigit() else ""
    after = r"(?![0-9])(?![.,][0-9])" if sought[-1].isdigit() else ""
    return re.search(before + re.escape(sought) + after, shown) is not None


def places_of(sentences: Iterable[dict[str, Any]], wanted: str, language: str | None,
              named: set[str]) -> dict[str, list[Place]]:
    """The places of the values in `named`, or else of every value printed as `wanted`, by value."""
    found: dict[str, list[Place]] = {}
    for item in sentences:
        if language not in (None, item["language"]):
            continue
        for name, text in item["values"]:
            if name in named if named else prints(text, wanted):
                place = Place(item["language"], item["place"], item["sentence"], text)
                found.setdefault(name, [])
                found[name] += [] if place in found[name] else [place]
    return found


def on_page(link: Path, languages: Iterable[str], values: list[tuple[dict[str, Any], list[Place]]], page: int,
            language: str | None) -> list[tuple[dict[str, Any], list[Place]]]:
    """The values that the PDF prints on `page`, each with its places there, in the language or in any."""
    texts = {name: page_text(link / f"report-{name}.pdf", page) for name in languages if language in (None, name)}
    kept = [(value, [place for place in places if stands(place, texts.get(place.language, ""))])
            for value, places in values]
    return [(value, places) for value, places in kept if places]


def stands(place: Place, text: str) -> bool:
    """Whether the words around the number of `place` are on a page with the squeezed `text`.

    Where the words of a value run over the end of the page, the words before it and its digits are enough.
    """
    sentence, shown = _squeezed(place.sentence), _squeezed(place.text)
    for match in re.finditer(re.escape(shown), sentence):
        before = sentence[max(0, match.start() - _AROUND):match.end()]
        after = sentence[match.start():match.end() + _AROUND]
        if before in text or after in text or _cut_off(sentence, match.start(), shown, text):
            return True
    return False


def _cut_off(sentence: str, start: int, shown: str, text: str) -> bool:
    """Whether `text` holds the words before a value and its digits, and breaks off inside the value."""
    digits = re.search(r"[0-9][0-9.,]*", shown)
    lead = sentence[max(0, start - _AROUND):start]
    if digits is None or digits.end() == len(shown) or len(lead) < _AROUND:
        return False
    found = text.find(lead + shown[:digits.end()])
    rest = re.sub(r"[0-9]{1,4}$", "", text[found + len(lead) + digits.end():])  # without the number of the page
    return found >= 0 and shown[digits.end():].startswith(rest)


def page_text(path: Path, page: int) -> str:
    """The text of one page of a PDF, squeezed; empty where the PDF has no such page.

    It comes in the order in which it was set (-raw): by its place on the page, lines of neighbouring cells mix.

    Raises EnvironmentMissing where there is no pdftotext.
    """
    try:
        done = subprocess.run(["pdftotext", "-raw", "-f", str(page), "-l", str(page), str(path), "-"],
                              capture_output=True, check=False)
    except OSError as error:
        raise EnvironmentMissing([Problem("pdftotext", "", "GB713", "found no program pdftotext",
                                          "poppler's pdftotext, which reads a page of the PDF",
                                          "install poppler-utils, or leave --page out")]) from error
    return _squeezed(done.stdout.decode("utf-8", "replace"))


def _squeezed(text: str) -> str:
    """Letters, digits and signs in a row, without blanks, hyphens or the marks between the cells of a table."""
    return re.sub(r"[-\u2010\u2011|]", "", plain(text))
