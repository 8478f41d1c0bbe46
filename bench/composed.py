"""A project's books, by the stages that build.py calls before anything is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def composed(folder: Path) -> tuple[Any, dict[str, Any]]:
    """The project in `folder` and its books by language, executed (or taken from the cache) and composed."""
    from greenbook.catalog.reading import read_catalog
    from greenbook.catalog.slices import write_slices
    from greenbook.composition.agreement import agreed
    from greenbook.composition.compose import compose
    from greenbook.documents.chapters import read_chapters
    from greenbook.execution.run import execute
    from greenbook.order import Order
    from greenbook.outline import read_outline
    from greenbook.project import open_project
    from greenbook.publishing.commit import commit_of

    project = open_project(folder)
    outline = read_outline(project)
    task = Order(folder).task(project, outline)
    view = read_catalog(project).at(task.edition.as_of)
    execution = execute(task, write_slices(view, task.slices))
    made = compose(outline, task.edition, view, read_chapters(task, execution, view), languages=task.languages,
                   commit=commit_of(project.root), draft=False, matter_folder=project.templates / "matter",
                   locale_folder=project.templates / "locale", bibliography=project.data / "references.bib",
                   kept=project.data / "findings")
    return project, agreed(execution, made)
