"""The smallest value of a function of one to three bounded numbers, without derivatives and without chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
Place = tuple[float, ...]
Bounds = Sequence[tuple[float, float]]


def least(loss: Callable[[Place], float], bounds: Bounds, precision: float = 1e-7) -> tuple[Place, float]:
    """The place inside `bounds` with the smallest loss, and that loss: the best of a grid, then a pattern search whose
    steps halve down to `precision` of each range."""
    grid: list[Place] = [()]
    for low, high in bounds:
        grid = [(*place, low + (high - low) * share) for place in grid for share in SHARES]
    best = min(grid, key=loss)
    lowest, step = loss(best), 0.125
    while step > precision:
        near = [_moved(best, axis, way * step, bounds) for axis in range(len(bounds)) for way in (-1, 1)]
        found = min(near, key=loss)
        reached = loss(found)
        if reached < lowest:
            best, lowest = found, reached
        else:
            step /= 2
    return best, lowest


def _moved(place: Place, axis: int, share: float, bounds: Bounds) -> Place:
    low, high = bounds[axis]
    moved = min(high, max(low, place[axis] + share * (high - low)))
    return (*place[:axis], moved, *place[axis + 1 :])
