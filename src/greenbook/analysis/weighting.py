"""Entropy weights and TOPSIS, for the annex and the refusal only: the report never weights by them (brief, 8.3, X)."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]


def entropy_weights(rows: Matrix) -> list[float]:
    """w_j = (1 − e_j) / Σ(1 − e_j) with e_j = −Σ p ln p / ln n and p = x / Σx, of positive numbers (RV-17).

    They reward a column for being skewed or trending, not for mattering.
    """
    columns, n = list(zip(*rows, strict=True)), len(rows)
    spreads = []
    for column in columns:
        whole = math.fsum(column)
        shares = [value / whole for value in column]
        spreads.append(1 + math.fsum(share * math.log(share) for share in shares if share > 0) / math.log(n))
    total = math.fsum(spreads)
    return [spread / total for spread in spreads]


def topsis(
    rows: Matrix, weights: Sequence[float], benefits: Sequence[bool], normalisation: str = "vector"
) -> list[float]:
    """The closeness of each row to the ideal, 0 to 1; `normalisation` is vector or minmax, and changes the winner
    (RV-18)."""
    columns = list(zip(*rows, strict=True))
    scaled = []
    for column, weight, benefit in zip(columns, weights, benefits, strict=True):
        if normalisation == "minmax":
            low, high = min(column), max(column)
            values = [((x - low) if benefit else (high - x)) / (high - low) for x in column]
        else:
            length = math.sqrt(math.fsum(x * x for x in column))
            values = [(x if benefit else -x) / length for x in column]
        scaled.append([weight * value for value in values])
    best, worst = [max(column) for column in scaled], [min(column) for column in scaled]
    found = []
    for row in zip(*scaled, strict=True):
        near, far = math.dist(row, best), math.dist(row, worst)
        found.append(far / (near + far))
    return found
