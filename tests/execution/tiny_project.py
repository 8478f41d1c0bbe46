"""Tiny projects for the execution stage: notebooks that display records by hand, slices written by hand."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from greenbook.execution.executed import Execution
from greenbook.execution.run import execute
from greenbook.execution.task import Limits
from greenbook.order import Task
from greenbook.outline import ChapterEntry, Edition, Outline
from greenbook.project import Project
from greenbook.records import StageEvent

PARAMETERS = "chapter_id = ''\nedition = None"
OPEN = """\
import json, os
from pathlib import Path
from IPython.display import display

def show(kind, **data):
    display({f"application/vnd.greenbook.{kind}+json": data}, raw=True)

def load(name):
    return json.loads((Path(os.environ["GREENBOOK_SLICES"]) / f"{name}.json").read_text())

show("opening", chapter=chapter_id, edition="e", as_of=os.environ["GREENBOOK_EDITION"].split(":")[1])"""
EDITION = Edition("e", datetime.date(2025, 12, 14), "draft", "0.1", {"zh-Hans": "版", "en": "Edition"})
LIMITS = Limits(seconds=30, grace=3)


@dataclass(frozen=True)
class Slices:
    folder: Path
    hashes: dict[str, str]


class Tiny:
    """A project in a folder: chapters are given as lists of (id, code)."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        self.slices = root / "slices"
        self.events: list[StageEvent] = []
        for folder in (self.project.notebooks, self.slices, root / "templates" / "style",
                       root / "templates" / "locale"):
            folder.mkdir(parents=True)
        (root / "templates" / "locale" / "en.yml").write_text("figure: Figure\n")
        self.slice("steel", 1)
        self.slice("paper", 2)

    def slice(self, name: str, value: float) -> None:
        (self.slices / f"{name}.json").write_text(json.dumps({"value": value}))

    def write(self, slug: str, cells: list[tuple[str, str]], *, prose: str = "", parameters: str = PARAMETERS,
              tags: dict[str, list[str]] | None = None) -> Path:
        tags = {"parameters": ["parameters"], **(tags or {})}
        code = [("parameters", parameters), ("open", OPEN), *cells]
        tree = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
            {"id": "about", "cell_type": "markdown", "metadata": {}, "source": prose},
            *({"id": name, "cell_type": "code", "metadata": {"tags": tags.get(name, [])}, "source": source,
               "outputs": [], "execution_count": None} for name, source in code)]}
        path = self.project.notebooks / f"{slug}.ipynb"
        path.write_text(json.dumps(tree))
        return path

    def entry(self, slug: str, notebook: str = "", **parameters: object) -> ChapterEntry:
        return ChapterEntry(slug, {"en": slug}, notebook or f"{slug}.ipynb",
                            {"chapter_id": slug, "edition": None, **parameters}, {})

    def execute(self, *entries: ChapterEntry | str, jobs: int = 2, limits: Limits = LIMITS,
                use_cache: bool = True) -> Execution:
        self.events.clear()
        return execute(self.task(*entries, jobs=jobs), self.cut(), use_cache=use_cache, limits=limits)

    def task(self, *entries: ChapterEntry | str, jobs: int = 2) -> Task:
        chapters = tuple(self.entry(entry) if isinstance(entry, str) else entry for entry in entries)
        outline = Outline({}, {}, {}, ("zh-Hans", "en"), {"e": EDITION}, "e", chapters, (), ())
        return Task(self.project, outline, EDITION, chapters, ("zh-Hans", "en"), ("html",), jobs, False,
                    self.events.append)

    def cut(self) -> Slices:
        """The slices as they now are, under the names that the catalog gives them."""
        return Slices(self.slices, {path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
                                    for path in self.slices.glob("*.json")})

    def states(self, slug: str) -> list[str]:
        return [event.state for event in self.events if event.subject == slug]


def running(root: Path) -> list[int]:
    """The processes of all runs of the project in `root`."""
    mark, found = f"GREENBOOK_RUN={root}".encode(), []
    for process in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if mark in Path(f"/proc/{process}/environ").read_bytes():
                found.append(int(process))
    return found
