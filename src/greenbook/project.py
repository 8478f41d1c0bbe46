"""Where things lie in a project's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from greenbook.errors import CommandError, Problem

HOUSE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Project:
    """The folders of one book. All paths are absolute; nothing is read here."""

    root: Path

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def book(self) -> Path:
        return self.notebooks / "book.yml"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def templates(self) -> Path:
        """The project's own templates, or the house's where it has none."""
        own = self.root / "templates"
        return own if own.is_dir() else HOUSE / "templates"

    @property
    def build(self) -> Path:
        return self.root / "_build"

    @property
    def cache(self) -> Path:
        return self.build / "cache"

    @property
    def runs(self) -> Path:
        return self.build / "runs"

    def output(self, edition: str, draft: bool = False) -> Path:
        """The symbolic link that users open for an edition, or for its draft."""
        return self.build / (f"{edition}-draft" if draft else edition)

    def relative(self, path: Path) -> str:
        """`path` as messages name it: from the project's folder, with slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def open_project(folder: Path) -> Project:
    """The project in `folder`; raises CommandError where there is no book.yml."""
    project = Project(folder.resolve())
    if not project.book.is_file():
        raise CommandError([Problem(
            "notebooks/book.yml", "", "GB201", f"no such file in {folder.name or folder}",
            "a project holds notebooks/book.yml", "run the command in the project's folder",
        )])
    return project
