"""Source notebooks: what is read from them, and what is refused before anything runs."""

import json

import pytest
from tiny_project import PARAMETERS, Tiny

from greenbook.errors import NotebookFailed
from greenbook.execution.source import is_named, parse_source, problems_of_source, read_source


def notebook(*cells, **top):
    nodes = [{"id": name, "cell_type": kind, "metadata": {"tags": tags}, "source": source}
             for name, kind, tags, source in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": nodes, **top}).encode()


def test_cells_come_with_id_kind_tags_and_source():
    content = notebook(("level-zh", "markdown", ["zh"], ["## 规模\n", "一句。"]), ("data", "code", [], "x = 1"))
    source = parse_source(content, "notebooks/x.ipynb")
    assert [(c.id, c.kind, c.tags, c.source, c.number) for c in source.cells] == [
        ("level-zh", "markdown", ("zh",), "## 规模\n一句。", 1), ("data", "code", (), "x = 1", 2)]
    assert [cell.id for cell in source.code] == ["data"]


@pytest.mark.parametrize("cell_id, named", [
    ("fig-output", True), ("data", True), ("level-2-zh", True), ("finding-peak_2024", True), ("facade", True),
    ("2f1b3c4d", False), ("0a1b2c3d-1234-5678-9abc-def012345678", False), ("W0sZmlsZQ==", False), ("", False),
])
def test_id_given_by_a_person_is_told_from_an_editors(cell_id, named):
    assert is_named(cell_id) is named


def test_cell_with_an_editors_id_is_placed_by_its_number():
    source = parse_source(notebook(("a", "raw", [], ""), ("2f1b3c4d", "code", [], "1")), "n")
    assert [cell.place for cell in source.cells] == ["a", "cell 2"]


@pytest.mark.parametrize("content, message", [
    (b'{"cells": [', "notebooks/x.ipynb:1: GB411: found a file that is no JSON"),
    (b"\xff\xfe", "notebooks/x.ipynb:1: GB411: found a file that is no JSON"),
    (b"[]", "notebooks/x.ipynb: GB412: found notebook format none; expected notebook format 4"),
    (b'{"nbformat": 3, "worksheets": []}', "notebooks/x.ipynb: GB412: found notebook format 3"),
    (notebook(("a", "code", [], "1"), ("a", "code", [], "2")),
     'notebooks/x.ipynb:cell 2: GB413: found the id "a" a second time (first in cell 1)'),
])
def test_file_that_is_no_whole_notebook_is_refused_by_name(content, message):
    with pytest.raises(NotebookFailed) as caught:
        parse_source(content, "notebooks/x.ipynb")
    assert str(caught.value).startswith(message)


def test_missing_notebook_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(NotebookFailed, match="make chapter NAME=gpi"):
        read_source(tmp_path / "gpi.ipynb")


@pytest.mark.parametrize("cells, message", [
    ([("a", "code", [], "1")], "n: GB414: found no cells tagged parameters; expected one"),
    ([("a", "code", ["parameters"], ""), ("b", "code", ["parameters"], "")],
     "n:b: GB414: found 2 cells tagged parameters"),
    ([("p", "code", ["parameters"], ""), ("a", "code", [], "x = 1\nfrom polars import col")],
     'n:a:2: GB416: found an import of "polars"'),
    ([("p", "code", ["parameters"], ""), ("a", "code", ["skip-execution"], "x")],
     'n:a: GB417: found the tag "skip-execution"'),
])
def test_source_that_would_deceive_the_build_is_refused(cells, message):
    [problem] = problems_of_source(parse_source(notebook(*cells), "n"))
    assert str(problem).startswith(message)


def test_every_unsound_notebook_is_told_in_one_run_and_nothing_runs(tiny: Tiny):
    tiny.write("typo", [], parameters=PARAMETERS + "\nyear = 2024")
    (tiny.project.notebooks / "cut.ipynb").write_text('{"cells": [')
    execution = tiny.execute("gone", "cut", tiny.entry("typo", yaer=2025))
    assert [(problem.path, problem.code) for problem in execution.problems] == [
        ("notebooks/cut.ipynb", "GB411"), ("notebooks/gone.ipynb", "GB410"),
        ("notebooks/typo.ipynb", "GB221"), ("notebooks/typo.ipynb", "GB222")]
    assert {event.state for event in tiny.events} == {"failed"} and not tiny.project.runs.exists()
