"""Random sequences of edits: after each, the cached build equals the clean one, and exactly the right chapters ran.

Executed with real kernels from a fork server, on a project of three chapters whose cells read slices by hand. The
server stays from one build to the next, as in the preview; each kernel is a new one.
"""

from __future__ import annotations

import dataclasses
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "execution"))

from tiny_project import LIMITS, Tiny  # noqa: E402

from greenbook.execution.forkserver import ForkServer  # noqa: E402
from greenbook.execution.run import execute  # noqa: E402

SLUGS = ("steel", "paper", "both")
READS = {"steel": {"steel"}, "paper": {"paper"}, "both": {"steel", "paper"}}


class Book:
    """The project's state: what stands in each chapter and slice."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.tiny = Tiny(folder)
        self.servers: dict[str, ForkServer] = {}
        self.code = dict.fromkeys(SLUGS, 0)
        self.prose = dict.fromkeys(SLUGS, "Words.")
        self.values: dict[str, float] = {"steel": 1, "paper": 2}
        for slug in SLUGS:
            self.write(slug)

    def write(self, slug: str) -> None:
        loads = "\n".join(f"show('value', name='{name}', value=load('{name}')['value'], unit='Mt', show={{}})"
                          for name in sorted(READS[slug]))
        self.tiny.write(slug, [("data", f"{loads}\nprint({self.code[slug]})")], prose=self.prose[slug])

    def outcome(self, *, clean: bool) -> tuple[dict[str, bytes], set[str]]:
        """The stored bytes of each chapter, and the chapters that ran."""
        task = dataclasses.replace(self.tiny.task(*SLUGS), servers=self.servers)
        done = execute(task, self.tiny.cut(), use_cache=not clean, limits=LIMITS)
        assert not done.problems, done.problems
        return ({slug: chapter.path.read_bytes() for slug, chapter in done.executed.items()},
                {slug for slug, chapter in done.executed.items() if not chapter.cached})


def sequences(folder: Path, count: int, chance: random.Random) -> Iterator[list]:
    """Rows, so far and at the end, of `count` sequences of one to four edits: builds that differ from a clean one,
    chapters that ran for nothing or should have run and did not."""
    book = Book(folder)
    try:
        yield from _sequences(book, count, chance)
    finally:
        for server in book.servers.values():
            server.close()


def _sequences(book: Book, count: int, chance: random.Random) -> Iterator[list]:
    seen = {slug: {_state(book, slug)} for slug in SLUGS}
    book.outcome(clean=True)
    different = missed = extra = 0
    for done in range(1, count + 1):
        for _ in range(chance.randint(1, 4)):
            chance.choice(EDITS)(book, chance)
        expected = {slug for slug in SLUGS if _state(book, slug) not in seen[slug]}
        cached, ran = book.outcome(clean=False)
        for slug in SLUGS:
            seen[slug].add(_state(book, slug))
        missed, extra = missed + len(expected - ran), extra + len(ran - expected)
        different += cached != book.outcome(clean=True)[0]
        if done % 10 == 0 or done == count:
            yield ["random edit sequences: cached build is not the clean build", done, different, ""]
            yield ["… chapters that had to run and did not", done, missed, ""]
            yield ["… that ran for nothing", done, extra, ""]


def _state(book: Book, slug: str) -> tuple:
    """What the chapter's execution depends on; a state met before is still in the cache."""
    return (book.code[slug], *(book.values[name] for name in sorted(READS[slug])))


def _edit_code(book: Book, chance: random.Random) -> None:
    slug = chance.choice(SLUGS)
    book.code[slug] += chance.choice((1, 1, -1))
    book.write(slug)


def _edit_prose(book: Book, chance: random.Random) -> None:
    slug = chance.choice(SLUGS)
    book.prose[slug] = f"Words {chance.random()}."
    book.write(slug)


def _edit_data(book: Book, chance: random.Random) -> None:
    name = chance.choice(("steel", "paper"))
    book.values[name] = chance.randint(1, 6)
    book.tiny.slice(name, book.values[name])


def _touch(book: Book, chance: random.Random) -> None:
    for path in book.tiny.project.notebooks.iterdir():
        path.touch()


EDITS: list[Callable[[Book, random.Random], None]] = [_edit_code, _edit_prose, _edit_data, _touch]
