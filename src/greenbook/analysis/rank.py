"""Mann–Kendall and Sen on bare numbers: S, its exact distribution, slopes and their interval (brief, 8.3, M)."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise

EXACT = 15


def score(values: Sequence[float]) -> int:
    """S = Σ_{i<j} sgn(x_j − x_i)."""
    return sum((late > early) - (late < early) for early, late in combinations(values, 2))


@cache
def inversions(n: int) -> tuple[int, ...]:
    """How many orders of n different numbers have 0, 1, 2 … inversions (the Mahonian numbers)."""
    row = [1]
    for size in range(2, n + 1):
        fresh = [0] * (len(row) + size - 1)
        for place, count in enumerate(row):
            for shift in range(size):
                fresh[place + shift] += count
        row = fresh
    return tuple(row)


def exact_p(s: int, n: int) -> float:
    """The two-sided p of |S| ≥ |s| for n different numbers in random order: S = n(n − 1)/2 − 2·inversions."""
    counts, most = inversions(n), n * (n - 1) // 2
    beyond = sum(count for place, count in enumerate(counts) if abs(most - 2 * place) >= abs(s))
    return min(1.0, beyond / math.factorial(n))


def critical(n: int, level: float = 0.05) -> int | None:
    """The smallest |S| whose two-sided exact p is at most `level`; None where even the largest is above it."""
    most = n * (n - 1) // 2
    return next((s for s in range(most % 2, most + 1, 2) if exact_p(s, n) <= level), None)


def variance(values: Sequence[float]) -> float:
    """Var S, corrected for ties."""
    n = len(values)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    return (n * (n - 1) * (2 * n + 5) - ties) / 18


def z_score(s: int, spread: float) -> float:
    """Z with the correction for continuity."""
    return 0.0 if s == 0 or spread <= 0 else (s - math.copysign(1, s)) / math.sqrt(spread)


def normal_p(z: float) -> float:
    """The two-sided p of a standard normal."""
    return math.erfc(abs(z) / math.sqrt(2))


def p_value(values: Sequence[float]) -> float:
    """Exact for up to 15 numbers without ties, else by the normal approximation."""
    n, s = len(values), score(values)
    if n <= EXACT and len(set(values)) == n:
        return exact_p(s, n)
    return normal_p(z_score(s, variance(values)))


def tau(values: Sequence[float]) -> float:
    """Kendall's τ: S over its largest value."""
    n = len(values)
    return score(values) / (n * (n - 1) / 2)


def slopes(years: Sequence[float], values: Sequence[float]) -> list[float]:
    """All slopes between two points, rising."""
    points = list(zip(years, values, strict=True))
    return sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))


def sen(years: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """The slope (median of all) and the intercept (median value less slope × median year)."""
    slope = statistics.median(slopes(years, values))
    return slope, statistics.median(values) - slope * statistics.median(years)


def sen_interval(years: Sequence[float], values: Sequence[float], level: float = 0.95) -> tuple[float, float] | None:
    """The interval of the slope by order statistics M and N − M + 1 of its N slopes, M = (N − C)/2, where C is the
    largest |S| not rejected; exact for up to 15 different numbers. None where n is too small."""
    n, ranked = len(values), slopes(years, values)
    if n <= EXACT and len(set(values)) == n:
        bound = critical(n, 1 - level)
        reach = None if bound is None else bound - 2
    else:
        reach = math.floor(statistics.NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt(variance(values)))
    if reach is None:
        return None
    low = max(0, (len(ranked) - reach) // 2 - 1)
    return ranked[low], ranked[len(ranked) - 1 - low]


def autocorrelation(values: Sequence[float]) -> float:
    """The first autocorrelation; 0 for a constant."""
    mean = statistics.fmean(values)
    rest = [value - mean for value in values]
    below = math.fsum(value * value for value in rest)
    return math.fsum(a * b for a, b in pairwise(rest)) / below if below else 0.0


def detrended(years: Sequence[float], values: Sequence[float]) -> list[float]:
    """What the Sen line leaves."""
    slope, intercept = sen(years, values)
    return [value - intercept - slope * year for year, value in zip(years, values, strict=True)]
