"""bench/RESULTS.md, written anew from what each benchmark kept in `bench/results/`."""

from __future__ import annotations

import json
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ORDER = ("speed", "peers", "evidence")


def keep(name: str, lines: list[str]) -> Path:
    """Keeps the section `name` and writes all sections; the path of the page."""
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    _write(folder / f"{name}.json", json.dumps(lines, indent=1, ensure_ascii=False) + "\n")
    found = [folder / f"{known}.json" for known in ORDER if (folder / f"{known}.json").exists()]
    sections = ["\n".join(json.loads(path.read_text("utf-8"))) for path in found]
    page = HERE / "RESULTS.md"
    _write(page, "# What was measured\n\nWritten by `make bench`, `make bench-peers` and `make evidence`. Compare "
                 "ratios within one table: the load of the machine is part of every second.\n\n"
                 + "\n\n".join(sections) + "\n")
    return page


def _write(path: Path, text: str) -> None:
    """Writes `path` by rename: several parts of the evidence may write, and read, at once."""
    whole = path.with_name(f"{path.name}.{os.getpid()}")
    whole.write_text(text, "utf-8")
    whole.replace(path)


def table(heads: list[str], rows: list[list[str]]) -> list[str]:
    """A table in Markdown."""
    return [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {' | '.join(row)} |" for row in rows)]
