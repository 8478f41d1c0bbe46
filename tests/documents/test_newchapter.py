"""A new chapter: the template's copy, and one line more in book.yml."""

import shutil
from pathlib import Path

import pytest

from greenbook.documents.newchapter import new_chapter
from greenbook.errors import CommandError
from greenbook.outline import read_outline
from greenbook.project import Project

ROOT = Path(__file__).parents[2]
TEMPLATE = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path)
    made.notebooks.mkdir()
    shutil.copy(ROOT / "notebooks" / "book.yml", made.book)
    (made.notebooks / "_template.ipynb").write_bytes(TEMPLATE)
    return made


def test_new_chapter_is_the_templates_copy_and_one_line_in_the_last_part(project):
    before, chapters = project.book.read_text("utf-8"), read_outline(project).chapters
    line = new_chapter(project, "ports")
    after = project.book.read_text("utf-8").splitlines()
    added = [text for text in after if text not in before.splitlines()]
    assert added == ["      - {slug: ports, title: {zh-Hans: ports, en: ports}}"]
    assert [text for text in after if text not in added] == before.splitlines()
    outline = read_outline(project)
    assert outline.parts[-1].chapters[-1].slug == "ports" and len(outline.chapters) == len(chapters) + 1
    assert (project.notebooks / "ports.ipynb").read_bytes() == TEMPLATE
    assert line == ("notebooks/ports.ipynb: made from _template.ipynb, entered in notebooks/book.yml; "
                    "write its title there")


def test_chapter_that_book_yml_names_already_only_gets_its_notebook(project):
    before = project.book.read_bytes()
    assert "already in notebooks/book.yml" in new_chapter(project, "gpi")
    assert project.book.read_bytes() == before and (project.notebooks / "gpi.ipynb").exists()


def test_last_chapter_over_several_lines_keeps_them(project):
    text = project.book.read_text("utf-8")
    last = next(line for line in text.splitlines() if "slug: esg" in line)
    block = "      - slug: esg\n        title:\n          zh-Hans: 工业\n          en: Industry"
    project.book.write_text(text.replace(last, block), "utf-8")
    new_chapter(project, "ports")
    assert [entry.slug for entry in read_outline(project).parts[-1].chapters][-2:] == ["esg", "ports"]
    assert block in project.book.read_text("utf-8")


@pytest.mark.parametrize("name, code", [("Steel", "GB224"), ("../x", "GB224"), ("data", "GB224"), ("", "GB224"),
                                        ("there", "GB225")])
def test_name_that_cannot_be_a_chapters_is_refused_and_nothing_is_written(project, name, code):
    (project.notebooks / "there.ipynb").write_bytes(b"mine")
    before = {path.name: path.read_bytes() for path in project.notebooks.iterdir()}
    with pytest.raises(CommandError) as caught:
        new_chapter(project, name)
    assert caught.value.problems[0].code == code
    assert {path.name: path.read_bytes() for path in project.notebooks.iterdir()} == before


def test_missing_template_is_told(project):
    (project.notebooks / "_template.ipynb").unlink()
    with pytest.raises(CommandError, match="GB226"):
        new_chapter(project, "ports")
