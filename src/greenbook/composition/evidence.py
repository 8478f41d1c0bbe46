"""Annex on methods: the simulations behind the refusals, printed from the output of bench/method_evidence.py."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from greenbook.composition.tree import table
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks
from greenbook.project import HOUSE

FIGURES = HOUSE / "bench" / "method_evidence.json"
_WIDTHS = (0.7, 0.3)
_NAMED = re.compile(r"\{([^{}]+)\}")


def evidence_blocks(folder: Path, voice: Voice, figures: Path = FIGURES) -> Blocks:
    """What was simulated and what came of it; nothing where the words or the figures are missing."""
    found = evidence_rows(folder, voice.drawn, figures)
    if found is None:
        return ()
    caption, heads, rows = found
    columns = [(head, "left", width) for head, width in zip(heads, _WIDTHS, strict=True)]
    return (table("methods.tbl-evidence", caption, columns, rows),)


def evidence_rows(
    folder: Path, language: str, figures: Path = FIGURES
) -> tuple[str, tuple[str, ...], list[tuple[str, str]]] | None:
    """Caption, heads and rows of the simulations in zh-Hans or en; None where the words or the figures are missing."""
    words = folder / "evidence.yml"
    if not words.is_file() or not figures.is_file():
        return None
    from ruamel.yaml import YAML

    told, found = YAML(typ="safe").load(words.read_bytes()), json.loads(figures.read_text("utf-8"))
    rows = [(_filled(row[language], found), _result(row, found, language)) for row in told["rows"]]
    seed = _filled(told["seed"][language], found)
    caption = told["caption"][language] + (f"（{seed}）" if language == "zh-Hans" else f" ({seed})")
    return caption, tuple(head[language] for head in told["heads"]), rows


def _filled(words: str, found: Any) -> str:
    return _NAMED.sub(lambda name: f"{_at(found, name[1]):g}", words)


def _result(row: dict[str, Any], found: Any, language: str) -> str:
    numbers = [_at(found, path) for path in row["figures"]]
    shown = [f"{100 * number:.0f}%" if row["as"] == "percent" else f"{number:.2f}" for number in numbers]
    return ("、" if language == "zh-Hans" else ", ").join(shown)


def _at(found: Any, path: str) -> Any:
    """The figure at a path of keys and places; `#` stands for the point inside a key."""
    for key in path.split("."):
        found = found[int(key)] if isinstance(found, list) else found[key.replace("#", ".")]
    return found
