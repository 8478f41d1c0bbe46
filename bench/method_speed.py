"""How long the methods take: LMDI of 40 parts × 4 factors × 20 years, and the whole analysis of the gpi chapter.

Seconds of the processor, which other work on the machine does not lengthen.

    python bench/method_speed.py

The chapter's code cells are run as they are, figures apart. Its own indicators are too few for an index, so the
index with its 2,000 draws and Sobol indices is made of those that pass and one more long series of the same data.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from results import table

ROOT = Path(__file__).resolve().parents[1]
PARTS, FACTORS, YEARS, REPEATS, SEED = 40, 4, 20, 25, 2025
LMDI_GOAL, CHAPTER_GOAL = 0.005, 3.0
ADDED = "wind_generation_all"


def lmdi_seconds() -> float:
    """The median seconds of LMDI-I over 40 parts × 4 factors × 20 years, every step asserted to leave no residual."""
    from greenbook.analysis.lmdi import steps

    draw = random.Random(SEED)
    levels = [[[draw.uniform(0.5, 5.0) for _ in range(FACTORS)] for _ in range(PARTS)] for _ in range(YEARS)]
    taken = []
    for _ in range(REPEATS):
        started = time.process_time()
        steps(levels)
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def chapter_seconds(root: Path = ROOT) -> tuple[float, Any]:
    """Seconds of the gpi chapter's analysis and of an index over its series, and that index."""
    cells = json.loads((root / "notebooks" / "gpi.ipynb").read_text("utf-8"))["cells"]
    code = {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}
    with _inside(root / "notebooks"):
        names: dict[str, Any] = {}
        for name in ("parameters", "open"):
            exec(code.pop(name), names)
        started = time.process_time()
        for name, source in code.items():
            if not name.startswith("fig-"):
                exec(source, names)
        found = _index(names)
        return time.process_time() - started, found


def _index(names: dict[str, Any]) -> Any:
    """The index of the chapter's long series and one more, with all draws and its sensitivity computed."""
    from greenbook import composite

    held = [(item, names["goal"](item, sign)) for _, item, sign, *_ in names["long"]]
    more = names["chapter"].load(ADDED)
    held.append((more, names["goal"](more, 1)))
    words = {"zh": "速度", "en": "Speed"}
    halves = {"one": (words, held[:5]), "two": (words, held[5:])}
    return composite(halves, 2016, label=words)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def method_lines() -> list[str]:
    """The section of RESULTS.md."""
    seconds, found = chapter_seconds()
    rows = [
        [f"LMDI, {PARTS} parts × {FACTORS} factors × {YEARS} years", f"{lmdi_seconds() * 1000:.2f} ms CPU",
         f"{LMDI_GOAL * 1000:.0f} ms"],
        [f"analysis of the gpi chapter, index of {len(found.components)} series with 2,000 draws and Sobol indices",
         f"{seconds:.2f} s CPU", f"{CHAPTER_GOAL:.0f} s"],
    ]
    return ["### Methods", "", *table(["what", "taken", "goal"], rows)]


if __name__ == "__main__":
    print("\n".join(method_lines()))
