"""The reference vectors RV-04 and RV-08 to RV-25 of the brief; those computed for it are computed another way here."""

import itertools
import math

import numpy
import pytest

from greenbook.analysis import growthcurve, lmdi, rank, smoothing, tapio, weighting
from greenbook.analysis.comparison import before_after, mean_shift
from greenbook.analysis.decomposition import lmdi as decomposed
from greenbook.analysis.forecast import interval
from greenbook.analysis.intensity import intensity
from greenbook.analysis.kaya import effects, kaya
from greenbook.analysis.learning import learning, wright
from greenbook.analysis.rates import compound_rate, growth_rate
from greenbook.analysis.revisions import revision_numbers, revisions
from greenbook.analysis.trend import trend
from series_by_hand import row, series

LABELS = [{"zh-Hans": f"因素{k}", "en": f"factor {k}"} for k in range(6)]


def test_rv_04_elasticity_of_a_municipal_plan(within):
    energy, output = (8874.54, 10213.48), (25002.79, 33459.37)
    within("RV-04", energy[1] - energy[0], 1338.94)
    changes = [growth_rate(*energy), growth_rate(*output)]
    within("RV-04", tapio.elasticity(*changes), 0.446, apart=5e-4)
    within("RV-04", [energy[0] / output[0], energy[1] / output[1]], [0.355, 0.305], apart=5e-4)
    within("RV-04", compound_rate(*output, 5), 6.0, apart=0.05)
    within("RV-04", tapio.decoupling_factor(*changes), 0.1400, apart=5e-5)
    assert tapio.state(*changes) == "weak decoupling"
    # the factor by hand: 1 − 0.30525 / 0.35494
    within("RV-04", tapio.decoupling_factor(*changes), 1 - (energy[1] / output[1]) / (energy[0] / output[0]))
    held = series(dict(zip((2015, 2020), energy, strict=True)), unit="Mtce", id="e"), series(
        dict(zip((2015, 2020), output, strict=True)), unit="CNY billion", id="y", price_basis="constant"
    )
    found = tapio.tapio(*held, 2015, 2020)
    assert found.state == "weak decoupling" and found.words["zh-Hans"] == "弱脱钩"
    within("RV-04", found.elasticity.number, tapio.elasticity(*changes))
    index = intensity(*held, label={"zh": "强度", "en": "Intensity"}, base=2015)
    within("RV-04", 1 - index.at(2020).number / 100, found.factor.number, tolerance=1e-9)


TAPIO = {
    (-2, 5): (-0.4, "strong decoupling"),
    (2, 5): (0.4, "weak decoupling"),
    (5, 5): (1.0, "expansive coupling"),
    (8, 5): (1.6, "expansive negative decoupling"),
    (5, -5): (-1.0, "strong negative decoupling"),
    (-2, -5): (0.4, "weak negative decoupling"),
    (-5, -5): (1.0, "recessive coupling"),
    (-8, -5): (1.6, "recessive decoupling"),
    (0, 5): (0.0, "weak decoupling"),
    (4, 5): (0.8, "expansive coupling"),
    (6, 5): (1.2, "expansive coupling"),
    (2.4, 3): (0.8, "expansive coupling"),
    (0, -5): (0.0, "weak negative decoupling"),
    (-4, -5): (0.8, "recessive coupling"),
    (-6, -5): (1.2, "recessive coupling"),
}


@pytest.mark.parametrize("changes", TAPIO)
def test_rv_08_tapio_states_and_boundaries(within, changes):
    e, state = TAPIO[changes]
    within("RV-08", tapio.elasticity(*changes), e, apart=1e-12)
    assert tapio.state(*changes) == state


def test_rv_08_standing_and_slow_drivers_have_no_state():
    assert tapio.state(3, 0) == "undefined"
    assert {tapio.state(3, change) for change in (0.99, -0.99, 1e-9)} == {"indeterminate"}
    assert tapio.state(3, 1) == "expansive negative decoupling"


YEARS = {
    1971: ((1, 10, 2), (4, 5, 3)),
    1972: ((4, 5, 3), (5, 6, 4)),
    1973: ((8, 2, 4), (5, 7, 5)),
    1974: ((10, 1, 5), (6, 8, 6)),
}
ADDITIVE = (
    (69.79006598, -9.455125793, 39.66505981),
    (42.96021467, -34.31902656, 50.3588119),
    (54.01064234, -9.021284671, 54.01064234),
)
MULTIPLICATIVE = (
    (1.761117821, 0.926191306, 1.379410116),
    (1.229284572, 0.847970248, 1.273773912),
    (1.208140223, 0.968911503, 1.208140223),
)


def test_rv_09_lmdi_of_two_categories_and_three_factors(within):
    levels = list(YEARS.values())
    assert [sum(math.prod(part) for part in level) for level in levels] == [80, 180, 239, 338]
    within("RV-09", lmdi.steps(levels), ADDITIVE)
    for (before, after), expected in zip(itertools.pairwise(levels), MULTIPLICATIVE, strict=True):
        within("RV-09", lmdi.multiplicative(before, after), expected)


def test_rv_09_through_indicators(within):
    """The same numbers as chains of levels: x1, x1·x2, x1·x2·x3 of each category."""
    chains = [
        [series({year: math.prod(parts[place][: k + 1]) for year, parts in YEARS.items()}, id=f"p{place}l{k}")
         for k in range(3)]
        for place in range(2)
    ]
    found = decomposed(chains, LABELS[:3], 1971, 1972)
    within("RV-09", [value.number for value in found.effects], ADDITIVE[0])
    within("RV-09", [value.number for value in found.multiples], MULTIPLICATIVE[0])
    assert found.effects[0].text("en") == "up 70 Mt" and found.change.number == 100


CHINA = (
    (1390.08, 59.04367375, 0.51892765, 0.002876626, 3.004500526, 2.07),
    (1395.38, 64.52073987, 0.521570193, 0.002743568, 3.053397862, 2.02),
    (2.961364, 69.032182, 3.952703, -36.853879, 12.562758, -19.027454),
    (761.984276581356, 794.6119504871361, 32.627674),
)
AMERICA = (
    (324.985538, 60.0622225, 0.771978857, 0.005817767, 7.352421075, 1.344564777),
    (326.687501, 62.99647129, 0.768904032, 0.005676565, 7.392394794, 1.333927521),
    (4.576585, 41.791423, -3.496806, -21.527776, 4.750688, -6.959238),
    (None, None, 19.134876),
)


@pytest.mark.parametrize("case", [CHINA, AMERICA], ids=["China", "United States"])
def test_rv_10_lmdi_of_six_factors(within, case):
    """The inputs are printed to nine or ten digits, the effects to six places; the totals bound what that allows."""
    before, after, expected, totals = case
    found = lmdi.additive([before], [after])
    within("RV-10", found, expected, tolerance=2e-6)
    within("RV-10", sum(found), totals[2], tolerance=2e-6)
    if totals[0]:
        within("RV-10", [math.prod(before), math.prod(after)], totals[:2], tolerance=2e-6)
    # another way to the same: the path x(s) = x_0 (x_T / x_0)^s, along which LMDI integrates V(s) ds
    s = (numpy.arange(20000) + 0.5) / 20000
    value = math.prod(before) * (math.prod(after) / math.prod(before)) ** s
    other = [math.log(new / old) * float(value.mean()) for old, new in zip(before, after, strict=True)]
    within("RV-10", found, other, tolerance=1e-8)


def test_rv_11_direct_and_chained_differ_and_both_close(within):
    levels = list(YEARS.values())
    direct = lmdi.additive(levels[0], levels[-1])
    chained = [sum(step) for step in zip(*lmdi.steps(levels), strict=True)]
    within("RV-11", direct, (134.3230, -7.0727, 130.7497), apart=6e-5)
    within("RV-11", chained, (166.7609, -52.7954, 144.0345), apart=6e-5)
    within("RV-11", chained, [sum(column) for column in zip(*ADDITIVE, strict=True)])  # by hand, from RV-09
    within("RV-11", [sum(direct), sum(chained)], [258, 258], tolerance=1e-12)


ZEROS = [
    ((0, 5, 0, 5), 5), ((5, 0, 5, 0), -5), ((0, 5, 3, 4), 0), ((5, 0, 3, 4), 0), ((0, 0, 3, 4), 0),
    ((0, 0, 0, 0), 0), ((0, 0, 3, 0), 0), ((0, 0, 0, 3), 0),
]  # fmt: skip


@pytest.mark.parametrize(("case", "expected"), ZEROS)
def test_rv_12_zeros_by_their_limits(within, case, expected):
    """Factor 1 is x_0 → x_T; a second factor makes V_0 → V_T of it, a third one keeps a part at zero where need be."""
    first, last, x0, xt = case
    others = [[v / x if x else (v if v else 7.0) for v, x in ((first, x0), (last, xt))]]
    before, after = (x0, others[0][0]), (xt, others[0][1])
    if first == last == 0 and x0 and xt:
        before, after = (x0, 0), (xt, 0)
    found = lmdi.additive([before], [after])[0]
    within("RV-12", found, expected, apart=1e-12)
    if first != last:  # the limit itself: a small number in place of the zero comes near it, slowly
        small = 1e-200
        near = lmdi.additive([[x or small for x in before]], [[x or small for x in after]])[0]
        assert abs(near - expected) < 0.05 * max(first, last)


def test_rv_13_kaya_on_round_numbers(within):
    before, after = (1400, 70, 0.50, 2.20), (1408, 88, 0.44, 2.05)
    found = effects(before, after)
    within("RV-13", found, (625.4649, 25119.6627, -14032.1146, -7751.6050), apart=5e-5)
    within("RV-13", sum(found), 3961.4080, tolerance=1e-12)
    within("RV-13", [-value for value in effects(after, before)], found, tolerance=1e-12)
    mean = (111761.408 - 107800) / math.log(111761.408 / 107800)  # by hand: one logarithmic mean, four logarithms
    within("RV-13", found, [mean * math.log(new / old) for old, new in zip(before, after, strict=True)])


def test_rv_13_kaya_through_indicators(within):
    both = ((1400, 70, 0.5, 2.2), (1408, 88, 0.44, 2.05))
    levels = [[math.prod(numbers[: k + 1]) for k in range(4)] for numbers in both]
    held = [series({2015: levels[0][k], 2020: levels[1][k]}, id=f"k{k}") for k in range(4)]
    found, expected = kaya(*held, 2015, 2020), (625.4649, 25119.6627, -14032.1146, -7751.6050)
    within("RV-13", [value.number for value in found.effects], expected, apart=5e-5)
    assert found.effects[2].text("zh-Hans").startswith("减少") and found.notes == ()


ENTROPY = [
    (7, 312, 1891, 6613, 163), (72, 88, 728, 941804, 1078), (10, 252, 2594, 3466, 117471),
    (10, 145, 980, 2371, 86329), (65, 54, 350, 501, 29897), (29, 48, 380, 912, 34051),
    (7, 476, 3300, 78470, 2212), (70, 87, 650, 733, 819000), (4, 86, 591, 3015, 103),
    (12, 79, 579, 3240, 96098), (21, 45, 261, 1253, 453), (1, 72, 530, 4333, 0.1048),
]  # fmt: skip


def test_rv_17_entropy_weights_go_to_what_is_skewed(within):
    from pymcdm.weights import entropy_weights

    found = weighting.entropy_weights(ENTROPY)
    within("RV-17", found, (0.104991, 0.069124, 0.071373, 0.449937, 0.304575), apart=5e-7)
    within("RV-17", found, list(map(float, entropy_weights(numpy.array(ENTROPY, float)))), tolerance=1e-9)
    assert found[3] + found[4] > 0.75


def test_rv_18_topsis_changes_its_winner_with_the_normalisation(within):
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    rows, weights = [(1, 3000), (2, 3750), (5, 4500)], (0.5, 0.5)
    minmax = weighting.topsis(rows, weights, (False, True), "minmax")
    vector = weighting.topsis(rows, weights, (False, True))
    within("RV-18", minmax, (0.500, 0.617, 0.500), apart=5e-4)
    within("RV-18", vector, (0.762, 0.722, 0.238), apart=5e-4)
    assert minmax.index(max(minmax)) != vector.index(max(vector))
    matrix, types = numpy.array(rows, float), numpy.array([-1, 1])
    within("RV-18", minmax, list(map(float, TOPSIS()(matrix, numpy.array(weights), types))), tolerance=1e-9)
    theirs = TOPSIS(normalization_function=vector_normalization)(matrix, numpy.array(weights), types)
    # theirs reflects costs as 1 − x, which leaves all distances as ours are
    within("RV-18", vector, list(map(float, theirs)), tolerance=1e-9)


MK = (1.2, 1.5, 1.4, 1.9, 2.3, 2.2, 2.8, 3.1, 3.0, 3.6)


def test_rv_19_mann_kendall_and_sen(within):
    from pymannkendall import original_test

    s, z = rank.score(MK), rank.z_score(rank.score(MK), rank.variance(MK))
    within("RV-19", [s, rank.variance(MK)], [39, 125])
    within("RV-19", [z, rank.tau(MK)], [3.398823, 0.866667])
    within("RV-19", rank.normal_p(z), 0.000677, apart=5e-7)
    within("RV-19", rank.p_value(MK), 0.000115, apart=5e-7)
    within("RV-19", rank.sen(range(10), MK), [0.266667, 1.05], tolerance=2e-6)
    theirs = original_test(MK)
    within("RV-19", [s, z, rank.normal_p(z), *rank.sen(range(10), MK)],
           [theirs.s, theirs.z, theirs.p, theirs.slope, theirs.intercept], tolerance=1e-9)
    found = trend(series({2010 + place: value for place, value in enumerate(MK)}))
    within("RV-19", [found.slope.number, found.p.number], [0.266667, 0.000115], tolerance=5e-3)


def test_rv_19_exact_critical_values(within):
    assert [rank.critical(n) for n in (4, 5, 6, 8, 10, 12, 15)] == [None, 10, 13, 18, 23, 30, 41]
    within("RV-19", rank.exact_p(6, 4), 2 / 24)
    for n in (5, 6):  # another way: all orders of n numbers
        scores = [rank.score(order) for order in itertools.permutations(range(n))]
        for s in set(map(abs, scores)):
            within("RV-19", rank.exact_p(s, n), sum(abs(score) >= s for score in scores) / len(scores), tolerance=1e-12)


OIL = (446.6565229, 454.4733065, 455.662974, 423.6322388, 456.2713279, 440.5880501,
       425.3325201, 485.1494479, 506.0481621, 526.7919833, 514.268889, 494.2110193)  # fmt: skip
AIR = (17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.577569, 33.477398,
       39.021581, 41.386432, 41.596552)  # fmt: skip


def test_rv_20_exponential_smoothing(within):
    within("RV-20", smoothing.ses(OIL, 0.2)[0], 484.802468)
    within("RV-20", smoothing.ses(OIL, 0.6)[0], 501.837461)
    fit = smoothing.fitted_ses(OIL, 1)
    within("RV-20", fit.parameters[0], 0.891998, apart=1e-4)
    within("RV-20", fit.forecasts[0], 496.493543, apart=1e-4)
    level, slope, _ = smoothing.holt(AIR, 0.8, 0.2)
    within("RV-20", [level + h * slope for h in range(1, 6)], (43.76, 45.59, 47.43, 49.27, 51.10), apart=0.005)
    (phi,), _ = smoothing.least(lambda at: smoothing._squares(AIR, (0.8, 0.2, at[0])), [(0.5, 0.999)])
    level, slope, _ = smoothing.holt(AIR, 0.8, 0.2, phi, smoothing.best_start(AIR, 0.8, 0.2, phi))
    found = [level + slope * sum(phi**j for j in range(1, h + 1)) for h in range(1, 6)]
    within("RV-20", found, (42.85, 43.81, 44.66, 45.41, 46.06), apart=0.01)


def test_rv_21_drift_interval_covers_what_it_says(within):
    """4,000 random walks with drift on 12 points. The t interval is exact here, so 0.80 is what it must come to; the
    vector is one draw of it, and ours another, whose seed is fixed."""
    from statistics import NormalDist

    chance, n, ahead = numpy.random.default_rng(2025), 12, (1, 3, 5)
    walks = numpy.cumsum(chance.normal(0.3, 1, (4000, n + 5)), axis=1)
    inside = {"t": numpy.zeros(3), "normal": numpy.zeros(3)}
    for walk in walks:
        fit = smoothing.drift(walk[:n].tolist(), 5)
        ends, spread = interval(fit), fit.spreads[0] / math.sqrt(1 + 1 / (n - 1))
        plain = NormalDist().inv_cdf(0.9) * spread
        for place, h in enumerate(ahead):
            real, middle = walk[n - 1 + h], fit.forecasts[h - 1]
            inside["t"][place] += ends[h - 1][0] <= real <= ends[h - 1][1]
            inside["normal"][place] += abs(real - middle) <= plain * math.sqrt(h)
    within("RV-21", (inside["t"] / 4000).tolist(), (0.812, 0.800, 0.808), apart=0.02)
    assert all(abs(share / 4000 - 0.8) < 0.02 for share in inside["t"])
    within("RV-21", (inside["normal"] / 4000).tolist(), (0.766, 0.718, 0.696), apart=0.02)


def test_rv_22_bass(within):
    p, q = 0.03, 0.38
    peak = growthcurve.bass_peak(p, q)
    within("RV-22", [peak, growthcurve.bass_share(peak, p, q), growthcurve.bass_rate(peak, p, q)],
           (6.192619, 0.460526, 0.110592), apart=5e-7)
    found = [growthcurve.bass_share(t, p, q) for t in range(1, 6)]
    within("RV-22", found, (0.0358, 0.0851, 0.1505, 0.2332, 0.3312), apart=5e-5)
    from scipy.integrate import solve_ivp  # another way: its differential equation

    solved = solve_ivp(lambda t, share: (p + q * share) * (1 - share), (0, 5), [0.0], t_eval=range(1, 6),
                       rtol=1e-10, atol=1e-12)
    within("RV-22", found, solved.y[0].tolist(), tolerance=1e-7)


def test_rv_23_wright(within):
    output, cost = (1, 2, 4, 8, 16), (100, 80, 64, 51.2, 40.96)
    found = wright(output, cost)
    within("RV-23", [found.slope, found.rate()], (-0.321928, 0.2), tolerance=1e-6)
    within("RV-23", found.slope, float(numpy.polyfit(numpy.log(output), numpy.log(cost), 1)[0]), tolerance=1e-9)
    years = range(2010, 2015)
    price, made = (series(dict(zip(years, row, strict=True)), id=name) for name, row in (("c", cost), ("q", output)))
    held = learning(price, made, world=True)
    within("RV-23", held.rate.number, 20.0, tolerance=1e-9)
    assert held.rate.text("en") == "20.0%" and held.doublings.number == pytest.approx(4)


def test_rv_24_nile(within):
    import ruptures
    from statsmodels.datasets import nile

    flow = nile.load_pandas().data["volume"].to_numpy(float)
    place = ruptures.Dynp(model="l2", min_size=10, jump=1).fit(flow).predict(n_bkps=1)[0]
    assert place == 28
    first, last, f = mean_shift(flow[:place].tolist(), flow[place:].tolist())
    within("RV-24", [first, last], (1097.75, 849.972), apart=5e-4)
    within("RV-24", f, 75.93, apart=5e-3)
    held = series({1871 + at: float(value) for at, value in enumerate(flow)})
    found = before_after(held, 1899)
    within("RV-24", [found.before.number, found.after.number, found.f.number], [first, last, f], tolerance=1e-9)
    assert any("no effect" in note["en"] for note in found.notes)


def test_rv_25_revisions(within):
    first, last = (2.0, 3.1, -0.5, 4.2), (2.4, 3.0, 0.1, 4.9)
    found = revision_numbers(first, last)
    within("RV-25", [found.mean, found.mean_absolute, found.relative, found.deviation, found.root_mean_square],
           (0.400, 0.450, 0.183673, 0.355903, 0.504975), tolerance=3e-6)
    steps = numpy.subtract(last, first)
    within("RV-25", [found.deviation, found.root_mean_square],
           [float(steps.std(ddof=1)), float(math.sqrt((steps**2).mean()))], tolerance=1e-12)
    rows = [row(2015 + at, value, vintage, released=day) for vintage, day, values in
            (("A", "2022-01-31", (*first, 5.0, 6.0)), ("B", "2023-01-31", (*last, 5.0, 6.3)))
            for at, value in enumerate(values)]
    held = revisions(series(rows))
    assert held.exists and held.revised.years == tuple(range(2015, 2021))
    within("RV-25", held.mean_absolute.number, (1.8 + 0.3) / 6, tolerance=1e-9)
