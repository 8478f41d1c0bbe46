"""The chores of a notebook: outputs out, machine metadata out, every cell under a name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from greenbook.catalog.declared import declare
from greenbook.documents.naming import names_of
from greenbook.errors import GreenbookError, Problem
from greenbook.execution.source import parse_source
from greenbook.project import Project

COMMAND = "run make tidy"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_KEPT = ("tags",)


def tidied(content: bytes, name: str) -> bytes:
    """The notebook file `content`, tidy: nothing that a machine or a run left in it, and no cell without a name.

    Tidy content comes back unchanged, byte for byte. Raises NotebookFailed where it is no notebook.
    """
    import nbformat
    from nbstripout import strip_output

    notebook = nbformat.from_dict(json.loads(content)) if parse_source(content, name) else None
    notebook = strip_output(notebook, keep_output=False, keep_count=False, keep_id=True)
    for cell, cell_id in zip(notebook["cells"], names_of(parse_source(content, name).cells), strict=True):
        _clean(cell, cell_id)
    notebook["metadata"] = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    tree = nbformat.v4.rwbase.split_lines(nbformat.from_dict(notebook))
    return (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def tidy_project(project: Project) -> Iterator[str]:
    """Tidies every notebook of `project` and declares the rows of its tables; yields a line for each change.

    Raises for the notebooks that it cannot read, when the rest is done.
    """
    problems: list[Problem] = []
    for path in notebooks_of(project):
        name, content = project.relative(path), path.read_bytes()
        try:
            tidy = tidied(content, name)
        except GreenbookError as error:
            problems += error.problems
            continue
        if tidy != content:
            _replace(path, tidy)
            yield f"{name}: tidied"
    yield from declare(project)
    if problems:
        from greenbook.errors import error_of

        raise error_of(problems)


def untidy(project: Project) -> tuple[Problem, ...]:
    """What `make tidy` would do to the notebooks of `project`, each thing with its place. Writes nothing."""
    problems: list[Problem] = []
    for path in notebooks_of(project):
        try:
            problems += problems_of_form(path.read_bytes(), project.relative(path))
        except GreenbookError as error:
            problems += error.problems
    return tuple(sorted(problems))


def problems_of_form(content: bytes, name: str) -> list[Problem]:
    """Why the notebook file `content` is untidy; nothing where it is tidy. Raises NotebookFailed as `tidied` does."""
    if tidied(content, name) == content:
        return []
    source, tree = parse_source(content, name), json.loads(content)
    problems = []
    for cell, node, wanted in zip(source.cells, tree["cells"], names_of(source.cells), strict=True):
        if node.get("outputs") or node.get("execution_count"):
            problems.append(Problem(name, cell.place, "GB401", "found outputs of a run",
                                    "expected a notebook without outputs", COMMAND))
        if wanted != node.get("id"):
            problems.append(Problem(name, cell.place, "GB402", f'found a cell without a name (id "{cell.id}")',
                                    f"expected {wanted}", COMMAND))
    places = [cell.place for cell in source.cells]
    return problems or [_form_alone(tree, json.loads(tidied(content, name)), name, places)]


def _form_alone(tree: dict[str, Any], tidy: dict[str, Any], name: str, places: list[str]) -> Problem:
    """What is untidy in a notebook whose cells have their names and no outputs: metadata, or the form alone."""
    nodes = list(zip(tree["cells"], tidy["cells"], strict=True))
    of_cells = [node.get("metadata", {}) for node, _ in nodes] != [wanted["metadata"] for _, wanted in nodes]
    if of_cells or tree.get("metadata") != tidy["metadata"]:
        return Problem(name, "", "GB403", "found what an editor or a run left in the file",
                       "expected no metadata but tags", COMMAND)
    place = next((place for place, (node, _) in zip(places, nodes, strict=True)
                  if not isinstance(node.get("source"), list)), None)
    if place is not None:
        return Problem(name, place, "GB404", "found the text of a cell as one string",
                       "expected a list of lines, as Jupyter saves it", COMMAND)
    return Problem(name, "", "GB404", "found the same notebook in another form of JSON",
                   "expected keys in order and one blank of indent", COMMAND)


def notebooks_of(project: Project) -> list[Path]:
    """The notebooks of `project`, in order, the template among them."""
    return sorted(project.notebooks.glob("*.ipynb"))


def _clean(cell: dict[str, Any], cell_id: str) -> None:
    metadata = cell.get("metadata", {})
    cell["id"] = cell_id
    cell["metadata"] = {key: metadata[key] for key in _KEPT if metadata.get(key)}
    if cell["cell_type"] == "code":
        cell["outputs"], cell["execution_count"] = [], None
    if isinstance(cell.get("source"), list):
        cell["source"] = "".join(cell["source"])


def _replace(path: Path, content: bytes) -> None:
    # Beside its place, then renamed: an author's notebook is never half written.
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.chmod(path.stat().st_mode & 0o777)
    part.replace(path)
