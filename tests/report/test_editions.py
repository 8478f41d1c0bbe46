"""An edition is a date: executed and composed for each, nothing later than its date appears."""

import json

import pytest

from building import ROOT
from greenbook.catalog.joining import describe_input
from greenbook.catalog.reading import read_catalog
from greenbook.catalog.slices import write_slices
from greenbook.composition.compose import compose
from greenbook.documents.chapters import read_chapters
from greenbook.documents.tree import plain as words_of
from greenbook.execution.run import execute
from greenbook.order import Order
from greenbook.outline import read_outline
from greenbook.project import open_project

# One worker builds the real book at a time, as the lock of the command would have it.
pytestmark = pytest.mark.xdist_group("real-book")

EDITIONS = ("interim-2025-06", "full-2025", "review-2026")
NDC = "2035"


@pytest.fixture(scope="module")
def project(report):
    return open_project(ROOT)


@pytest.fixture(scope="module")
def catalog(project):
    return read_catalog(project)


@pytest.fixture(scope="module", params=EDITIONS)
def composed(request, project, catalog, tmp_path_factory):
    outline = read_outline(project)
    task = Order(ROOT, request.param).task(project, outline)
    view = catalog.at(task.edition.as_of)
    execution = execute(task, write_slices(view, task.slices))
    readings = read_chapters(task, execution, view)
    templates = project.templates
    composition = compose(outline, task.edition, view, readings, languages=task.languages, commit="no commit",
                          matter_folder=templates / "matter", locale_folder=templates / "locale",
                          bibliography=project.data / "references.bib")
    return task, view, execution, composition


def test_edition_executes_and_composes_without_a_problem(composed):
    _, _, execution, composition = composed
    assert not execution.problems and not composition.problems, "\n".join(map(str, composition.problems))


def test_nothing_in_an_edition_was_released_after_its_date(composed):
    task, view, _, composition = composed
    seen = 0
    for section in composition.books["zh-Hans"].sections:
        for record in section.document.values.values() if section.document else ():
            for key in record.inputs:
                found = describe_input(view, key)
                if found.get("released"):
                    seen += 1
                    assert str(found["released"]) <= task.edition.as_of.isoformat(), (record.name, key)
    assert seen > 300


def test_climate_contribution_of_2035_is_in_the_full_edition_and_not_in_the_interim_one(composed):
    task, view, _, composition = composed
    text = "".join(words_of(section.blocks) for section in composition.books["zh-Hans"].sections)
    wanted = [target for target in view.catalog.targets.values() if target.year == 2035 and "ndc" in target.id]
    assert wanted, "the register holds the contribution of 2035"
    known = {target.id for target in view.targets()}
    if task.edition.id == "interim-2025-06":
        assert not known & {target.id for target in wanted} and "2035年国家自主贡献" not in text
    else:
        assert known >= {target.id for target in wanted} and "2035年" in text


def test_carbon_emissions_are_of_the_vintage_that_was_public(composed):
    task, _, _, composition = composed
    vintages = {"interim-2025-06": "GCB2024", "full-2025": "GCB2025", "review-2026": "GCB2025"}
    national = composition.books["en"].section("national").document
    (key,) = national.values["national.co2_latest"].inputs
    assert key.split("|")[4] == vintages[task.edition.id]


def test_manifest_of_the_default_edition_says_its_date(manifest):
    assert manifest["as_of"] == "2025-12-14" and json.dumps(manifest)
