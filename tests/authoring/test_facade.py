"""The façade holds what is documented, and costs nothing."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import greenbook

ROOT = Path(__file__).parents[2]


def test_facade_exports_exactly_what_is_documented():
    text = (ROOT / "docs/reference/authoring.md").read_text("utf-8")
    calls = set(re.findall(r"`(\w+)\(", text)) - {"f", "label"}
    assert set(greenbook.__all__) == calls | {"charts"}


@pytest.mark.parametrize("name", greenbook.__all__)
def test_each_name_of_the_facade_exists(name):
    assert getattr(greenbook, name).__doc__


def test_unknown_name_lists_those_there_are():
    with pytest.raises(AttributeError, match="open_chapter"):
        _ = greenbook.opn_chapter


def test_chapter_without_figures_imports_nothing_heavy(slices):
    code = (
        "import sys, greenbook; from greenbook import open_chapter, growth, level_table, gap, charts\n"
        "chapter = open_chapter('steel'); chapter.value('a', growth(chapter.load('steel')))\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'pandera', 'opencc', 'ruamel'}\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_code_of_the_calls_is_documented():
    used = {
        code
        for path in (ROOT / "src/greenbook/authoring").glob("*.py")
        for code in re.findall(r"GB4[789]\d", path.read_text("utf-8"))
    }
    listed = set(
        re.findall(r"^\| (GB\d{3}) ", (ROOT / "docs/reference/messages/authoring.md").read_text("utf-8"), re.M)
    )
    assert used - {"GB470", "GB499"} <= listed and listed <= used | {"GB470"}


def test_template_runs_cell_by_cell_on_the_real_data(shown, monkeypatch, tmp_path):
    """The cells of the template, in one process, against the project's own data."""
    monkeypatch.delenv("GREENBOOK_SLICES", raising=False)
    monkeypatch.chdir(ROOT / "notebooks")
    monkeypatch.setattr("greenbook.project.Project.cache", tmp_path)
    book = json.loads((ROOT / "notebooks/_template.ipynb").read_text("utf-8"))
    space = {}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            source = "".join(cell["source"])
            exec(compile(ast.parse(source), cell["id"], "exec"), space)
    kinds = [next(iter(bundle)).split(".")[-1].removesuffix("+json") for bundle in shown]
    assert kinds == ["opening", "load", "load", "value", "value", "value", "finding", "table", "figure", "table"]


def test_template_is_tidy():
    book = json.loads((ROOT / "notebooks/_template.ipynb").read_text("utf-8"))
    ids = [cell["id"] for cell in book["cells"]]
    assert len(set(ids)) == len(ids) and not any(cell.get("outputs") for cell in book["cells"])
    twins = {cell["id"].removesuffix("-zh") for cell in book["cells"] if "zh" in cell["metadata"].get("tags", [])}
    assert twins == {
        cell["id"].removesuffix("-en") for cell in book["cells"] if "en" in cell["metadata"].get("tags", [])
    }
