"""The reference vectors of the brief, section 9, that these methods cover."""

import pytest

from greenbook.analysis.chaining import linked
from greenbook.analysis.gap import gap
from greenbook.analysis.growth import average_rate, growth
from greenbook.analysis.intensity import intensity
from greenbook.analysis.rates import (
    compound_rate,
    equal_annual_reduction,
    implied_denominator,
    intensity_change,
    mean_rate,
    remaining_reduction,
)
from series_by_hand import row, series, target

PAIRS = [
    ((14.6, -3.1), 5.4, 5.38, 5.75),
    ((14.4, -4.3), 4.6, 4.63, 5.05),
    ((14.0, -3.2), 5.0, 5.05, 5.40),
    ((16.7, -9.8), 2.6, 2.60, 3.45),
]


@pytest.mark.parametrize(("rates", "printed", "exact", "arithmetic"), PAIRS)
def test_rv_01_two_year_average_is_geometric(rates, printed, exact, arithmetic):
    found = mean_rate(rates)
    assert round(found, 2) == exact
    assert abs(found - printed) <= 0.0501
    assert abs(found - arithmetic) > 0.1
    published = series({2020: rates[1], 2021: rates[0]}, unit="%", kind="rate")
    assert average_rate(published, 2020, 2021).value == pytest.approx(found, rel=1e-11)


@pytest.mark.parametrize(("total", "rate"), [(14, 2.97), (13.5, 2.8589), (18, 3.8913)])
def test_rv_02_equal_annual_rate(total, rate):
    found = equal_annual_reduction(total, 5)
    assert found == pytest.approx(rate, abs=0.005 if total == 14 else 5e-5)
    assert compound_rate(100, 100 - total, 5) == pytest.approx(-found)


def test_rv_03_remaining_rate_of_the_plan():
    assert remaining_reduction(13.5, 1, (7.3, 3.8)) == pytest.approx(3.0023, abs=5e-5)


def test_rv_03_remaining_rate_through_the_gap():
    scope = {"scope": {"zh-Hans": "扣除原料用能和非化石能源", "en": "without feedstock and non-fossil energy"}}
    aim = target(-13.5, 2025, unit="%", bound="at_most", baseline_year=2020, **scope)
    to_date = series({2023: -7.3}, unit="%", kind="rate", id="plan_period", **scope)
    yearly = series({2024: -3.8}, unit="%", kind="rate", targets=[aim], **scope)
    found = gap(yearly, yearly.target(2025), progress=to_date)
    assert found.required.value == pytest.approx(-3.0023, abs=5e-5)
    assert found.required.text("zh-Hans") == "下降3.0%"
    assert found.status == "on track"


def test_rv_05_nominal_trap_is_refused():
    nominal = series({2015: 25002.79, 2016: 27894.02}, unit="CNY billion", id="gdp", price_basis="current")
    energy = series({2015: 8874.54, 2016: 10213.48}, unit="Mtce", id="energy")
    assert not growth(nominal).exists
    assert "现价" in growth(nominal).reason["zh-Hans"]
    assert growth(nominal, nominal=True).value == pytest.approx(11.56, abs=0.005)
    refused = intensity(energy, nominal, label={"zh": "能耗强度", "en": "Energy intensity"}, base=2015)
    assert refused.empty
    assert refused.refusals[0].method == "I"
    assert "constant" not in refused.refusals[0].reason["en"] and "current prices" in refused.refusals[0].reason["en"]


def test_rv_06_vintage_trap_is_refused():
    energy = series([row(2013, 3750, "2013 communique"), row(2014, 4260, "2014 communique")], unit="Mtce")
    found = growth(energy)
    assert not found.exists
    assert found.content.refusal.method == "G1"
    assert found.content.refusal.years == (2013, 2014)
    assert "2013" in found.reason["en"] and "2014" in found.reason["zh-Hans"]
    assert pytest.approx(4168.3, abs=0.05) == 4260 / 1.022
    forced = growth(energy, across_vintages={"zh": "两次公布数之比", "en": "a ratio of two releases"})
    assert forced.value == pytest.approx(13.6)
    assert forced.status == "approximate"
    assert forced.content.notes == ({"zh-Hans": "两次公布数之比", "en": "a ratio of two releases"},)


def test_rv_07_intensity_identity():
    assert implied_denominator(2.2, -0.1) == pytest.approx(2.3, abs=0.01)
    assert implied_denominator(14.6, -3.1) == pytest.approx(18.27, abs=0.005)
    assert intensity_change(14.6, 18.2663) == pytest.approx(-3.1, abs=1e-3)
    assert abs((14.6 - 18.27) - -3.1) > 0.5
    energy, output = (
        series({2019: 100.0, 2020: 114.6}, unit="Mtce", id="e"),
        series({2019: 100.0, 2020: 118.2663}, unit="CNY billion", id="y"),
    )
    index = intensity(energy, output, label={"zh": "强度", "en": "Intensity"}, base=2019)
    assert index.at(2020).value == pytest.approx(96.9, abs=1e-3)


def test_rv_26_linking_through_the_overlap():
    old = series({2018: 100, 2019: 106, 2020: 108}, unit="index", kind="index", id="old")
    new = series({2020: 100, 2021: 108.4, 2022: 111.7}, unit="index", kind="index", id="new")
    found = linked(old, new, 2020)
    assert found.years == (2018, 2019, 2020, 2021, 2022)
    assert found.at(2021).value == pytest.approx(117.072)
    assert found.at(2022).value == pytest.approx(120.636)
    assert found.at(2022).status == "derived"
