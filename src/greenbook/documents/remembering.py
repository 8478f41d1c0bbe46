"""Readings of chapters kept from one build of a process to the next, as a preview makes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenbook.documents.chapter import ChapterReading
from greenbook.execution.executed import Execution
from greenbook.order import Task
from greenbook.outline import NAME, ChapterEntry


@dataclass
class Kept:
    """The readings that stand in a task's memory: slug → (key, languages, reading).

    The key of a reading is the hash of all that it is made of: the notebook, the key of its execution, and every file
    of the data, of the templates and of the outline. The program itself does not change while its process lives.
    """

    task: Task
    execution: Execution
    basis: str
    memory: dict[str, tuple[str, frozenset[str], ChapterReading]]
    keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, task: Task, execution: Execution) -> Kept:
        """The memory of `task`, with what all chapters depend on worked out."""
        project = task.project
        files = [project.root / NAME, *_files(project.data), *_files(project.templates)]
        basis = hashlib.sha256(repr((task.edition, task.draft)).encode())
        for path in files:
            basis.update(f"{path}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
        return cls(task, execution, basis.hexdigest(), task.memory.setdefault("readings", {}))

    def known(self, entries: Iterable[ChapterEntry]) -> dict[str, ChapterReading]:
        """The readings of `entries` that hold still, in at least the languages of the task."""
        found = {}
        for entry in entries:
            self.keys[entry.slug] = self._key(entry)
            key, languages, reading = self.memory.get(entry.slug, ("", frozenset(), None))
            if reading and languages >= set(self.task.languages) and key == self.keys[entry.slug]:
                found[entry.slug] = reading
        return found

    def keep(self, readings: Mapping[str, ChapterReading]) -> None:
        """Keeps `readings`, made in the languages of the task; not one whose notebook was saved while it was read."""
        entries = {entry.slug: entry for entry in self.task.entries}
        for slug, reading in readings.items():
            if self._key(entries[slug]) == self.keys[slug]:
                self.memory[slug] = (self.keys[slug], frozenset(self.task.languages), reading)

    def _key(self, entry: ChapterEntry) -> str:
        content = (self.task.project.notebooks / entry.notebook).read_bytes()
        executed: Any = self.execution.executed[entry.slug]
        parts = (self.basis, repr(entry), hashlib.sha256(content).hexdigest(), executed.key)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]
