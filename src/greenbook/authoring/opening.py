"""Where a chapter's data lie: in a build the slices it was given, in plain Jupyter the project's, made fresh."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from greenbook.authoring.mistakes import AuthoringError
from greenbook.authoring.output import SLICES
from greenbook.catalog.slices import POLICIES, read_slice
from greenbook.catalog.value import units_of
from greenbook.units import Units

EDITION = "GREENBOOK_EDITION"
STYLE = "GREENBOOK_STYLE"


@dataclass(frozen=True)
class Opening:
    """The edition and the folder of its slices."""

    edition: str
    as_of: str
    folder: Path

    def piece(self, name: str) -> dict[str, Any]:
        """The slice called `name`; raises AuthoringError with the near name where there is none."""
        from greenbook.errors import DataRefused

        try:
            return read_slice(self.folder, name)
        except DataRefused as refused:
            problem = refused.problems[0]
            raise AuthoringError("GB474", problem.found, problem.expected, problem.do) from None

    @cached_property
    def policies(self) -> dict[str, dict[str, Any]]:
        """The policies by id."""
        return {entry["id"]: entry for entry in self.piece(POLICIES)["policies"]}

    @cached_property
    def units(self) -> Units:
        """Every unit of the project."""
        return units_of(self.piece("_units")["units"])


def opening(edition: str | None) -> Opening:
    """The build's edition where a build runs, else the project's around the working directory.

    Raises AuthoringError where the notebook names another edition than the build, or no project is found.
    """
    folder = os.environ.get(SLICES)
    if not folder:
        return _of_project(edition)
    name, _, as_of = os.environ.get(EDITION, "").partition(":")
    if edition and name and edition != name:
        raise AuthoringError(
            "GB471", f'found edition "{edition}"', f'the build makes "{name}"', "pass on the parameter: edition = None"
        )
    return Opening(name, as_of, Path(folder))


def _of_project(edition: str | None) -> Opening:
    from greenbook.catalog.reading import read_catalog
    from greenbook.catalog.slices import write_slices
    from greenbook.outline import read_outline
    from greenbook.project import Project

    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / "notebooks" / "book.yml").is_file()), None)
    if root is None:
        raise AuthoringError(
            "GB470",
            f"found no project around {here.name}",
            "expected notebooks/book.yml in a folder above",
            "start Jupyter in the project: make lab",
        )
    project = Project(root)
    chosen = read_outline(project).edition(edition)
    folder = project.cache / "slices" / chosen.id
    write_slices(read_catalog(project).at(chosen.as_of), folder)
    os.environ.setdefault(STYLE, str(project.templates / "style"))
    return Opening(chosen.id, chosen.as_of.isoformat(), folder)
