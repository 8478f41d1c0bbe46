"""Tables of data/ written as the strict reader wants them, and files replaced whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from greenbook.catalog.schema import Table
from greenbook.catalog.strict import read_rows
from greenbook.errors import DataRefused, Problem


def table_text(table: Table, rows: Iterable[Mapping[str, str]]) -> str:
    """`rows` (texts by column) as CSV: the columns of `table`, commas, LF, quotes only where they are needed.

    The text is read again by the strict parser; raises DataRefused where it does not hold the same cells.
    """
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, table.names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    problems: list[Problem] = []
    again = read_rows(table.file, text.getvalue(), table.names, problems)
    if not problems and [row.cells for row in again] != [dict(row) for row in rows]:
        problems = [Problem(table.file, "", "GB307", "found cells that a CSV line cannot hold",
                            "expected text on one line", "take the line break out of the cell")]
    if problems:
        raise DataRefused(problems)
    return text.getvalue()


def replace_file(path: Path, content: bytes) -> None:
    """Puts `content` at `path`: written beside it, flushed, renamed, so that no reader meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with open(part, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        part.chmod(path.stat().st_mode & 0o777)
    part.replace(path)
