"""Decompositions and elasticities, computed again from their inputs by the formula that they state."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise

_CHAIN = r"(\S+(?: · \S+)+?)"
_LMDI = re.compile(rf"LMDI-I [LK], (direct from|chained over) ([0-9, to]+): effect ([0-9]+) \(.*\) of {_CHAIN}$")
_ELASTICITY = re.compile(r"\(Δ(\S+) / \S+\[([0-9]{4})\]\) / \(Δ(\S+) / \S+\), [0-9]{4} to ([0-9]{4})$")
_CHANGE, _LEVEL = re.compile(rf"change of {_CHAIN}$"), re.compile(rf"{_CHAIN}, ([0-9]{{4}})$")
_DECOUPLED = re.compile(r"1 − \((\S+?)/(\S+?)\)\[([0-9]{4})\] / \(\1/\2\)\[([0-9]{4})\]$")
# An indicator's number in a year, in base units.
At = Callable[[str, int], float]


def decomposed(formula: str, period: str, at: At) -> float | None:
    """The result of an additive LMDI effect, of the product that it shares out (its level or its change), of a Tapio
    elasticity or of a decoupling factor; None where `formula` is none of these. `period` holds a change's years."""
    if match := _LMDI.match(formula):
        years = [int(year) for year in re.findall("[0-9]{4}", match[2])]
        return math.fsum(_effect(_factors(match[4]), int(match[3]) - 1, *ends, at) for ends in pairwise(years))
    if match := _ELASTICITY.match(formula):
        first, last = int(match[2]), int(match[4])
        pressure, driver = (at(name, last) / at(name, first) - 1 for name in (match[1], match[3]))
        return pressure / driver
    if match := _DECOUPLED.match(formula):
        last, first = (at(match[1], int(year)) / at(match[2], int(year)) for year in (match[3], match[4]))
        return 1 - last / first
    if match := _CHANGE.match(formula):
        years = [int(year) for year in re.findall("[0-9]{4}", period)]
        first, last = (math.prod(_numbers(_factors(match[1]), year, at)) for year in years)
        return last - first
    if match := _LEVEL.match(formula):
        return math.prod(_numbers(_factors(match[1]), int(match[2]), at))
    return None


def _factors(identity: str) -> list[list[str]]:
    return [factor.split("/") for factor in identity.split(" · ")]


def _numbers(factors: list[list[str]], year: int, at: At) -> list[float]:
    return [at(parts[0], year) / (at(parts[1], year) if len(parts) > 1 else 1.0) for parts in factors]


def _effect(factors: list[list[str]], which: int, first: int, last: int, at: At) -> float:
    """The logarithmic mean of the product at both ends times the logarithm of one factor's change (Ang, 2005)."""
    ends = [_numbers(factors, year, at) for year in (first, last)]
    before, after = (math.prod(values) for values in ends)
    mean = before if before == after else (after - before) / math.log(after / before)
    return mean * math.log(ends[1][which] / ends[0][which])
