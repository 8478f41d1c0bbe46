"""The gate: each analysis says what it needs, and the gate answers run, warn or refuse (brief, 8.1).

A refusal is a record and an absent Value, never an exception, so that one refusal
does not end a chapter; its reason is printed among the chapter's limits.
"""

from __future__ import annotations

from collections.abc import Sequence

from greenbook.analysis.reasons import needed, points_of
from greenbook.catalog.comparability import RUN, Verdict, both_languages, comparable, named, refuse, warn
from greenbook.catalog.derived import not_positive
from greenbook.catalog.indicator import Indicator
from greenbook.records import Refusal, Text

__all__ = [
    "RUN",
    "Verdict",
    "difference_verdict",
    "growth_verdict",
    "intensity_verdict",
    "refusal",
    "refuse",
    "scope_verdict",
    "series_verdict",
    "warn",
]


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


def series_verdict(
    series: Indicator,
    least: int,
    *,
    positive: bool = False,
    unbroken: bool = False,
    across_vintages: Text | None = None,
) -> Verdict:
    """Gate for a method over all points of a series: at least `least` points, each comparable with the last one.

    Refused as well: current prices, with `positive` a number that is not positive, with `unbroken` a year missing
    inside. A series of first-published values, or a reason given as `across_vintages`, runs with a warning.
    """
    zh, en = named(series)
    if len(series.points) < least:
        n = len(series.points)
        return refuse(
            "few",
            f"{zh}只有{n}个年度点，少于所需的{least}个",
            f"{en} has {n} annual points; {least} are needed",
            points_of(series),
            needed(least),
        )
    if series.price_basis == "current":
        return refuse("prices", f"{zh}按现价计算，不作此分析", f"{en} is at current prices, so it is not analysed")
    verdict = RUN
    for year in series.years[:-1]:
        judged = comparable(series, year, series.years[-1], across_vintages)
        if judged.refused:
            return judged
        verdict = judged if judged.outcome == "warn" else verdict
    low = next((point.year for point in series.points if point.value <= 0), None)
    if positive and low is not None:
        return not_positive(series, low)
    gaps = sorted(set(range(series.years[0], series.years[-1] + 1)) - set(series.years))
    if unbroken and gaps:
        listed = "、".join(f"{year}年" for year in gaps), ", ".join(map(str, gaps))
        return refuse("missing", f"{zh}中间缺{listed[0]}数据", f"{en}: {listed[1]} missing inside the series")
    return verdict


def scope_verdict(series: Sequence[Indicator], across_scopes: Text | None = None) -> Verdict:
    """Gate for series that are set against each other: scopes that are stated must be the same.

    `across_scopes` is the author's reason for going on all the same; then it runs with that warning.
    """
    stated: list[Indicator] = []
    for item in series:
        if item.scope and all(item.scope != other.scope for other in stated):
            stated.append(item)
    if len(stated) < 2:
        return RUN
    if across_scopes:
        return warn(both_languages(across_scopes, "across_scopes"))
    words = [f"{named(item)[0]}（{item.scope.get('zh-Hans', '')}）" for item in stated]
    words_en = [f"{named(item)[1]} ({item.scope.get('en', '')})" for item in stated]
    return refuse("scope", f"{'、'.join(words)}口径不同", f"{'; '.join(words_en)}: the scopes differ")


def refusal(method: str, series: Indicator, verdict: Verdict, *years: int) -> Refusal:
    """The record of a refused analysis."""
    return Refusal(method, verdict.reason, series.origins, tuple(sorted(years)), verdict.numbers)
