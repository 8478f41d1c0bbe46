"""bench/RESULTS.md, written anew from what each benchmark kept in `bench/results/`."""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
ORDER = ("speed", "peers", "evidence", "data")


def keep(name: str, lines: list[str]) -> Path:
    """Keeps the section `name` and writes all sections; the path of the page."""
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(lines, indent=1, ensure_ascii=False) + "\n", "utf-8")
    found = [folder / f"{known}.json" for known in ORDER if (folder / f"{known}.json").exists()]
    sections = ["\n".join(json.loads(path.read_text("utf-8"))) for path in found]
    page = HERE / "RESULTS.md"
    page.write_text("# What was measured\n\nWritten by `make bench`, `make bench-peers` and `make evidence`. Compare "
                    "ratios within one table: the load of the machine is part of every second.\n\n"
                    + "\n\n".join(sections) + "\n", "utf-8")
    return page


def table(heads: list[str], rows: list[list[str]]) -> list[str]:
    """A table in Markdown."""
    return [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {' | '.join(row)} |" for row in rows)]
