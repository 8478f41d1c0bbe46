"""What holds for every input: no residual, symmetry, one state, invariance to units, wider intervals, the gate."""

import itertools
import math

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from greenbook.analysis import lmdi, scoring, smoothing, tapio
from greenbook.analysis.diffusion import diffusion
from greenbook.analysis.forecast import FURTHEST, NEEDED, forecast, interval
from greenbook.analysis.growth import cagr
from greenbook.analysis.learning import learning
from greenbook.analysis.rates import compound_rate
from greenbook.analysis.trend import LEAST, trend
from greenbook.analysis.withheld import LEAST as HOUSE_RULE
from greenbook.analysis.withheld import withheld
from series_by_hand import series

AMOUNT = st.floats(1e-3, 1e6) | st.just(0.0)
PLUS = st.floats(1e-2, 1e5)
CHANGE = st.floats(-1e6, 1e6, allow_nan=False)


def parts(count, factors, number=PLUS):
    return st.lists(st.lists(number, min_size=factors, max_size=factors), min_size=count, max_size=count)


@st.composite
def pairs(draw, number=PLUS):
    count, factors = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return draw(parts(count, factors, number)), draw(parts(count, factors, number))


def total(level):
    return math.fsum(math.prod(part) for part in level)


@given(pairs(AMOUNT))
def test_lmdi_leaves_no_residual_with_zeros_or_without(pair):
    before, after = pair
    change = total(after) - total(before)
    assert sum(lmdi.additive(before, after)) == pytest.approx(change, abs=1e-9 * (total(after) + total(before)))


@given(pairs())
def test_lmdi_multiplies_to_the_ratio_of_totals(pair):
    before, after = pair
    assert math.prod(lmdi.multiplicative(before, after)) == pytest.approx(total(after) / total(before), rel=1e-9)


@given(pairs())
def test_lmdi_is_symmetric_in_time(pair):
    before, after = pair
    scale = total(before) + total(after)
    back = [-effect for effect in lmdi.additive(after, before)]
    assert lmdi.additive(before, after) == pytest.approx(back, abs=1e-9 * scale)


@given(pairs())
def test_lmdi_aggregates_consistently(pair):
    """The effects of all parts are the sums of the effects of each part alone."""
    before, after = pair
    alone = [lmdi.additive([old], [new]) for old, new in zip(before, after, strict=True)]
    scale = total(before) + total(after)
    assert lmdi.additive(before, after) == pytest.approx(
        [math.fsum(row) for row in zip(*alone, strict=True)], abs=1e-9 * scale
    )


@given(PLUS, PLUS, st.integers(2, 9), st.integers(1, 8))
def test_average_growth_over_a_gap_is_the_chain_of_its_pieces(first, last, span, cut):
    assume(cut < span)
    middle = math.sqrt(first * last)
    one, two = compound_rate(first, middle, cut), compound_rate(middle, last, span - cut)
    chain = (1 + one / 100) ** cut * (1 + two / 100) ** (span - cut)
    found = cagr(series({2000: first, 2000 + span: last}), 2000, 2000 + span)
    assert (1 + found.number / 100) ** span == pytest.approx(chain, rel=1e-8)


@given(CHANGE, CHANGE)
def test_tapio_gives_every_pair_of_finite_numbers_exactly_one_state(pressure, driver):
    found = tapio.state(pressure, driver)
    e = tapio.elasticity(pressure, driver) if driver else math.nan
    rows = {
        "undefined": driver == 0,
        "indeterminate": 0 < abs(driver) < 1,
        "strong decoupling": driver >= 1 and e < 0,
        "weak decoupling": driver >= 1 and 0 <= e < 0.8,
        "expansive coupling": driver >= 1 and 0.8 <= e <= 1.2,
        "expansive negative decoupling": driver >= 1 and e > 1.2,
        "strong negative decoupling": driver <= -1 and e < 0,
        "weak negative decoupling": driver <= -1 and 0 <= e < 0.8,
        "recessive coupling": driver <= -1 and 0.8 <= e <= 1.2,
        "recessive decoupling": driver <= -1 and e > 1.2,
    }
    assert [state for state, holds in rows.items() if holds] == [found] and set(rows) == set(tapio.STATES)


@given(CHANGE, CHANGE, st.floats(0, 50), st.floats(0, 50))
def test_tapio_within_a_margin_is_the_state_or_none(pressure, driver, one, two):
    assert tapio.state_within(pressure, driver, (one, two)) in {tapio.state(pressure, driver), "indeterminate"}


@given(st.integers(0, 2**32), st.lists(st.floats(1e-3, 1e3), min_size=12, max_size=12))
def test_index_and_its_draws_do_not_depend_on_units(seed, factors):
    chance = numpy.random.default_rng(seed)
    rows = chance.uniform(10, 100, (12, 10))
    goals, groups = rows[:, 0] * chance.choice((0.5, 2.0), 12), [place // 4 for place in range(12)]
    first = scoring.board(rows, rows, 0, goals, groups)
    scale = numpy.asarray(factors)
    second = scoring.board(rows * scale[:, None], rows * scale[:, None], 0, goals * scale, groups)
    assert scoring.published(first) == pytest.approx(scoring.published(second), rel=1e-6, abs=1e-6)
    assert scoring.draw(first, 50) == pytest.approx(scoring.draw(second, 50), rel=1e-6, abs=1e-6)


@given(st.integers(0, 2**32))
def test_index_is_zero_in_the_base_year_and_a_hundred_at_the_goals(seed):
    chance = numpy.random.default_rng(seed)
    rows = chance.uniform(10, 100, (12, 10))
    goals = rows[:, 0] * 2
    rows[:, -1] = goals
    found = scoring.draw(scoring.board(rows, rows, 0, goals, [place % 3 for place in range(12)]), 60)
    assert found[:, 0] == pytest.approx(numpy.zeros(60), abs=1e-9)
    assert found[:, -1] == pytest.approx(numpy.full(60, 100.0), rel=1e-9)


@given(st.lists(st.floats(-50, 50), min_size=NEEDED, max_size=20), st.sampled_from(list(smoothing.METHODS)))
def test_intervals_widen_with_the_horizon(values, method):
    widths = [high - low for low, high in interval(smoothing.METHODS[method](values, FURTHEST))]
    assert all(late >= early - 1e-9 for early, late in itertools.pairwise(widths))


SHAPE = st.tuples(st.integers(1, 16), st.sampled_from([0, 3]), st.booleans(), st.sampled_from(["", "current"]))


@given(SHAPE, st.integers(0, 5))
def test_the_gate_never_runs_what_its_table_refuses(shape, horizon):
    """Series of any length, with or without a gap, a break, current prices: what may run is counted here."""
    length, gap, broken, prices = shape
    values = {
        2000 + place: 100 + 3.0 * place + (place * 7) % 5 for place in range(length) if not (gap and place == gap)
    }
    change = [{"year": 2000 + length // 2 + 1, "reason": {"zh-Hans": "口径", "en": "scope"}}]
    held = series(values, price_basis=prices, breaks=change if broken and length > 3 else [])
    comparable = prices != "current" and not held.breaks
    unbroken = max(held.years) - min(held.years) + 1 == len(held.years)
    made = forecast(held, horizon)
    assert made.exists == (comparable and unbroken and len(values) >= NEEDED and 1 <= horizon <= FURTHEST)
    found = trend(held)
    assert found.exists == (comparable and len(values) >= 3)
    assert found.p.exists == (comparable and len(values) >= LEAST)
    assert not learning(held, held).exists  # a national price
    for result in (made, found):
        assert result.exists or (set(result.reason) == {"zh-Hans", "en"} and result.refusal.indicators == ("x",))
    for method in ("E", *HOUSE_RULE):
        assert withheld(method, held).content.refusal.method == method


@given(st.floats(0.2, 0.45), st.floats(0.2, 0.6))
def test_no_curve_is_drawn_before_the_inflection(reach, speed):
    """A clean logistic with a ceiling of 90 %, cut while it is below half of it, is refused; a stated ceiling runs."""
    years = range(2010, 2021)
    middle = 2020 + math.log(1 / reach - 1) / speed
    share = {year: 90 / (1 + math.exp(-speed * (year - middle))) for year in years}
    noisy = {year: value * (1 + 0.05 * (-1) ** year) for year, value in share.items()}
    held = series(noisy, unit="%", kind="share")
    assert diffusion(held).refusal is not None and diffusion(held).refusal.method == "D"
    found = diffusion(held, [70, 90, 100])
    assert found.exists and all(low <= high for low, high in zip(found.lower.values, found.upper.values, strict=True))
