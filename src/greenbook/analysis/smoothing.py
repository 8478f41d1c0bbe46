"""Forecast formulae on bare annual numbers: naive, drift, SES, damped Holt, Theta (brief, 8.3, F1).

Own code, because a kernel would wait seconds for a library that fits five numbers; the tests hold it to the reference
vector (RV-20) and to statsmodels. β is that of statsmodels: b_t = β(l_t − l_{t−1}) + (1 − β)φ b_{t−1}.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from greenbook.analysis.search import least

Numbers = Sequence[float]
LEAST = {"naive": 2, "drift": 3, "ses": 4, "damped": 8, "theta": 5}
COUNTS = {"ses": 3, "damped": 6}
PHI = (0.8, 0.98)


@dataclass(frozen=True)
class Fit:
    """A fitted method: forecasts for 1, 2 … years ahead, standard deviations of their errors, and the degrees of
    freedom that are left; `aicc` is None where the method has no likelihood here."""

    method: str
    forecasts: tuple[float, ...]
    spreads: tuple[float, ...]
    freedom: int
    parameters: tuple[float, ...] = ()
    aicc: float | None = None


def ses(values: Numbers, alpha: float, level: float | None = None) -> tuple[float, float]:
    """The last level and the sum of squared one-step errors; l_0 = x_1 where `level` is not given."""
    level, squares = values[0] if level is None else level, 0.0
    for value in values:
        error = value - level
        squares += error * error
        level += alpha * error
    return level, squares


def holt(
    values: Numbers, alpha: float, beta: float, phi: float = 1.0, start: tuple[float, float] | None = None
) -> tuple[float, float, float]:
    """The last level and slope and the sum of squared one-step errors; l_0 = x_1 and b_0 = x_2 − x_1 where `start` is
    not given."""
    level, slope = start or (values[0], values[1] - values[0])
    squares = 0.0
    for value in values:
        error = value - level - phi * slope
        squares += error * error
        level += phi * slope + alpha * error
        slope = phi * slope + alpha * beta * error
    return level, slope, squares


def best_level(values: Numbers, alpha: float) -> float:
    """The l_0 of least squares: the errors are linear in it."""
    level, weight, above, below = 0.0, 1.0, 0.0, 0.0
    for value in values:
        error = value - level
        above, below = above + weight * error, below + weight * weight
        level, weight = level + alpha * error, weight * (1 - alpha)
    return above / below


def best_start(values: Numbers, alpha: float, beta: float, phi: float) -> tuple[float, float]:
    """The (l_0, b_0) of least squares: the errors are linear in both."""
    bare = _errors(values, alpha, beta, phi, (0.0, 0.0))
    nought = [0.0] * len(values)
    one, two = (_errors(nought, alpha, beta, phi, unit) for unit in ((1.0, 0.0), (0.0, 1.0)))
    a, b, d = _dot(one, one), _dot(one, two), _dot(two, two)
    p, q, size = -_dot(one, bare), -_dot(two, bare), a * d - b * b
    return ((p * d - q * b) / size, (a * q - b * p) / size) if abs(size) > 1e-12 else (values[0], values[1] - values[0])


def _errors(values: Numbers, alpha: float, beta: float, phi: float, start: tuple[float, float]) -> list[float]:
    (level, slope), found = start, []
    for value in values:
        error = value - level - phi * slope
        found.append(error)
        level, slope = level + phi * slope + alpha * error, phi * slope + alpha * beta * error
    return found


def _squares(values: Numbers, place: tuple[float, ...]) -> float:
    alpha, beta, phi = place
    errors = _errors(values, alpha, beta, phi, best_start(values, alpha, beta, phi))
    return _dot(errors, errors)


def _dot(one: Numbers, two: Numbers) -> float:
    return math.fsum(a * b for a, b in zip(one, two, strict=True))


def naive(values: Numbers, horizon: int) -> Fit:
    """The last number; the errors are those of a random walk without drift."""
    steps = [b - a for a, b in pairwise(values)]
    spread = math.sqrt(math.fsum(step * step for step in steps) / len(steps))
    return Fit(
        "naive", (values[-1],) * horizon, tuple(spread * math.sqrt(h) for h in range(1, horizon + 1)), len(steps)
    )


def drift(values: Numbers, horizon: int) -> Fit:
    """x_n + h·(x_n − x_1)/(n − 1); spread s·√(h(1 + h/(n − 1))), s from the n − 1 differences, n − 2 degrees of
    freedom (RV-21)."""
    n = len(values)
    slope = (values[-1] - values[0]) / (n - 1)
    steps = [b - a - slope for a, b in pairwise(values)]
    spread = math.sqrt(math.fsum(step * step for step in steps) / (n - 2))
    ahead = range(1, horizon + 1)
    return Fit(
        "drift",
        tuple(values[-1] + h * slope for h in ahead),
        tuple(spread * math.sqrt(h * (1 + h / (n - 1))) for h in ahead),
        n - 2,
        (slope,),
    )


def fitted_ses(values: Numbers, horizon: int) -> Fit:
    """Simple exponential smoothing, α and l_0 by least squares; variance σ²(1 + (h − 1)α²)."""
    (alpha,), squares = least(lambda at: ses(values, at[0], best_level(values, at[0]))[1], [(0.0, 1.0)])
    n, start = len(values), best_level(values, alpha)
    spread = math.sqrt(squares / max(1, n - 2))
    return Fit(
        "ses",
        (ses(values, alpha, start)[0],) * horizon,
        tuple(spread * math.sqrt(1 + (h - 1) * alpha**2) for h in range(1, horizon + 1)),
        n - 2,
        (alpha,),
        _aicc(squares, n, COUNTS["ses"]),
    )


def fitted_damped(values: Numbers, horizon: int) -> Fit:
    """Damped Holt, α, β, φ, l_0 and b_0 by least squares; variance σ²(1 + Σ c_j²) with c_j = α + αβ*(φ + … + φ^j)."""
    bounds = [(0.0, 1.0), (0.0, 1.0), PHI]
    (alpha, beta, phi), squares = least(lambda at: _squares(values, at), bounds)
    level, slope, _ = holt(values, alpha, beta, phi, best_start(values, alpha, beta, phi))
    n, sums = len(values), [math.fsum(phi**j for j in range(1, h + 1)) for h in range(1, horizon + 1)]
    spread = math.sqrt(squares / max(1, n - 5))
    parts = [(alpha + alpha * beta * total) ** 2 for total in sums]
    return Fit(
        "damped",
        tuple(level + total * slope for total in sums),
        tuple(spread * math.sqrt(1 + math.fsum(parts[:h])) for h in range(horizon)),
        n - 5,
        (alpha, beta, phi),
        _aicc(squares, n, COUNTS["damped"]),
    )


def theta(values: Numbers, horizon: int) -> Fit:
    """The Theta method as SES with half the slope of the regression line as drift (Hyndman and Billah 2003)."""
    n = len(values)
    (alpha,), squares = least(lambda at: ses(values, at[0])[1], [(0.0, 1.0)])
    level, middle, mean = ses(values, alpha)[0], (n - 1) / 2, math.fsum(values) / n
    slope = math.fsum((t - middle) * (x - mean) for t, x in enumerate(values)) / math.fsum(
        (t - middle) ** 2 for t in range(n)
    )
    ahead, spread = range(1, horizon + 1), math.sqrt(squares / max(1, n - 3))
    weight = 1 / alpha - (1 - alpha) ** n / alpha if alpha > 1e-9 else float(n)
    return Fit(
        "theta",
        tuple(level + slope / 2 * (h - 1 + weight) for h in ahead),
        tuple(spread * math.sqrt(1 + (h - 1) * alpha**2) for h in ahead),
        n - 3,
        (alpha, slope),
    )


METHODS: dict[str, Callable[[Numbers, int], Fit]] = {
    "naive": naive,
    "drift": drift,
    "ses": fitted_ses,
    "damped": fitted_damped,
    "theta": theta,
}


def rolling_errors(values: Numbers, method: str, first: int) -> list[float]:
    """The absolute errors one year ahead, from `first` numbers on."""
    made = METHODS[method]
    return [abs(values[end] - made(values[:end], 1).forecasts[0]) for end in range(first, len(values))]


def _aicc(squares: float, n: int, count: int) -> float:
    """n ln(SSE/n) + 2k + 2k(k + 1)/(n − k − 1), all parameters, states and the variance counted in k."""
    if n - count - 1 <= 0:
        return math.inf
    return n * math.log(max(squares, 1e-300) / n) + 2 * count + 2 * count * (count + 1) / (n - count - 1)
