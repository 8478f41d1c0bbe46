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
from concurrent.futures import ThreadPoolExecutor
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


def whole(link: Path) -> bool:
    """Whether the published edition is exactly what its manifest lists."""
    root = link.resolve()
    listed = {item["path"]: item["sha256"] for item in json.loads((root / "manifest.json").read_bytes())["files"]}
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - {"manifest.json"}
    return found == set(listed) and all(name in found | {"manifest.json"} for name in ALWAYS) and all(
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
           at_once: int = 2) -> list[list]:
    """`count` stops by `sent`, in `at_once` copies of `project`; half of the builds are of everything."""
    places = [copied(project, folder / f"copy{number}") for number in range(at_once)]
    shares = [count // at_once + (number < count % at_once) for number in range(at_once)]
    seeds = [chance.random() for _ in places]
    with ThreadPoolExecutor(at_once) as pool:
        counts = list(pool.map(_stops, places, shares, seeds, [sent] * at_once))
    torn, leftovers, lies, failed, passed = map(sum, zip(*counts, strict=True))
    told = (f"torn {torn}, processes left {leftovers}, wrong exit {lies}, next run failed {failed} of {passed}; "
            "the others were followed by another stop")
    return [[f"{signal.Signals(sent).name} at a random moment of a build, {what}", count,
             torn + leftovers + lies + failed, told]]


def _stops(project: Path, count: int, seed: float, sent: int) -> tuple[int, int, int, int, int]:
    chance, spans = random.Random(seed), {}
    for cold in (True, False):
        disturb(project, int(not cold), cold=cold)
        started = time.monotonic()
        assert built(project).returncode == 0
        spans[cold] = time.monotonic() - started
    torn = leftovers = lies = failed = passed = 0
    for number in range(count):
        cold = number % 2 == 0
        disturb(project, number, cold=cold)
        process = subprocess.Popen(report(project), cwd=ROOT, env=environment(PYTHON), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, spans[cold]))
        process.send_signal(sent)
        code = process.wait(30)
        lies += sent != signal.SIGKILL and code not in (0, 128 + sent, -sent)
        leftovers += bool(left(project))
        torn += not whole(edition_of(project))
        if number % FULL == FULL - 1 or number == count - 1:
            passed, failed = passed + 1, failed + (built(project).returncode != 0 or not whole(edition_of(project)))
    return torn, leftovers, lies, failed, passed


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
