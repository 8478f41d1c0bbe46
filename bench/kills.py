"""Builds stopped at random moments: what is published stays whole, nothing is left behind, the next build passes."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from measure import environment

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
ALWAYS = ("report-zh-Hans.pdf", "report-en.html", "zh-Hans/index.html", "manifest.json")
FULL = 10


def copied(project: Path, folder: Path) -> Path:
    """A project's sources in a folder of their own."""
    for part in ("notebooks", "data", "templates"):
        if (project / part).is_dir():
            shutil.copytree(project / part, folder / part)
    return folder


def report(project: Path) -> list[str]:
    """The command of a whole report of `project`."""
    return [str(PYTHON), str(ROOT / "build.py"), "report", "--project", str(project), "--jobs", "2"]


def built(project: Path) -> subprocess.CompletedProcess[str]:
    """One report; the finished process."""
    return subprocess.run(report(project), cwd=ROOT, env=environment(PYTHON), capture_output=True, text=True)


def edition_of(project: Path) -> Path:
    """The link of the default edition, the only one that is built here."""
    return next(path for path in sorted((project / "_build").iterdir()) if path.is_symlink())


def whole(link: Path, always: tuple[str, ...] = ALWAYS) -> bool:
    """Whether the published edition is exactly what its manifest lists, `always` among it."""
    root = link.resolve()
    listed = {item["path"]: item["sha256"] for item in json.loads((root / "manifest.json").read_bytes())["files"]}
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - {"manifest.json"}
    return found == set(listed) and all(name in found | {"manifest.json"} for name in always) and all(
        hashlib.sha256((root / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def left(project: Path, seconds: float = 10) -> list[int]:
    """Processes of `project` that still live after at most `seconds`."""
    end = time.monotonic() + seconds
    while (found := _alive(f"{project}/".encode(), str(project).encode())) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _alive(inside: bytes, itself: bytes) -> list[int]:
    """Processes with a word of their command or environment that is the project's folder, or a path in it."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = b"".join(Path(f"/proc/{name}/{part}").read_bytes() for part in ("cmdline", "environ")).split(b"\0")
        except OSError:
            continue
        if int(name) != os.getpid() and any(inside in word or word == itself for word in words):
            found.append(int(name))
    return found


def killed(project: Path, folder: Path, count: int, chance: random.Random, sent: int, what: str,
           at_once: int = 2, cold_each: int = 2) -> Iterator[list]:
    """`count` stops by `sent`, in `at_once` copies of `project`; every `cold_each`th build is of everything.

    Gives the row so far, every few seconds, and at the end the row of all.
    """
    places = [copied(project, folder / f"copy{number}") for number in range(at_once)]
    shares = [count // at_once + (number < count % at_once) for number in range(at_once)]
    rounds: list[Counter[str]] = []
    with ThreadPoolExecutor(at_once) as pool:
        running = [pool.submit(_stops, place, share, chance.random(), sent, cold_each, rounds.append)
                   for place, share in zip(places, shares, strict=True)]
        while wait(running, timeout=10).not_done:
            yield _row(rounds, sent, what)
    yield _row(rounds, sent, what)
    for stopping in running:
        stopping.result()


def _row(rounds: list[Counter[str]], sent: int, what: str) -> list:
    seen = sum(rounds, Counter())
    torn, leftovers, lies, failed = (seen[name] for name in ("torn", "left", "lies", "failed"))
    told = (f"{seen['cold']} of builds of everything, {seen['hit']} before the end; torn {torn}, "
            f"processes left {leftovers}, wrong exit {lies}, next run failed {failed} of {seen['next']}; "
            "the others were followed by another stop")
    return [f"{signal.Signals(sent).name} at a random moment of a build, {what}", len(rounds),
            torn + leftovers + lies + failed, told]


def _stops(project: Path, count: int, seed: float, sent: int, cold_each: int,
           say: Callable[[Counter[str]], None]) -> None:
    chance = random.Random(seed)
    spans = {cold: _span(project, cold) for cold in (True, False)}
    for number in range(count):
        cold = number % cold_each == 0
        disturb(project, number, cold=cold)
        process = subprocess.Popen(report(project), cwd=ROOT, env=environment(PYTHON), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, spans[cold]))
        seen = Counter(hit=int(process.poll() is None), cold=int(cold))
        process.send_signal(sent)
        code = process.wait(30)
        seen["lies"] = int(sent != signal.SIGKILL and code not in (0, 128 + sent, -sent))
        seen["left"] = int(bool(left(project)))
        seen["torn"] = int(not whole(edition_of(project)))
        if number % FULL == FULL - 1 or number == count - 1:
            seen["next"] = 1
            seen["failed"] = int(built(project).returncode != 0 or not whole(edition_of(project)))
        say(seen)


def _span(project: Path, cold: bool) -> float:
    """Seconds that a build takes here and now, after which a stop would come too late."""
    disturb(project, int(not cold), cold=cold)
    started = time.monotonic()
    assert built(project).returncode == 0
    return time.monotonic() - started


def disturb(project: Path, number: int, *, cold: bool) -> None:
    """Something to build: everything, or one chapter's code; each time another comment in a code cell."""
    if cold and (project / "_build" / "cache").is_dir():
        shutil.rmtree(project / "_build" / "cache")
    paths = sorted((project / "notebooks").glob("[a-z]*.ipynb"))
    path = paths[number % len(paths)]
    tree = json.loads(path.read_text("utf-8"))
    cell = [cell for cell in tree["cells"] if cell["cell_type"] == "code"][-1]
    code = "".join(cell["source"]).partition("\n# stop ")[0]
    cell["source"] = f"{code}\n# stop {number}"
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")
