"""The gate: each analysis says what it needs, and the gate answers run, warn or refuse (brief, 8.1).

A refusal is a record and an absent Value, never an exception, so that one refusal
does not end a chapter; its reason is printed among the chapter's limits.
"""

from __future__ import annotations

from greenbook.catalog.comparability import RUN, Verdict, comparable, named, refuse, warn
from greenbook.catalog.derived import not_positive
from greenbook.catalog.indicator import Indicator
from greenbook.records import Refusal, Text

__all__ = ["RUN", "Verdict", "difference_verdict", "growth_verdict", "intensity_verdict", "refusal", "refuse", "warn"]


def growth_verdict(
    series: Indicator, start: int, end: int, across_vintages: Text | None = None, nominal: bool = False
) -> Verdict:
    """Gate G1 for the change from `start` to `end`.

    Refused: a missing or non-positive endpoint, a bound against a point, different moments, a break inside the
    window, a series of points only, a share or rate (their change is in points), current prices unless `nominal`,
    and two vintages, unless the series is one of first-published values or `across_vintages` says why.
    """
    zh, en = named(series)
    if series.kind in ("share", "rate"):
        return refuse(
            "kind",
            f"{zh}为比重或增速，其变化用百分点表示，不计算增速",
            f"{en} is a share or a rate: its change is in percentage points, not a growth rate",
        )
    verdict = comparable(series, start, end, across_vintages)
    if verdict.refused:
        return verdict
    for year in (start, end):
        if series.known(year).value <= 0:
            return not_positive(series, year)
    if series.price_basis == "current" and not nominal:
        return refuse(
            "prices", f"{zh}按现价计算，不计算实际增速", f"{en} is at current prices, so no real growth is computed"
        )
    return verdict


def difference_verdict(series: Indicator, start: int, end: int, across_vintages: Text | None = None) -> Verdict:
    """Gate G1 for a difference: as for growth, but shares and non-positive numbers may be subtracted."""
    return comparable(series, start, end, across_vintages)


def intensity_verdict(denominator: Indicator) -> Verdict:
    """Gate I: a denominator in money must be at constant prices (brief, 8.1; RV-05)."""
    if denominator.price_basis != "current":
        return RUN
    zh, en = named(denominator)
    return refuse(
        "prices",
        f"{zh}按现价计算，不能作强度的分母",
        f"{en} is at current prices and cannot be the base of an intensity",
    )


def refusal(method: str, series: Indicator, verdict: Verdict, *years: int) -> Refusal:
    """The record of a refused analysis."""
    return Refusal(method, verdict.reason, series.origins, tuple(sorted(years)))
