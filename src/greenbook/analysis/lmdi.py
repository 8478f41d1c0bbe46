"""L: LMDI-I on bare numbers, additive and multiplicative, zeros by their analytical limits.

V = Σ_i Π_k x_{k,i}. Additive: ΔV_k = Σ_i L(V_i^T, V_i^0) ln(x_{k,i}^T / x_{k,i}^0) with
L(a, b) = (a − b) / (ln a − ln b) and L(a, a) = a (Ang 2005; brief, 8.3). Multiplicative:
D_k = exp(ΔV_k / L(V^T, V^0)), which is the same sum over the weights L(V_i^T, V_i^0) / L(V^T, V^0).
Neither leaves a residual.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

CLOSE = 1e-9
Parts = Sequence[Sequence[float]]


def logarithmic_mean(a: float, b: float) -> float:
    """L(a, b) of two numbers that are not negative; L(a, a) = a and L(a, 0) = 0."""
    if a == b:
        return float(a)
    if a <= 0 or b <= 0:
        return 0.0
    return (a - b) / math.log1p((a - b) / b)


def additive(before: Parts, after: Parts) -> list[float]:
    """ΔV_k, one a factor, from `before[i][k]` to `after[i][k]` (parts × factors, nothing negative).

    Zeros take their limits (Ang, Zhang and Choi 1998; RV-12): a factor that comes from zero with its part gives V_T,
    one that goes to zero gives −V_0, shared equally where several do so at once; every other zero gives 0.
    """
    return steps([before, after])[0]


def multiplicative(before: Parts, after: Parts) -> list[float]:
    """D_k, one a factor; their product is V_T / V_0. Raises ZeroDivisionError where a total is zero."""
    return ratios(additive(before, after), _total(before), _total(after))


def ratios(effects: Sequence[float], start: float, end: float) -> list[float]:
    """D_k = exp(ΔV_k / L(V_T, V_0)) of additive effects. Raises ZeroDivisionError where a total is zero."""
    mean = logarithmic_mean(end, start)
    return [math.exp(effect / mean) for effect in effects]


def steps(levels: Sequence[Parts]) -> list[list[float]]:
    """The additive effects of each step from one year's parts × factors to the next.

    Raises ArithmeticError where a residual remains, which no input that the gate lets through can cause.
    """
    values = [[math.prod(part) for part in year] for year in levels]
    found = []
    for place in range(1, len(levels)):
        sums = [0.0] * len(levels[0][0])
        for part, (first, last) in enumerate(zip(values[place - 1], values[place], strict=True)):
            if first > 0 and last > 0:
                _share_out(sums, first, last, levels[place - 1][part], levels[place][part])
            elif first > 0 or last > 0:
                _at_the_limit(sums, last - first, levels[place - 1][part], levels[place][part])
        change, scale = sum(values[place]) - sum(values[place - 1]), sum(values[place]) + sum(values[place - 1])
        if abs(sum(sums) - change) > CLOSE * scale:
            raise ArithmeticError(f"LMDI left a residual of {sum(sums) - change:g} in a change of {change:g}")
        found.append(sums)
    return found


def _share_out(sums: list[float], first: float, last: float, before: Sequence[float], after: Sequence[float]) -> None:
    """Adds L(V_T, V_0) · ln(x_T / x_0) of one part to the sums of the factors."""
    logs = [math.log(new / old) for old, new in zip(before, after, strict=True)]
    whole = sum(logs)
    # dividing by the very sum that is shared out leaves no residual; near zero L is its own series
    mean = (last - first) / whole if abs(whole) > 1e-3 else math.sqrt(first) * math.sqrt(last) * (1 + whole**2 / 24)
    for place, log in enumerate(logs):
        sums[place] += mean * log


def _at_the_limit(sums: list[float], change: float, before: Sequence[float], after: Sequence[float]) -> None:
    """Adds the whole change of a part that comes from or goes to zero to the factors that are zero with it."""
    turned = [place for place, (old, new) in enumerate(zip(before, after, strict=True)) if (old > 0) != (new > 0)]
    for place in turned:
        sums[place] += change / len(turned)


def _total(parts: Parts) -> float:
    return math.fsum(math.prod(part) for part in parts)
