"""An executed chapter: the records its cells handed to the build."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.errors import Problem
from greenbook.records import Record, read_record


@dataclass(frozen=True)
class CellRecords:
    """The records one code cell displayed, in order."""

    cell_id: str
    records: tuple[Record, ...]


class StoredCells(Sequence[CellRecords]):
    """The cells of a stored notebook, read from its bytes when they are first asked for.

    A build in which nothing changed asks for no cell, and so parses nothing.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._cells: tuple[CellRecords, ...] | None = None

    def _read(self) -> tuple[CellRecords, ...]:
        if self._cells is None:
            self._cells = cells_of(json.loads(self._content))
        return self._cells

    def __getitem__(self, index: Any) -> Any:
        return self._read()[index]

    def __len__(self) -> int:
        return len(self._read())

    def __iter__(self) -> Iterator[CellRecords]:
        return iter(self._read())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._read() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._content)


@dataclass(frozen=True)
class ExecutedChapter:
    """One chapter after its run. `path` is its normalised executed notebook in the cache.

    `seconds` are those of the run that made it, also where it came from the cache.
    """

    slug: str
    notebook: str
    key: str
    cells: Sequence[CellRecords]
    path: Path
    seconds: float
    cached: bool

    def records(self) -> tuple[Record, ...]:
        """All records of all cells, in order."""
        return tuple(record for cell in self.cells for record in cell.records)


@dataclass(frozen=True)
class Execution:
    """What `execute` gives back: chapters by slug, all problems, and notes that are no problem."""

    executed: dict[str, ExecutedChapter]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def cells_of(notebook: dict[str, Any]) -> tuple[CellRecords, ...]:
    """The records of an executed notebook's cells; cells that displayed none have an empty tuple.

    Raises KeyError or TypeError where an output of ours is of no known kind or shape.
    """
    return tuple(
        CellRecords(cell["id"], tuple(
            record for output in cell.get("outputs", ()) for kind, data in output.get("data", {}).items()
            if (record := read_record(kind, data)) is not None
        ))
        for cell in notebook["cells"]
    )
