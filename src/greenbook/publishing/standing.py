"""Nothing changed, nothing done: decides from hashes, before anything heavy is imported."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from greenbook.order import Task
from greenbook.project import HOUSE
from greenbook.publishing.commit import commit_of


@dataclass(frozen=True)
class Published:
    """What stands at `link`: the counts that the manifest states, and how long it took."""

    link: Path
    counts: dict[str, int]
    pages: dict[str, int]
    seconds: float = 0.0
    unchanged: bool = False

    def told(self) -> str:
        """One paragraph for the terminal."""
        counts = ", ".join(f"{number} {what}" for what, number in self.counts.items())
        pages = ", ".join(f"{language} {number}" for language, number in self.pages.items())
        state = "nothing changed" if self.unchanged else f"published in {self.seconds:.1f} s"
        return f"{os.path.relpath(self.link)}: {state}; {counts}" + (f"; PDF pages: {pages}" if pages else "")


def standing(task: Task, inputs: str) -> Published | None:
    """The published edition, when it was made from exactly `inputs` and stands whole; else None."""
    note = _note(task)
    try:
        digest, _, body = note.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        kept = json.loads(body)
        if kept["inputs"] != inputs or not _whole(task.link, kept["files"]):
            return None
        return Published(task.link, kept["counts"], kept["pages"], unchanged=True)
    except (OSError, ValueError, KeyError):
        return None


def remember(task: Task, inputs: str, published: Published) -> None:
    """Notes that `published` was made from `inputs`, the fingerprint taken before the build began."""
    note = _note(task)
    note.parent.mkdir(parents=True, exist_ok=True)
    folder = task.link.resolve()
    files = {path.relative_to(folder).as_posix(): _stamp(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    fresh = note.with_suffix(f".{os.getpid()}")
    body = json.dumps({"inputs": inputs, "files": files, "counts": published.counts, "pages": published.pages}).encode()
    fresh.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    os.replace(fresh, note)


def fingerprint(task: Task) -> str:
    """One hash over everything a build reads: sources, data, templates, program, lock, Python, commit, the task."""
    digest = hashlib.sha256()
    asked = [task.edition.id, task.draft, task.looking, task.languages, task.formats,
             [entry.slug for entry in task.entries], commit_of(task.project.root), sys.version]
    digest.update(json.dumps(asked).encode())
    for root, path in _inputs(task):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _inputs(task: Task) -> list[tuple[Path, Path]]:
    project = task.project
    wanted = [(project.root, project.notebooks, "*.ipynb"), (project.root, project.notebooks, "*.yml"),
              (project.root, project.data, "*"), (project.templates, project.templates, "*"),
              (HOUSE, HOUSE / "src", "*.py")]
    found = [(root, path) for root, folder, pattern in wanted for path in sorted(folder.rglob(pattern))
             if path.is_file() and ".ipynb_checkpoints" not in path.parts]
    single = [HOUSE / "requirements.lock", HOUSE / "bench" / "method_evidence.json"]
    return [*found, *((HOUSE, path) for path in single if path.exists())]


def _whole(link: Path, files: dict[str, list[int]]) -> bool:
    folder = link.resolve()
    found = {path.relative_to(folder).as_posix(): _stamp(path) for path in folder.rglob("*") if path.is_file()}
    return found == files


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _note(task: Task) -> Path:
    return task.project.cache / "standing" / f"{task.link.name}.json"
