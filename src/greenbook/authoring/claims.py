"""What a finding may claim: wording classes and strength (the brief, section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from greenbook.authoring.mistakes import AuthoringError
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import Value
from greenbook.errors import write_instead

WORDINGS = ("fact", "trend", "tentative", "attribution", "outlook", "scenario")
EVIDENCE, AGREEMENT = ("A", "B", "C"), ("yes", "partly", "no")
POINTS_OF_A_TREND = 5


def check_claim(
    name: str, strength: str, wording: str, values: Iterable[Value], loaded: Mapping[str, Indicator]
) -> None:
    """Raises AuthoringError for an unknown strength or wording, or a trend that its series does not bear.

    A trend needs five comparable points of one scope, and its direction must hold without the last one.
    """
    evidence, _, agreement = strength.partition("/")
    if evidence not in EVIDENCE or agreement not in AGREEMENT:
        raise AuthoringError(
            "GB475",
            f'finding "{name}": found strength "{strength}"',
            "expected evidence A, B or C and agreement yes, partly or no",
            "write A/yes or B/partly",
        )
    if wording not in WORDINGS:
        raise AuthoringError(
            "GB476",
            f'finding "{name}": found wording "{wording}"',
            f"expected one of {', '.join(WORDINGS)}",
            write_instead(wording, WORDINGS, "claims of cause are not made"),
        )
    if wording != "trend":
        return
    for value in values:
        series = loaded.get(value.content.indicator)
        if value.exists and series is not None and not bears_a_trend(series):
            raise AuthoringError(
                "GB477",
                f'finding "{name}": found wording "trend" on {series.id}',
                f"expected {POINTS_OF_A_TREND} comparable points whose direction holds without the last",
                "write tentative",
            )


def bears_a_trend(series: Indicator) -> bool:
    """Whether the points since the last break number five and rise (or fall) with and without the last one."""
    since = max((change.year for change in series.breaks if change.year <= (series.last_year or 0)), default=0)
    points = [point for point in series.points if point.year >= since and not point.bound]
    if len(points) < POINTS_OF_A_TREND or series.points_only:
        return False
    numbers = [point.value for point in points]
    return (numbers[-1] - numbers[0]) * (numbers[-2] - numbers[0]) > 0
