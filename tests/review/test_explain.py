"""`build.py explain`: what would run again, and the input whose change is the reason."""

import re
import shutil

import pytest
from damaged_book import Book

from greenbook.cli import main
from greenbook.errors import CommandError, NotebookFailed
from greenbook.review.explain import explain


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The small book after its chapters ran; tests take a copy."""
    book = Book(tmp_path_factory.mktemp("executed") / "small", templates=True)
    run_chapters(book.root)
    return book.root


def run_chapters(root):
    """Executes all chapters of the default edition as a build does, without composing and publishing."""
    from greenbook.catalog.reading import read_catalog
    from greenbook.catalog.slices import write_slices
    from greenbook.execution.run import execute
    from greenbook.order import Order
    from greenbook.outline import read_outline
    from greenbook.project import Project

    project = Project(root)
    task = Order(root).task(project, read_outline(project))
    execution = execute(task, write_slices(read_catalog(project).at(task.edition.as_of), task.slices))
    assert execution.problems == ()


@pytest.fixture
def book(executed, tmp_path):
    """A copy of the executed book."""
    shutil.copytree(executed, tmp_path / "book", symlinks=True)
    made = Book.__new__(Book)
    made.root = tmp_path / "book"
    return made


def told(book, chapter=None, edition=None):
    """The lines of `explain` with hashes as #."""
    return [re.sub(r"\b[0-9a-f]{8}\b", "#", line) for line in explain(book.root, edition, chapter)]


def test_nothing_changed_everything_is_cached(book):
    assert told(book) == ["steel: cached", "recycling: cached", "carbon: cached"]


def test_chapters_of_another_edition_never_ran(book):
    assert told(book, "steel", "early-2024") == ["steel: never run for early-2024"]


def test_changed_code_is_the_reason_of_its_chapter_alone(book):
    book.say("steel", "data", "output.highest", "output.lowest")
    assert told(book) == ["steel: its code cells # → #", "recycling: cached", "carbon: cached"]


def test_changed_prose_is_no_reason(book):
    book.say("steel", "limits-zh", "预测", "推算")
    assert told(book, "steel") == ["steel: cached"]


def test_changed_row_is_the_reason_of_the_chapters_that_read_it(book):
    rows = (book.root / "data/observations/circular_economy.csv").read_text("utf-8").splitlines()
    row = next(row for row in rows if row.startswith("ce_scrap_steel_used_mt,"))
    cells = row.split(",")
    cells[3] = "201"
    book.write("data/observations/circular_economy.csv", row, ",".join(cells))
    assert told(book) == ["steel: cached", "recycling: the data of ce_scrap_steel_used_mt # → #", "carbon: cached"]


def test_changed_document_is_the_reason_of_the_chapters_that_print_documents(book):
    book.write("data/policies.csv", "部署“十四五”后两年节能降碳", "部署后两年节能降碳")
    assert told(book) == ["steel: cached", "recycling: policies.csv # → #", "carbon: cached"]


def test_changed_style_is_the_reason_of_all_chapters(book):
    book.write("templates/style/tokens.yml", "marker: 4.5", "marker: 4.6")
    assert told(book) == [f"{slug}: templates/style # → #" for slug in ("steel", "recycling", "carbon")]


def test_changed_parameters_are_the_reason(book):
    book.write("notebooks/book.yml", "slug: steel, evidence", "slug: steel, parameters: {edition: x}, evidence")
    assert told(book, "steel") == ["steel: its parameters # → #"]


def test_stored_run_that_was_removed_is_told(book):
    for folder in (book.root / "_build/cache/executed").glob("??"):
        shutil.rmtree(folder)
    assert told(book, "steel") == ["steel: its stored run is gone from the cache"]


def test_explain_writes_nothing(book):
    def state():
        return {path: path.stat().st_mtime_ns for path in book.root.rglob("*")}

    book.say("steel", "data", "output.highest", "output.lowest")
    book.write("templates/style/tokens.yml", "marker: 4.5", "marker: 4.6")
    before = state()
    told(book)
    assert state() == before


def test_notebook_that_cannot_run_is_told_and_refused_after_the_others(book):
    book.change("steel", "parameters", lambda cell: cell["metadata"].update(tags=[]))
    lines = []
    with pytest.raises(NotebookFailed, match="GB414"):
        for line in explain(book.root, None, None):
            lines.append(line)
    assert lines == ["steel: cannot run", "recycling: cached", "carbon: cached"]


def test_unknown_chapter_is_refused_with_the_near_name(book):
    with pytest.raises(CommandError, match="write steel"):
        list(explain(book.root, None, "stel"))


def test_command_prints_the_reason(book, capsys):
    book.say("steel", "data", "output.highest", "output.lowest")
    assert main(None, ["explain", "steel", "--project", str(book.root)]) == 0
    assert re.fullmatch(r"steel: its code cells [0-9a-f]{8} → [0-9a-f]{8}\n", capsys.readouterr().out)
