"""Annex on methods: which of them the code has, and the table of the gate."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from greenbook.composition.tree import table
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks

# The gate's code → the module of `analysis` that holds the method. A formula is printed where its module exists.
MODULES = {
    "G1": "growth", "G2": "contribution", "G3": "chaining", "I": "intensity", "P": "gap", "T": "tapio", "L": "lmdi",
    "K": "kaya", "X": "composite", "V": "revisions", "M": "trend", "F1": "forecast", "D": "diffusion", "W": "learning",
    "B0": "comparison", "E": "frontier",
}
_WIDTHS = (0.07, 0.27, 0.27, 0.12, 0.27)


def methods_in_use() -> frozenset[str]:
    """The codes of the methods that `greenbook.analysis` has."""
    return frozenset(code for code, module in MODULES.items()
                     if importlib.util.find_spec(f"greenbook.analysis.{module}") is not None)


def read_gate(folder: Path) -> list[dict[str, Any]]:
    """The rows of the gate's table, as `gate.yml` in the folder of matter has them."""
    from ruamel.yaml import YAML

    path = folder / "gate.yml"
    return YAML(typ="safe").load(path.read_bytes()) if path.is_file() else []


def gate_blocks(rows: list[dict[str, Any]], voice: Voice) -> Blocks:
    """Code, method, what it needs, the verdict on short national series, and what stands in its place."""
    heads = ("head_code", "head_method", "head_needs", "head_verdict", "head_otherwise")
    columns = [(voice.words[head], "left", width) for head, width in zip(heads, _WIDTHS, strict=True)]
    body = [_row(row, voice) for row in rows]
    return (table("methods.tbl-gate", voice.words["caption_gate"], columns, body),) if body else ()


def _row(row: dict[str, Any], voice: Voice) -> tuple[str, ...]:
    told = row[voice.drawn]
    return (row["code"], told["method"], told["needs"], voice.words[f"verdict_{row['outcome']}"], told["otherwise"])
