"""From the rows of a slice to the points of a series: the newest vintage a year, one point a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Observed:
    """One point: `value` in the indicator's unit; `inputs` are the keys of the observations behind it.

    `as_at` is empty for a whole year or its end. For a derived point `status` is the weakest of its parents'.
    """

    year: int
    value: float
    status: str = "final"
    bound: str = ""
    as_at: str = ""
    vintage: str = ""
    released: str = ""
    inputs: tuple[str, ...] = ()

    @property
    def moment(self) -> str:
        """The point or part of the year without the year: points of different years compare by it."""
        return "/".join(part[5:] for part in self.as_at.split("/")) if self.as_at else ""

    @property
    def part_year(self) -> bool:
        """Whether the point is a flow over a part of the year."""
        return "/" in self.as_at


def observed(row: dict[str, Any]) -> Observed:
    """The point of one row of a slice. The end of December is the whole year, however it was written."""
    as_at = row.get("as_at") or ""
    if _is_year_end(as_at):
        as_at = ""
    return Observed(
        int(row["year"]),
        float(row["value"]),
        row.get("status") or "final",
        row.get("bound") or "",
        as_at,
        row.get("vintage") or "",
        row.get("released") or "",
        (row["key"],),
    )


def _is_year_end(as_at: str) -> bool:
    first, _, last = as_at.partition("/")
    whole = not last or first[5:] in ("01", "01-01")
    return whole and (last or first)[5:] in ("12", "12-31")


def select(rows: list[dict[str, Any]]) -> tuple[tuple[Observed, ...], tuple[Observed, ...], tuple[Observed, ...]]:
    """`(points, projections, parts)` of one region's rows, each in the order of years.

    The newest vintage holds a year; a whole year or its end comes before a part of it. A projection is never a
    point and falls away where a point of its year exists. Part-year flows stand apart where other years are whole.
    """
    real = [observed(row) for row in rows if row.get("status") != "projected"]
    points = _one_a_year(real)
    projected = _one_a_year([observed(row) for row in rows if row.get("status") == "projected"])
    projections = tuple(point for point in projected if point.year not in {item.year for item in points})
    whole = tuple(point for point in points if not point.part_year)
    parts = tuple(sorted((point for point in real if point.part_year), key=_order)) if whole else ()
    return whole or points, projections, parts


def _one_a_year(points: list[Observed]) -> tuple[Observed, ...]:
    best: dict[int, Observed] = {}
    for point in sorted(points, key=_order):
        best[point.year] = point
    return tuple(best[year] for year in sorted(best))


def _order(point: Observed) -> tuple[int, bool, str, str, str]:
    """Later is better: a whole year over a part, then the newer release, then the later moment."""
    return point.year, not point.as_at, point.released, point.as_at.rpartition("/")[2], point.vintage


def unique(items: Iterable[Any]) -> tuple[Any, ...]:
    """`items` once each, in their order (texts are dicts and cannot be hashed)."""
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return tuple(found)
