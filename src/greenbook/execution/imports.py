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
    modules: dict[str, Any] = sys.modules  # None in it is how Python is told that a module is not to be had
    absent = GRAMMAR not in modules
    if absent:
        modules[GRAMMAR] = None
    try:
        return importlib.import_module(name)
    finally:
        if absent:
            modules.pop(GRAMMAR, None)
