"""`make evidence`: what takes hundreds of runs. Prints counts with their denominators; writes bench/RESULTS.md.

    python bench/evidence.py [--only PART …] [--scale 1.0] [--seed 1] [--jobs 2]

Each part may run alone, and writes its rows as it counts; the others stay as they were last counted. A part that dies
keeps what it had counted, with a row that says so, and the command ends with 1. `--scale 0.1` counts a tenth. Several
parts run in processes of their own, `--jobs` at a time. Programs of their own are called with their own defaults.
"""

from __future__ import annotations

import argparse
import datetime
import fcntl
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cached import equality, flips, folders
from edits import sequences
from ends import ends
from kills import PYTHON, ROOT, copied, edition_of, killed
from measure import environment, machine
from mutations import mutations
from results import HERE, keep, table

SMALL = ROOT / "tests" / "books" / "small"
KEPT = HERE / "results" / "evidence"
Rows = Iterable[list]
Part = Callable[[Path, float, random.Random], Rows]


def real_book() -> Path:
    """The real book's default edition, built where it does not stand; parts that need it wait for one another."""
    (ROOT / "_build").mkdir(exist_ok=True)
    with open(ROOT / "_build" / "evidence.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        subprocess.run([str(PYTHON), str(ROOT / "build.py"), "report"], cwd=ROOT, env=environment(PYTHON), check=True,
                       capture_output=True)
    return edition_of(ROOT).resolve()


def trusted(count: int) -> Rows:
    """The benchmarks of trust in the data, on the real book and its other editions."""
    import data_evidence

    real_book()
    return data_evidence.rows(count)


def read() -> Rows:
    """The real book as readers have it: every page in a browser, the PDFs as they are heard, their text, weights."""
    import fidelity
    import heard
    import pages
    import weight

    edition = real_book()
    for made in (lambda: weight.rows(edition), lambda: pages.rows(edition), lambda: heard.rows(edition),
                 lambda: fidelity.rows(ROOT)):
        yield from map(list, made())


def previewed(edits: int) -> Rows:
    """Seconds from a save to the page and the PDF, by the real preview of the real book."""
    import preview

    real_book()
    return map(list, preview.rows(ROOT, edits))


def timed() -> Rows:
    """What the real book takes, cold and warm, beside the goals."""
    import realbook

    return map(list, realbook.rows())


def many(count: int, scale: float) -> int:
    return max(1, round(count * scale))


# In the order in which they start: those that take the time, with nothing beside them; then the longest first.
ALONE = ("book", "preview")
PARTS: dict[str, Part] = {
    "book": lambda work, scale, chance: timed(),
    "preview": lambda work, scale, chance: previewed(many(20, scale)),
    "kills": lambda work, scale, chance: killed(SMALL, work, many(300, scale), chance, signal.SIGKILL, "small book"),
    "data": lambda work, scale, chance: trusted(many(5000, scale)),
    "book-kills": lambda work, scale, chance: killed(ROOT, work, many(20, scale), chance, signal.SIGKILL, "real book",
                                                     at_once=1, cold_each=5),
    "mutations": lambda work, scale, chance: mutations(work, scale, chance),
    "sequences": lambda work, scale, chance: sequences(work / "book", many(100, scale), chance),
    "reading": lambda work, scale, chance: read(),
    "folders": lambda work, scale, chance: folders(work),
    "equality": lambda work, scale, chance: equality(copied(ROOT, work)),
    "stops": lambda work, scale, chance: killed(SMALL, work, many(40, scale), chance, signal.SIGTERM, "small book"),
    "ends": lambda work, scale, chance: ends(SMALL, work),
    "flips": lambda work, scale, chance: flips(copied(SMALL, work), many(1000, scale), chance),
}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", action="append", choices=list(PARTS), help="only this part (repeatable)")
    words.add_argument("--scale", type=float, default=1.0, help="this share of each count")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--jobs", type=int, default=2, help="parts at once")
    call = words.parse_args()
    names = call.only or list(PARTS)
    started = time.monotonic()
    if len(names) == 1:
        wrong = counted(names[0], call.scale, call.seed)
    else:
        wrong = 0
        for jobs, some in ((1, [name for name in names if name in ALONE]),
                           (call.jobs, [name for name in names if name not in ALONE])):
            with ThreadPoolExecutor(jobs) as pool:
                wrong += sum(pool.map(lambda name: alone(name, call.scale, call.seed), some))
    lines = told()
    print("\n".join(lines))
    print(keep("evidence", lines), f"{time.monotonic() - started:.0f} s", sep=": ")
    return 1 if wrong else 0


def alone(name: str, scale: float, seed: int) -> int:
    """One part in a process of its own; whether it was wrong."""
    words = [str(PYTHON), str(HERE / "evidence.py"), "--only", name, "--scale", str(scale), "--seed", str(seed)]
    return int(subprocess.run(words, stdout=subprocess.DEVNULL).returncode != 0)


def counted(name: str, scale: float, seed: int) -> int:
    """Runs the part and keeps its rows as they come, the newest of each name; how many rows are wrong."""
    started, cpu = time.monotonic(), _processor()
    rows: dict[str, list] = {}

    def kept(row: list) -> None:
        rows[row[0]] = row
        _keep(name, list(rows.values()), time.monotonic() - started, _processor() - cpu, scale, seed)

    with tempfile.TemporaryDirectory(prefix=f"greenbook-{name}-", ignore_cleanup_errors=True) as folder:
        try:
            for row in PARTS[name](Path(folder), scale, random.Random(f"{seed} {name}")):
                kept(row)
        except Exception as error:  # the rows that the part had counted stay
            traceback.print_exc()
            kept(["this part died before its end", 1, 1, f"{type(error).__name__}: {error}"[:200].replace("|", "/")])
    kept(next(iter(rows.values()), ["this part counted nothing", 1, 1, ""]))
    print(*rows.values(), f"{name}: {time.monotonic() - started:.0f} s", sep="\n", file=sys.stderr, flush=True)
    return sum(bool(row[2]) for row in rows.values())


def _processor() -> float:
    """Processor seconds of this process and of its children that have ended and were waited for."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _keep(name: str, rows: list[list], seconds: float, cpu: float, scale: float, seed: int) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    about = {"rows": rows, "seconds": round(seconds), "cpu": round(cpu), "scale": scale, "seed": seed,
             "date": str(datetime.date.today()), "load": round(os.getloadavg()[0], 1)}
    (KEPT / f"{name}.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8")
    keep("evidence", told())


def told() -> list[str]:
    """The section of RESULTS.md, from what each part kept when it last ran."""
    rows, spent = [], []
    for name in PARTS:
        if (path := KEPT / f"{name}.json").exists():
            found = json.loads(path.read_text("utf-8"))
            part = f", scale {found['scale']}" if found.get("scale", 1) != 1 else ""
            about = f"{found['date']}, load {found['load']}, seed {found['seed']}{part}"
            rows += [[name, *map(str, row), about] for row in found["rows"]]
            spent.append([name, str(found["seconds"]), str(found.get("cpu", "–")), about])
    return ["## Evidence", "", f"{machine()}. Each part by `make evidence ARGS=\"--only PART\"`.", "",
            *table(["part", "what", "tried", "wrong", "and", "when"], rows), "",
            "Processor seconds are of processes that ended and were waited for; those killed with their group are not "
            "all among them.", "", *table(["part", "wall s", "CPU s", "when"], spent)]


if __name__ == "__main__":
    raise SystemExit(main())
