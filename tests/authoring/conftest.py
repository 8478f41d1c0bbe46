"""A chapter on slices made by hand, as in a build, whose records are collected."""

import json

import pytest

from greenbook.authoring import output
from greenbook.authoring.chapter import open_chapter
from greenbook.records import read_record
from series_by_hand import SHOW, UNITS, row, target

TEXT = {"zh-Hans": "规模以上", "en": "above designated size"}
PIECES = {
    "steel": {
        "observations": [row(year, 800 + 25 * (year - 2015) - 60 * (year > 2021)) for year in range(2015, 2025)],
        "targets": [target(1100, 2026, scope=TEXT)],
        "scope": TEXT,
    },
    "cement": {
        "observations": [row(year, 2000 - 30 * (year - 2015)) for year in range(2015, 2025)],
        "breaks": [{"year": 2018, "reason": {"zh-Hans": "基数调整6%", "en": "base revised by 6%"}}],
    },
    "small": {
        "observations": [row(2023, 4), row(2024, 5, status="preliminary")],
        "show": {"zh-Hans": "万吨@0", "en": "Mt@1"},
    },
    "share": {
        "unit": "%",
        "kind": "share",
        "observations": [row(2020, 9.0), row(2022, 10.0), row(2024, 12.0, bound="over")],
        "points_only": {"zh-Hans": "三家", "en": "three compilers"},
    },
    "later": {"observations": []},
}
POLICIES = [
    {
        "id": "plan",
        "kind": "document",
        "date": "2024-05-29",
        "date_is_estimated": False,
        "number": "国发〔2024〕12号",
        "title": {"zh-Hans": "行动方案", "en": "Action plan"},
        "title_is_original": True,
        "issuer": {"zh-Hans": "国务院", "en": "State Council"},
        "summary": {"zh-Hans": "节能降碳", "en": "Saves energy"},
    },
    {
        "id": "law",
        "kind": "event",
        "date": "2025-04-30",
        "date_is_estimated": True,
        "number": "",
        "title_is_original": False,
        "title": {"zh-Hans": "立法", "en": "A law"},
        "issuer": {},
        "summary": {},
    },
]


@pytest.fixture
def slices(tmp_path, monkeypatch):
    """The folder of slices that a build would have made."""
    for name, piece in PIECES.items():
        whole = {
            "id": name,
            "label": {"zh-Hans": f"产量{name}", "en": f"Output of {name}"},
            "unit": "Mt",
            "show": SHOW["Mt"],
            "kind": "flow",
            "units": UNITS,
            "grade": "A",
            **piece,
        }
        if piece.get("unit") == "%":
            whole["show"] = SHOW["%"]
        (tmp_path / f"{name}.json").write_text(json.dumps(whole), "utf-8")
    policies = {"known": ["law", "plan", "plan_2026"], "policies": POLICIES}
    (tmp_path / "_policies.json").write_text(json.dumps(policies), "utf-8")
    (tmp_path / "_cases.json").write_text(json.dumps({"cases": [{"id": "works"}]}), "utf-8")
    (tmp_path / "_units.json").write_text(json.dumps({"units": UNITS}), "utf-8")
    monkeypatch.setenv("GREENBOOK_SLICES", str(tmp_path))
    monkeypatch.setenv("GREENBOOK_EDITION", "full-2025:2025-12-14")
    return tmp_path


@pytest.fixture
def shown(monkeypatch):
    """The MIME bundles that were displayed, in their order."""
    found = []
    monkeypatch.setattr(output, "display_bundle", found.append)
    return found


@pytest.fixture
def chapter(slices, shown):
    """An open chapter."""
    return open_chapter("steel")


@pytest.fixture
def records(shown):
    """A function that gives the records displayed so far, read back from JSON."""
    return lambda: [read_record(*item) for bundle in shown for item in json.loads(json.dumps(bundle)).items()]
