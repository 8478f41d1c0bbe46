"""Sentences follow the sign: with every published growth rate turned round, the book builds and its words turn too."""

import csv
import json
import re
import shutil

import pytest

from building import ROOT, once, run_build
from greenbook.catalog.reading import read_catalog
from greenbook.project import Project

CHANGES = ("growth", "points", "change")
PRINTED = {"zh-Hans": (re.compile("增长|提高|增加"), re.compile("下降|降低|减少")),
           "en": (re.compile(r"\bup\b"), re.compile(r"\bdown\b"))}
# What an author may have typed just before a printed change, or just after it; 增加值 is no rise.
BEFORE = {"zh-Hans": (re.compile("(?:增长|增加|提高|上升|上涨|扩大|回升|增幅|涨幅)[了约为达到]{0,2}$"),
                      re.compile("(?:下降|降低|减少|回落|下跌|缩小|萎缩|降幅|跌幅)[了约为达到]{0,2}$")),
          "en": (re.compile(r"\b(?:rose|rise|grew|gained|increased?|higher)(?: by| of| to)? $", re.I),
                 re.compile(r"\b(?:fell|fall|dropped|lost|declined?|decreased?|lower)(?: by| of| to)? $", re.I))}
AFTER = {"zh-Hans": (re.compile("^[，的]?(?:增幅|涨幅|涨势|升幅)"), re.compile("^[，的]?(?:降幅|跌幅|跌势)")),
         "en": (re.compile(r"^,? (?:growth|increase|rise|higher)\b"), re.compile(r"^,? (?:fall|drop|decline|lower)\b"))}
UNSIGNED = re.compile(r"^(?:[\d—–,. 年末]+|持平|unchanged)$")


@pytest.fixture(scope="module")
def flipped(tmp_path_factory):
    """The manifest of the real book over a copy of data/ in which each value of a rate has the other sign."""
    def make(folder):
        turned = _copied(folder)
        done = run_build("report", "--format", "html", "--language", "zh-Hans", "--language", "en", project=folder)
        return {"code": done.returncode, "err": done.stderr, "turned": turned,
                "manifest": str(folder / "_build" / "full-2025-part" / "manifest.json")}

    done = once(tmp_path_factory, "flipped", make)
    assert done["code"] == 0, done["err"]
    assert done["turned"] > 500
    with open(done["manifest"], encoding="utf-8") as file:
        return json.load(file)


def _copied(folder):
    for name in ("notebooks", "data", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    rates = {name for name, entry in read_catalog(Project(ROOT)).indicators.items() if entry.kind == "rate"}
    return sum(_turn(path, rates) for path in (folder / "data" / "observations").glob("*.csv"))


def _turn(path, rates):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [row for row in rows if row["indicator"] in rates and float(row["value"])]
    for row in found:
        row["value"] = row["value"][1:] if row["value"].startswith("-") else f"-{row['value']}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(found)


def test_published_rates_are_printed_with_the_other_sign(manifest, flipped):
    before = {value["id"]: value["value"] for value in manifest["values"] if value["form"] in CHANGES}
    turned = [value["id"] for value in flipped["values"]
              if value["form"] in CHANGES and before.get(value["id"], 0) * value["value"] < 0]
    assert len(turned) > 150


def test_each_direction_word_of_a_value_agrees_with_its_sign(flipped):
    wrong, seen = [], 0
    for value in flipped["values"]:
        for language, texts in value["shown"].items() if value["form"] in CHANGES else ():
            for text in texts:
                rises, falls = (bool(pattern.search(text)) for pattern in PRINTED[language])
                seen += rises or falls
                wrong += [(value["id"], text)] * ((rises and value["value"] < 0) or (falls and value["value"] > 0))
    assert wrong == [] and seen > 500


def test_no_word_typed_beside_a_value_contradicts_its_sign(flipped):
    values = {value["id"]: value for value in flipped["values"]}
    chapters = {chapter["id"] for chapter in flipped["chapters"]}
    beside = [told for row in flipped["sentences"] if row["section"] in chapters and " | " not in row["sentence"]
              for told in _contradictions(row, values)]
    assert beside == []


def _contradictions(row, values):
    start = 0
    for name, text in row["values"]:
        at = row["sentence"].find(text, start)
        start = at + len(text)
        value = values[name]
        if at < 0 or value["form"] not in CHANGES or UNSIGNED.match(text):
            continue
        sides = ((BEFORE[row["language"]], row["sentence"][:at]), (AFTER[row["language"]], row["sentence"][start:]))
        for (rises, falls), words in sides:
            pattern = rises if value["value"] < 0 else falls
            if pattern.search(words):
                yield row["place"], row["sentence"]


@pytest.mark.parametrize(("language", "before", "text", "after", "count"), [
    ("zh-Hans", "产量下降了", "增长5.0%", "。", 1), ("zh-Hans", "产量", "增长5.0%", "，降幅收窄。", 1),
    ("zh-Hans", "工业增加值", "下降5.0%", "，见图。", 0), ("en", "Output fell by ", "up 5.0%", ".", 1),
    ("en", "Growth was ", "up 5.0%", " a year.", 0)])
def test_words_typed_beside_a_value_are_read(language, before, text, after, count):
    row = {"language": language, "place": "steel.level-1", "sentence": before + text + after, "values": [["v", text]]}
    value = {"form": "growth", "value": -5.0 if "下降" in text else 5.0}
    assert len(list(_contradictions(row, {"v": value}))) == count
