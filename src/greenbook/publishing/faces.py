"""The faces of the printed book: what Typst may use, and which characters none of them has.

Families by role and language are those of `templates/style/tokens.yml`; Typst gets them with `fallback: false`.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.style.fonts import SHIPPED, face
from greenbook.style.tokens import Tokens

MONO, MATH = "DejaVu Sans Mono", "New Computer Modern Math"
"""Faces that Typst itself ships; listings and formulas are set in them."""

ROLES = {"text": "body", "sans": "heading"}
"""Our role → the role in tokens.yml."""


def families(tokens: Tokens, language: str) -> dict[str, list[Any]]:
    """The family lists of `language` by role (text, sans, mono, math, latin), as Typst's `font` takes them."""
    lists: dict[str, list[Any]] = {role: list(tokens.families(name, language)) for role, name in ROLES.items()}
    latin = list(tokens.families("body", "en"))
    mono, math = [MONO, *lists["sans"]], [MATH, *lists["text"][1:]]
    if language != "en":
        lists = {role: [_latin(names[0]), *names[1:]] for role, names in lists.items()}
    return {**lists, "mono": mono, "math": math, "latin": latin}


def _latin(family: str) -> dict[str, str]:
    # A Latin face before the Chinese one takes letters and figures, but leaves “ ” — … to the Chinese face.
    return {"name": family, "covers": "latin-in-cjk"}


def folders() -> list[str]:
    """The folders of the shipped faces, for Typst; raises EnvironmentMissing (GB701) with every missing face."""
    problems: list[Problem] = []
    paths: set[Path] = set()
    for family in SHIPPED:
        try:
            paths.add(face(family).path.parent)
        except EnvironmentMissing as error:
            problems += error.problems
    if problems:
        raise EnvironmentMissing(problems)
    return sorted(map(str, paths))


def missing(text: Iterable[str], families: Iterable[str]) -> list[str]:
    """The characters of `text` that none of `families` has, sorted; blanks and joiners do not count."""
    covered = frozenset().union(*map(coverage, families))
    return sorted(char for char in set(text) if ord(char) not in covered and _printed(char))


@functools.cache
def coverage(family: str) -> frozenset[int]:
    """The code points for which the face of `family` has a glyph; raises KeyError for a family that is not shipped."""
    import uharfbuzz

    shipped = face(family)
    return frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(shipped.path)), shipped.index).unicodes)


def _printed(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp", "Zs")
