"""An executed notebook in the form in which equal runs are equal bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from greenbook.records import MIME_PREFIX

# What a cell may show besides records: each has a safe way into the page of the executed notebook.
SHOWN = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_STYLER = re.compile(r"T_[0-9a-f]{5}(?=[_\s\"'#.{])")
_CELL_FILE = re.compile(r"\S*ipykernel_\d+/\d+\.py")


def normalised(notebook: Any, folders: Sequence[str]) -> str:
    """`notebook` without times, paths, addresses, warnings and foreign outputs, as JSON text.

    `folders` are absolute paths that must not appear in any text; each becomes a dot.
    """
    cells = [_cell(cell, folders) for cell in notebook["cells"]]
    tree = {
        "cells": cells, "nbformat": 4, "nbformat_minor": 5,
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                     "language_info": {"name": "python"}},
    }
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def foreign(notebook: Any) -> list[tuple[str, str]]:
    """The outputs that `normalised` drops: (cell id, MIME type), each once, in order."""
    found = [(cell["id"], kind) for cell in notebook["cells"] for output in cell.get("outputs", ())
             for kind in output.get("data", {}) if not _allowed(kind)]
    return list(dict.fromkeys(found))


def digest(content: bytes) -> str:
    """The sha256 of `content` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _cell(cell: Any, folders: Sequence[str]) -> dict[str, Any]:
    tags = sorted(cell.get("metadata", {}).get("tags", ()))
    tree = {"id": cell["id"], "cell_type": cell["cell_type"], "source": cell["source"],
            "metadata": {"tags": tags} if tags else {}}
    if cell["cell_type"] == "code":
        tree["execution_count"] = cell.get("execution_count")
        tree["outputs"] = list(_outputs(cell.get("outputs", ()), folders))
    return tree


def _outputs(outputs: Iterable[Any], folders: Sequence[str]) -> Iterable[dict[str, Any]]:
    for output in outputs:
        kind = output["output_type"]
        # Warnings name files and lines of libraries; they are for the author's eyes and stay in Jupyter.
        if kind == "stream" and output["name"] == "stdout":
            yield {"output_type": kind, "name": "stdout", "text": _scrubbed(output["text"], folders)}
        if kind in ("display_data", "execute_result"):
            data = {name: value if name.startswith(MIME_PREFIX) else _scrubbed(value, folders)
                    for name, value in output["data"].items() if _allowed(name)}
            if data:
                yield {"output_type": "display_data", "data": data, "metadata": {}}


def _allowed(kind: str) -> bool:
    return kind in SHOWN or kind.startswith(MIME_PREFIX)


def _scrubbed(value: Any, folders: Sequence[str]) -> Any:
    if isinstance(value, list):
        value = "".join(value)
    if not isinstance(value, str):
        return value
    for folder in folders:
        value = value.replace(folder, ".")
    value = _ADDRESS.sub("", value)
    # The expression takes quadratic time on long words without a blank, such as a PNG's base64.
    value = _CELL_FILE.sub("cell", value) if "ipykernel_" in value else value
    return _STYLER.sub("T", value)
