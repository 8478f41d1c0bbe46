"""Word lists of templates/locale: key → words, read once for each state of a file."""

from __future__ import annotations

import functools
from pathlib import Path


def read_table(path: Path) -> dict[str, str]:
    """The mapping in the YAML file `path`; raises FileNotFoundError."""
    state = path.stat()
    return dict(_read(path, state.st_mtime_ns, state.st_size))


@functools.lru_cache(maxsize=16)
def _read(path: Path, _changed: int, _size: int) -> dict[str, str]:
    from ruamel.yaml import YAML

    table = YAML(typ="safe").load(path.read_bytes()) or {}
    return {str(key): str(word) for key, word in table.items()}
