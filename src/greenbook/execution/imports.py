"""Notebook libraries, imported without a grammar that none of them uses here."""

from __future__ import annotations

import importlib
import sys
from typing import Any

# jsonschema compiles it at import, where it is installed, for the formats `iri` and `iri-reference`: a second of
# processor time. The schema of notebooks has neither.
GRAMMAR = "rfc3987_syntax"


def imported(name: str) -> Any:
    """The module `name`, which may import jsonschema. A later import of the grammar by others works as ever."""
    absent = GRAMMAR not in sys.modules
    if absent:
        sys.modules[GRAMMAR] = None  # type: ignore[assignment]
    try:
        return importlib.import_module(name)
    finally:
        if absent:
            sys.modules.pop(GRAMMAR, None)
