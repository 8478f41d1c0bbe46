"""The sixty strings through the real command: data and parameters show them; prose is refused by its cell."""

from __future__ import annotations

import re

import pymupdf
import pytest
from hostile import strings
from hostile_project import hostile_project, mend
from playwright.sync_api import sync_playwright
from test_hostile import SECRET, bare, listener  # noqa: F401

from building import bench, run_build

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
TOLD = re.compile(r"^notebooks/hostile\.ipynb:([\w-]+): (GB\d+): ", re.M)
# Where the small book prints a string of its data: a table of policies, the chronology, the glossary, a chart.
SINKS = {"recycling.html": 2, "chronology.html": 2, "glossary.html": 2, "hostile.html": 1}


@pytest.fixture(scope="module")
def ran(tmp_path_factory, listener):  # noqa: F811
    """The strings, the cells that were refused, and the folder that was published when those were mended.

    Composition looks at what documents let through, so that a second run may refuse more.
    """
    folder = tmp_path_factory.mktemp("hostile")
    canary = folder / "canary.txt"
    canary.write_text(SECRET)
    found = strings(str(canary), listener[0])
    project = hostile_project(folder / "book", found)
    refused = set()
    while (said := run_build("report", project=project)).returncode == 5:
        cells = {cell for cell, _ in TOLD.findall(said.stderr)}
        assert cells - refused, said.stderr
        refused |= cells
        mend(project, cells)
    assert said.returncode == 0, said.stderr
    return found, refused, project / "_build" / "full-2025"


def test_prose_and_captions_that_are_more_than_words_are_refused_by_cell_in_both_languages(ran):
    found, told, _ = ran
    for number, string in enumerate(found):
        if re.search(r"<(?!http)[a-z/]|<!--|\{\{|\{%|!\[|:::|\[@|\^\[", string):
            assert {f"said-{number:02}-zh", f"said-{number:02}-en"} <= told, string
    assert {cell.rsplit("-", 1)[0] for cell in told if cell.endswith("-zh")} == {
        cell.rsplit("-", 1)[0] for cell in told if cell.endswith("-en")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_show_each_string_of_data_and_parameters_and_run_and_ask_nothing(ran, listener, language):  # noqa: F811
    found, _, report = ran
    troubles, dialogs, missing, owned = [], [], {}, []
    with bench("pages").served(report) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=bench("pages").CHROMIUM, args=bench("pages").FLAGS)
        page = browser.new_page()
        bench("pages").watched(page, site, troubles)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for name, least in SINKS.items():
            page.goto(f"{site}/{language}/{name}")
            text = bare(page.evaluate("document.body.textContent"))
            owned.append(page.evaluate("window.owned"))
            missing |= {(name, string): text.count(bare(string)) for string in found
                        if text.count(bare(string)) < least}
        browser.close()
    assert missing == {}
    assert (set(owned), troubles, dialogs, listener[1]) == ({None}, [], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_shows_each_string(ran, language):
    with pymupdf.open(ran[2] / f"report-{language}.pdf") as document:
        text = bare("".join(page.get_text(clip=bench("fidelity").inner(page.rect)) for page in document))
    assert {string: text.count(bare(string)) for string in ran[0] if text.count(bare(string)) < 4} == {}


def test_no_published_file_holds_what_the_canary_says(ran):
    files = [path for path in ran[2].rglob("*") if path.is_file()]
    assert len(files) > 50
    assert not [path.name for path in files if SECRET.encode() in path.read_bytes()]
