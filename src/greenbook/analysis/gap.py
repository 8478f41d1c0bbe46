"""P: the gap to a target, the rate it asks for, and how that compares with the recent rate (brief, 8.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from greenbook.analysis.assessment import assessable, beyond, measured, over, passed, scope_verdict, upward
from greenbook.analysis.distance import distance_value, rate_value
from greenbook.analysis.gate import growth_verdict, refusal
from greenbook.analysis.rates import compound_rate, remaining_reduction
from greenbook.catalog.comparability import Verdict, comparable, named, refuse
from greenbook.catalog.derived import not_positive
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed
from greenbook.catalog.value import Target, Value, settled
from greenbook.records import Refusal, Text

WORDS = {
    "reached": {"zh-Hans": "已达到", "en": "reached"},
    "on track": {"zh-Hans": "进度符合", "en": "on track"},
    "near": {"zh-Hans": "接近所需进度", "en": "near the required rate"},
    "off track": {"zh-Hans": "进度滞后", "en": "off track"},
    "missed": {"zh-Hans": "未达到", "en": "missed"},
    "not assessable": {"zh-Hans": "不可评估", "en": "not assessable"},
}
NEAR = 0.75
RECENT = 3


@dataclass(frozen=True, eq=False)
class Gap:
    """What lies between the latest figure and a target.

    `required` is the rate a year that is still needed (growth for a level, points for a share, a fall for a plan's
    reduction), absent where the latest figure lies beyond the target; `recent` the mean rate of up to three years
    before the latest; `distance` target less latest. Both are absent where the latest figure is a bound, of a part of
    the year or of a series of points only. `status` is one of WORDS, `reason` says why it is not assessable.
    """

    indicator: Indicator
    target: Value
    latest: Value
    required: Value
    recent: Value
    distance: Value
    status: str
    refusal: Refusal | None = None

    @property
    def words(self) -> Text:
        """The status in both languages."""
        return WORDS[self.status]

    @property
    def reason(self) -> Text:
        return self.refusal.reason if self.refusal else {}


def gap(series: Indicator, target: Value, progress: Indicator | None = None, cumulative: bool = False) -> Gap:
    """The gap of `series` to `target` (a Value of `series.target(year)`).

    A reduction target over a plan period (unit %, kind rate, with a baseline year) takes `series` as yearly rates since
    the baseline; `progress` may hold what was cumulated (its latest year k) before the yearly rates go on, and
    `cumulative` says that `series` itself is the change since the baseline.
    Not assessable, with the reason: no such target or figure, no scope stated, a scope that differs, bounds, breaks.
    """
    aim, latest = target.target, series.latest
    if aim is None or not latest.exists:
        reason = (target if aim is None else latest).content.refusal or Refusal("gap", {})
        return _nothing(series, target, reason)
    verdict = scope_verdict(series, aim)
    if verdict.refused and verdict.rule == "scope":
        return _nothing(series, target, refusal("P", series, verdict, aim.year))
    if series.kind == "rate" and (aim.baseline_year or aim.year) >= aim.year - 1:
        return _yearly(series, target, aim, verdict)
    if series.kind == "rate":
        return _reduction(series, target, aim, verdict, series if cumulative else progress)
    return _level(series, target, aim, verdict)


def _nothing(series: Indicator, target: Value, reason: Refusal) -> Gap:
    """A gap of which nothing can be computed."""
    absent = series.absent(reason)
    return Gap(series, target, series.latest, absent, absent, absent, "not assessable", reason)


def _level(series: Indicator, target: Value, aim: Target, scope: Verdict) -> Gap:
    series = series.until(aim.year) if series.point(aim.year) else series
    last, share, up = series.points[-1], series.kind in ("share", "rate"), upward(series, aim)
    goal = settled(float(series.units.convert(aim.value, aim.unit, series.unit)))
    required, recent = _needed(series, aim, last, goal, up), _recent(series, share)
    distance = series.absent(refusal("P", series, measured(series, last), aim.year))
    if not measured(series, last).refused:
        formula, keys = f"target − {series.id}[{last.year}]", (*last.inputs, f"target:{aim.id}")
        distance = distance_value(series, goal - last.value, share, formula, aim, keys, last)
    verdict = scope if scope.refused else assessable(series, aim, last, goal, up)
    if verdict.refused:
        stop = refusal("P", series, verdict, aim.year)
        return Gap(series, target, series.latest, required, recent, distance, "not assessable", stop)
    pace = _pace(required, recent, bool(up), aim.year - last.year)
    status = "reached" if passed(last.value, goal, bool(up)) else pace
    unknown = (required if not required.exists else recent).content.refusal if status == "not assessable" else None
    return Gap(series, target, series.latest, required, recent, distance, status, unknown)


def _needed(series: Indicator, aim: Target, last: Observed, goal: float, up: bool | None) -> Value:
    """The rate a year from `last` to `goal`: points of a share, compound growth of a level; absent with the reason."""
    share, left, keys = series.kind in ("share", "rate"), aim.year - last.year, (*last.inputs, f"target:{aim.id}")
    stop = over(series, aim) if left <= 0 else measured(series, last)
    if not stop.refused:
        stop = beyond(series, aim, up is not None and passed(last.value, goal, up))
    if not stop.refused and not share and min(last.value, goal) <= 0:
        stop = not_positive(series, last.year)
    if stop.refused:
        return series.absent(refusal("P", series, stop, aim.year))
    if share:
        formula = f"(target − {series.id}[{last.year}]) / {left}"
        return rate_value(series, (goal - last.value) / left, True, formula, aim, keys, last)
    formula = f"(target / {series.id}[{last.year}])^(1/{left}) − 1"
    return rate_value(series, compound_rate(last.value, goal, left), False, formula, aim, keys, last)


def _yearly(series: Indicator, target: Value, aim: Target, scope: Verdict) -> Gap:
    """A target for the rate of one year: it is asked of that year alone, so there is no rate from here to there."""
    zh, en = named(series)
    point, up = series.point(aim.year), upward(series, aim)
    verdict = scope
    if point is None:
        verdict = refuse("missing", f"{zh}尚无{aim.year}年数据", f"{en}: no figure for {aim.year} yet")
    elif not scope.refused:
        verdict = assessable(series, aim, point, aim.value, up)
    stop = refusal("P", series, verdict, aim.year) if verdict.refused else None
    nothing = series.absent(refusal("P", series, over(series, aim), aim.year))
    if point is None:
        return Gap(series, target, series.latest, nothing, series.latest, nothing, "not assessable", stop)
    formula, keys = f"target − {series.id}[{aim.year}]", (*point.inputs, f"target:{aim.id}")
    distance = series.absent(refusal("P", series, measured(series, point), aim.year))
    if not measured(series, point).refused:
        distance = distance_value(series, aim.value - point.value, True, formula, aim, keys, point)
    met = passed(point.value, aim.value, bool(up))
    status = "not assessable" if stop else "reached" if met else "missed"
    return Gap(series, target, series.latest, nothing, series.latest, distance, status, stop)


def _reduction(series: Indicator, target: Value, aim: Target, scope: Verdict, progress: Indicator | None) -> Gap:
    """Π(1 − r_i)·(1 − x)^(N−k) = 1 − R with the yearly rates since the baseline (RV-03)."""
    start = progress.points[-1] if progress and progress.points else None
    first = (start.year if start else aim.baseline_year or aim.year) + 1
    yearly = [point for point in series.points if first <= point.year <= aim.year]
    points, years = [*([start] if start else []), *yearly], [point.year for point in yearly]
    whole = years == list(range(first, first + len(years))) and points and not any(point.bound for point in points)
    zh, en = named(series)
    verdict = scope if scope.refused else Verdict("run")
    if not whole:
        verdict = refuse(
            "missing", f"{zh}自{aim.baseline_year}年起缺年度数据", f"{en}: years since {aim.baseline_year} are missing"
        )
        return _nothing(series, target, refusal("P", series, verdict, aim.year))
    last = points[-1]
    left = aim.year - last.year
    rates, keys = (
        [-point.value for point in points],
        (*(key for point in points for key in point.inputs), f"target:{aim.id}"),
    )
    done = (1 - math.prod(1 - rate / 100 for rate in rates)) * 100
    distance = distance_value(series, aim.value + done, True, f"target − (Π(1 + {series.id}[t]) − 1)", aim, keys, last)
    reached = passed(-done, aim.value, up=False)
    stop = over(series, aim) if left <= 0 else beyond(series, aim, reached)
    required = series.absent(refusal("P", series, stop, aim.year))
    if not stop.refused:
        formula = f"((1 + target) / Π(1 + {series.id}[t]))^(1/{left}) − 1"
        required = rate_value(series, -remaining_reduction(-aim.value, left, rates), False, formula, aim, keys, last)
    recent = series.at(last.year) if last in series.points else series.latest
    if verdict.refused:
        return Gap(
            series,
            target,
            series.latest,
            required,
            recent,
            distance,
            "not assessable",
            refusal("P", series, verdict, aim.year),
        )
    status = "reached" if reached else _pace(required, recent, False, left)
    return Gap(series, target, series.latest, required, recent, distance, status)


def _pace(required: Value, recent: Value, up: bool, left: int) -> str:
    """on track: the recent rate is at least the required one; near: at least 75 % of it (brief, 8.3)."""
    if left <= 0:
        return "missed"
    if not (required.exists and recent.exists):
        return "not assessable"
    sign = 1 if up else -1
    now, needed = recent.number * sign, required.number * sign
    if now >= needed:
        return "on track"
    return "near" if now >= NEAR * needed else "off track"


def _recent(series: Indicator, share: bool) -> Value:
    """The mean rate a year over the last three years, or fewer where the gate lets only fewer."""
    last, stop = series.points[-1], Verdict("refuse")
    for first in range(last.year - RECENT, last.year):
        verdict = (
            comparable(series, first, last.year) if share else growth_verdict(series, first, last.year, nominal=True)
        )
        if not verdict.refused:
            origin, span = series.known(first), last.year - first
            rate = (last.value - origin.value) / span if share else compound_rate(origin.value, last.value, span)
            formula = (
                f"({series.id}[{last.year}] − {series.id}[{first}]) / {span}"
                if share
                else f"({series.id}[{last.year}] / {series.id}[{first}])^(1/{span}) − 1"
            )
            return rate_value(
                series,
                rate,
                share,
                formula,
                None,
                tuple(sorted({*last.inputs, *origin.inputs})),
                last,
                f"{first}—{last.year}",
                verdict,
            )
        stop = verdict
    return series.absent(refusal("P", series, stop, last.year))
