"""What travels to whoever runs a chapter, and what comes back. Both pickle, so the runner may be elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


class Slices(Protocol):
    """The slices of an edition, written once by the catalog: their folder, and sha256 by name."""

    @property
    def folder(self) -> Path: ...

    @property
    def hashes(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Limits:
    """What one chapter may take: seconds for all its cells, seconds to start, bytes of memory and of outputs.

    `grace` is how long after `seconds` a worker that does not stop by itself is killed.
    """

    seconds: float = 120.0
    start: float = 60.0
    grace: float = 10.0
    memory: int = 4 << 30
    output: int = 20 << 20
    text: int = 1 << 20


@dataclass(frozen=True)
class ChapterTask:
    """One chapter to be executed.

    `source` is the JSON of a notebook that holds the code cells only: prose is no input of an execution.
    `run` is the private folder of the run; `slices` the folder of slices and `hashes` their sha256 by file name;
    `style` and `locale` are folders that the authoring package reads; `edition` is `id:as_of`.
    `faces` is a folder where matplotlib's list of font files is kept from run to run.
    """

    slug: str
    notebook: str
    source: str
    parameters: dict[str, Any]
    edition: str
    run: str
    root: str
    slices: str
    hashes: dict[str, str]
    style: str
    locale: str
    faces: str
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class TaskResult:
    """How a task ended. Only `reason == "done"` with every check passed makes an executed chapter.

    `reason`: done, error, timeout, died, start, stopped, worker. `record` is the run's `result.json`;
    `content` the normalised executed notebook, empty unless done.
    """

    slug: str
    reason: str
    record: dict[str, Any]
    content: bytes = b""
    seconds: float = 0.0
    attempts: int = 1
