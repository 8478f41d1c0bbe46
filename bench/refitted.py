"""Forecasts and revisions computed again from the points that a value names.

Drift and Theta are written out here and Student's t is scipy's; simple and damped smoothing, which have no closed form,
are fitted again by the program's own module from the same inputs (`SIMULATED`: a check of the lineage, not the method).
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Sequence
from typing import Any

from scipy.optimize import minimize_scalar
from scipy.stats import t as student

from greenbook.analysis.smoothing import METHODS

FORECAST = re.compile(r"(naive|drift|ses|damped|theta) of (\S+), (middle|lower|upper)$")
SIMULATED = ("naive", "ses", "damped")
_REVISED = {
    "mean of L − P": lambda revised, first: statistics.fmean(revised),
    "mean of |L − P|": lambda revised, first: statistics.fmean(map(abs, revised)),
    "median of L − P": lambda revised, first: statistics.median(revised),
    "Σ|L − P| / Σ|P|": lambda revised, first: math.fsum(map(abs, revised)) / math.fsum(map(abs, first)),
    "standard deviation of L − P": lambda revised, first: statistics.stdev(revised),
    "share of L · P < 0": lambda revised, first: statistics.fmean(
        float(old * (old + step) < 0) for old, step in zip(first, revised, strict=True)),
}
Fitted = tuple[float, float, int]


def forecasts(formula: str, values: Sequence[float], ahead: int) -> list[float]:
    """What `formula` gives `ahead` years after `values`: as they are and, for shares of one, on their logit."""
    method, _, end = FORECAST.match(formula).groups()
    found = [_end(_fit(method, values, ahead), end)]
    if all(0 < value < 1 for value in values):
        logits = [math.log(value / (1 - value)) for value in values]
        found.append(1 / (1 + math.exp(-_end(_fit(method, logits, ahead), end))))
    return found


def revised(formula: str, inputs: Sequence[dict[str, Any]], numbers: Sequence[float]) -> float | None:
    """The measure of revision of the years' first and last releases; None where `formula` is none."""
    if formula not in _REVISED:
        return None
    years: dict[int, list[tuple[str, float]]] = {}
    for item, number in zip(inputs, numbers, strict=True):
        years.setdefault(item["year"], []).append((item["released"], number))
    pairs = [(min(releases)[1], max(releases)[1]) for releases in years.values()]
    return _REVISED[formula]([last - first for first, last in pairs], [first for first, _ in pairs])


def _end(fit: Fitted, end: str) -> float:
    """The middle, or an end of the 80 % interval, of (forecast, spread, degrees of freedom)."""
    middle, spread, freedom = fit
    return middle + {"middle": 0, "lower": -1, "upper": 1}[end] * float(student.ppf(0.9, freedom)) * spread


def _fit(method: str, values: Sequence[float], ahead: int) -> Fitted:
    if method in SIMULATED:
        fit = METHODS[method](values, ahead)
        return fit.forecasts[-1], fit.spreads[-1], fit.freedom
    return (_drift if method == "drift" else _theta)(values, ahead)


def _drift(values: Sequence[float], ahead: int) -> Fitted:
    """The line from the first to the last number (Hyndman and Athanasopoulos, 5.5)."""
    steps = len(values) - 1
    slope = (values[-1] - values[0]) / steps
    errors = [values[place + 1] - values[place] - slope for place in range(steps)]
    spread = math.sqrt(math.fsum(error**2 for error in errors) / (steps - 1))
    return values[-1] + ahead * slope, spread * math.sqrt(ahead * (1 + ahead / steps)), steps - 1


def _theta(values: Sequence[float], ahead: int) -> Fitted:
    """Simple exponential smoothing from the first number, with half the trend as drift (Hyndman and Billah, 2003)."""
    size = len(values)
    places = [0.0, 1.0, float(minimize_scalar(lambda alpha: _smoothed(values, alpha)[1], bounds=(0, 1),
                                              method="bounded", options={"xatol": 1e-12}).x)]
    alpha = min(places, key=lambda place: _smoothed(values, place)[1])
    level, squares = _smoothed(values, alpha)
    half = statistics.linear_regression(range(size), values).slope / 2
    weight = (1 - (1 - alpha) ** size) / alpha if alpha else size
    spread = math.sqrt(squares / (size - 3) * (1 + (ahead - 1) * alpha**2))
    return level + half * (ahead - 1 + weight), spread, size - 3


def _smoothed(values: Sequence[float], alpha: float) -> tuple[float, float]:
    level, squares = values[0], 0.0
    for value in values:
        squares += (value - level) ** 2
        level += alpha * (value - level)
    return level, squares
