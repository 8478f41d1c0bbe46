"""Sentences drawn from the English edition, each number in them computed again from data/, to be read by eye.

    python bench/sentence_sample.py [--edition full-2025] [--built FOLDER] [--count 30] [--seed 6] [--language en]

The numbers come from the rows of `data/observations/` themselves, looked up by indicator, region, year, vintage and
release: not from the manifest's copies. Formulas are read by `recompute.py`; unit factors come from `data/units.yml`.
A direction word must agree with the sign, a period stand in the sentence or its value. What fails is told, and ends
the program with 1. What no program can judge, whether the sentence reads as its numbers say, is left to a reader.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from recompute import Recompute, Unlike  # noqa: E402

UNREAD = "not read"  # a formula that the reader of formulas does not know, such as a chained decomposition
# Forecasts and revision statistics are proved by their reference vectors, not here.
MODEL = re.compile(r"(?:theta|drift|naive|ses|holt|damped|logistic) of |ceiling [0-9] of |Σ")
CHANGES = ("growth", "points", "change")
_RISES, _FALLS = re.compile(r"\bup\b|增长|提高|增加"), re.compile(r"\bdown\b|下降|降低|减少")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@cache
def rows(data: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """Each observation of data/ by indicator, region, year, point in time, vintage and day of release."""
    return {(row["indicator"], row["region"], row["year"], row["as_at"], row["vintage"], row["released"]): row
            for path in sorted((data / "observations").glob("*.csv"))
            for row in csv.DictReader(path.open(encoding="utf-8-sig"))}


def from_data(value: dict[str, Any], data: Path) -> dict[str, Any]:
    """`value` with each observation's number replaced by the one that stands in its row of data/."""
    return {**value, "inputs": [_input(item, data) for item in value["inputs"]]}


def _input(item: dict[str, Any], data: Path) -> dict[str, Any]:
    if item["kind"] != "observation":
        return item
    key = tuple(str(item.get(name, "")) for name in ("indicator", "region", "year", "as_at", "vintage"))
    found = [row for known, row in rows(data).items() if known[:5] == key and known[5][:7] == item["released"][:7]]
    if len(found) != 1:
        raise Unlike(f"{len(found)} rows of data/ are {key} released {item['released']}")
    return {**item, "value": float(found[0]["value"])}


def check(sentence: dict[str, Any], values: dict[str, dict[str, Any]], again: Recompute, data: Path) -> list[str]:
    """What is wrong with the numbers of one sentence: number, unit, direction or period."""
    wrong = []
    for name, printed in sentence["values"]:
        value = values[name]
        try:
            if not _is_period(value, printed):
                if not MODEL.match(value["formula"]):
                    again.check(from_data(value, data), printed, sentence["language"])
                wrong += _direction(value, printed)
        except Unlike as error:
            unread = re.search(r"Error\(|no input", str(error))
            wrong.append(f"{UNREAD if unread else 'WRONG'} {name} [{printed}]: {error}")
    return wrong


def _is_period(value: dict[str, Any], printed: str) -> bool:
    """Whether what is printed is the value's own year or span; raises Unlike where it is another."""
    years = _YEAR.findall(printed)
    if not years or re.sub(r"[0-9\s–—至年]", "", printed):
        return False
    own = _YEAR.findall(value["period"]) or [str(int(value["value"]))]
    if years[0] != own[0] or years[-1][-2:] != own[-1][-2:]:
        raise Unlike(f"the period is {value['period']}")
    return True


def _direction(value: dict[str, Any], printed: str) -> list[str]:
    if value["form"] not in CHANGES:
        return []
    rises, falls = bool(_RISES.search(printed)), bool(_FALLS.search(printed))
    wrong = (rises and value["value"] < 0) or (falls and value["value"] > 0)
    return [f"WRONG {value['id']} [{printed}]: the sign is that of {value['value']}"] if wrong else []


def told(sentence: dict[str, Any], values: dict[str, dict[str, Any]]) -> list[str]:
    """The sentence, and for each number what it rests on: formula, inputs with year and value."""
    lines = [f"{sentence['place']}: {sentence['sentence']}"]
    for name, printed in sentence["values"]:
        value = values[name]
        inputs = ", ".join(f"{item.get('indicator') or item.get('id') or item['kind']}[{item.get('year', '')}]="
                           f"{item.get('value', '')} {item.get('unit', '')}".strip() for item in value["inputs"][:3])
        model = " (a model: not computed again)" if MODEL.match(value["formula"]) else ""
        more = f" and {len(value['inputs']) - 3} more" if len(value["inputs"]) > 3 else ""
        lines.append(f"    [{printed}] {value['period']} {value['formula']}{model} <- {inputs}{more}")
    return lines


def sample(manifest: dict[str, Any], count: int, seed: int, language: str) -> list[dict[str, Any]]:
    """Sentences of chapters with a value, in `language`; not rows of tables or front matter."""
    chapters = {chapter["id"] for chapter in manifest["chapters"]}
    every = [row for row in manifest["sentences"] if row["language"] == language and row["section"] in chapters
             and " | " not in row["sentence"]]
    return random.Random(seed).sample(every, min(count, len(every)))


def main() -> int:
    """Prints each sentence with its numbers and what is wrong; ends with 1 where something is."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--edition", default="full-2025")
    reader.add_argument("--built", type=Path)
    reader.add_argument("--count", type=int, default=30)
    reader.add_argument("--seed", type=int, default=6)
    reader.add_argument("--language", default="en")
    call = reader.parse_args()
    built = call.built or ROOT / "_build" / call.edition
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    values = {value["id"]: value for value in manifest["values"]}
    again, failures, numbers, unread = Recompute(ROOT / "data"), 0, 0, 0
    for sentence in sample(manifest, call.count, call.seed, call.language):
        print("\n".join(told(sentence, values)))
        wrong = check(sentence, values, again, ROOT / "data")
        print("\n".join(f"    {line}" for line in wrong) or "    computed again: right")
        faulty = [line for line in wrong if not line.startswith(UNREAD)]
        unread, numbers = unread + len(wrong) - len(faulty), numbers + len(sentence["values"])
        failures += bool(faulty)
    print(f"{call.count} sentences, {numbers} numbers, {unread} of them not computed again, "
          f"{failures} sentences with a fault")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
