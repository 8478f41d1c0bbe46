"""Slices hold all that a kernel needs and nothing that changes without cause."""

import datetime
import hashlib
import json
import subprocess
import sys

import pytest

from greenbook.catalog.slices import read_slice, slice_of, write_slices
from greenbook.errors import DataRefused

DATE = datetime.date(2025, 6, 30)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "slices"


def test_slice_holds_the_indicator_its_units_rows_targets_and_grade(book, folder):
    write_slices(book.read().at(DATE), folder)
    piece = read_slice(folder, "crude_steel_output")
    assert piece["label"] == {"zh-Hans": "粗钢产量", "en": "Crude steel output"}
    assert piece["breaks"] == [{"year": 2017, "reason": {"zh-Hans": "口径调整", "en": "scope changed"}}]
    assert sorted(piece["units"]) == ["%", "Mt", "亿吨"]
    assert piece["units"]["%"] == {"dimension": "ratio", "factor": "1/100", "zh-Hans": "{}%", "en": "{}%"}
    assert [row["year"] for row in piece["observations"]] == [2022, 2023, 2024]
    assert piece["observations"][0]["key"] == "crude_steel_output|CN|2022|||2023-01-31|bcfc4f44"
    assert piece["targets"][0]["id"] == "steel_cap_2025" and piece["targets"][0]["unit"] == "亿吨"
    assert piece["grade"] == "B"


def test_hashes_are_of_the_files_that_stand_in_the_folder(book, folder):
    made = write_slices(book.read().at(DATE), folder)
    files = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert made.hashes == files
    assert sorted(files) == ["_cases", "_policies", "_units",
                             "crude_steel_output", "crude_steel_output_growth_reported"]


def changed(book, folder, *replaced):
    before = write_slices(book.read().at(DATE), folder).hashes
    for change in replaced:
        book.replace(*change)
    after = write_slices(book.read().at(DATE), folder).hashes
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_slices_ignore_lines_sources_and_glossary(book, folder):
    assert changed(
        book, folder, ("sources.csv", "主要产品产量", "工业产品产量"), ("issuers.csv", "国家统计局", "统计局"),
        ("glossary.csv", "green productivity", "greener productivity"),
        ("indicators/steel.yml", "crude_steel_output:", "# remark\ncrude_steel_output:"),
    ) == set()


def test_row_not_yet_released_changes_no_slice(book, folder):
    assert changed(book, folder, ("observations/steel.csv", "1005.1,revised", "1006,revised")) == set()


def test_changed_row_changes_the_slice_of_its_indicator_only(book, folder):
    assert changed(book, folder, ("observations/steel.csv", "2024,-1.7", "2024,-1.8")) == {
        "crude_steel_output_growth_reported"}


def test_removed_indicator_takes_its_slice_away(book, folder):
    catalog = book.read()
    write_slices(catalog.at(DATE), folder)
    (folder / "gone.json").write_text("{}")
    made = write_slices(catalog.at(DATE), folder)
    assert not (folder / "gone.json").exists() and "gone" not in made.hashes


def test_damaged_slice_is_replaced(book, folder):
    view = book.read().at(DATE)
    made = write_slices(view, folder)
    (folder / "crude_steel_output.json").write_text("{}")
    assert write_slices(view, folder) == made
    assert read_slice(folder, "crude_steel_output")["id"] == "crude_steel_output"


def test_unwritten_slice_is_left_alone(book, folder):
    view = book.read().at(DATE)
    write_slices(view, folder)
    before = {path: path.stat().st_ino for path in folder.iterdir()}
    write_slices(view, folder)
    assert {path: path.stat().st_ino for path in folder.iterdir()} == before


def test_unknown_slice_is_refused_with_the_near_name(book, folder):
    write_slices(book.read().at(DATE), folder)
    with pytest.raises(DataRefused) as refused:
        read_slice(folder, "crude_stel_output")
    assert str(refused.value) == ('data/indicators: GB322: found no indicator "crude_stel_output"; '
                                  "expected an id of data/indicators; write crude_steel_output")


def test_policies_of_a_date_stand_in_their_slice(book, folder):
    write_slices(book.read().at(DATE), folder)
    piece = json.loads((folder / "_policies.json").read_text("utf-8"))
    assert [(policy["id"], policy["date"]) for policy in piece["policies"]] == [("steel_plan_2024", "2024-06-07")]
    before = slice_of(book.read().at(datetime.date(2020, 1, 1)), "_policies")
    assert before == {"known": ["steel_plan_2024"], "policies": []}


def test_reading_a_slice_imports_nothing_heavy(book, folder):
    write_slices(book.read().at(DATE), folder)
    code = ("import sys; from pathlib import Path; from greenbook.catalog.slices import read_slice; "
            "read_slice(Path(sys.argv[1]), 'crude_steel_output'); "
            "print(sorted({'pandas', 'pandera', 'yaml', 'ruamel', 'matplotlib'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
