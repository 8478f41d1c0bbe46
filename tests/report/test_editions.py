"""An edition is a date: each is built by the real command, and nothing later than its date appears."""

import json

import pytest

from building import ROOT, once, run_build

EDITIONS = {"interim-2025-06": "GCB2024", "full-2025": "GCB2025", "review-2026": "GCB2025"}


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request, report, tmp_path_factory):
    """An edition's id, its manifest, and the words of its Chinese pages; without the PDF, which takes longest."""
    folder = report
    if request.param != "full-2025":
        done = once(tmp_path_factory, request.param, lambda _: _build_edition(request.param))
        assert done["code"] == 0, done["err"]
        folder = ROOT / "_build" / f"{request.param}-part"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    pages = "".join(page.read_text("utf-8") for page in sorted((folder / "zh-Hans").glob("*.html")))
    return request.param, manifest, pages


def _build_edition(name):
    done = run_build("report", "--edition", name, "--format", "html", "--language", "zh-Hans")
    return {"code": done.returncode, "err": done.stderr}


def test_nothing_in_an_edition_was_released_after_its_date(edition):
    _, manifest, _ = edition
    released = [item["released"] for value in manifest["values"] for item in value["inputs"] if "released" in item]
    assert len(released) > 1000 and max(released) <= manifest["as_of"]


def test_edition_holds_all_chapters(edition):
    name, manifest, _ = edition
    assert manifest["edition"] == name and len(manifest["chapters"]) == 24


def test_climate_contribution_of_2035_is_in_the_later_editions_and_not_in_the_interim_one(edition):
    name, manifest, pages = edition
    inputs = {item.get("id", "") for value in manifest["values"] for item in value["inputs"]
              if item["kind"] == "target"}
    if name == "interim-2025-06":
        assert not [item for item in inputs if "2035" in item] and "2025年9月24日" not in pages
    else:
        assert [item for item in inputs if "2035" in item] and "2025年9月24日" in pages


def test_carbon_emissions_are_of_the_vintage_that_was_public(edition):
    name, manifest, _ = edition
    value = next(value for value in manifest["values"] if value["id"] == "national.co2_latest")
    assert [item["vintage"] for item in value["inputs"]] == [EDITIONS[name]]
