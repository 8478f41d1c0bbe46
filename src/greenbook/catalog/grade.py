"""The evidence grade of a series at an edition's date (the brief, section 2.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from greenbook.catalog.entries import IndicatorEntry, Observation, Source

LONG_SERIES = 10
FEWEST_POINTS = 3


def grade(indicator: IndicatorEntry, observations: Iterable[Observation], sources: dict[str, Source]) -> str:
    """A: at least 10 comparable years of an official or dataset source; B: at least 3 numeric points; C: less.

    `observations` are those public at the date. Projections and bounds are no numeric points. Years are
    comparable in one region, at one point of the year, between two breaks, and of one vintage unless the
    series is one of first-published values. A model estimate or a series of points only is never A.
    """
    points = [row for row in observations if row.status != "projected" and not row.bound]
    if not indicator.not_official and not indicator.points_only and _longest(indicator, points, sources) >= LONG_SERIES:
        return "A"
    years = Counter(region for region, _ in {(row.region, row.year) for row in points})
    return "B" if max(years.values(), default=0) >= FEWEST_POINTS else "C"


def _longest(indicator: IndicatorEntry, points: list[Observation], sources: dict[str, Source]) -> int:
    """The largest number of comparable years whose sources are official or a dataset."""
    good = [row for row in points if sources[row.source].kind in ("official", "dataset")]
    runs = Counter(run for run, _ in {(_run(indicator, row), row.year) for row in good})
    return max(runs.values(), default=0)


def _run(indicator: IndicatorEntry, row: Observation) -> tuple:
    """What two comparable observations have in common."""
    segment = sum(found.year <= row.year for found in indicator.breaks)
    vintage = "" if indicator.first_published else row.vintage
    return row.region, moment_in_year(row.as_at), segment, vintage


def moment_in_year(as_at: str) -> str:
    """The point or part of the year without the year: 2025-01/2025-06 → 01/06; empty for a year or its end."""
    return "/".join(moment.partition("-")[2] for moment in as_at.split("/"))
