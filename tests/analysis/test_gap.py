"""The gap to a target: required rate, status, and when it cannot be assessed."""

import pytest

from greenbook.analysis.gap import gap
from series_by_hand import row, series, target

SCOPE = {"zh-Hans": "全国", "en": "national"}


def held(values, aim, **entry):
    entry = {"scope": SCOPE, **entry}
    return series(values, targets=[{**aim, "scope": aim.get("scope") or SCOPE}], **entry)


def test_required_rate_of_a_level_is_compound():
    found = held({2020: 260, 2021: 270, 2022: 280, 2023: 290}, target(300, 2025))
    result = gap(found, found.target(2025))
    assert result.required.value == pytest.approx(((300 / 290) ** 0.5 - 1) * 100)
    assert result.required.content.inputs[-1] == "target:t2025"
    assert result.recent.value == pytest.approx(((290 / 260) ** (1 / 3) - 1) * 100)
    assert result.status == "on track" and result.words["zh-Hans"] == "进度符合"
    assert result.distance.text("en") == "up 10 Mt"


def test_required_change_of_a_share_is_in_points_a_year():
    found = held({2021: 10.0, 2024: 11.0}, target(15, 2026, unit="%"), unit="%", kind="share")
    result = gap(found, found.target(2026))
    assert result.required.value == pytest.approx(2) and result.required.unit == "pp"
    assert result.status == "off track"


@pytest.mark.parametrize(
    ("last", "status"), [(21.0, "near"), (22.0, "on track"), (19.5, "off track"), (31.0, "reached")]
)
def test_status_follows_the_recent_rate(last, status):
    found = held({2021: 15.0, 2024: last}, target(30, 2028, unit="%"), unit="%", kind="share")
    assert gap(found, found.target(2028)).status == status


def test_ceiling_is_reached_from_above():
    found = held({2023: 90, 2024: 80}, target(85, 2025, bound="at_most"))
    assert gap(found, found.target(2025)).status == "reached"


def test_target_whose_year_is_past_is_judged_by_that_year():
    found = held({2019: 80, 2020: 90, 2024: 120}, target(100, 2020))
    result = gap(found, found.target(2020))
    assert result.status == "missed" and result.latest.year == 2020 and not result.required.exists


@pytest.mark.parametrize(
    ("scope", "word"), [({}, "states no scope"), ({"zh-Hans": "规模以上", "en": "large firms"}, "differs")]
)
def test_gap_without_the_same_scope_is_not_assessable(scope, word):
    found = series({2023: 90, 2024: 95}, scope=SCOPE, targets=[target(100, 2025, scope=scope)])
    result = gap(found, found.target(2025))
    assert result.status == "not assessable" and word in result.reason["en"]
    assert result.refusal.method == "P"


def test_unstated_scope_still_shows_the_distance_and_another_scope_does_not():
    unstated = series({2024: 95}, targets=[target(100, 2025)])
    other = series({2024: 95}, scope=SCOPE, targets=[target(100, 2025, scope={"zh-Hans": "甲", "en": "another"})])
    assert gap(unstated, unstated.target(2025)).distance.exists
    assert not gap(other, other.target(2025)).distance.exists


def test_target_without_direction_is_not_assessable():
    found = held({2023: 90, 2024: 95}, target(100, 2025, bound="about"))
    assert "direction" in gap(found, found.target(2025)).reason["en"]
    directed = held({2023: 90, 2024: 95}, target(100, 2025, bound="about"), direction="up")
    assert gap(directed, directed.target(2025)).status == "on track"


def test_bound_as_latest_figure_is_not_assessable():
    found = held([row(2023, 90), row(2024, 95, bound="over")], target(100, 2025))
    assert gap(found, found.target(2025)).status == "not assessable"


UNMEASURED = {
    "bound": ([row(2023, 90), row(2024, 95, bound="over")], {}),
    "moment": ([row(2023, 90), row(2024, 95, as_at="2024-09")], {}),
    "part of the year": ([row(2024, 95, as_at="2024-01/2024-09")], {}),
    "points only": ({2023: 90, 2024: 95}, {"points_only": {"zh-Hans": "两家机构", "en": "two compilers"}}),
}


@pytest.mark.parametrize("case", UNMEASURED)
@pytest.mark.parametrize("scope", [SCOPE, {}])
def test_latest_figure_that_is_no_measure_of_a_year_gives_no_arithmetic(case, scope):
    values, entry = UNMEASURED[case]
    found = series(values, scope=SCOPE, targets=[target(100, 2025, scope=scope)], **entry)
    result = gap(found, found.target(2025))
    assert (result.required.exists, result.distance.exists, result.status) == (False, False, "not assessable")
    assert result.required.reason["en"] and result.required.reason["zh-Hans"]


@pytest.mark.parametrize("scope", [SCOPE, {}])
def test_latest_figure_beyond_the_target_asks_for_no_rate(scope):
    found = series({2023: 60, 2024: 74}, scope=SCOPE, targets=[target(30, 2025, scope=scope)])
    result = gap(found, found.target(2025))
    assert not result.required.exists and "reached" in result.required.reason["en"]
    assert result.distance.value == -44
    below = series({2024: 20}, scope=SCOPE, targets=[target(30, 2025, scope=scope)])
    assert gap(below, below.target(2025)).required.exists


def test_stock_that_passes_the_target_before_the_years_end_has_reached_it():
    found = held([row(2024, 105, as_at="2024-07")], target(100, 2030))
    assert gap(found, found.target(2030)).status == "reached"


def test_change_since_the_baseline_may_be_the_series_itself():
    aim = target(-13.5, 2025, unit="%", bound="at_most", baseline_year=2020)
    found = held({2024: -11.6}, aim, unit="%", kind="rate")
    result = gap(found, found.target(2025), cumulative=True)
    assert result.required.value == pytest.approx(-(1 - 0.865 / 0.884) * 100)
    assert result.distance.value == pytest.approx(-1.9)


def test_plan_reduction_with_missing_years_is_not_assessable():
    found = held({2022: -3.0}, target(-13.5, 2025, unit="%", baseline_year=2020), unit="%", kind="rate")
    assert "missing" in gap(found, found.target(2025)).reason["en"]


def test_target_for_the_rate_of_one_year_waits_for_that_year():
    found = held({2023: -1.0}, target(-3, 2024, unit="%", bound="at_most"), unit="%", kind="rate")
    assert "2024" in gap(found, found.target(2024)).reason["en"]
    done = held({2024: -3.8}, target(-3, 2024, unit="%", bound="at_most"), unit="%", kind="rate")
    assert gap(done, done.target(2024)).status == "reached"


def test_gap_to_an_absent_target_is_absent():
    found = series({2024: 1})
    result = gap(found, found.target(2030))
    assert result.status == "not assessable" and not result.required.exists and "2030" in result.reason["en"]
