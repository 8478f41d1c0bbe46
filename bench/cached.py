"""What the cache gives back: never a damaged byte, and the bytes of a clean run however the chapters were executed."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from kills import PYTHON, ROOT, built, copied, edition_of, report
from measure import environment

WAYS = (("fork server, 2 jobs, cold", True, 2), ("fork server, 1 job, cold", True, 1),
        ("fork server, 4 jobs, cold", True, 4), ("ordinary kernels, 2 jobs, cold", False, 2))


def flips(project: Path, count: int, chance: random.Random) -> list[list]:
    """Bits flipped in all that the cache keeps: executed chapters, and what publishing made."""
    from greenbook.execution.cache import Cache

    assert built(project).returncode == 0
    cache = project / "_build" / "cache"
    executed = sorted(path for path in cache.glob("executed/??/*/*") if path.is_file())
    kept = sorted(path for name in ("html", "typst", "fonts", "figures", "catalog") for path in cache.glob(f"{name}/*"))
    served = 0
    for number in range(count):
        path = chance.choice(kept if number % 2 else executed)
        good, bad = path.read_bytes(), bytearray(path.read_bytes())
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        if number % 2:
            path.write_bytes(bad)
            served += _sound(path)
        else:
            whole = {file: file.read_bytes() for file in path.parent.iterdir()}
            path.chmod(0o644)
            path.write_bytes(bad)
            served += Cache(cache / "executed", cache / "last", 0)._entry(path.parent.name) is not None
            path.parent.mkdir(exist_ok=True)
            for file, content in whole.items():
                file.unlink(missing_ok=True)
                file.write_bytes(content)
        if number % 2:
            path.write_bytes(good)
    return [["bits flipped in entries of the cache: served", count, served,
             f"{len(executed)} files of executed chapters, {len(kept)} of publishing and catalog, half each"]]


def _sound(path: Path) -> bool:
    """Whether the readers take the file: their own form is a line with the hash of the rest."""
    digest, _, content = path.read_bytes().partition(b"\n")
    return hashlib.sha256(content).hexdigest().encode() == digest


def equality(project: Path, ways: tuple = WAYS) -> Iterator[list]:
    """The stored records of every notebook of `project`, executed in each way: the same bytes as in the first."""
    first: dict[str, bytes] = {}
    for name, fork, jobs in ways:
        shutil.rmtree(project / "_build", ignore_errors=True)
        yield _compared(name, first, _executed(project, fork, jobs))
    yield _compared("warm cache", first, _executed(project, True, 2))
    entries = sorted((project / "_build" / "cache" / "executed").glob("??/*"))
    for entry in entries[::2]:
        shutil.rmtree(entry)
    yield _compared("half-warm cache, 2 jobs", first, _executed(project, True, 2))


def _compared(name: str, first: dict[str, bytes], found: dict[str, bytes]) -> list:
    first |= first or found
    different = sum(first.get(slug) != found.get(slug) for slug in {*first, *found}) + (not found)
    return [f"records of all notebooks, {name}: not the bytes of the first", len(found), different, ""]


def _executed(project: Path, fork: bool, jobs: int) -> dict[str, bytes]:
    from greenbook.catalog.reading import read_catalog
    from greenbook.catalog.slices import write_slices
    from greenbook.execution.run import execute
    from greenbook.order import Order
    from greenbook.outline import read_outline
    from greenbook.project import open_project

    opened = open_project(project)
    task = Order(opened.root, jobs=jobs).task(opened, read_outline(opened))
    slices = write_slices(read_catalog(opened).at(task.edition.as_of), task.slices)
    done = execute(task, slices, fork=fork)
    assert not done.problems, done.problems
    return {slug: chapter.path.read_bytes() for slug, chapter in done.executed.items()}


def folders(work: Path) -> list[list]:
    """The real book in two folders, with another time zone, locale, hash seed and number of jobs."""
    made = []
    for name, more in (("one", {}), ("zwei 書", {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7"})):
        project = copied(ROOT, work / name)
        jobs = ["--jobs", "1"] if more else []
        code = subprocess.run([*report(project), *jobs], cwd=ROOT, env=environment(PYTHON, **more)).returncode
        made.append(_digests(project) if code == 0 else {})
    different = sum(made[0].get(name) != made[1].get(name) for name in {*made[0], *made[1]}) + (not made[0])
    return [["files of the real book that differ between two folders", len(made[0]), different,
             "other name, TZ, LC_ALL and hash seed; 2 jobs and 1"]]


def _digests(project: Path) -> dict[str, str]:
    root = edition_of(project).resolve()
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*")) if path.is_file()}
