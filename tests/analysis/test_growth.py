"""Growth, average growth and differences, and everything the gate refuses."""

import pytest

from greenbook.analysis.chaining import chained
from greenbook.analysis.contribution import contribution, pull
from greenbook.analysis.growth import average_rate, cagr, difference, growth, growth_series, multiple
from greenbook.analysis.intensity import intensity, ratio, summed
from series_by_hand import row, series

BREAK = [{"year": 2022, "reason": {"zh-Hans": "口径调整", "en": "scope changed"}}]
MIXED = {"zh-Hans": "三家机构", "en": "three compilers"}
FIRST = {"zh-Hans": "首次公布数", "en": "first-published values"}


def test_growth_of_one_vintage_carries_formula_and_inputs():
    found = growth(series({2023: 1000, 2024: 983}))
    assert found.value == pytest.approx(-1.7)
    assert found.text("zh-Hans") == "下降1.7%" and found.text("en") == "down 1.7%"
    assert found.content.formula == "x[2024] / x[2023] − 1"
    assert len(found.content.inputs) == 2 and found.content.period == "2024"


def test_growth_of_first_published_values_is_approximate_with_a_note():
    found = growth(series([row(2023, 100, ""), row(2024, 110, "")], first_published=FIRST))
    assert found.status == "approximate" and found.content.notes == (FIRST,)


REFUSED = {
    "missing": (series({2023: 1}), "2024"),
    "break": (series({2021: 1, 2024: 2}, breaks=BREAK), "2022"),
    "points only": (series({2021: 1, 2024: 2}, points_only=MIXED), "three compilers"),
    "bound": (series([row(2021, 1), row(2024, 2, bound="over")]), "2024"),
    "moment": (series([row(2021, 1), row(2024, 2, as_at="2024-09")]), "September"),
    "vintage unknown": (series([row(2021, 1, ""), row(2024, 2, "")]), "neither 2021 nor 2024 states"),
    "one vintage unknown": (series([row(2021, 1, "A"), row(2024, 2, "")]), "A; not stated"),
    "vintages differ": (series([row(2021, 1, "A"), row(2024, 2, "B")]), "A; B"),
    "current prices": (series({2021: 1, 2024: 2}, price_basis="current"), "current prices"),
    "zero base": (series({2021: 0, 2024: 2}), "2021"),
    "negative end": (series({2021: 3, 2024: -2}), "2024"),
    "share": (series({2021: 3, 2024: 2}, unit="%", kind="share"), "percentage points"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_growth_that_the_data_cannot_bear_is_refused_with_its_reason(case):
    held, word = REFUSED[case]
    for found in (growth(held, 2024, 2021), cagr(held, 2021, 2024)):
        assert not found.exists
        assert found.content.refusal.method == "G1" and found.content.refusal.indicators == ("x",)
        assert word in found.reason["en"]
        assert set(found.reason) == {"zh-Hans", "en"} and found.reason["zh-Hans"] != found.reason["en"]


def test_break_at_the_first_year_of_the_window_does_not_refuse():
    assert growth(series({2022: 1, 2024: 2}, breaks=BREAK), 2024, 2022).exists


def test_year_end_of_a_stock_is_the_same_moment_however_it_is_written():
    held = series(
        [
            row(2021, 1),
            row(2022, 2, as_at="2022-12"),
            row(2023, 4, as_at="2023-12-31"),
            row(2024, 5, as_at="2024-01/2024-12"),
        ]
    )
    assert growth_series(held).years == (2022, 2023, 2024)


def test_same_month_of_two_years_may_be_compared():
    assert growth(series([row(2023, 1, as_at="2023-06"), row(2024, 2, as_at="2024-06")])).value == pytest.approx(100)


def test_average_growth_counts_calendar_years_not_rows():
    found = cagr(series({2015: 100, 2017: 1, 2020: 150}), 2015, 2020)
    assert found.value == pytest.approx((1.5**0.2 - 1) * 100)
    assert found.content.period == "2015—2020"


def test_average_growth_over_no_period_is_refused():
    assert not cagr(series({2020: 1, 2024: 2}), 2024, 2020).exists


def test_growth_series_leaves_out_what_is_refused_and_says_why_once():
    found = growth_series(series({2019: 1, 2020: 2, 2021: 3, 2022: 4, 2023: 5}, breaks=BREAK))
    assert found.years == (2020, 2021, 2023)
    assert [(refusal.method, refusal.years) for refusal in found.refusals] == [("G1", (2022,))]
    assert found.kind == "rate" and found.latest.text("zh-Hans") == "增长25.0%"


def test_reason_in_one_language_only_is_an_error():
    with pytest.raises(ValueError, match="both languages"):
        growth(series([row(2023, 1, "A"), row(2024, 2, "B")]), across_vintages={"zh": "理由"})


def test_difference_of_shares_is_in_points():
    found = difference(series({2023: 18.0, 2024: 19.8}, unit="%", kind="share"))
    assert found.text("zh-Hans") == "提高1.8个百分点" and found.text("en") == "up 1.8 pp"
    assert found.unit == "pp" and found.content.period == "2024"


def test_difference_of_levels_is_an_amount_with_its_direction():
    found = difference(series({2023: 1000, 2024: 900}))
    assert found.text("zh-Hans") == "减少1.00亿吨" and found.text("en") == "down 100 Mt"


def test_difference_of_things_counted_has_their_counter():
    show, counter = {"zh-Hans": "Mt@0", "en": "Mt@0"}, {"zh-Hans": "家", "en": "works"}
    held = series({2023: 100, 2024: 222}, counter=counter, show=show)
    assert difference(held).text("zh-Hans") == "增加122家" and difference(held).text("en") == "up 122 works"


def test_break_whose_words_begin_with_a_year_is_told_without_another():
    dated = [{"year": 2022, "reason": {"zh-Hans": "2022年起按新标准", "en": "from 2022 on a new standard"}}]
    reason = growth(series({2021: 1, 2024: 2}, breaks=dated), 2024, 2021).reason
    assert "（2022年起按新标准）" in reason["zh-Hans"] and "(from 2022 on a new standard)" in reason["en"]
    assert "（2022年口径调整）" in growth(series({2021: 1, 2024: 2}, breaks=BREAK), 2024, 2021).reason["zh-Hans"]


def test_multiple_of_a_fall_is_refused():
    assert multiple(series({2015: 10, 2024: 21}), 2024, 2015).text("zh-Hans") == "2.1倍"
    assert "never a multiple" in multiple(series({2015: 10, 2024: 5}), 2024, 2015).reason["en"]


def test_average_of_published_rates_refuses_a_missing_year():
    rates = series({2021: 5.0, 2023: 3.0}, unit="%", kind="rate")
    assert average_rate(rates, 2021, 2023).content.refusal.years == (2022,)


def test_missing_years_in_a_row_are_named_as_a_span():
    held = average_rate(series({2019: 1.0, 2024: 3.0}, unit="%", kind="rate"), 2019, 2026).reason
    assert "2020—2023年、2025年、2026年" in held["zh-Hans"] and "2020–2023, 2025, 2026" in held["en"]


def test_break_is_told_with_the_earlier_year_first():
    reason = series({2020: 50, 2022: 70}, breaks=BREAK).index(2022).refusals[0].reason
    assert "2020—2022年" in reason["zh-Hans"] and "2020 and 2022" in reason["en"]


def test_chained_rates_run_both_ways_from_the_base():
    found = chained(series({2021: 10.0, 2022: -10.0}, unit="%", kind="rate"), 2021)
    assert found.years == (2020, 2021, 2022)
    assert found.values == pytest.approx((100 / 1.1, 100, 90))


def test_chained_index_is_comparable_with_itself_and_with_another():
    one = chained(series([row(2021, 10.0, ""), row(2022, -10.0, "")], unit="%", kind="rate", id="a"), 2020)
    other = chained(series([row(2021, 0.0, ""), row(2022, 10.0, "B")], unit="%", kind="rate", id="b"), 2020)
    assert growth(one, 2022, 2020).value == pytest.approx(-1)
    found = intensity(one, other, label={"zh": "比", "en": "Ratio"}, base=2020)
    assert found.years == (2020, 2021, 2022) and found.at(2022).value == pytest.approx(90)


def test_chained_levels_are_refused():
    assert chained(series({2021: 10.0, 2022: 11.0}), 2021).refusals[0].method == "G3"


def test_index_leaves_out_the_years_before_a_break():
    found = series({2020: 50, 2021: 55, 2022: 70, 2023: 84}, breaks=BREAK).index(2022)
    assert found.years == (2022, 2023) and found.values == pytest.approx((100, 120))
    assert found.refusals[0].method == "G3" and found.refusals[0].years == (2020, 2021)


def test_index_without_its_base_is_empty_with_the_reason():
    found = series({2020: 50}).index(2015)
    assert found.empty and "2015" in found.refusals[0].reason["en"]


def test_share_keeps_the_inputs_of_both_and_refuses_another_scope():
    scope = {"scope": {"zh-Hans": "规模以上", "en": "above designated size"}}
    part, whole = series({2024: 25}, id="a", **scope), series({2024: 100}, id="b", **scope)
    found = part.share_of(whole)
    assert found.latest.text("en") == "25.0%" and found.latest.content.form == "share"
    assert len(found.latest.content.inputs) >= 1 and found.origins == ("a", "b")
    other = series({2024: 100}, id="b", scope={"zh-Hans": "全国", "en": "national"})
    assert part.share_of(other).empty and part.share_of(other).refusals[0].method == "I"


def test_share_of_another_dimension_is_refused():
    assert series({2024: 1}).share_of(series({2024: 2}, unit="Mtce")).empty


def test_intensity_converts_units_exactly():
    energy, steel = series({2024: 500}, unit="Mtce", id="e"), series({2024: 1000}, id="s")
    found = intensity(energy, steel, label={"zh": "吨钢能耗", "en": "Energy per tonne"}, unit="kgce/t")
    assert found.latest.value == 500 and found.latest.text("en") == "500.0 kgce/t"


def test_intensity_takes_both_from_the_newest_common_edition():
    above = series(
        [row(2020, 10, "E1"), row(2021, 11, "E1"), row(2020, 12, "E2", released="2025-11-01")], id="a", unit="Mtce"
    )
    below = series([row(2020, 2, "E1"), row(2021, 2, "E1")], id="b")
    found = intensity(above, below, label={"zh": "强度", "en": "Intensity"}, unit="kgce/t")
    assert found.at(2020).value == 5000
    assert {point.vintage for point in found.points} == {"E1"}


def test_share_of_first_published_values_keeps_years_without_a_named_vintage():
    part = series([row(2021, 10, "M"), row(2022, 20, "")], id="a", first_published=FIRST)
    whole = series([row(2021, 20, "M"), row(2022, 80, "")], id="b", first_published=FIRST)
    found = part.share_of(whole)
    assert (found.years, found.values) == ((2021, 2022), (50, 25))


def test_intensity_without_unit_or_base_is_an_error():
    with pytest.raises(ValueError, match="unit="):
        intensity(series({2024: 1}), series({2024: 1}), label={"zh": "强度", "en": "Intensity"})


def test_sum_has_the_years_that_all_have():
    found = summed("ab", {"zh": "合计", "en": "Total"}, series({2023: 1, 2024: 2}, id="a"), series({2024: 3}, id="b"))
    assert found.years == (2024,) and found.values == (5,) and found.origins == ("a", "b")


def test_sum_of_different_things_is_refused():
    assert summed("ab", {"zh": "合计", "en": "Total"}, series({2024: 2}), series({2024: 3}, unit="Mtce")).refusals


def test_ratio_is_a_multiple():
    found = ratio(series({2024: 42}, id="a"), series({2024: 20}, id="b"), label={"zh": "倍数", "en": "Multiple"})
    assert found.latest.text("zh-Hans") == "2.1倍" and found.latest.content.form == "multiple"


def test_pull_and_contribution_of_a_part():
    part, whole = series({2023: 10, 2024: 12}, id="a"), series({2023: 100, 2024: 104}, id="b")
    assert pull(part, whole, 2024, 2023).value == pytest.approx(2)
    assert contribution(part, whole, 2024, 2023).text("zh-Hans") == "50.0%"


def test_contribution_to_a_standstill_is_refused():
    assert not contribution(series({2023: 10, 2024: 12}), series({2023: 100, 2024: 100.5}), 2024, 2023).exists
