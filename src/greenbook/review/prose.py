"""The chapters' sentences, checked without a run: read and composed with stand-ins for what their code declares.

What is found is what a build would find and say, in the same words; only what hangs on a number is left to the build.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from greenbook.catalog.view import Catalog, CatalogView
from greenbook.composition.compose import compose
from greenbook.documents.cells import prose_of, read_cells
from greenbook.documents.chapter import ChapterReading
from greenbook.documents.chapters import read_chapters
from greenbook.documents.declared import Declared, declared
from greenbook.documents.document import ChapterDocument
from greenbook.documents.expressions import read_uses
from greenbook.documents.twins import compare
from greenbook.errors import NotebookFailed, Problem
from greenbook.execution.executed import ExecutedChapter, Execution
from greenbook.execution.prepare import check_source
from greenbook.execution.source import SourceNotebook, read_source
from greenbook.language import DRAWN
from greenbook.order import Order, Task
from greenbook.outline import ChapterEntry, Outline
from greenbook.project import Project
from greenbook.records import ValueRecord

# What a name that only a run knows would mend: by the kind of name, the codes that need it.
_BY_NAME = {"value": ("GB501", "GB502"), "figure": ("GB515", "GB518", "GB541", "GB556"),
            "table": ("GB515", "GB518", "GB541"), "finding": ("GB515", "GB518"), "case": ("GB515", "GB518")}
_CONDITION = "GB505"
_REFERENCE = re.compile(r'"#([^"]+)"')


@dataclass
class Prose:
    """What was read and found. `open` leads from a slug to the verbs whose names only a run knows.

    `forms` are those of each chapter's values by name, as far as the code tells them.
    """

    documents: list[ChapterDocument] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    open: dict[str, set[str]] = field(default_factory=dict)
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    notebooks: int = 0

    @property
    def bound(self) -> int:
        """How many numbers of sentences come from the data."""
        return sum(".tbl-" not in item.name for document in self.documents for item in document.shown)

    @property
    def typed(self) -> int:
        """How many numbers of sentences were typed (GB520)."""
        return sum(problem.code == "GB520" for problem in self.problems)

    @property
    def words(self) -> list[str]:
        """What authors marked as words with digits in them, each use."""
        return [word for document in self.documents for word in document.words]


def sources(project: Project, outline: Outline) -> tuple[dict[str, SourceNotebook], list[Problem]]:
    """The notebooks of the chapters that can be read, by slug, and what is wrong with the form of any."""
    found: dict[str, SourceNotebook] = {}
    problems: list[Problem] = []
    for entry in outline.chapters:
        path = project.notebooks / entry.notebook
        try:
            found[entry.slug] = read_source(path, project.relative(path))
        except NotebookFailed as error:
            problems += error.problems
            continue
        problems += check_source(found[entry.slug], entry)
    return found, problems


def read_prose(project: Project, outline: Outline, catalog: Catalog, notebooks: Mapping[str, SourceNotebook]) -> Prose:
    """The chapters in `notebooks` under a date at which all of the catalog is public."""
    view = catalog.at(datetime.date.max)
    code = {slug: declared(notebook, view) for slug, notebook in notebooks.items()}
    task = Order(project.root, jobs=min(2, os.cpu_count() or 1)).task(project, outline)
    readings = read_chapters(task, _executed(task.entries, notebooks, code), view)
    prose = Prose(notebooks=len(notebooks), open={slug: found.open for slug, found in code.items() if found.open})
    prose.forms = {slug: {record.name: record.form for cell in found.cells for record in cell.records
                          if isinstance(record, ValueRecord)} for slug, found in code.items()}
    prose.documents = [reading.documents[language] for reading in readings.values() for language in DRAWN
                       if language in reading.documents]
    found = [problem for item in code.values() for problem in item.problems]
    found += _decided(_composed(task, view, readings), prose.open, notebooks)
    prose.problems = sorted(set(found))
    return prose


def _executed(entries: Iterable[ChapterEntry], notebooks: Mapping[str, SourceNotebook],
              code: Mapping[str, Declared]) -> Execution:
    return Execution({
        entry.slug: ExecutedChapter(entry.slug, notebooks[entry.slug].name, "", tuple(code[entry.slug].cells),
                                    Path(), 0.0, False)
        for entry in entries if entry.slug in notebooks
    }, ())


def _composed(task: Task, view: CatalogView, readings: Mapping[str, ChapterReading]) -> tuple[Problem, ...]:
    project = task.project
    return compose(
        task.outline, task.edition, view, readings, languages=task.languages, commit="",
        matter_folder=project.templates / "matter", locale_folder=project.templates / "locale",
        bibliography=project.data / "references.bib", kept=project.data / "findings").problems


def _decided(problems: Iterable[Problem], undecided: Mapping[str, set[str]],
             notebooks: Mapping[str, SourceNotebook]) -> list[Problem]:
    """`problems` without those that a name made at run time may mend, and without their echo in the front matter."""
    problems = list(problems)
    slugs: dict[str, set[str]] = {}
    for slug, notebook in notebooks.items():
        slugs.setdefault(notebook.name, set()).add(slug)
    # The front matter repeats the figures of findings; GB556 has named them in the chapter.
    named = {slug for problem in problems if problem.code == "GB556" for slug in slugs.get(problem.path, ())}
    return [problem for problem in problems
            if not (problem.path not in slugs and _target(problem) in named)
            and not any(problem.code in _codes(undecided.get(slug, ())) for slug in _hangs_on(problem, slugs))]


def _codes(verbs: Iterable[str]) -> set[str]:
    codes = {code for verb in verbs for code in _BY_NAME.get(verb, ())}
    return codes | {_CONDITION} if codes else codes


def _hangs_on(problem: Problem, slugs: Mapping[str, set[str]]) -> set[str]:
    """The chapters on whose names a problem hangs: that of a reference's target, else its own."""
    target = _target(problem)
    return {target} if target else slugs.get(problem.path, set())


def _target(problem: Problem) -> str:
    """The chapter to which a reference that leads nowhere should lead; empty where it is the problem's own, or none."""
    found = _REFERENCE.search(problem.found) if problem.code == "GB541" else None
    return found[1].partition(".")[0] if found and "." in found[1] else ""


def twins_alone(notebooks: Iterable[SourceNotebook]) -> list[Problem]:
    """What can be said of sentences without the data: missing and unlike twins, malformed expressions."""
    problems: list[Problem] = []
    for notebook in notebooks:
        cells = read_cells(notebook.cells, {})
        missing, different = compare(cells, notebook.name)
        problems += [*(twin.problem for twin in missing), *different]
        problems += [problem for cell in prose_of(cells)
                     for problem in read_uses(cell.source, notebook.name, cell.place)[1]]
    return problems
