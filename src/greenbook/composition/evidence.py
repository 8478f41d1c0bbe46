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
    """What was simulated and what came of it; nothing where either file is missing."""
    words = folder / "evidence.yml"
    if not words.is_file() or not figures.is_file():
        return ()
    from ruamel.yaml import YAML

    told, found = YAML(typ="safe").load(words.read_bytes()), json.loads(figures.read_text("utf-8"))
    columns = [(head[voice.drawn], "left", width) for head, width in zip(told["heads"], _WIDTHS, strict=True)]
    body = [(_filled(row[voice.drawn], found), _result(row, found, voice)) for row in told["rows"]]
    caption = f"{told['caption'][voice.drawn]}{_bracketed(_filled(told['seed'][voice.drawn], found), voice)}"
    return (table("methods.tbl-evidence", caption, columns, body),)


def _filled(words: str, found: Any) -> str:
    return _NAMED.sub(lambda name: f"{_at(found, name[1]):g}", words)


def _result(row: dict[str, Any], found: Any, voice: Voice) -> str:
    numbers = [_at(found, path) for path in row["figures"]]
    if row["as"] == "percent":
        return _joined([f"{100 * number:.0f}%" for number in numbers], voice)
    return _joined([f"{number:.2f}" for number in numbers], voice)


def _at(found: Any, path: str) -> Any:
    """The figure at a path of keys and places; `#` stands for the point inside a key."""
    for key in path.split("."):
        found = found[int(key)] if isinstance(found, list) else found[key.replace("#", ".")]
    return found


def _joined(words: list[str], voice: Voice) -> str:
    return ("、" if voice.drawn == "zh-Hans" else ", ").join(words)


def _bracketed(words: str, voice: Voice) -> str:
    return f"（{words}）" if voice.drawn == "zh-Hans" else f" ({words})"
