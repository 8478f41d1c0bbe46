"""What an edition's date lets through."""

import datetime

import pytest

EARLY, LATE = datetime.date(2025, 6, 30), datetime.date(2025, 12, 31)


def test_view_shows_every_vintage_released_by_its_date(book):
    catalog = book.read()
    assert [row.value for row in catalog.at(EARLY).observations("crude_steel_output")] == [1018, 1019.0813, 1005.0913]
    assert [row.value for row in catalog.at(LATE).observations("crude_steel_output")][-2:] == [1005.0913, 1005.1]


def test_view_includes_the_day_itself_and_not_the_day_before(book):
    catalog = book.read()
    day = datetime.date(2025, 12, 26)
    assert catalog.at(day).all_observations()[3].vintage == "NBS-2025-12"
    assert all(row.released < day for row in catalog.at(day - datetime.timedelta(days=1)).all_observations())


def test_targets_and_policies_appear_on_their_day(book):
    catalog = book.read()
    before, on = catalog.at(datetime.date(2024, 6, 6)), catalog.at(datetime.date(2024, 6, 7))
    assert (before.targets(), before.policies()) == ((), ())
    assert [target.id for target in on.targets("crude_steel_output")] == ["steel_cap_2025"]
    assert [policy.id for policy in on.policies()] == ["steel_plan_2024"]
    assert on.targets("crude_steel_output_growth_reported") == ()


@pytest.mark.parametrize(("name", "early", "late"), [
    ("crude_steel_output", False, True), ("steel_cap_2025", False, True), ("steel_plan_2024", False, True),
    ("nothing", False, False),
])
def test_existence_follows_the_date(book, name, early, late):
    catalog = book.read()
    assert catalog.at(datetime.date(2022, 1, 1)).exists(name) is early
    assert catalog.at(LATE).exists(name) is late


def test_key_names_its_observation_and_no_other(book):
    catalog = book.read()
    assert [catalog.observation(row.key) for row in catalog.observations] == list(catalog.observations)
    assert catalog.observations[0].key == "crude_steel_output|CN|2022|||2023-01-31|bcfc4f44"
    with pytest.raises(KeyError):
        catalog.observation("crude_steel_output|CN|2022|||2023-01-31|00000000")


def test_key_survives_a_row_inserted_above_and_changes_with_any_cell(book):
    before = [row.key for row in book.read().observations]
    book.replace("observations/steel.csv", "crude_steel_output,CN,2022",
                 "crude_steel_output,CN,2021,1035.2,final,,,,NBS,2022-01-31,true,\ncrude_steel_output,CN,2022")
    after = book.read().observations
    assert [row.key for row in after][1:] == before
    assert after[1].line == 3
    book.replace("observations/steel.csv", "2023-01-31,true,", "2023-01-31,true,a remark")
    assert book.read().observations[1].key not in before
