"""The key findings of a built edition, kept beside the data: what the next edition's revision log compares."""

from __future__ import annotations

import json
from pathlib import Path

from greenbook.composition.restated import FOLDER, kept_findings
from greenbook.errors import CommandError, Problem
from greenbook.order import Order
from greenbook.outline import read_outline
from greenbook.project import open_project


def keep(folder: Path, edition: str | None) -> str:
    """Writes the findings of the edition as published to `data/findings/<edition>.json`; says where, and how many.

    Raises CommandError where the edition is not built whole: its own manifest is what was published.
    """
    project = open_project(folder)
    task = Order(folder, edition).task(project, read_outline(project))
    manifest = project.output(task.edition.id) / "manifest.json"
    if not manifest.is_file():
        raise CommandError([Problem(f"_build/{task.edition.id}", "", "GB212", "found no published edition there",
                                    "a report built whole",
                                    f"run build.py report --edition {task.edition.id}")])
    published = json.loads(manifest.read_text("utf-8"))
    target = project.data / FOLDER / f"{task.edition.id}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(kept_findings(published), "utf-8")
    return f"{project.relative(target)}: {len(published['findings'])} key findings kept"
