"""The composite index on bare arrays: scores between goalposts, the draws of its uncertainty, Sobol indices.

Every variant is brought to one scale: the base year is 0 and the goals together are 100, so that another normalisation
is another set of implicit weights and the draws can be laid over each other (brief, 8.3, X).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

NOISE, TABLE, SAMPLES, SEED = 0.25, 256, 512, 2025
FACTORS = ("normalisation", "weights", "aggregation", "imputation", "left_out")
LOWEST = -0.99


@dataclass(frozen=True, eq=False)
class Board:
    """`values` is imputation × indicator × year; `base` and `goal` are by indicator (base by imputation as well);
    `groups` the number of the dimension of each indicator; `expert` other weights of the dimensions, where stated."""

    values: ndarray
    base: ndarray
    goal: ndarray
    groups: tuple[int, ...]
    weights: tuple[float, ...]
    expert: tuple[float, ...] = ()

    @property
    def size(self) -> int:
        """How many indicators there are."""
        return len(self.groups)


def board(
    linear: Sequence[Sequence[float]],
    carried: Sequence[Sequence[float]],
    base: int,
    goals: Sequence[float],
    groups: Sequence[int],
    weights: Sequence[float] = (),
    expert: Sequence[float] = (),
) -> Board:
    """The Board of two imputations of the same rows (indicator × year); `base` is the place of the base year."""
    import numpy

    values = numpy.asarray([linear, carried], float)
    count = max(groups) + 1
    return Board(
        values,
        values[:, :, base],
        numpy.asarray(goals, float),
        tuple(groups),
        tuple(weights) or (1 / count,) * count,
        tuple(expert),
    )


def progress(found: Board) -> ndarray:
    """(x − base) / (goal − base): 0 in the base year, 1 at the goal, not clipped; imputation × indicator × year."""
    return (found.values - found.base[:, :, None]) / (found.goal[None, :] - found.base)[:, :, None]


def implicit(found: Board) -> ndarray:
    """What each normalisation makes of a step from base to goal: 1 between goalposts, (goal − base) in ranges or in
    standard deviations of the years; normalisation × indicator. An indicator that stands still counts as 1."""
    import numpy

    way = numpy.abs(found.goal - found.base[0])
    spread, range_ = found.values[0].std(axis=1, ddof=1), numpy.ptp(found.values[0], axis=1)
    rows = [numpy.ones(found.size)]
    rows += [numpy.where(size > 0, way / numpy.where(size > 0, size, 1), 1.0) for size in (range_, spread)]
    return numpy.asarray(rows)


def weights_of(found: Board, shares: Sequence[float], left: int = -1) -> ndarray:
    """The weight of each indicator: `shares` of the dimensions, equal inside them, without the one `left` out."""
    import numpy

    groups, kept = numpy.asarray(found.groups), numpy.ones(found.size)
    if left >= 0:
        kept[left] = 0
    counts = numpy.asarray([kept[groups == group].sum() for group in groups])
    made = numpy.where(counts > 0, numpy.asarray(shares)[groups] * kept / numpy.maximum(counts, 1), 0.0)
    return made / made.sum()


def scores(parts: ndarray, weights: ndarray, geometric: bool = False) -> ndarray:
    """The score by year of one run: 100 · Σ w p, or 100 · (Π (1 + p)^w − 1)."""
    import numpy

    if not geometric:
        return 100 * numpy.einsum("j,jt->t", weights, parts)
    return 100 * (numpy.exp(numpy.einsum("j,jt->t", weights, numpy.log1p(numpy.maximum(parts, LOWEST)))) - 1)


def published(found: Board) -> ndarray:
    """The score by year under the house choice: goalposts, stated weights, arithmetic mean, linear filling."""
    return scores(progress(found)[0], weights_of(found, found.weights))


def runs(found: Board, shares: ndarray, table: ndarray) -> ndarray:
    """The scores (runs × years) of `shares`, runs × FACTORS in [0, 1): which normalisation, weights, aggregation,
    imputation, indicator left out."""
    import numpy

    parts, ways = progress(found), implicit(found)
    pick = [
        numpy.minimum((shares[:, place] * count).astype(int), count - 1)
        for place, count in enumerate((len(ways), len(table), 2, 2, found.size + 1))
    ]
    weights = table[pick[1]] * ways[pick[0]]
    out = pick[4] - 1
    rows = numpy.flatnonzero(out >= 0)
    weights[rows, out[rows]] = 0
    weights = weights / weights.sum(axis=1, keepdims=True)
    made = numpy.empty((len(shares), parts.shape[2]))
    logs = numpy.log1p(numpy.maximum(parts, LOWEST))
    for imputation in (0, 1):
        for geometric in (0, 1):
            chosen = numpy.flatnonzero((pick[3] == imputation) & (pick[2] == geometric))
            sums = weights[chosen] @ (logs if geometric else parts)[imputation]
            made[chosen] = 100 * (numpy.expm1(sums) if geometric else sums)
    return made


def weight_table(found: Board, seed: int = SEED, size: int = TABLE) -> ndarray:
    """Weights to draw from (rows × indicators): the stated ones with ±25 % noise, and by quarters equal weights of all
    indicators and the expert's where stated."""
    import numpy

    chance = numpy.random.default_rng(seed)
    own = weights_of(found, found.weights)
    table = own * chance.uniform(1 - NOISE, 1 + NOISE, (size, found.size))
    table[: size // 4] = 1 / found.size
    if found.expert:
        table[size // 4 : size // 2] = weights_of(found, found.expert)
    return table / table.sum(axis=1, keepdims=True)


def draw(found: Board, draws: int, seed: int = SEED) -> ndarray:
    """The scores (draws × years) of as many random variants."""
    import numpy

    chance = numpy.random.default_rng(seed + 1)
    return runs(found, chance.random((draws, len(FACTORS))), weight_table(found, seed))


def sobol(found: Board, year: int, seed: int = SEED, samples: int = SAMPLES) -> dict[str, tuple[float, float]]:
    """First-order and total Sobol index of each of FACTORS for the score in the year at place `year` (SALib)."""
    import warnings

    import numpy
    from SALib.analyze.sobol import analyze
    from SALib.sample.sobol import sample

    problem: dict[str, Any] = {"num_vars": len(FACTORS), "names": list(FACTORS), "bounds": [[0, 1]] * len(FACTORS)}
    places = sample(problem, samples, calc_second_order=False, seed=seed)
    results = runs(found, places, weight_table(found, seed))[:, year]
    if numpy.ptp(results) < 1e-12:
        return {name: (0.0, 0.0) for name in FACTORS}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        indices = analyze(problem, results, calc_second_order=False, num_resamples=10, seed=seed)
    return {
        name: (float(first), float(total))
        for name, first, total in zip(FACTORS, indices["S1"], indices["ST"], strict=True)
    }


def filled(years: Sequence[int], known: dict[int, float], carry: bool = False) -> list[float]:
    """The numbers of `years`: gaps by the line between neighbours, or with `carry` by the last number; at the ends by
    the nearest."""
    held = sorted(known)
    made = []
    for year in years:
        before, after = [at for at in held if at <= year], [at for at in held if at >= year]
        if not before or not after:
            made.append(known[(before or after)[-1 if before else 0]])
        elif carry or before[-1] == after[0]:
            made.append(known[before[-1]])
        else:
            low, high = before[-1], after[0]
            made.append(known[low] + (known[high] - known[low]) * (year - low) / (high - low))
    return made
