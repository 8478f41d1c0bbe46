"""The reference of every table and column, made from the schema: `python -m greenbook.catalog.reference PAGE`.

It rewrites the sections of the page that are called like a table; a test compares the page with what is made here.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from greenbook.catalog.schema import TABLES, Column, Table

_FORMS = {"text": "text", "id": "id", "number": "number", "integer": "whole number", "date": "date",
          "flag": "`true` or `false`", "names": "ids, blank between", "phrases": 'texts, "; " between'}


def section(table: Table) -> str:
    """The table's section: its key, and a line for each column with what fills it, in which form, and its meaning."""
    folder = [] if table.file.endswith(".csv") else [f"`{table.file}/<sector>.csv`.", ""]
    lines = [f"## {table.file}", "", *folder, f"Key: {', '.join(table.key)}.", "",
             "| column | filled | form | meaning |", "| --- | --- | --- | --- |"]
    return "\n".join([*lines, *map(_line, table.columns)]) + "\n"


def _line(column: Column) -> str:
    form = ", ".join(f"`{word}`" for word in column.values) or _FORMS[column.kind]
    return f"| `{column.name}` | {'always' if column.required else 'or empty'} | {form} | {column.meaning} |"


def parts(page: str) -> list[str]:
    """The page's sections, each with its heading; the first part stands before the first heading."""
    return re.split(r"(?m)^(?=## )", page)


def rewritten(page: str) -> str:
    """The page with the section of every table as the schema has it; a table without a section is added last."""
    made = {table.file: section(table) for table in TABLES}
    kept = []
    for part in parts(page):
        name = part.partition("\n")[0].removeprefix("## ")
        kept.append(f"{made.pop(name)}\n" if name in made else part)
    return "\n".join([*("".join(kept).rstrip("\n") + "\n",), *made.values()])


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(rewritten(Path(name).read_text("utf-8")), "utf-8")
