"""Why some methods are refused on short national series: the simulations behind the annex on methods, seeds fixed.

`python bench/method_evidence.py` prints the figures and writes them to `bench/method_evidence.json`, from which the
annex is printed. Takes about half a minute. A test runs one of them again and compares.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from statistics import NormalDist

import numpy
from scipy.optimize import linprog

from greenbook.analysis import rank, smoothing
from greenbook.analysis.comparison import mean_shift
from greenbook.analysis.forecast import interval
from greenbook.analysis.growthcurve import logistic
from greenbook.analysis.withheld import panel_needs

TARGET = Path(__file__).with_suffix(".json")
SEED, POINTS = 2025, 12
SUP_F = 8.85  # 5 % of sup-F, one parameter, 15 % trimmed at each end (Andrews 1993, table 1)
CEILING, NOISE, BOUND, SPEED = 0.85, 0.08, 5.0, 0.45


def main() -> int:
    """Runs all simulations, prints their figures and writes them."""
    found = {
        "seed": SEED,
        "points": POINTS,
        "frontier": frontier(),
        "coverage": coverage(),
        "mann_kendall": false_alarms(lambda walk: rank.p_value(walk) < 0.05),
        "sup_f": false_alarms(lambda walk: sup_f(walk) > SUP_F),
        "ceiling": ceilings(),
    }
    TARGET.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    print(TARGET.read_text("utf-8"))
    return 0


def frontier() -> dict[str, dict[str, float]]:
    """The share of units on the frontier of a directional distance function (constant returns, bad output weakly
    below): three inputs, a good and a bad output."""
    chance = numpy.random.default_rng(SEED)
    cases = {"years": (POINTS, 60, national), "6": (6, 80, panel), "20": (20, 20, panel), "30": (30, 15, panel)}
    found = {}
    for name, (units, runs, make) in cases.items():
        on = sum(efficient(*make(chance, units)) for _ in range(runs))
        found[name] = {"units": units, "needed": panel_needs(3, 2), "runs": runs, "share": round(on / runs / units, 3)}
    return found


def national(chance: numpy.random.Generator, years: int) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """Inputs, good and bad output of one country over years: trends with yearly shocks."""
    trends = numpy.array([0.07, 0.005, 0.03])
    inputs = numpy.exp(numpy.cumsum(trends + chance.normal(0, [0.02, 0.01, 0.02], (years, 3)), axis=0))
    good = inputs.prod(axis=1) ** (1 / 3) * numpy.exp(numpy.cumsum(chance.normal(0.02, 0.02, years)))
    bad = inputs[:, 2] * numpy.exp(numpy.cumsum(chance.normal(-0.015, 0.02, years)))
    return inputs, good, bad


def panel(chance: numpy.random.Generator, units: int) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """The same of as many sectors or provinces in one year: of different size, alike in their mix of inputs, with
    inefficiency in both outputs. The more alike, the fewer stand on the frontier: the shares fall with the number of
    units whatever is assumed, their height depends on it."""
    size = numpy.exp(chance.normal(0, 0.8, units))
    inputs = size[:, None] * numpy.exp(chance.normal(0, 0.2, (units, 3)))
    good = inputs.prod(axis=1) ** (1 / 3) * numpy.exp(-numpy.abs(chance.normal(0, 0.3, units)))
    bad = inputs[:, 2] * numpy.exp(numpy.abs(chance.normal(0, 0.3, units)))
    return inputs, good, bad


def efficient(inputs: numpy.ndarray, good: numpy.ndarray, bad: numpy.ndarray) -> int:
    """How many units have a distance of zero: max β with Yλ ≥ (1+β)y, Bλ ≤ (1−β)b, Xλ ≤ x, λ ≥ 0."""
    above = numpy.vstack([-good, bad, inputs.T])
    count = 0
    for unit in range(len(good)):
        own = numpy.array([good[unit], bad[unit], 0, 0, 0])
        limits = numpy.array([-good[unit], bad[unit], *inputs[unit]])
        solved = linprog([-1] + [0] * len(good), A_ub=numpy.column_stack([own, above]), b_ub=limits)
        count += -solved.fun < 1e-6
    return count


def coverage(runs: int = 4000) -> dict[str, list[float]]:
    """How often the nominal 80 % interval of the drift method holds the value 1, 3 and 5 years ahead."""
    chance, ahead = numpy.random.default_rng(SEED), (1, 3, 5)
    walks = numpy.cumsum(chance.normal(0.3, 1, (runs, POINTS + 5)), axis=1)
    held = numpy.zeros((2, 3))
    for walk in walks:
        fit = smoothing.drift(walk[:POINTS].tolist(), 5)
        ends, spread = interval(fit), fit.spreads[0] / math.sqrt(1 + 1 / (POINTS - 1))
        for place, h in enumerate(ahead):
            real = walk[POINTS - 1 + h]
            held[0, place] += abs(real - fit.forecasts[h - 1]) <= NormalDist().inv_cdf(0.9) * spread * math.sqrt(h)
            held[1, place] += ends[h - 1][0] <= real <= ends[h - 1][1]
    shares = (held / runs).round(3).tolist()
    return {"horizons": list(ahead), "normal": shares[0], "t": shares[1]}


def false_alarms(alarm, runs: int = 4000) -> dict[str, float]:
    """How often a test at 5 % rejects a series without trend or break, at autocorrelation 0 and 0.5."""
    found = {}
    for rho in (0.0, 0.5):
        chance = numpy.random.default_rng(SEED)
        noise = chance.normal(0, 1, (runs, POINTS + 50))
        walks = numpy.zeros_like(noise)
        for step in range(1, noise.shape[1]):
            walks[:, step] = rho * walks[:, step - 1] + noise[:, step]
        found[str(rho)] = round(sum(bool(alarm(walk[-POINTS:].tolist())) for walk in walks) / runs, 3)
    return found


def sup_f(walk: list[float]) -> float:
    """The largest F of one change of mean, 15 % trimmed at each end."""
    edge = math.ceil(0.15 * len(walk))
    return max(mean_shift(walk[:cut], walk[cut:])[2] for cut in range(edge, len(walk) - edge + 1))


def ceilings(runs: int = 300) -> list[dict[str, float]]:
    """The 10 % and 90 % points of the estimated ceiling of a logistic, by how far the data reach."""
    found = []
    for reach in (0.21, 0.43, 0.64):
        chance = numpy.random.default_rng(SEED)
        middle = math.log(CEILING / reach - 1) / SPEED
        years = [float(year) for year in range(1 - POINTS, 1)]
        true = numpy.array([logistic(year, CEILING, SPEED, middle) for year in years])
        tops = [estimated(years, (true * (1 + NOISE * chance.normal(size=POINTS)))) for _ in range(runs)]
        low, high = numpy.quantile(tops, (0.1, 0.9))
        found.append({"reach": reach, "true": CEILING, "low": round(float(low), 2), "high": round(float(high), 2)})
    return found


def estimated(years: list[float], values: numpy.ndarray) -> float:
    """The ceiling of the logistic with the least squared error, no higher than BOUND."""
    from scipy.optimize import least_squares

    def left(place: numpy.ndarray) -> numpy.ndarray:
        ceiling, speed, middle = place
        return ceiling / (1 + numpy.exp(-speed * (numpy.array(years) - middle))) - values

    start = [2 * values.max(), 0.4, 0.0]
    solved = least_squares(left, start, bounds=([values.max(), 0.01, -60], [BOUND, 3, 60]))
    return float(solved.x[0])


if __name__ == "__main__":
    sys.exit(main())
