"""What the user asked for, and what that means for one project and one edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenbook.errors import CommandError, Problem, write_instead
from greenbook.outline import ChapterEntry, Edition, Outline
from greenbook.project import Project
from greenbook.records import StageEvent

FORMATS = ("html", "pdf")


def silent(event: StageEvent) -> None:
    """A listener to progress that shows nothing."""


@dataclass(frozen=True)
class Order:
    """A command's options, as given. Empty tuples mean “all”.

    `servers` holds fork servers, and `memory` what was read and made, from one build to the next, where one process
    makes many builds. `looking` asks for the pages as an author looks at them: kept in `memory`, nothing is published.
    """

    folder: Path
    edition: str | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    jobs: int = 2
    draft: bool = False
    report: Callable[[StageEvent], None] = field(default=silent, compare=False)
    servers: dict[str, Any] | None = field(default=None, compare=False)
    looking: bool = False
    memory: dict[str, Any] = field(default_factory=dict, compare=False)

    def task(self, project: Project, outline: Outline) -> Task:
        """The order checked against book.yml; raises CommandError for an unknown name."""
        languages = _chosen(self.languages, outline.languages, "language")
        entries = tuple(outline.chapter(slug) for slug in self.chapters) or outline.chapters
        return Task(project, outline, outline.edition(self.edition), entries, languages,
                    _chosen(self.formats, FORMATS, "format"), self.jobs, self.draft, self.report, self.servers,
                    self.looking, self.memory)


@dataclass(frozen=True)
class Task:
    """One build: an edition of a project, its chapters, languages and formats."""

    project: Project
    outline: Outline
    edition: Edition
    entries: tuple[ChapterEntry, ...]
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    jobs: int
    draft: bool
    report: Callable[[StageEvent], None] = field(default=silent, compare=False)
    servers: dict[str, Any] | None = field(default=None, compare=False)
    looking: bool = False
    memory: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def whole(self) -> bool:
        """Whether this is the whole book: only then may it stand where readers open the edition."""
        return (self.entries == self.outline.chapters and self.languages == self.outline.languages
                and self.formats == FORMATS and not self.looking)

    @property
    def link(self) -> Path:
        """The symbolic link under which the result is published; a part of the book never replaces the whole."""
        kind = "" if self.whole else "-part"
        name = self.edition.id + ("-draft" if self.draft else "") + kind
        return self.project.build / name

    @property
    def slices(self) -> Path:
        """Where this edition's slices of the catalog lie."""
        return self.project.cache / "slices" / self.edition.id


def _chosen(wanted: tuple[str, ...], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    problems = [
        Problem(f"--{what}", "", "GB211", f'found "{name}"', f"one of {', '.join(known)}",
                write_instead(name, known, "leave it out"))
        for name in wanted if name not in known
    ]
    if problems:
        raise CommandError(problems)
    return tuple(name for name in known if not wanted or name in wanted)
