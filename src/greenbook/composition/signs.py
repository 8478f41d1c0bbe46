"""Signs between numbers in Chinese: years by —, per cents by ～, numbers of figures and tables by a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenbook.composition.scan import Scan
from greenbook.errors import Problem

# GB/T 15834: a span of time takes —, a span of numbers ～; brief, section 5.1. Ids of standards keep their hyphens.
_RULES = (
    (re.compile(r"[图表]\s?[0-9]+[—–～][0-9]+"), "a hyphen in the number of a figure or table", ("—", "–", "～"), "-"),
    (re.compile(r"(?<![0-9A-Za-z.-])(?:19|20)[0-9]{2}年?\s?[-–~～]\s?(?:19|20)[0-9]{2}(?![0-9-])"), "— between years",
     ("-", "–", "~", "～"), "—"),
    (re.compile(r"(?<![0-9A-Za-z.-])[0-9.]+%?\s?[-–—~]\s?[0-9.]+%"), "～ between per cents, each with its sign",
     ("-", "–", "—", "~"), "～"),
    (re.compile(r"(?<![0-9A-Za-z.%-])[0-9.]+～[0-9.]+%"), "～ between per cents, each with its sign", ("～",), "%～"),
)


def misjoined(words: str) -> Iterator[tuple[str, str, str]]:
    """What is joined by a wrong sign in Chinese `words`: what was found, what is expected, what to write."""
    for pattern, expected, signs, right in _RULES:
        for match in pattern.finditer(words):
            instead = match[0]
            for sign in signs:
                instead = instead.replace(sign, right)
            if "per cents" in expected and instead.count("%") < 2:
                instead = instead.replace("～", "%～", 1)
            yield match[0], expected, instead


def problems_of_signs(notebook: str, scan: Scan) -> list[Problem]:
    """The problems (GB549) of a Chinese chapter's sentences."""
    return [Problem(notebook, place, "GB549", f'found "{found}"', f"expected {expected}", f"write {instead}")
            for place, words in scan.leaves for found, expected, instead in misjoined(words)]
