"""The vectors that other tests of this stage assert by their own words, with their errors kept for the summary."""

from greenbook.analysis.chaining import linked
from greenbook.analysis.growth import growth
from greenbook.analysis.rates import (
    equal_annual_reduction,
    implied_denominator,
    intensity_change,
    mean_rate,
    remaining_reduction,
)
from series_by_hand import row, series


def test_rv_01_means_are_geometric_to_the_second_place(within):
    found = [mean_rate(rates) for rates in ((14.6, -3.1), (14.4, -4.3), (14.0, -3.2), (16.7, -9.8))]
    within("RV-01", found, (5.38, 4.63, 5.05, 2.60), apart=0.005)


def test_rv_02_equal_rates_multiply_back_to_the_total(within):
    within("RV-02", [equal_annual_reduction(total, 5) for total in (13.5, 18)], (2.8589, 3.8913), apart=5e-5)
    within(
        "RV-02",
        [1 - (1 - equal_annual_reduction(total, 5) / 100) ** 5 for total in (14, 13.5, 18)],
        (0.14, 0.135, 0.18),
    )


def test_rv_03_the_remaining_rate_closes_the_plan(within):
    found = remaining_reduction(13.5, 1, (7.3, 3.8))
    within("RV-03", found, 3.0023, apart=5e-5)
    within("RV-03", 1 - (1 - 0.073) * (1 - 0.038) * (1 - found / 100), 0.135)


def test_rv_05_the_ratio_of_current_prices_is_no_growth(within):
    nominal = series({2015: 25002.79, 2016: 27894.02}, unit="CNY billion", price_basis="current")
    within("RV-05", growth(nominal, nominal=True).number, 11.56, apart=0.005)
    assert not growth(nominal).exists


def test_rv_06_the_implied_revision_of_the_vintage_trap(within):
    within("RV-06", [42.6 / 1.022, (42.6 / 1.022 / 37.5 - 1) * 100], (41.683, 11.15), apart=0.006)
    energy = series([row(2013, 3750, "A"), row(2014, 4260, "B")], unit="Mtce")
    within("RV-06", growth(energy, across_vintages={"zh": "两次", "en": "two"}).number, 13.6, apart=1e-9)
    assert not growth(energy).exists


def test_rv_07_intensity_is_a_quotient_of_growth_factors(within):
    within("RV-07", implied_denominator(14.6, -3.1), 18.27, apart=0.005)
    within("RV-07", intensity_change(14.6, implied_denominator(14.6, -3.1)), -3.1, tolerance=1e-12)
    assert abs((14.6 - implied_denominator(14.6, -3.1)) - -3.1) > 0.5


def test_rv_26_linking_by_hand(within):
    old = series({2018: 100, 2019: 106, 2020: 108}, unit="index", kind="index", id="old")
    new = series({2020: 100, 2021: 108.4, 2022: 111.7}, unit="index", kind="index", id="new")
    within("RV-26", linked(old, new, 2020).values[-2:], (117.072, 120.636))
