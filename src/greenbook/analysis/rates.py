"""Arithmetic of rates, on bare numbers in per cent: the formulas of the brief, section 8.3, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable


def growth_rate(first: float, last: float) -> float:
    """g = x_t / x_0 − 1, in per cent (brief, 8.3, G1)."""
    return (last / first - 1) * 100


def compound_rate(first: float, last: float, years: int) -> float:
    """(x_T / x_0)^(1/(T−0)) − 1 over calendar years, in per cent (brief, 8.3, G1)."""
    return ((last / first) ** (1 / years) - 1) * 100


def mean_rate(rates: Iterable[float]) -> float:
    """The geometric mean of yearly rates in per cent: "以2019年同期数为基数，采用几何平均的方法计算" (brief, 5.2;
    RV-01)."""
    factors = [1 + rate / 100 for rate in rates]
    return (math.prod(factors) ** (1 / len(factors)) - 1) * 100


def equal_annual_reduction(total: float, years: int) -> float:
    """The yearly fall that gives a fall of `total` per cent in `years` years (RV-02)."""
    return (1 - (1 - total / 100) ** (1 / years)) * 100


def remaining_reduction(total: float, years_left: int, progress: Iterable[float]) -> float:
    """x of Π(1 − r_i)·(1 − x)^(N−k) = 1 − R, in per cent (brief, 8.3, P; RV-03).

    `progress` are the falls reached so far, of a year or cumulated; `years_left` is N − k and at least 1.
    """
    reached = math.prod(1 - rate / 100 for rate in progress)
    return (1 - ((1 - total / 100) / reached) ** (1 / years_left)) * 100


def intensity_change(numerator: float, denominator: float) -> float:
    """(1+g_E)/(1+g_Y) − 1 in per cent, not g_E − g_Y (brief, 8.3, I; RV-07)."""
    return ((1 + numerator / 100) / (1 + denominator / 100) - 1) * 100


def implied_denominator(numerator: float, intensity: float) -> float:
    """The growth of the denominator that a growth of the numerator and of the intensity imply (RV-07)."""
    return ((1 + numerator / 100) / (1 + intensity / 100) - 1) * 100
