"""data/rows.csv: how many rows each table has, so that a file cut exactly at the end of a row is refused.

`import` and `tidy` write it; the reader compares. A project without the file declares nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from greenbook.catalog.schema import ROWS
from greenbook.catalog.writing import replace_file, table_text
from greenbook.errors import Problem
from greenbook.project import Project

NAME = f"data/{ROWS.file}"
Declared = Mapping[str, tuple[int, int]]


def count(content: bytes) -> int:
    """The rows below the header of a table's bytes, whatever its line ends; an unfinished last line counts.

    One empty line at the end is no row.
    """
    text = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    whole = text.removesuffix(b"\n") if text.endswith(b"\n\n") else text
    return max(0, whole.count(b"\n") + (not whole.endswith(b"\n")) - 1)


def counted(project: Project) -> dict[str, int]:
    """The rows of every table in data/ but rows.csv itself, by name (`observations/steel.csv`)."""
    paths = sorted([*project.data.glob("*.csv"), *(project.data / "observations").glob("*.csv")])
    names = {path.relative_to(project.data).as_posix(): path for path in paths if not path.name.startswith((".", "~$"))}
    return {name: count(path.read_bytes()) for name, path in sorted(names.items()) if name != ROWS.file}


def declare(project: Project) -> Iterator[str]:
    """Writes data/rows.csv where it is not as the tables are; yields a line for each number that changed."""
    found, path = counted(project), project.data / ROWS.file
    if not found:
        return
    text = table_text(ROWS, [{"file": name, "rows": str(rows)} for name, rows in found.items()])
    before = path.read_bytes() if path.is_file() else b""
    if before != text.encode():
        replace_file(path, text.encode())
        yield from _told(before, found)


def _told(before: bytes, found: dict[str, int]) -> Iterator[str]:
    old = dict(re.findall(r"^([^,\n]+),([0-9]+)$", before.decode("utf-8", "replace"), re.M))
    changed = [name for name in sorted(old.keys() | found.keys()) if old.get(name) != str(found.get(name, ""))]
    if not old or not changed:
        yield f"{NAME}: declares {sum(found.values()):,} rows of {len(found)} files"
        return
    for name in changed:
        yield f"{NAME}: {name}: {old.get(name, 'no')} → {found.get(name, 'no')} rows"


def unlike(declared: Declared, found: Mapping[str, tuple[int, int]]) -> list[Problem]:
    """Tables with another number of rows than declared, tables not declared, and declared ones that are not there.

    `declared` is table → (rows, line of rows.csv); `found` is table → (rows, number of the last line).
    """
    problems = [Problem(NAME, str(line), "GB331", f"found {name}", "expected a table of data/",
                        "restore the file, or run make tidy")
                for name, (_, line) in declared.items() if name not in found]
    for name, (rows, last) in found.items():
        if name not in declared:
            problems.append(Problem(f"data/{name}", "", "GB331", "found a table without declared rows",
                                    f"expected its rows in {NAME}", "run make tidy"))
        elif declared[name][0] != rows:
            problems.append(_another(name, rows, last, declared[name][0]))
    return problems


def _another(name: str, rows: int, last: int, expected: int) -> Problem:
    cure, edit = ("restore what is cut off", "deleting") if rows < expected else ("delete what is doubled", "adding")
    return Problem(f"data/{name}", str(last), "GB330", f"found {rows:,} rows up to this line, the last",
                   f"expected {expected:,}, as {NAME} declares", f"{cure}; after {edit} rows, run make tidy")
