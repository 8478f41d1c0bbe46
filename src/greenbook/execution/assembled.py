"""A whole notebook again: prose and order of the source, outputs of the run, joined by cell id."""

from __future__ import annotations

from typing import Any

from greenbook.execution.source import INJECTED, PARAMETERS, SourceCell, SourceNotebook


def assembled(source: SourceNotebook, executed: dict[str, Any] | None) -> dict[str, Any]:
    """The notebook `source` with the outputs of `executed`, whose prose may be older or missing.

    The cell that papermill injected follows the parameters cell.
    """
    ran = {cell["id"]: cell for cell in (executed or {}).get("cells", ())}
    cells: list[dict[str, Any]] = []
    for cell in source.cells:
        cells.append(_cell(cell, ran.get(cell.id)))
        if PARAMETERS in cell.tags and INJECTED in ran:
            cells.append(ran[INJECTED])
    return {"cells": cells, "nbformat": 4, "nbformat_minor": 5,
            "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                         "language_info": {"name": "python"}}}


def code_only(source: SourceNotebook) -> dict[str, Any]:
    """The notebook that is executed: the code cells of `source` and nothing that is not in its key."""
    tree = assembled(source, None)
    return {**tree, "cells": [cell for cell in tree["cells"] if cell["cell_type"] == "code"]}


def _cell(cell: SourceCell, ran: dict[str, Any] | None) -> dict[str, Any]:
    tree: dict[str, Any] = {"id": cell.id, "cell_type": cell.kind, "source": cell.source,
                            "metadata": {"tags": list(cell.tags)} if cell.tags else {}}
    if cell.kind == "code":
        tree["outputs"] = list(ran["outputs"]) if ran else []
        tree["execution_count"] = ran["execution_count"] if ran else None
    return tree
