"""Effects of a decomposition and elasticities, computed again from their inputs by the formula that they state."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

_LMDI = re.compile(r"LMDI-I [LK], direct from ([0-9]{4}) to ([0-9]{4}): effect ([0-9]+) \(.*\) of (\S+(?: · \S+)*)$")
_ELASTICITY = re.compile(r"\(Δ(\S+) / \S+\[([0-9]{4})\]\) / \(Δ(\S+) / \S+\), [0-9]{4} to ([0-9]{4})$")
# An indicator's number in a year, in base units.
At = Callable[[str, int], float]


def decomposed(formula: str, at: At) -> float | None:
    """The result of an additive LMDI effect or of a Tapio elasticity; None where `formula` is neither."""
    if match := _LMDI.match(formula):
        first, last, number = int(match[1]), int(match[2]), int(match[3])
        factors = [factor.split("/") for factor in match[4].split(" · ")]
        return _effect(factors, number - 1, first, last, at)
    if match := _ELASTICITY.match(formula):
        first, last = int(match[2]), int(match[4])
        pressure, driver = (at(name, last) / at(name, first) - 1 for name in (match[1], match[3]))
        return pressure / driver
    return None


def _effect(factors: list[list[str]], which: int, first: int, last: int, at: At) -> float:
    """The logarithmic mean of the product at both ends times the logarithm of one factor's change (Ang, 2005)."""
    ends = [[at(parts[0], year) / (at(parts[1], year) if len(parts) > 1 else 1.0) for parts in factors]
            for year in (first, last)]
    before, after = (math.prod(values) for values in ends)
    mean = before if before == after else (after - before) / math.log(after / before)
    return mean * math.log(ends[1][which] / ends[0][which])
