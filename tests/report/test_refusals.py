"""Refusals stand in the book and in the manifest with their reasons, and go when the data that caused them go."""

import json
import re

import pytest

from building import copy_book, run_build

# Where the book must hold a refusal (issue of methods, 2): method → words of its reason in English.
CALLED_FOR = {
    "X": "entropy weights reward", "D": "not past the inflection", "W": "is a national price",
    "F2": "automatic ARIMA", "B": "a break at an unknown date", "E": "efficiency frontiers"}
ROUND = "crude_steel_output,CN,2025,961.0,final,about,"  # announced in round numbers, after the year
CELL = """from greenbook import forecast
ahead = forecast(output)
chapter.value("ahead", ahead.at(output.last_year + 1)[0])
"""


def squeezed(words):
    """Words in small letters without white space: tags stand around the numbers of a reason, which are values."""
    return "".join(words.split()).lower()


def plain(path):
    """The words of a page, without tags, squeezed."""
    return squeezed(re.sub(r"<[^>]*>", " ", path.read_text("utf-8")).replace("\u00ad", ""))


@pytest.mark.parametrize("method", CALLED_FOR)
def test_the_real_book_prints_this_refusal_and_lists_it(report, manifest, method):
    found = [item for item in manifest["refusals"]
             if item["method"] == method and CALLED_FOR[method] in item["reason"]["en"]]
    assert found and all(item["reason"]["zh-Hans"] and item["indicators"] for item in found)
    for item in found:
        for language in ("zh-Hans", "en"):
            assert squeezed(item["reason"][language]) in plain(report / language / f"{item['chapter']}.html"), item


def test_warnings_of_the_gate_stand_under_figures_and_in_the_manifest(report, manifest):
    warning = "An extrapolation goes on as the past did"
    held = [figure for figure in manifest["figures"] if any(warning in note["en"] for note in figure["notes"])]
    assert len({figure["chapter"] for figure in held}) >= 3
    for chapter in {figure["chapter"] for figure in held}:
        assert squeezed(warning) in plain(report / "en" / f"{chapter}.html")


def built(folder, kept):
    """The manifest and the pages of the small book with a forecast in its chapter on steel; the round figure of the
    last year is `kept` among its data, as public by the edition's date, or left out."""
    copy_book("small", folder)
    path = folder / "data" / "observations" / "steel.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert sum(line.startswith(ROUND) for line in lines) == 1
    lines = [line.replace("2026-01-19", "2025-12-01") if line.startswith(ROUND) else line for line in lines
             if kept or not line.startswith(ROUND)]
    path.write_text("".join(lines), "utf-8")
    notebook = folder / "notebooks" / "steel.ipynb"
    tree = json.loads(notebook.read_text("utf-8"))
    at = next(place for place, cell in enumerate(tree["cells"]) if cell["id"] == "data")
    tree["cells"].insert(at + 1, {"cell_type": "code", "execution_count": None, "id": "ahead", "metadata": {},
                                  "outputs": [], "source": CELL.splitlines(keepends=True)})
    notebook.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    done = run_build("report", "--language", "en", "--format", "html", project=folder)
    assert done.returncode == 0, done.stderr
    (found,) = (folder / "_build").glob("*/manifest.json")
    return json.loads(found.read_text("utf-8")), found.parent


def test_a_refusal_goes_with_the_data_that_cause_it(tmp_path):
    reason = "the figure for 2025 is a bound"
    found, pages = built(tmp_path / "with", kept=True)
    (refusal,) = [item for item in found["refusals"] if item["method"] == "F1"]
    assert reason in refusal["reason"]["en"] and squeezed(reason) in plain(pages / "en" / "steel.html")
    found, pages = built(tmp_path / "without", kept=False)
    assert not [item for item in found["refusals"] if item["method"] == "F1"]
    assert squeezed(reason) not in plain(pages / "en" / "steel.html")
    assert next(value for value in found["values"] if value["id"] == "steel.ahead")["value"] > 0
