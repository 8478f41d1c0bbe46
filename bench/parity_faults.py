"""Number parity: faults put into the real chapters, one at a time; each must be found, the clean book must be quiet.

    python bench/parity_faults.py [--count 40] [--seed 1]

A fault of the sources (a missing twin, a stale twin, a swapped figure) is written into a copy of a notebook and read
again; a fault of the printing (a wrong digit, a slip of 万 and million or 亿 and billion, per cent against percentage
points) is put into the chapter as a language prints it, text and announcement alike, and compared with its twin and
with the stored value. Ends with 1 where a fault is missed or the clean book raises an alarm.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from greenbook.catalog.reading import read_catalog  # noqa: E402
from greenbook.catalog.slices import write_slices  # noqa: E402
from greenbook.composition.parity import unequal_numbers  # noqa: E402
from greenbook.composition.scan import scan  # noqa: E402
from greenbook.documents.chapter import read_chapter  # noqa: E402
from greenbook.documents.document import ChapterDocument  # noqa: E402
from greenbook.execution.run import execute  # noqa: E402
from greenbook.execution.source import read_source  # noqa: E402
from greenbook.order import Order  # noqa: E402
from greenbook.outline import read_outline  # noqa: E402
from greenbook.project import Project  # noqa: E402
from greenbook.review.prose import twins_alone  # noqa: E402

LANGUAGES = ("zh-Hans", "en")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_USE = re.compile(r"\{\{ ([a-z][a-z0-9_]*)([^}]*)\}\}")
_FIGURE = re.compile(r"\[\]\(#(fig-[a-z0-9-]+)\)")
Text = Callable[[str, random.Random], str | None]


def wrong_digit(text: str, chance: random.Random) -> str | None:
    """The first digit of the number, which no rounding hides, is another."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    digit = chance.choice([other for other in "123456789" if other != match[0][0]])
    return text[:match.start()] + digit + text[match.start() + 1:]


def _slip(words: tuple[str, ...], factor: int) -> Text:
    def change(text: str, chance: random.Random) -> str | None:
        match = _NUMBER.search(text)
        if match is None or not any(word in text for word in words) or "%" in text:
            return None
        number = float(match[0].replace(",", ""))
        shown = f"{number * factor if chance.random() < 0.5 else number / factor:,.2f}"
        return None if number == 0 else text[:match.start()] + shown + text[match.end():]

    return change


def points(text: str, chance: random.Random) -> str | None:
    """Per cent printed as percentage points, or the other way round."""
    if "个百分点" in text:
        return text.replace("个百分点", "%")
    if " percentage points" in text:
        return text.replace(" percentage points", "%")
    word = "个百分点" if re.search("[一-鿿]", text) else " percentage points"
    return text.replace("%", word) if "%" in text else None


PRINTED: dict[str, Text] = {
    "wrong digit": wrong_digit, "slip of 万 and million": _slip(("万", "million", "Mt", "GW"), 100),
    "slip of 亿 and billion": _slip(("亿", "billion", "Mt", "TWh", "GW"), 10), "per cent and percentage points": points,
}
SOURCES = ("missing twin", "stale twin", "swapped figure")


class Bench:
    """The chapters of the default edition as they were executed and read."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance, self.folder = random.Random(seed), folder
        self.project = Project(ROOT)
        outline = read_outline(self.project)
        task = Order(ROOT, jobs=min(2, os.cpu_count() or 1)).task(self.project, outline)
        self.view = read_catalog(self.project).at(task.edition.as_of)
        execution = execute(task, write_slices(self.view, task.slices))
        self.executed = execution.executed
        self.entries = {entry.slug: entry for entry in task.entries if entry.slug in self.executed}
        self.readings = {slug: self.read(self.project, slug) for slug in self.entries}

    def read(self, project: Project, slug: str) -> Any:
        return read_chapter(project, self.entries[slug], self.executed[slug], self.view, LANGUAGES)

    def alarms(self, documents: dict[str, ChapterDocument]) -> list[str]:
        scans = {language: scan(document.blocks) for language, document in documents.items()}
        return [str(problem) for problem in unequal_numbers(documents, scans, self.view.catalog.units)]

    def clean(self) -> list[str]:
        """The alarms of the book without a fault."""
        return [told for slug, reading in self.readings.items()
                for told in [*map(str, reading.problems), *self.alarms(reading.documents),
                             *self.checked(self.project, slug)]]

    def checked(self, project: Project, slug: str) -> list[str]:
        """What the command `check` says of the chapter's twins, those included that this edition does not print."""
        notebook = self.entries[slug].notebook
        return [str(problem) for problem in twins_alone([read_source(project.notebooks / notebook)])]

    def printed(self, change: Text) -> tuple[str, list[str]]:
        """A fault in what one language prints: where, and what is told."""
        while True:
            slug, language = self.chance.choice(sorted(self.readings)), self.chance.choice(LANGUAGES)
            documents = self.readings[slug].documents
            shown = [item for item in documents[language].shown
                     if ".tbl-" not in item.name and not item.filter.startswith(("year", "bare", "number"))]
            if not shown:
                continue
            item = self.chance.choice(shown)
            text = change(item.text, self.chance)
            if text is None or text == item.text:
                continue
            damaged = _reprinted(documents[language], item, text)
            return f"{slug} {language}: {item.text} → {text}", self.alarms({**documents, language: damaged})

    def source(self, kind: str) -> tuple[str, list[str]]:
        """A fault in a notebook: where, and what is told."""
        while True:
            slug = self.chance.choice(sorted(self.entries))
            name = self.entries[slug].notebook
            tree = json.loads((ROOT / "notebooks" / name).read_text("utf-8"))
            told = _damage(tree, kind, self.chance)
            if told:
                path = self.folder / "notebooks" / name
                path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
                reading, unprinted = self.read(Project(self.folder), slug), self.checked(Project(self.folder), slug)
                shutil.copyfile(ROOT / "notebooks" / name, path)
                gaps = [str(gap.problem) for document in reading.documents.values() for gap in document.gaps]
                # A cell that this edition does not print says nothing in its build, but in the command `check`.
                return f"{slug}: {told}", [*map(str, reading.problems), *gaps, *unprinted,
                                          *self.alarms(reading.documents)]


def _reprinted(document: ChapterDocument, item: Any, text: str) -> ChapterDocument:
    """The document with one printing of a value replaced, in its blocks and in what it announces."""
    shown = tuple(dataclasses.replace(other, text=text) if other is item else other for other in document.shown)
    return dataclasses.replace(document, shown=shown, blocks=tuple(_changed(document.blocks, item, text)))


def _changed(node: Any, item: Any, text: str) -> Any:
    if isinstance(node, (list, tuple)):
        return [_changed(child, item, text) for child in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Span" and "value" in node["c"][0][1] and dict(node["c"][0][2]).get("name") == item.name \
            and "".join(part.get("c", " ") for part in node["c"][1]) == item.text:
        return {"t": "Span", "c": [node["c"][0], [{"t": "Str", "c": text}]]}
    return {key: _changed(value, item, text) for key, value in node.items()}


def _damage(tree: dict[str, Any], kind: str, chance: random.Random) -> str:
    """Puts a fault of the sources into a notebook; says what was done, or nothing where it does not fit."""
    cells = [cell for cell in tree["cells"] if cell["cell_type"] == "markdown"
             and {"zh", "en"} & set(cell["metadata"].get("tags", ())) and "{{" in "".join(cell["source"])]
    if not cells:
        return ""
    cell = chance.choice(cells)
    source = "".join(cell["source"])
    if kind == "missing twin":
        tree["cells"].remove(cell)
        return f"{cell['id']} removed"
    pattern, group = (_FIGURE, "reference") if kind == "swapped figure" else (_USE, "value")
    names = sorted({match[1] for other in cells for match in pattern.finditer("".join(other["source"]))})
    uses = list(pattern.finditer(source))
    others = [name for name in names if uses and name != uses[0][1]]
    if not others:
        return ""
    other = chance.choice(others)
    cell["source"] = source[:uses[0].start(1)] + other + source[uses[0].end(1):]
    return f"{cell['id']}: {group} {uses[0][1]} → {other}"


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--count", type=int, default=40)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenbook-bench-") as name:
        shutil.copytree(ROOT / "notebooks", Path(name) / "notebooks")
        bench = Bench(asked.seed, Path(name))
        alarms = bench.clean()
        kinds = [*PRINTED, *SOURCES]
        tried, found = Counter(), Counter()
        for number in range(asked.count):
            kind = kinds[number % len(kinds)]
            where, told = bench.printed(PRINTED[kind]) if kind in PRINTED else bench.source(kind)
            tried[kind] += 1
            found[kind] += bool(told)
            if not told:
                print(f"  MISSED {kind}: {where}")
    for kind in kinds:
        print(f"{kind:34} {found[kind]:3} of {tried[kind]:3}")
    print(f"found {sum(found.values())} of {asked.count} faults in {len(bench.readings)} chapters (seed {asked.seed}); "
          f"alarms on the clean book: {len(alarms)}")
    for line in alarms[:10]:
        print(f"  {line}")
    return 0 if sum(found.values()) == asked.count and not alarms else 1


if __name__ == "__main__":
    raise SystemExit(main())
