"""`make evidence`: what takes hundreds of runs. Prints counts with their denominators; writes bench/RESULTS.md.

    python bench/evidence.py [--kills 300] [--book-kills 20] [--flips 1000] [--sequences 100] [--stops 40] [--folders]
                             [--no-data]
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from edits import sequences
from measure import environment, machine
from results import keep, table

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
SMALL = ROOT / "tests" / "books" / "small"
ALWAYS = ("report-zh-Hans.pdf", "report-en.html", "zh-Hans/index.html", "manifest.json")


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, count in (("kills", 300), ("book-kills", 20), ("flips", 1000), ("sequences", 100), ("stops", 40)):
        words.add_argument(f"--{name}", type=int, default=count)
    words.add_argument("--folders", action="store_true", help="build the real book in two folders and compare")
    words.add_argument("--no-data", action="store_true", help="leave out data_evidence.py")
    words.add_argument("--seed", type=int, default=1)
    call = words.parse_args()
    chance, rows = random.Random(call.seed), []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        parts = [lambda: flips(copied(SMALL, work / "flips"), call.flips, chance),
                 lambda: sequences(work / "sequences", call.sequences, chance),
                 lambda: killed(copied(SMALL, work / "stops"), call.stops, chance, signal.SIGTERM, "small book"),
                 lambda: killed(copied(SMALL, work / "kills"), call.kills, chance, signal.SIGKILL, "small book")]
        if call.book_kills:
            parts.append(lambda: killed(copied(ROOT, work / "book"), call.book_kills, chance, signal.SIGKILL,
                                        "real book"))
        if call.folders:
            parts.append(lambda: folders(work))
        for part in parts:
            found = part()
            rows += found
            print(*found, sep="\n", file=sys.stderr, flush=True)
    about = f"{machine()}; {datetime.date.today()}; seed {call.seed}; load {os.getloadavg()[0]:.1f}."
    lines = ["## Evidence", "", about, "",
             *table(["what", "tried", "wrong", "and"], [[str(item) for item in row] for row in rows])]
    print("\n".join(lines))
    print(keep("evidence", lines))
    data = [] if call.no_data else [str(PYTHON), str(ROOT / "bench" / "data_evidence.py")]
    return 1 if any(row[2] for row in rows) or (data and subprocess.run(data).returncode) else 0


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


def whole(link: Path) -> bool:
    """Whether the published edition is exactly what its manifest lists."""
    root = link.resolve()
    listed = {item["path"]: item["sha256"] for item in json.loads((root / "manifest.json").read_bytes())["files"]}
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - {"manifest.json"}
    return found == set(listed) and all(name in found | {"manifest.json"} for name in ALWAYS) and all(
        hashlib.sha256((root / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def digests(project: Path) -> dict[str, str]:
    """File → sha256 of the published default edition."""
    root = edition_of(project).resolve()
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*")) if path.is_file()}


def edition_of(project: Path) -> Path:
    """The link of the default edition, the only one that is built here."""
    return next(path for path in sorted((project / "_build").iterdir()) if path.is_symlink())


def left(project: Path, seconds: float = 10) -> list[int]:
    """Processes of `project` that still live after at most `seconds`."""
    end = time.monotonic() + seconds
    while (found := _alive(str(project).encode())) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _alive(mark: bytes) -> list[int]:
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = Path(f"/proc/{name}/cmdline").read_bytes() + Path(f"/proc/{name}/environ").read_bytes()
        except OSError:
            continue
        if mark in words and int(name) != os.getpid():
            found.append(int(name))
    return found


def killed(project: Path, count: int, chance: random.Random, sent: int, what: str) -> list[list]:
    """A build stopped by `sent` at random moments: what stands is whole, nothing is left, the next passes."""
    started = time.monotonic()
    assert built(project).returncode == 0
    longest = time.monotonic() - started
    torn = leftovers = lies = failed = 0
    for number in range(count):
        _disturb(project, number)
        process = subprocess.Popen(report(project), cwd=ROOT, env=environment(PYTHON), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, longest))
        process.send_signal(sent)
        code = process.wait(30)
        lies += sent != signal.SIGKILL and code not in (0, 128 + sent, -sent)
        leftovers += bool(left(project))
        torn += not whole(edition_of(project))
        failed += number % 10 == 9 and built(project).returncode != 0
    failed += built(project).returncode != 0
    name = f"{signal.Signals(sent).name} at a random moment of a build, {what}"
    told = f"torn {torn}, processes left {leftovers}, wrong exit {lies}, next run failed {failed}"
    return [[name, count, torn + leftovers + lies + failed, told]]


def _disturb(project: Path, number: int) -> None:
    """Something to build: by turns everything, one chapter, a page template's file time and prose alone."""
    if number % 2 == 0:
        shutil.rmtree(project / "_build" / "cache" / "executed", ignore_errors=True)
    path = sorted((project / "notebooks").glob("[a-z]*.ipynb"))[number % 2]
    tree = json.loads(path.read_text("utf-8"))
    tree["cells"].append({"id": f"kill{number:04d}-about", "cell_type": "markdown", "metadata": {}, "source": ""})
    tree["cells"] = [cell for cell in tree["cells"] if not str(cell["id"]).startswith("kill")
                     or cell["id"] == f"kill{number:04d}-about"]
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")


def flips(project: Path, count: int, chance: random.Random) -> list[list]:
    """Bits flipped in entries of the cache: each is found when the entry is read, and never served."""
    from greenbook.execution.cache import Cache

    assert built(project).returncode == 0
    folder = project / "_build" / "cache" / "executed"
    files = sorted(path for path in folder.glob("??/*/*") if path.is_file())
    good = {path: path.read_bytes() for path in files}
    notebooks = {path.parent.name: good[path] for path in files if path.name == "executed.ipynb"}
    served = 0
    for _ in range(count):
        path = chance.choice(files)
        bad = bytearray(good[path])
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        path.parent.chmod(0o755)
        path.chmod(0o644)
        path.write_bytes(bad)
        entry = Cache(folder)._entry(path.parent.name)
        served += entry is not None
        if not path.parent.is_dir():
            path.parent.mkdir()
        for file in (item for item in files if item.parent == path.parent):
            if file.exists():
                file.chmod(0o644)
            file.write_bytes(good[file])
    right = sum(Cache(folder)._entry(key).content == content for key, content in notebooks.items())
    return [["bits flipped in the cache: served", count, served + len(notebooks) - right, f"{len(files)} files"]]


def folders(work: Path) -> list[list]:
    """The real book in two folders, with another time zone, locale, hash seed and number of jobs."""
    made = []
    for name, more in (("one", {}), ("zwei 書", {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7"})):
        project = copied(ROOT, work / name)
        jobs = ["--jobs", "1"] if more else []
        code = subprocess.run([*report(project), *jobs], cwd=ROOT, env=environment(PYTHON, **more)).returncode
        made.append(digests(project) if code == 0 else {})
    different = sum(made[0].get(name) != made[1].get(name) for name in {*made[0], *made[1]}) + (not made[0])
    return [["files of the real book that differ between two folders", len(made[0]), different, ""]]


if __name__ == "__main__":
    raise SystemExit(main())
