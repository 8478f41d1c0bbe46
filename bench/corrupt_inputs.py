"""Damaged data, seeded: is each refused with the right file, line and code, and is nothing clean refused?

    python bench/corrupt_inputs.py [--count 5000] [--clean 500] [--command 200] [--seed 1] [--jobs 1]

Faults are written into files on disk, one a case, over the project's real tables. A case's project holds units,
sources, issuers, policies, glossary and abbreviations as they stand, and one sector's indicators, observations and
targets; the reader's public entry (`read_catalog`) is called for all, the real command with its whole message for
`--command` more.
Workbooks are made from the same tables and go through `import`.
A case is right where one of the problems names the file, the line and a code of the fault, and no problem names another
file. Ends with 1 where a threshold is missed.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

import faults_in_cells  # noqa: E402, F401  (its kinds enter KINDS)
import faults_in_files  # noqa: E402, F401
from damage import KINDS, Damage, Sheet  # noqa: E402
from workbooks import WORKBOOK_KINDS, plain_workbook  # noqa: E402

from greenbook.catalog.declared import declare  # noqa: E402
from greenbook.catalog.reading import read_catalog  # noqa: E402
from greenbook.catalog.view import Catalog  # noqa: E402
from greenbook.errors import DataRefused  # noqa: E402
from greenbook.intake.importing import prepare  # noqa: E402
from greenbook.project import Project  # noqa: E402

WHOLE = ("units.yml", "sources.csv", "issuers.csv", "policies.csv", "glossary.csv", "abbreviations.csv", "cases.csv")
CLEAN = ("column order", "byte order mark", "CRLF", "CR", "declared GB18030", "empty line at the end", "quoted cells",
         "workbook")


def sector_project(folder: Path, catalog: Catalog, sector: str) -> Project:
    """A project with one sector's data: its files as they stand, and the targets whose indicators are there."""
    data = folder / "data"
    needed = {sector} | {catalog.indicators[entry.reported_growth].sector for entry in catalog.indicators.values()
                         if entry.sector == sector and entry.reported_growth}
    for name in (*WHOLE, *(f"indicators/{name}.yml" for name in sorted(needed)), f"observations/{sector}.csv"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "data" / name, data / name)
    shutil.copytree(ROOT / "tests/books/small/notebooks", folder / "notebooks")
    rows = list(csv.reader(io.StringIO((ROOT / "data/targets.csv").read_text("utf-8"))))
    kept = [row for row in rows[1:] if catalog.indicators[row[2]].sector in needed]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([rows[0], *kept])
    (data / "targets.csv").write_text(text.getvalue(), "utf-8")
    project = Project(folder)
    list(declare(project))
    read_catalog(project)
    return project


@dataclass
class Counted:
    """By kind of fault: cases tried, right, and accepted in silence; what was wrong; what was clean and refused."""

    tried: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @classmethod
    def all(cls, parts: list[Counted]) -> Counted:
        """The sum of what several processes counted."""
        whole = cls()
        for part in parts:
            for name, value in vars(part).items():
                setattr(whole, name, getattr(whole, name) + value)
        return whole


class Bench:
    """The projects, the cases, and what came of them."""

    def __init__(self, folder: Path, seed: int | str) -> None:
        self.chance, self.folder = random.Random(seed), folder
        whole = read_catalog(Project(ROOT))
        self.kinds = {name: entry.kind for name, entry in whole.indicators.items()}
        sectors = sorted(path.stem for path in (ROOT / "data/observations").glob("*.csv"))
        self.projects = {sector: sector_project(folder / sector, whole, sector) for sector in sectors}
        self.counted = Counted()

    def case(self, kind: str) -> tuple[Project, str, Damage]:
        """A project, the table of it that is damaged, and the damage."""
        while True:
            sector = self.chance.choice(sorted(self.projects))
            tables = [f"observations/{sector}.csv"] * 6 + ["sources.csv", "policies.csv", "targets.csv", "issuers.csv"]
            name = self.chance.choice(tables)
            text = (self.projects[sector].data / name).read_bytes().decode()
            sheet = Sheet(name, text, self.kinds)
            found = KINDS[kind](sheet, self.chance) if len(sheet.lines) > 1 else None
            if found and found.content != text.encode():
                return self.projects[sector], name, found

    def run(self, kind: str, command: bool) -> None:
        project, name, damage = self.case(kind)
        path = project.data / name
        whole = path.read_bytes()
        path.write_bytes(damage.content)
        try:
            messages = by_command(project) if command else by_reader(project)
        finally:
            path.write_bytes(whole)
        self.judge(kind, f"data/{name}", damage, messages, command)

    def workbook(self, kind: str, command: bool) -> None:
        """A workbook of some rows of a real table, damaged, on its way through import."""
        sector = self.chance.choice(sorted(self.projects))
        text = (self.projects[sector].data / f"observations/{sector}.csv").read_text("utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        first = self.chance.randint(1, max(1, len(rows) - 30))
        found = WORKBOOK_KINDS[kind]([rows[0], *rows[first:first + 30]], self.chance)
        path = self.folder / found.name
        path.write_bytes(found.damage.content)
        messages = imported(self.projects[sector], path, command)
        self.judge(kind, found.name, found.damage, messages, command)

    def judge(self, kind: str, name: str, damage: Damage, messages: list[str], command: bool) -> None:
        self.counted.tried[kind] += 1
        if not messages:
            self.counted.silent[kind] += 1
        joint = "!" if name.endswith((".xlsx", ".xls", ".xlsm")) else ":"
        starts = {f"{name}{joint}{place}: {code}: " if place else f"{name}: {code}: "
                  for place in damage.places for code in damage.codes}
        named = any(message.startswith(start) for message in messages for start in starts)
        if named and all(message.startswith((f"{name}:", f"{name}!")) for message in messages):
            self.counted.right[kind] += 1
        else:
            told = f"{kind}{' (command)' if command else ''}: {name}: expected {sorted(starts)[:2]}"
            self.counted.wrong.append(f"{told}, found {messages[:3]}")


def by_reader(project: Project) -> list[str]:
    try:
        read_catalog(project)
    except DataRefused as refused:
        return [str(problem) for problem in refused.problems]
    return []


def imported(project: Project, path: Path, command: bool) -> list[str]:
    """The messages with which the file is refused by import, or by the real command."""
    if command:
        done = subprocess.run([sys.executable, str(ROOT / "build.py"), "import", str(path), "--yes", "--project",
                               str(project.root)], capture_output=True, text=True, timeout=300)
        told = done.stderr.splitlines()
        return [line for line in told if ": GB" in line] if done.returncode == 3 else [f"exit {done.returncode}", *told]
    try:
        return [str(problem) for problem in prepare(project, path).problems]
    except DataRefused as refused:
        return [str(problem) for problem in refused.problems]


def by_command(project: Project) -> list[str]:
    """The problem lines of the real command; its exit code must be 3 and its last line must count them."""
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "report", "--project", str(project.root)],
                          capture_output=True, text=True, timeout=300)
    *messages, last = done.stderr.splitlines() or [""]
    count = len(messages)
    if done.returncode != 3 or last != f"{count} problem{'s' if count > 1 else ''}; nothing was published":
        return [f"exit code {done.returncode}", *done.stderr.splitlines()]
    return messages


def clean(bench: Bench, kind: str) -> str:
    """The messages with which a sound variant of a table is refused; nothing where it is read."""
    sector = bench.chance.choice(sorted(bench.projects))
    project = bench.projects[sector]
    if kind == "workbook":
        path = bench.folder / "clean.xlsx"
        rows = list(csv.reader(io.StringIO((project.data / f"observations/{sector}.csv").read_text("utf-8"))))
        path.write_bytes(plain_workbook(rows))
        made = prepare(project, path)
        same = not made.problems and made.compared.unchanged == len(rows) - 1
        return "" if same else f"workbook of {sector}: {made.problems[:2]}, {len(made.compared.changes)} changes"
    name = bench.chance.choice([f"observations/{sector}.csv", "sources.csv", "policies.csv", "targets.csv"])
    path, declared = project.data / name, project.data / "encodings.yml"
    whole = path.read_bytes()
    before = read_catalog(project)
    path.write_bytes(_variant(whole.decode(), kind, bench.chance))
    if kind == "declared GB18030" and not whole.isascii():
        declared.write_text(f"{name}: GB18030\n", "utf-8")
    try:
        after = read_catalog(project)
        same = after.observations == before.observations and after.sources == before.sources
        return "" if same else f"{kind}: {name}: read differently"
    except DataRefused as refused:
        return f"{kind}: {refused}"
    finally:
        path.write_bytes(whole)
        declared.unlink(missing_ok=True)


def _variant(text: str, kind: str, chance: random.Random) -> bytes:
    if kind in ("column order", "quoted cells"):
        rows = list(csv.reader(io.StringIO(text)))
        order = list(range(len(rows[0])))
        quoting = csv.QUOTE_ALL if kind == "quoted cells" else csv.QUOTE_MINIMAL
        if kind == "column order":
            chance.shuffle(order)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n", quoting=quoting)
        writer.writerows([[row[place] for place in order] for row in rows])
        return out.getvalue().encode()
    if kind == "declared GB18030":
        return text.encode("gb18030")
    return {"byte order mark": b"\xef\xbb\xbf" + text.encode(), "CRLF": text.replace("\n", "\r\n").encode(),
            "CR": text.replace("\n", "\r").encode(), "empty line at the end": f"{text}\n".encode()}[kind]


def main() -> int:
    words = argparse.ArgumentParser()
    for name, default in (("count", 5000), ("clean", 500), ("command", 200), ("seed", 1), ("jobs", 1)):
        words.add_argument(f"--{name}", type=int, default=default)
    asked = words.parse_args()
    start = time.monotonic()
    with ProcessPoolExecutor(asked.jobs) as pool:
        parts = list(pool.map(share, [asked] * asked.jobs, range(asked.jobs)))
    return report(Counted.all(parts), asked, time.monotonic() - start)


def share(asked: argparse.Namespace, job: int) -> Counted:
    """What one of `asked.jobs` processes counts: every `jobs`-th case, in projects and with chances of its own."""
    kinds = [*KINDS, *WORKBOOK_KINDS]
    with tempfile.TemporaryDirectory(prefix="greenbook-bench-") as name:
        bench = Bench(Path(name), f"{asked.seed} {job}" if job else asked.seed)
        for number in range(job, asked.count + asked.command, asked.jobs):
            kind = kinds[number % len(kinds)]
            (bench.run if kind in KINDS else bench.workbook)(kind, command=number >= asked.count)
        for number in range(job, asked.clean, asked.jobs):
            bench.counted.refused += filter(None, [clean(bench, CLEAN[number % len(CLEAN)])])
    return bench.counted


def report(counted: Counted, asked: argparse.Namespace, seconds: float) -> int:
    """Prints the table by kind and the totals; 0 where every threshold holds."""
    print(f"{'kind of fault':44} {'tried':>6} {'right':>6} {'silent':>6}")
    for kind in (*KINDS, *WORKBOOK_KINDS):
        print(f"{kind:44} {counted.tried[kind]:6} {counted.right[kind]:6} {counted.silent[kind]:6}")
    tried, right, silent = (sum(counts.values()) for counts in (counted.tried, counted.right, counted.silent))
    print(f"{f'all {len(counted.tried)} kinds':44} {tried:6} {right:6} {silent:6}")
    print(f"right file, line and code: {right} of {tried} ({100 * right / tried:.2f} %); "
          f"accepted in silence: {silent}; "
          f"through the command: {asked.command}; clean refused: {len(counted.refused)} of {asked.clean} "
          f"({', '.join(CLEAN)}); seed {asked.seed}; {seconds:.0f} s")
    for line in [*counted.wrong[:25], *counted.refused[:10]]:
        print(f"  {line}")
    return 0 if right >= 0.99 * tried and not silent and not counted.refused else 1


if __name__ == "__main__":
    raise SystemExit(main())
