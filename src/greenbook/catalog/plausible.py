"""Values that look like a slip of unit or sign: ten thousand times off, a share as a fraction, a wrong minus."""

from __future__ import annotations

from collections import defaultdict

from greenbook.catalog.entries import IndicatorEntry, Observation
from greenbook.catalog.grade import moment_in_year
from greenbook.catalog.view import Catalog
from greenbook.errors import Problem

LARGEST_RATIO = 30
NEAREST_YEARS = 2
ACCEPTED = "plausible: "


def implausible(catalog: Catalog, _: set[str]) -> list[Problem]:
    """Rows that no neighbour supports; a row whose note says `plausible: <reason>` is accepted.

    A level may be at most 30 times the one of up to two years before or after, and never changes sign;
    a share lies between 0 and 100 %. Rates may be anything.
    """
    series = defaultdict(list)
    for row in catalog.observations:
        if row.indicator in catalog.indicators:
            series[row.indicator, row.region, row.vintage, moment_in_year(row.as_at)].append(row)
    problems = []
    for key, rows in sorted(series.items()):
        entry = catalog.indicators[key[0]]
        if entry.kind != "rate":
            problems += _series(catalog, entry, sorted(rows, key=lambda row: row.year))
    return problems


def _series(catalog: Catalog, entry: IndicatorEntry, rows: list[Observation]) -> list[Problem]:
    problems = []
    for before, row in zip([None, *rows], rows, strict=False):
        if ACCEPTED in row.note:
            continue
        if entry.kind == "share" and not 0 <= _percent(catalog, entry, row.value) <= 100:
            problems.append(_problem(row, "a share between 0 and 100 %"))
        elif before is not None and row.year - before.year <= NEAREST_YEARS and _far(before.value, row.value):
            problems.append(_problem(row, f"a value near {before.value:g}, that of {before.year} (line {before.line})"))
    return problems


def _percent(catalog: Catalog, entry: IndicatorEntry, value: float) -> float:
    return value * float(catalog.units[entry.unit].factor) * 100 if entry.unit in catalog.units else value


def _far(first: float, second: float) -> bool:
    """Whether two neighbours differ in sign, or by more than the largest ratio."""
    if first == 0 or second == 0:
        return False
    return first * second < 0 or not 1 / LARGEST_RATIO <= second / first <= LARGEST_RATIO


def _problem(row: Observation, expected: str) -> Problem:
    return Problem(row.file, str(row.line), "GB332", f'value: found "{row.value:g}"', f"expected {expected}",
                   f"correct the value or its unit, or write `{ACCEPTED}` and the reason in the note")
