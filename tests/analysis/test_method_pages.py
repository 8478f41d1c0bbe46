"""The pages on methods are what their source and the libraries give today."""

import importlib.util
import re

import pytest

from greenbook.project import HOUSE


@pytest.fixture(scope="module")
def pages():
    spec = importlib.util.spec_from_file_location("method_pages", HOUSE / "bench" / "method_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_page_on_methods_is_made_from_the_annex(pages):
    made = pages.methods_page()
    assert (HOUSE / "docs" / "methods.md").read_text("utf-8") == made
    assert not re.search(r"\{%|\{\{|:::|\{#|\[@", made) and "卡亚恒等式" in made and "| F2 |" in made


def test_page_beside_other_libraries_is_what_they_give(pages):
    made = pages.cross_check_page()
    assert (HOUSE / "docs" / "explanation" / "cross-check.md").read_text("utf-8") == made
    libraries, _, simulations = made.partition("## The simulations")
    assert len(rows_of(simulations)) == 9 and all(len(row) == 4 for row in rows_of(simulations))
    rows = rows_of(libraries)
    assert len(rows) == 11 and all(row[1] == row[2] for row in rows if "do not" in row[3])


def rows_of(page):
    return [line.split(" | ") for line in page.splitlines() if line.startswith("| ") and "---" not in line][1:]
