"""Rows and headers that are refused: each with its whole message."""

import csv
import io

import pytest

from greenbook.catalog.strict import split_line

OBSERVATIONS = "observations/steel.csv"
PLACE = "data/observations/steel.csv"
ROW = "crude_steel_output,CN,2023,1019.0813,final,,,,NBS,2024-01-31,true,\n"


@pytest.mark.parametrize(("damaged", "message"), [
    (ROW[:-1] + ",\n", "GB308: found 13 cells; expected 12 cells; delete the comma at its end"),
    (ROW[:-1] + "one, two\n", "GB308: found 13 cells; expected 12 cells; put a cell that holds a comma in quotes"),
    (ROW.replace(",true,", ",true"),
     "GB308: found 11 cells; expected 12 cells; add what is missing; the last column is note"),
    ("Source: yearbook\n", "GB308: found 1 cell; expected 12 cells; keep totals, units and remarks out of the table"),
    ("\n", "GB308: found a blank row; expected 12 cells; delete the row"),
    (",,,,,,,,,,,\n", "GB308: found a blank row; expected 12 cells; delete the row"),
    (ROW[:-1] + '"open\n', 'GB307: found a quote that is not closed on its line; expected quotes in pairs; '
                           'close it with "'),
    (ROW[:-1] + '"a"b\n', 'GB307: found text after a closing quote; expected quotes in pairs; '
                          'write a quote inside a cell as ""'),
    (ROW[:-1] + 'a"b\n', 'GB307: found a quote inside a cell without quotes; expected quotes in pairs; '
                         'put the cell in quotes and write "" for "'),
    (ROW[:-1] + "x" * 10_001 + "\n", "GB303: note: found 10,001 characters; expected at most 10,000 in a cell; "
                                     "shorten it"),
], ids=["comma", "long", "short", "footnote", "blank", "commas", "open", "after", "inside", "huge"])
def test_damaged_row_is_refused_at_its_line(book, damaged, message):
    book.replace(OBSERVATIONS, ROW, damaged)
    assert book.messages() == [f"{PLACE}:3: {message}"]


def test_total_row_left_in_is_refused(book):
    book.replace(OBSERVATIONS, ROW, ROW + "total,CN,2023,1019.0813,final,,,,NBS,2024-01-31,true,\n")
    assert book.messages() == [f'{PLACE}:4: GB322: indicator: found "total"; expected an id of data/indicators; '
                               "add it to data/indicators"]


COLUMNS = "indicator, region, year, value, status, bound, as_at, vintage, source, released, released_is_estimated, note"


@pytest.mark.parametrize(("old", "new", "messages"), [
    ("indicator,region", "indicator,", ["column 2: found no name; expected a name; delete the column, or name it",
                                        f"found no column region; expected the columns {COLUMNS}; "
                                        "add the column region"]),
    (",note", ",region", ['column 12: found "region" again; expected each column once; delete one of the two',
                          f"found no column note; expected the columns {COLUMNS}; add the column note"]),
    (",note", ",notes", [f'column 12: found "notes"; expected one of {COLUMNS}; write note',
                         f"found no column note; expected the columns {COLUMNS}; add the column note"]),
    (",value,", ",value ,", [f'column 4: found "value "; expected one of {COLUMNS}; write value',
                             f"found no column value; expected the columns {COLUMNS}; add the column value"]),
    (",note", "", [f"found no column note; expected the columns {COLUMNS}; add the column note"]),
])
def test_damaged_header_is_refused_with_the_place_of_the_column(book, old, new, messages):
    book.replace(OBSERVATIONS, old, new)
    assert book.messages() == sorted(f"{PLACE}:1: GB309: {message}" for message in messages)


@pytest.mark.parametrize(("sign", "words"), [(";", "semicolons"), (" ", "no commas")])
def test_other_delimiter_is_refused_by_name(book, sign, words):
    book.write(OBSERVATIONS, book.path(OBSERVATIONS).read_text("utf-8").replace(",", sign))
    assert book.messages() == [f"{PLACE}:1: GB309: found {words} between the columns; expected commas; "
                               "save the table as CSV with commas"]


def test_reordered_columns_give_the_same_observations_and_keys(book):
    before = book.read()
    rows = list(csv.DictReader(io.StringIO(book.path(OBSERVATIONS).read_text("utf-8"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, sorted(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    book.write(OBSERVATIONS, text.getvalue())
    assert book.read().observations == before.observations


def test_header_without_rows_is_no_data_and_no_fault(book):
    assert book.read().cases == {}


def test_too_many_rows_are_refused(book, monkeypatch):
    monkeypatch.setattr("greenbook.catalog.strict.MOST_ROWS", 4)
    assert book.messages() == [f"{PLACE}:6: GB303: found 5 rows; expected at most 4; split the file"]


@pytest.mark.parametrize("line", ['a,b,c', '"a,b",c', '"say ""hi""",,""', ',,', '"",x', 'a,"b"'])
def test_line_splits_as_the_standard_reader_splits_it(line):
    assert split_line(line) == next(csv.reader([line], strict=True))


def test_faults_of_every_file_are_reported_together(book):
    book.replace(OBSERVATIONS, "1019.0813", "1,019.0813")
    book.replace("sources.csv", "official", "offical")
    book.replace("targets.csv", "steel_plan_2024", "steel_plan_2023")
    book.replace("units.yml", "zh-Hans: 太瓦时, ", "")
    assert book.messages() == [
        f"{PLACE}:3: GB308: found 13 cells; expected 12 cells; write 1019.0813, without a comma in the number",
        'data/sources.csv:2: GB314: kind: found "offical"; expected one of official, dataset, news, paper, policy; '
        "write official",
        'data/targets.csv:2: GB322: policy: found "steel_plan_2023"; expected an id of data/policies.csv; '
        "write steel_plan_2024",
        "data/units.yml:3: GB320: TWh: found no zh-Hans; expected the keys dimension, factor, zh-Hans, en; add zh-Hans",
    ]
