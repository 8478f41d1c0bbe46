"""Indicator and Value: selection, gaps, lineage."""

import pytest

from series_by_hand import row, series, target


def test_newest_vintage_holds_a_year():
    held = series(
        [
            row(2020, 1, "A", released="2021-01-01"),
            row(2020, 2, "B", released="2022-01-01"),
            row(2019, 9, "A", released="2021-01-01"),
        ]
    )
    assert held.values == (9, 2) and held.vintages == ("A", "B")
    assert held.vintage("A").values == (9, 1) and held.vintage("C").empty


def test_projection_is_never_an_observation():
    held = series(
        [row(2024, 1), row(2025, 2, status="projected"), row(2024, 5, "Z", status="projected", released="2026-01-01")]
    )
    assert held.years == (2024,) and held.latest.value == 1
    assert held.projections.years == (2025,) and held.projections.latest.status == "projected"


def test_part_of_a_year_stands_apart_from_whole_years():
    held = series(
        [row(2023, 100), row(2024, 110), row(2025, 60, as_at="2025-01/2025-06"), row(2025, 90, as_at="2025-01/2025-09")]
    )
    assert held.years == (2023, 2024)
    assert held.part(2025).text("zh-Hans") == "1—9月0.90亿吨"


def test_series_of_parts_only_keeps_them():
    held = series([row(2024, 50, as_at="2024-01/2024-09"), row(2025, 60, as_at="2025-01/2025-09")])
    assert held.years == (2024, 2025)


def test_lookup_outside_the_data_is_a_gap_with_its_year():
    gap = series({2024: 1}).at(2030)
    assert (
        not gap.exists
        and gap.reason["zh-Hans"].endswith("没有2030年的数据")
        and gap.record("x").refusal.method == "gap"
    )


def test_empty_indicator_answers_everything():
    held = series([])
    assert (
        held.empty
        and held.last_year is None
        and held.years == ()
        and not held.latest.exists
        and not held.highest.exists
    )


def test_value_prints_itself_in_both_languages():
    value = series({2024: 1005.0913}).latest
    assert value.text("zh-Hans") == "10.05亿吨" and value.text("en") == "1,005 Mt"
    assert value.shown_as({"zh-Hans": "万吨@0", "en": "Mt@1"}).text("zh-Hans") == "100509万吨"
    with pytest.raises(ValueError, match="no unit"):
        value.shown_as({"en": "GW@0"})


def test_target_is_a_value_with_its_document():
    held = series({2024: 1}, targets=[target(300, 2025, bound="strive")])
    aim = held.target(2025)
    assert aim.text("zh-Hans") == "力争达到3亿吨" and aim.record("t").inputs == ("target:t2025",)
    assert aim.target.document["zh-Hans"] == "规划（国发〔2024〕12号）"
    assert not held.target(2030).exists and [value.year for value in held.targets] == [2025]


def test_target_has_the_digits_of_its_document_and_no_more_than_the_series():
    texts = [series({2024: 1}, targets=[target(number, 2025)]).target(2025).text("zh-Hans") for number in (320, 325)]
    assert texts == ["不低于3.2亿吨", "不低于3.25亿吨"]


def test_regions_are_apart():
    held = series([row(2024, 1), {**row(2024, 7), "region": "CN-BJ", "key": "k2"}])
    assert held.latest.value == 1 and held.regions == ("CN", "CN-BJ") and held.region("CN-BJ").latest.value == 7
    assert held.region("CN-TJ").empty


def test_series_is_plain_pandas():
    import pandas

    found = series({2023: 1, 2024: 2}).series
    assert type(found) is pandas.Series and list(found.index) == [2023, 2024]


def test_looks_show_unit_vintage_and_breaks():
    html = series({2024: 1}, breaks=[{"year": 2020, "reason": {"zh-Hans": "口径调整", "en": "scope"}}])._repr_html_()
    assert "口径调整" in html and "T1" in html and "Mt" in html
