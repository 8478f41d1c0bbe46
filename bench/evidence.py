"""`make evidence`: what takes hundreds of runs. Prints counts with their denominators; writes bench/RESULTS.md.

    python bench/evidence.py [--only PART …] [--scale 1.0] [--seed 1]

Each part may run alone, and writes its rows when it is done; the others stay as they were last counted. `--scale 0.1`
counts a tenth. Parts that are programs of their own are called with their own defaults and print their own tables.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cached import equality, flips, folders
from edits import sequences
from kills import PYTHON, ROOT, copied, edition_of, killed
from measure import environment, machine
from mutations import mutations
from results import HERE, keep, table

SMALL = ROOT / "tests" / "books" / "small"
KEPT = HERE / "results" / "evidence"
Rows = list[list]
Part = Callable[[Path, float, random.Random], Rows]


def program(*words: str, needs_book: bool = False) -> Part:
    """A part that is a program of its own: it is wrong where it does not end with 0; its last line is told."""
    def part(work: Path, scale: float, chance: random.Random) -> Rows:
        if needs_book:
            subprocess.run([str(PYTHON), str(ROOT / "build.py"), "report"], cwd=ROOT, env=environment(PYTHON),
                           check=True, capture_output=True)
        done = subprocess.run([str(PYTHON), str(HERE / words[0]), *words[1:]], cwd=ROOT, env=environment(PYTHON),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        print(done.stdout, file=sys.stderr)
        lines = [line for line in done.stdout.splitlines() if line.strip()] or [""]
        return [[f"bench/{' '.join(words)}", 1, int(done.returncode != 0), lines[-1].replace("|", "/")]]
    return part


def read() -> Rows:
    """The real book as readers have it: every page in a browser, the PDFs as they are heard, their text, weights."""
    import fidelity
    import heard
    import pages
    import weight

    subprocess.run([str(PYTHON), str(ROOT / "build.py"), "report"], cwd=ROOT, env=environment(PYTHON), check=True,
                   capture_output=True)
    edition = edition_of(ROOT).resolve()
    return [list(row) for row in (*pages.rows(edition), *heard.rows(edition), *fidelity.rows(ROOT),
                                  *weight.rows(edition))]


def many(count: int, scale: float) -> int:
    return max(1, round(count * scale))


PARTS: dict[str, Part] = {
    "flips": lambda work, scale, chance: flips(copied(SMALL, work), many(1000, scale), chance),
    "sequences": lambda work, scale, chance: sequences(work / "book", many(100, scale), chance),
    "mutations": lambda work, scale, chance: mutations(work),
    "equality": lambda work, scale, chance: equality(copied(ROOT, work)),
    "folders": lambda work, scale, chance: folders(work),
    "stops": lambda work, scale, chance: killed(SMALL, work, many(40, scale), chance, signal.SIGTERM, "small book"),
    "kills": lambda work, scale, chance: killed(SMALL, work, many(300, scale), chance, signal.SIGKILL, "small book"),
    "book-kills": lambda work, scale, chance: killed(ROOT, work, many(20, scale), chance, signal.SIGKILL, "real book",
                                                     at_once=1),
    "data": program("data_evidence.py", needs_book=True),
    "reading": lambda work, scale, chance: read(),
}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", action="append", choices=list(PARTS), help="only this part (repeatable)")
    words.add_argument("--scale", type=float, default=1.0, help="this share of each count")
    words.add_argument("--seed", type=int, default=1)
    call = words.parse_args()
    wrong = 0
    for name in call.only or PARTS:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"greenbook-{name}-") as folder:
            rows = PARTS[name](Path(folder), call.scale, random.Random(f"{call.seed} {name}"))
        wrong += sum(bool(row[2]) for row in rows)
        _keep(name, rows, time.monotonic() - started, call.seed)
        print(*rows, f"{name}: {time.monotonic() - started:.0f} s", sep="\n", file=sys.stderr, flush=True)
    lines = told()
    print("\n".join(lines))
    print(keep("evidence", lines))
    return 1 if wrong else 0


def _keep(name: str, rows: Rows, seconds: float, seed: int) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    about = {"rows": rows, "seconds": round(seconds), "seed": seed, "date": str(datetime.date.today()),
             "load": round(os.getloadavg()[0], 1)}
    (KEPT / f"{name}.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8")
    keep("evidence", told())


def told() -> list[str]:
    """The section of RESULTS.md, from what each part kept when it last ran."""
    rows = []
    for name in PARTS:
        if (path := KEPT / f"{name}.json").exists():
            found = json.loads(path.read_text("utf-8"))
            about = f"{found['date']}, {found['seconds']} s, load {found['load']}, seed {found['seed']}"
            rows += [[name, *map(str, row), about] for row in found["rows"]]
    return ["## Evidence", "", f"{machine()}. Each part by `make evidence ARGS=\"--only PART\"`.", "",
            *table(["part", "what", "tried", "wrong", "and", "when"], rows)]


if __name__ == "__main__":
    raise SystemExit(main())
