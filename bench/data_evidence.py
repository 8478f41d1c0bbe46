"""The benchmarks of trust in the data, run one after another; each keeps a row in bench/RESULTS.md.

    python bench/data_evidence.py [--only trace_sample.py …] [--count 5000]

Needs the real book built whole (`build.py report`), from whose PDFs numbers are drawn, and for the findings in the
revision logs the other editions. Ends with 1 where one of them misses its threshold.
"""

from __future__ import annotations

import argparse
import datetime
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from measure import machine  # noqa: E402
from results import keep, table  # noqa: E402

# What is counted, the script and its words, and the lines of its output that tell the counts.
CHECKS = (
    ("damaged and clean data files", "corrupt_inputs.py", ("--count", "{count}"), r"^(?:all|right file).*"),
    ("workbooks of a million rows, and bombs", "workbook_limits.py", (), r"^.* MB packed: .*"),
    ("faults of number parity", "parity_faults.py", (), r"^found .*"),
    ("numbers of the zh-Hans and en PDF traced back", "trace_sample.py", (), r"^(?:zh-Hans|en): .*|^  traced .*"),
    ("revision logs between editions", "revision_log.py", (), r"^\S+ \(.*withdrawn$|^  findings .*"),
)


def checked(what: str, script: str, words: tuple[str, ...], telling: str) -> list[str]:
    """A row: what, its outcome, seconds, and what its output tells."""
    started = time.monotonic()
    done = subprocess.run([sys.executable, str(HERE / script), *words], capture_output=True, text=True)
    found = re.findall(telling, done.stdout, re.MULTILINE) or done.stderr.strip().splitlines()[-1:]
    told = "; ".join(line.strip().replace("|", "/") for line in found)
    print(f"{script} {done.returncode}: {told}", file=sys.stderr, flush=True)
    return [what, "holds" if done.returncode == 0 else "MISSED", f"{time.monotonic() - started:.0f}", told]


def section(rows: list[list[str]]) -> list[str]:
    """The section of the page."""
    return ["## Data that can be trusted", "", f"{machine()}; {datetime.date.today()}.", "",
            *table(["what", "outcome", "s", "counts"], rows)]


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", action="append", default=[], help="only this script (repeatable); keeps no page")
    words.add_argument("--count", type=int, default=5000, help="damaged inputs")
    asked = words.parse_args()
    rows = [checked(what, script, tuple(word.format(count=asked.count) for word in given), telling)
            for what, script, given, telling in CHECKS if not asked.only or script in asked.only]
    print("\n".join(section(rows)))
    if not asked.only:
        print(keep("data", section(rows)))
    return 1 if any(row[1] != "holds" for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
