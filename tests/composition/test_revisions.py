"""The log between two dates: what was revised, what is new, what is gone, and the findings that rest on it."""

import datetime
from itertools import pairwise

import pytest
from chapters_by_hand import a_catalog, an_observation

from greenbook.catalog.reading import read_catalog
from greenbook.composition.revisions import revision_log, touched
from greenbook.outline import read_outline
from greenbook.project import HOUSE, Project

FIRST, SECOND = datetime.date(2023, 1, 31), datetime.date(2025, 1, 31)


@pytest.fixture
def catalog():
    return a_catalog([an_observation(2022, 1013.0, "A", FIRST), an_observation(2022, 1018.0, "B", SECOND),
                      an_observation(2021, 1035.0, "A", FIRST), an_observation(2023, 1019.0, "B", SECOND)])


def test_log_counts_revised_new_and_withdrawn_values_between_any_two_dates(catalog):
    log = revision_log(catalog, datetime.date(2024, 1, 1), datetime.date(2025, 12, 31))
    (revision,) = log.revised
    assert (revision.year, revision.old, revision.new, revision.count, log.new, log.withdrawn) == (
        2022, 1013.0, 1018.0, 1, 1, 0)
    back = revision_log(catalog, datetime.date(2025, 12, 31), datetime.date(2024, 1, 1))
    assert (back.new, back.withdrawn) == (0, 1)


def test_finding_is_touched_where_a_value_of_it_rests_on_a_revised_observation(catalog):
    log = revision_log(catalog, datetime.date(2024, 1, 1), datetime.date(2025, 12, 31))
    keys = {(row.year, row.vintage): row.key for row in catalog.at(SECOND).observations("crude_steel_output")}
    findings = [("steel.finding-a", [keys[2022, "B"], keys[2021, "A"]]), ("steel.finding-b", [keys[2021, "A"]]),
                ("steel.finding-c", [keys[2023, "B"]])]
    assert touched(log.revised, findings) == {"steel.finding-a": ["crude_steel_output"]}


def test_log_of_the_real_editions_agrees_with_a_count_of_the_rows_by_hand():
    project = Project(HOUSE)
    catalog = read_catalog(project)
    dates = sorted(edition.as_of for edition in read_outline(project).editions.values())
    for earlier, later in pairwise(dates):
        log = revision_log(catalog, earlier, later)
        known = [_known(catalog, date) for date in (earlier, later)]
        both = known[0].keys() & known[1].keys()
        assert sum(item.count for item in log.revised) == sum(known[0][key] != known[1][key] for key in both) > 0
        assert (log.new, log.withdrawn) == (len(known[1].keys() - both), len(known[0].keys() - both))


def _known(catalog, date):
    rows = [row for row in catalog.observations if row.released <= date and row.status != "projected"]
    rows.sort(key=lambda row: (row.released, row.vintage))
    return {(row.indicator, row.region, row.year, row.as_at): row.value for row in rows}
