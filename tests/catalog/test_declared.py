"""A table with another number of rows than declared is refused; tidy and import declare them."""

import csv

import pytest

from greenbook.catalog import schema
from greenbook.catalog.declared import count, declare
from greenbook.catalog.reading import read_catalog
from greenbook.catalog.reference import rewritten
from greenbook.catalog.writing import table_text
from greenbook.errors import DataRefused
from greenbook.project import HOUSE

STEEL = "observations/steel.csv"


@pytest.fixture
def declared(book):
    assert list(declare(book.project)) == ["data/rows.csv: declares 13 rows of 8 files"]
    assert book.messages() == []
    return book


def cut(book, name, rows):
    """Leaves the header and so many rows of the file."""
    lines = book.path(name).read_text("utf-8").splitlines(keepends=True)
    book.write(name, "".join(lines[:rows + 1]))


def test_file_cut_exactly_at_a_row_end_is_refused_at_its_last_line(declared):
    cut(declared, STEEL, 3)
    assert declared.messages() == [
        "data/observations/steel.csv:4: GB330: found 3 rows up to this line, the last; expected 5, as data/rows.csv "
        "declares; restore what is cut off; after deleting rows, run make tidy"]


def test_every_cut_at_a_row_end_of_every_table_is_refused(declared):
    for path in sorted([*declared.project.data.glob("*.csv"), declared.path(STEEL)]):
        name, whole = path.relative_to(declared.project.data).as_posix(), path.read_text("utf-8")
        for rows in range(whole.count("\n") - 1):
            cut(declared, name, rows)
            assert any(message.startswith(f"data/{name}:") or " GB331: " in message for message in declared.messages())
            declared.write(name, whole)


def test_row_added_by_hand_is_accepted_after_tidy_which_tells_it(declared):
    text = declared.path(STEEL).read_text("utf-8")
    declared.write(STEEL, text + "crude_steel_output,CN,2021,1035.2429,final,,,,NBS,2022-01-31,true,\n")
    assert [" GB330: " in message for message in declared.messages()] == [True]
    assert list(declare(declared.project)) == ["data/rows.csv: observations/steel.csv: 5 → 6 rows"]
    assert declared.messages() == [] and list(declare(declared.project)) == []


def test_table_that_is_not_declared_and_declared_one_that_is_gone_are_refused(declared):
    declared.write("observations/nev.csv", declared.path(STEEL).read_text("utf-8").splitlines()[0] + "\n")
    declared.path(STEEL).unlink()
    assert declared.messages() == [
        "data/observations/nev.csv: GB331: found a table without declared rows; expected its rows in data/rows.csv; "
        "run make tidy",
        "data/rows.csv:6: GB331: found observations/steel.csv; expected a table of data/; restore the file, or run "
        "make tidy"]


@pytest.mark.parametrize(("content", "rows"), [
    (b"a\n", 0), (b"a\nb\n", 1), (b"a\r\nb\r\n", 1), (b"a\rb\rc\r", 2), (b"a\nb", 1), (b"", 0),
    (b"a\nb\n\n", 1), (b"a\n\n", 0)])
def test_rows_are_counted_whatever_the_line_ends(content, rows):
    assert count(content) == rows


def test_rows_of_the_house_are_declared(real):
    """What `import` and `tidy` wrote is what a second reader counts."""
    with open(real.data / "rows.csv", encoding="utf-8", newline="") as file:
        stated = {row["file"]: int(row["rows"]) for row in csv.DictReader(file)}
    for name, rows in stated.items():
        with open(real.data / name, encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) - 1 == rows, name
    read_catalog(real)


def test_written_table_is_read_again_before_it_is_kept():
    with pytest.raises(DataRefused, match="GB307"):
        table_text(schema.ROWS, [{"file": "a\nb", "rows": "1"}])
    assert table_text(schema.ROWS, [{"file": 'a,"b"', "rows": "1"}]) == 'file,rows\n"a,""b""",1\n'


def test_reference_is_made_from_the_schema():
    page = (HOUSE / "docs" / "reference" / "data.md").read_text("utf-8")
    assert rewritten(page) == page
    assert rewritten(page.replace("the day the figure became public", "a day")) == page
