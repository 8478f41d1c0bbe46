"""Student's t, for the intervals of short series."""

from __future__ import annotations

from functools import cache


@cache
def t_quantile(probability: float, freedom: float) -> float:
    """The quantile of t with `freedom` degrees of freedom (scipy.special.stdtrit)."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, probability))
