"""What cannot hold between rows and files: each with its whole message."""

# ruff: noqa: E501  (whole messages)
import pytest

OBSERVATIONS = "observations/steel.csv"
PLACE = "data/observations/steel.csv"
ROW = "crude_steel_output,CN,2023,1019.0813,final,,,,NBS,2024-01-31,true,\n"


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    (OBSERVATIONS, "crude_steel_output,CN,2023", "crude_stel_output,CN,2023",
     "data/observations/steel.csv:3: GB322: indicator: found \"crude_stel_output\"; expected an id of data/indicators; "
     "write crude_steel_output"),
    (OBSERVATIONS, "NBS,2024-01-31", "NBS2,2024-01-31",
     'data/observations/steel.csv:3: GB322: source: found "NBS2"; expected an id of data/sources.csv; write NBS'),
    ("sources.csv", "PLAN,NDRC", "PLAN,NDCR",
     'data/sources.csv:3: GB322: issuer: found "NDCR"; expected an id of data/issuers.csv; write NDRC'),
    ("policies.csv", ",PLAN\n", ",PLANS\n",
     'data/policies.csv:2: GB322: source: found "PLANS"; expected an id of data/sources.csv; write PLAN'),
    ("targets.csv", "crude_steel_output", "crude_steel",
     'data/targets.csv:2: GB322: indicator: found "crude_steel"; expected an id of data/indicators; '
     "write crude_steel_output"),
    ("targets.csv", ",亿吨,", ",亿吨标准煤,",
     'data/targets.csv:2: GB323: unit: found "亿吨标准煤"; expected an id of data/units.yml; add it to data/units.yml'),
    ("targets.csv", ",亿吨,", ",TWh,",
     'data/targets.csv:2: GB324: unit: found "TWh" (energy_electric); expected a unit of mass, as crude_steel_output is '
     "in Mt; choose a unit of that dimension"),
    ("targets.csv", "at_most", "atmost",
     'data/targets.csv:2: GB314: bound: found "atmost"; expected one of at_least, at_most, about, strive, over, under, '
     "point; write at_most"),
    ("sources.csv", "2024-06,month", "2024-06,day",
     'data/sources.csv:3: GB312: published: found "2024-06"; expected a date to the day; '
     "correct the date or its precision"),
    ("sources.csv", "2024-06,month", "2024-13,month",
     'data/sources.csv:3: GB312: published: found "2024-13"; expected a day of the calendar; '
     "correct the date or its precision"),
    (OBSERVATIONS, "NBS,2024-01-31", "NBS,2022-12-31",
     'data/observations/steel.csv:3: GB327: released: found "2022-12-31"; expected a day not before 2023, which the row '
     "describes; correct the date, or give the status projected"),
    (OBSERVATIONS, "final,,,,NBS,2024-01-31", "revised,,,,NBS,2024-01-31",
     'data/observations/steel.csv:3: GB328: released: found "2024-01-31" for a revised value; expected the day of the '
     "revision; by the end of January only the first value was known; "
     "write the date of the table that holds the revised value"),
    (OBSERVATIONS, "final,,,,NBS,2024-01-31", "final,,2024-06,,NBS,2024-07-31",
     'data/observations/steel.csv:3: GB329: as_at: found "2024-06"; expected a day, a month or two months of 2023; '
     "correct as_at or the year"),
    (OBSERVATIONS, "final,,,,NBS,2024-01-31", "final,,2023-06/2023-01,,NBS,2024-01-31",
     'data/observations/steel.csv:3: GB329: as_at: found "2023-06/2023-01"; expected a day, a month or two months of '
     "2023; correct as_at or the year"),
    ("targets.csv", "2024-06-07,false,PLAN", "2020-06-07,false,PLAN",
     'data/targets.csv:2: GB333: released: found "2020-06-07"; expected a day not before 2024-06-07, the date of '
     "steel_plan_2024; correct one of the two dates"),
    (OBSERVATIONS, "final,,,,NBS,2024-01-31", "projected,,,,NBS,1924-01-31",
     'data/observations/steel.csv:3: GB327: released: found "1924-01-31"; expected a day not before 1973, which the row '
     "describes; correct the date, or give the status projected"),
])
def test_row_that_contradicts_another_is_refused(book, file, old, new, message):
    book.replace(file, old, new)
    assert book.messages() == [message]


def test_projection_may_be_released_before_its_year(book):
    book.replace(OBSERVATIONS, "final,,,,NBS,2024-01-31", "projected,,,,NBS,2022-11-30")
    assert book.messages() == []


def test_doubled_key_is_refused_and_both_lines_are_named(book):
    book.replace(OBSERVATIONS, ROW, ROW + ROW.replace("1019.0813", "1020"))
    assert book.messages() == [
        f'{PLACE}:4: GB325: indicator, region, year, as_at, vintage: found "crude_steel_output|CN|2023||"; '
        "expected a key that line 3 does not have; delete one of the two rows, or tell them apart"]


def test_key_doubled_in_another_file_is_refused_and_both_files_are_named(book):
    header = book.path(OBSERVATIONS).read_text("utf-8").split("\n")[0]
    book.write("observations/more.csv", f"{header}\n{ROW}")
    assert book.messages() == [
        f'{PLACE}:3: GB325: indicator, region, year, as_at, vintage: found "crude_steel_output|CN|2023||"; '
        "expected a key that data/observations/more.csv:2 does not have; delete one of the two rows, or tell them apart"]


@pytest.mark.parametrize(("one", "other"), [
    ("NBS-2024", "nbs-2024"), ("NBS-2024", "NBS -2024"), ("NBS-2024", "ＮＢＳ-2024"), ("年鉴2024", "年鉴２０２４")])
def test_keys_that_look_the_same_are_refused(book, one, other):
    rows = ROW.replace("final,,,,", f"final,,,{one},") + ROW.replace("final,,,,", f"final,,,{other},")
    book.replace(OBSERVATIONS, ROW, rows)
    assert book.messages() == [
        f'{PLACE}:4: GB326: indicator, region, year, as_at, vintage: found "crude_steel_output|CN|2023||{other}", '
        f'which looks like "crude_steel_output|CN|2023||{one}"; expected a key that line 3 does not have; '
        "delete one of the two rows, or tell them apart"]


def test_id_doubled_in_a_table_is_refused(book):
    text = book.path("issuers.csv").read_text("utf-8")
    book.write("issuers.csv", text + "nbs,甲,a,乙,b\n")
    assert book.messages() == [
        'data/issuers.csv:4: GB326: id: found "nbs", which looks like "NBS"; expected a key that line 2 does not have; '
        "delete one of the two rows, or tell them apart"]


def test_ids_of_a_broken_file_are_not_reported_as_missing(book):
    book.replace("sources.csv", "id,issuer", "id,isuer")
    assert all("sources.csv" in message for message in book.messages())
