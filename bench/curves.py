"""S-curves computed again from the points and the stated ceilings that a value names."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Sequence

CURVE = re.compile(r"logistic of (\S+), (lower|upper|curve-[0-9]+)$")


def curved(years: Sequence[int], values: Sequence[float], ceilings: Sequence[float], end: str, wanted: int) -> float:
    """The number of `wanted` on the curve under the only ceiling, or on the edge `end` of the band over `ceilings`."""
    found = [_logistic(years, values, ceiling, wanted) for ceiling in ceilings]
    if end.startswith("curve-") and len(found) != 1:
        raise ValueError(f"{len(found)} ceilings for one curve")
    return max(found) if end == "upper" else min(found)


def _logistic(years: Sequence[int], values: Sequence[float], ceiling: float, wanted: int) -> float:
    """L / (1 + e^−(a + b t)), with a and b the line of ln(y / (L − y)) on the years (brief, 8.3, D)."""
    line = statistics.linear_regression(years, [math.log(value / (ceiling - value)) for value in values])
    return ceiling / (1 + math.exp(-(line.intercept + line.slope * wanted)))
