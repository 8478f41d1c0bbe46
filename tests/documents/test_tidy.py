"""Tidy notebooks: what is taken out, what every cell is called, and that a tidy file is left alone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from greenbook.documents.naming import names_of
from greenbook.documents.tidy import problems_of_form, tidied, tidy_project, untidy
from greenbook.errors import NotebookFailed
from greenbook.execution.source import parse_source
from greenbook.project import Project

ROOT = Path(__file__).parents[2]


def cell(kind, source, *tags, id="0a1b2c3d", **extra):
    node = {"id": id, "cell_type": kind, "metadata": {"tags": list(tags)} if tags else {}, "source": source, **extra}
    return node | ({"outputs": [], "execution_count": None} | extra if kind == "code" else {})


def file(*cells, **metadata):
    for number, node in enumerate(cells):
        if node["id"] == "0a1b2c3d":
            node["id"] = f"{number:08x}"
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}).encode()


def names(*cells):
    return names_of(parse_source(file(*cells), "n").cells)


CHAPTER = (
    cell("markdown", "问题", "about"),
    cell("code", "chapter_id = 'steel'", "parameters"),
    cell("code", "from greenbook import open_chapter\nchapter = open_chapter(chapter_id, edition)"),
    cell("code", "output = chapter.load('crude_steel_output')\nchapter.value('x', output.latest)"),
    cell("code", "chapter.value('y', output.at(2020))"),
    cell("markdown", "## 规模 {#level}\n一句。", "zh"),
    cell("markdown", "## Scale {#level}\nOne.", "en"),
    cell("markdown", "又一句。", "zh"),
    cell("markdown", "Another.", "en"),
    cell("code", "@chapter.figure('output', uses=[output])\ndef draw(ax, label):\n    ax.plot(output.years)"),
    cell("markdown", "题", "zh", "caption"),
    cell("markdown", "Title", "en", "caption"),
    cell("markdown", "## 结构", "zh"),
    cell("markdown", "## The make-up", "en"),
    cell("code", "chapter.table('growth', t)"),
    cell("markdown", "题", "caption", "zh"),
    cell("markdown", "Title", "caption", "en"),
    cell("code", "chapter.finding('peak', values=['x'])"),
    cell("markdown", "要点", "zh", "finding"),
    cell("markdown", "Finding", "en", "finding"),
    cell("code", "chapter.case('steel-plant-a')"),
    cell("code", "%timeit 1"),
    cell("markdown", "for the colleague"),
)


def test_every_cell_is_named_after_what_it_holds_and_twins_share_a_stem():
    assert names(*CHAPTER) == [
        "about", "parameters", "open", "data", "values", "level-zh", "level-en", "level-2-zh", "level-2-en",
        "fig-output", "fig-output-zh", "fig-output-en", "the-make-up-zh", "the-make-up-en",
        "tbl-growth", "tbl-growth-zh", "tbl-growth-en", "finding-peak", "finding-peak-zh", "finding-peak-en",
        "case-steel-plant-a", "code", "note"]


def test_name_once_given_stays_when_what_it_holds_changes():
    assert names(cell("code", "chapter.figure('new')", id="fig-output"),
                 cell("markdown", "## Other {#other}", "zh", id="level-zh"), cell("markdown", "## x", "en")) == [
        "fig-output", "level-zh", "level-en"]


@pytest.mark.parametrize("first, second, expected", [
    (("zh", "level-zh"), ("en", None), ["level-zh", "level-en"]),
    (("zh", None), ("en", "level-en"), ["level-zh", "level-en"]),
    (("en", None), ("zh", "level-zh"), ["level-en", "level-zh"]),
    (("en", None), ("zh", None), ["text-2-en", "text-2-zh"]),
    (("zh", None), ("zh", None), ["text-2-zh", "text-3-zh"]),
])
def test_twin_takes_the_name_of_the_twin_that_has_one(first, second, expected):
    cells = [cell("markdown", "words", tag, **({"id": name} if name else {})) for tag, name in (first, second)]
    assert names(*cells) == expected


def test_names_are_unique_and_a_second_heading_of_one_name_is_no_paragraphs_anchor():
    twice = [cell("markdown", "## Scale {#level}", tag) for tag in ("zh", "en", "zh", "en")]
    assert names(*twice, cell("code", "1"), cell("code", "2")) == [
        "level-zh", "level-en", "level2-zh", "level2-en", "code", "code-2"]


def test_tidy_takes_out_outputs_counts_and_machine_metadata_and_nothing_else():
    node = cell("code", ["a = 1\n", "a"], "if-x", execution_count=7,
                outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}])
    node["metadata"].update(collapsed=True, execution={"iopub": "2026"})
    tree = json.loads(tidied(file(node, kernelspec={"name": "my-env"}, widgets={}), "n"))
    assert tree["cells"] == [{"id": "code", "cell_type": "code", "metadata": {"tags": ["if-x"]}, "outputs": [],
                              "execution_count": None, "source": ["a = 1\n", "a"]}]
    assert tree["metadata"]["kernelspec"]["name"] == "python3" and set(tree["metadata"]) == {
        "kernelspec", "language_info"}


def test_tidy_file_comes_back_byte_for_byte_and_as_nbformat_writes_it():
    once = tidied(file(*CHAPTER), "n")
    assert tidied(once, "n") == once and problems_of_form(once, "n") == []
    notebook = nbformat.reads(once.decode(), 4)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook) + "\n" == once.decode()


def test_tidying_agrees_with_nbstripout(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_bytes(file(cell("code", "1", execution_count=3, id="code",
                               outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}])))
    ours = json.loads(tidied(path.read_bytes(), "n"))["cells"]
    subprocess.run([Path(sys.executable).with_name("nbstripout"), "--keep-id", path], check=True)
    theirs = json.loads(path.read_bytes())["cells"]
    assert [(node["id"], node["outputs"], node["execution_count"]) for node in ours] == [
        (node["id"], node["outputs"], node["execution_count"]) for node in theirs]


def test_untidy_notebook_is_told_cell_by_cell_with_the_command():
    found = [str(problem) for problem in problems_of_form(file(
        cell("code", "x", "parameters", id="parameters", execution_count=1),
        cell("markdown", "## Scale", "en")), "notebooks/steel.ipynb")]
    assert found == [
        "notebooks/steel.ipynb:parameters: GB401: found outputs of a run; "
        "expected a notebook without outputs; run make tidy",
        'notebooks/steel.ipynb:cell 2: GB402: found a cell without a name (id "00000001"); '
        "expected scale-en; run make tidy"]


def test_editors_metadata_alone_is_told_once():
    [problem] = problems_of_form(file(cell("code", "x", id="code"), widgets={}), "n")
    assert (problem.code, problem.place, problem.do) == ("GB403", "", "run make tidy")


def test_text_of_a_cell_as_one_string_is_named_as_what_is_untidy():
    tree = json.loads(tidied(file(cell("code", "x", id="code"), cell("code", "y\nz", id="more")), "n"))
    tree["cells"][1]["source"] = "y\nz"
    [problem] = problems_of_form(json.dumps(tree).encode(), "n")
    assert (problem.code, problem.place, problem.do) == ("GB404", "more", "run make tidy")
    assert "one string" in problem.found


def test_another_indent_is_named_as_what_is_untidy():
    tree = json.loads(tidied(file(cell("code", "x", id="code")), "n"))
    [problem] = problems_of_form(json.dumps(tree, indent=2).encode(), "n")
    assert problem.code == "GB404" and "JSON" in problem.found


def test_project_is_tidied_in_place_and_each_change_is_told(tmp_path):
    project = Project(tmp_path)
    project.notebooks.mkdir()
    (project.notebooks / "a.ipynb").write_bytes(file(*CHAPTER))
    assert {problem.code for problem in untidy(project)} == {"GB402"}
    assert list(tidy_project(project)) == ["notebooks/a.ipynb: tidied"]
    assert list(tidy_project(project)) == [] and untidy(project) == ()
    assert [path.name for path in project.notebooks.iterdir()] == ["a.ipynb"]


def test_notebook_that_cannot_be_read_does_not_keep_the_others_untidy(tmp_path):
    project = Project(tmp_path)
    project.notebooks.mkdir()
    (project.notebooks / "a.ipynb").write_text("{")
    (project.notebooks / "b.ipynb").write_bytes(file(*CHAPTER))
    lines = tidy_project(project)
    assert next(lines) == "notebooks/b.ipynb: tidied"
    with pytest.raises(NotebookFailed, match="GB411"):
        next(lines)
    assert (project.notebooks / "a.ipynb").read_text() == "{"


@pytest.mark.parametrize("book", ["tests/books/small", "."])
def test_notebooks_of_the_house_are_tidy(book, tmp_path):
    shutil.copytree(ROOT / book / "notebooks", tmp_path / "notebooks")
    assert untidy(Project(tmp_path)) == ()
