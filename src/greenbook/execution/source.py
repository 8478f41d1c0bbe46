"""A source notebook as it lies in the project: its cells, their ids, tags and places in messages.

Read without nbformat, whose import alone would cost more than a build in which nothing changed.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.errors import NotebookFailed, Problem

PARAMETERS = "parameters"
INJECTED = "injected-parameters"

# Readers that open files in native code, where no audit hook sees them: their data would not be in the key.
NATIVE_READERS = ("pyarrow", "polars", "duckdb", "h5py", "tables", "fastparquet")

_RANDOM = re.compile(r"^(?=.*\d)[0-9a-f]{8}(-?[0-9a-f]{4,})*$")
_NAMED = re.compile(r"^[a-z][a-z0-9_]*(-[a-z0-9_]+)*$")


def is_named(cell_id: str) -> bool:
    """Whether a cell id is a name someone gave (`fig-output`) and not the random one of an editor."""
    return bool(_NAMED.match(cell_id)) and not _RANDOM.match(cell_id)


@dataclass(frozen=True)
class SourceCell:
    """One cell. `number` counts from 1 over all cells; `kind` is code, markdown or raw."""

    id: str
    kind: str
    tags: tuple[str, ...]
    source: str
    number: int

    @property
    def place(self) -> str:
        """How a message names the cell: its id, or `cell 7` where the id is no name."""
        return self.id if is_named(self.id) else f"cell {self.number}"

    @property
    def runs(self) -> bool:
        """Whether the cell is code and not blank."""
        return self.kind == "code" and bool(self.source.strip())


@dataclass(frozen=True)
class SourceNotebook:
    """A notebook as its author saved it; outputs that may be stored in it are not here. `name` is for messages."""

    name: str
    cells: tuple[SourceCell, ...]

    @property
    def code(self) -> tuple[SourceCell, ...]:
        """The code cells in order, blank ones too."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @property
    def parameters(self) -> SourceCell:
        """The one cell tagged `parameters` (`problems_of_source` sees to there being one)."""
        return next(cell for cell in self.code if PARAMETERS in cell.tags)

    def cell(self, cell_id: str) -> SourceCell:
        """The cell with that id; raises KeyError."""
        for cell in self.cells:
            if cell.id == cell_id:
                return cell
        raise KeyError(cell_id)

    def place(self, cell_id: str) -> str:
        """The place of the cell with that id; the injected cell stands for the parameters."""
        if cell_id == INJECTED:
            return self.parameters.place
        return self.cell(cell_id).place


def read_source(path: Path, name: str | None = None) -> SourceNotebook:
    """The notebook in `path`, called `name` in messages.

    Raises NotebookFailed when the file is missing, is no notebook, or has two cells of one id.
    """
    name = name or f"notebooks/{path.name}"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        slug = path.stem
        raise NotebookFailed([Problem(
            name, "", "GB410", "found no such notebook", "expected the notebook that book.yml names",
            f"make it with: make chapter NAME={slug}",
        )]) from None
    return parse_source(content, name)


def parse_source(content: bytes, name: str) -> SourceNotebook:
    """The notebook whose file holds `content`; raises NotebookFailed as `read_source` does."""
    try:
        tree = json.loads(content)
    except ValueError as error:
        line = str(getattr(error, "lineno", "")) if isinstance(error, json.JSONDecodeError) else ""
        raise NotebookFailed([Problem(
            name, line, "GB411", "found a file that is no JSON", "expected a whole notebook",
            "save the notebook again, or take the last committed one",
        )]) from error
    _check_form(tree, name)
    cells = tuple(_cell(node, number) for number, node in enumerate(tree["cells"], 1))
    _check_ids(cells, name)
    return SourceNotebook(name, cells)


def problems_of_source(notebook: SourceNotebook) -> tuple[Problem, ...]:
    """What is wrong with the source itself: the parameters cell, readers that hide what they read, forbidden tags."""
    return (*_parameters_cells(notebook), *_native_readers(notebook), *_tags(notebook))


def syntax_tree(cell: SourceCell) -> ast.Module | None:
    """The syntax tree of a code cell, or None where it is no plain Python (a magic, a mistake)."""
    try:
        return ast.parse(cell.source)
    except (SyntaxError, ValueError):
        return None


def _cell(node: dict[str, Any], number: int) -> SourceCell:
    source = node.get("source", "")
    return SourceCell(
        id=str(node.get("id") or f"cell-{number}"), kind=str(node.get("cell_type", "")),
        tags=tuple(map(str, node.get("metadata", {}).get("tags", ()))),
        source=source if isinstance(source, str) else "".join(source), number=number,
    )


def _check_form(tree: Any, name: str) -> None:
    if not isinstance(tree, dict) or tree.get("nbformat") != 4 or not isinstance(tree.get("cells"), list):
        found = tree.get("nbformat", "none") if isinstance(tree, dict) else "none"
        raise NotebookFailed([Problem(
            name, "", "GB412", f"found notebook format {found}", "expected notebook format 4",
            "open it in JupyterLab and save it",
        )])


def _check_ids(cells: tuple[SourceCell, ...], name: str) -> None:
    first: dict[str, SourceCell] = {}
    twice = [cell for cell in cells if first.setdefault(cell.id, cell) is not cell]
    if twice:
        raise NotebookFailed([Problem(
            name, f"cell {cell.number}", "GB413", f'found the id "{cell.id}" a second time (first in '
            f"cell {first[cell.id].number})", "expected an id of its own for each cell", "run make tidy",
        ) for cell in twice])


def _parameters_cells(notebook: SourceNotebook) -> list[Problem]:
    cells = [cell for cell in notebook.code if PARAMETERS in cell.tags]
    if len(cells) == 1:
        return []
    place = cells[1].place if cells else ""
    return [Problem(
        notebook.name, place, "GB414", f"found {len(cells) or 'no'} cells tagged parameters", "expected one",
        "tag the first code cell, and no other, parameters",
    )]


def _native_readers(notebook: SourceNotebook) -> list[Problem]:
    return [
        Problem(notebook.name, f"{cell.place}:{line}", "GB416", f'found an import of "{module}"',
                "expected a reader whose files the build can see",
                "bring the data in with build.py import, and load it")
        for cell in notebook.code for module, line in _imports(cell) if module in NATIVE_READERS
    ]


def _imports(cell: SourceCell) -> list[tuple[str, int]]:
    tree = syntax_tree(cell)
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            found += [(item.name.split(".")[0], node.lineno) for item in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module.split(".")[0], node.lineno))
    return found


def _tags(notebook: SourceNotebook) -> list[Problem]:
    return [
        Problem(notebook.name, cell.place, "GB417", f'found the tag "{tag}"', "expected code that runs and succeeds",
                "remove the tag")
        for cell in notebook.code for tag in cell.tags if tag in ("skip-execution", "raises-exception")
    ]
