"""The benchmarks of trust in the data, run one after another: a part of `make evidence`.

    python bench/data_evidence.py [--only trace_sample.py …] [--count 5000]

Needs the real book built whole (`build.py report`), from whose PDFs numbers are drawn; the other editions, whose
revision logs are read, it builds. Ends with 1 where one of them misses its threshold.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT / "src")]

from measure import environment  # noqa: E402

# What is counted, the script and its words, and the lines of its output that tell the counts.
CHECKS = (
    ("damaged and clean data files", "corrupt_inputs.py", ("--count", "{count}", "--jobs", "2"),
     r"^(?:all|right file).*"),
    ("workbooks of a million rows, and bombs", "workbook_limits.py", (), r"^.* MB packed: .*"),
    ("faults of number parity", "parity_faults.py", (), r"^found .*"),
    ("numbers of the zh-Hans and en PDF traced back", "trace_sample.py", (), r"^(?:zh-Hans|en): .*|^  traced .*"),
    ("revision logs between editions", "revision_log.py", (), r"^\S+ \(.*withdrawn$|^  findings .*"),
)


def checked(what: str, script: str, words: tuple[str, ...], telling: str) -> list:
    """A row: what, how many scripts ran (1), whether it missed its threshold, and what its output tells."""
    started = time.monotonic()
    done = subprocess.run([sys.executable, str(HERE / script), *words], capture_output=True, text=True)
    found = re.findall(telling, done.stdout, re.MULTILINE) or done.stderr.strip().splitlines()[-1:]
    told = "; ".join(line.strip().replace("|", "/") for line in found)
    print(done.stdout, done.stderr[-2000:], f"{script}: {done.returncode}", sep="\n", file=sys.stderr, flush=True)
    outcome = "holds" if done.returncode == 0 else "MISSED"
    return [what, 1, int(done.returncode != 0), f"{outcome}, {time.monotonic() - started:.0f} s: {told}"]


def other_editions() -> None:
    """Builds the editions that the revision logs name, in one language and without PDF, which is enough for them."""
    from greenbook.outline import read_outline
    from greenbook.project import Project

    for edition in read_outline(Project(ROOT)).editions:
        words = ("--edition", edition, "--language", "zh-Hans", "--format", "html")
        subprocess.run([sys.executable, str(ROOT / "build.py"), "report", *words], cwd=ROOT, check=True,
                       capture_output=True, env=environment(Path(sys.executable)))


def rows(count: int, only: tuple[str, ...] = ()) -> Iterator[list]:
    """A row a benchmark, with `count` damaged inputs; `only` names scripts."""
    for what, script, given, telling in CHECKS:
        if not only or script in only:
            if script == "revision_log.py":
                other_editions()
            yield checked(what, script, tuple(word.format(count=count) for word in given), telling)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", action="append", default=[], help="only this script (repeatable)")
    words.add_argument("--count", type=int, default=5000, help="damaged inputs")
    asked = words.parse_args()
    made = list(rows(asked.count, tuple(asked.only)))
    print(*made, sep="\n")
    return 1 if any(row[2] for row in made) else 0


if __name__ == "__main__":
    raise SystemExit(main())
