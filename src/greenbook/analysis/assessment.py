"""What a target asks of a series, and what keeps the gap between the two from being assessed (brief, 8.1, P)."""

from __future__ import annotations

from greenbook.catalog.comparability import RUN, Verdict, comparable, named, refuse
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed
from greenbook.catalog.value import Target


def scope_verdict(series: Indicator, aim: Target) -> Verdict:
    """Refused where the document states no scope (rule unstated) or another than the series has (rule scope)."""
    zh, en = named(series)
    if not aim.scope:
        return refuse(
            "unstated",
            f"{zh}：文件未写明目标口径，不评估进度",
            f"{en}: the document states no scope, so progress is not assessed",
        )
    if aim.scope == series.scope:
        return RUN
    return refuse(
        "scope",
        f"{zh}：目标口径（{aim.scope.get('zh-Hans', '')}）与统计口径（{series.scope.get('zh-Hans', '未注明')}）不同",
        f"{en}: the target's scope ({aim.scope.get('en', '')}) differs from that of the series "
        f"({series.scope.get('en', 'not stated')})",
    )


def upward(series: Indicator, aim: Target) -> bool | None:
    """Whether the target is reached from below; None where neither the target nor the series gives a direction."""
    if aim.bound in ("at_least", "over", "at_most", "under"):
        return aim.bound in ("at_least", "over")
    return {"up": True, "down": False}.get(series.direction)


def passed(value: float, goal: float, up: bool) -> bool:
    """Whether `value` stands at `goal` or beyond it."""
    return value >= goal if up else value <= goal


def measured(series: Indicator, last: Observed) -> Verdict:
    """Refused where no arithmetic can start from `last`: a bound, a part of the year, a series of points only."""
    zh, en = named(series)
    if last.bound or series.points_only:
        return refuse(
            "bound", f"{zh}：最新数值为界限值或口径不一", f"{en}: the latest figure is a bound or of a mixed scope"
        )
    if last.moment:
        return refuse(
            "moment",
            f"{zh}：最新数值不是全年或年末数",
            f"{en}: the latest figure is not of a whole year or its end",
        )
    return RUN


def assessable(series: Indicator, aim: Target, last: Observed, goal: float, up: bool | None) -> Verdict:
    """Refused without a direction, from a figure that is not `measured`, and across a break since the baseline.

    A stock that stands at `goal` (in the series' unit) before the year's end is assessed: it has reached it.
    """
    zh, en = named(series)
    if up is None:
        return refuse("direction", f"{zh}：目标未指明方向", f"{en}: the target gives no direction")
    verdict = measured(series, last)
    early = verdict.rule == "moment" and not last.part_year and passed(last.value, goal, up)
    if verdict.refused and not early:
        return verdict
    start = aim.baseline_year if aim.baseline_year and series.point(aim.baseline_year) else last.year
    verdict = comparable(series, start, last.year)
    return verdict if verdict.refused and verdict.rule == "break" else RUN


def over(series: Indicator, aim: Target) -> Verdict:
    """The refusal of a rate towards a year that has come."""
    zh, en = named(series)
    return refuse(
        "over",
        f"{zh}：{aim.year}年目标期已到，无剩余年均速度",
        f"{en}: the term of the {aim.year} target is over, so no rate remains",
    )


def beyond(series: Indicator, aim: Target, reached: bool) -> Verdict:
    """The refusal of a rate towards a target that is `reached`; else it runs."""
    zh, en = named(series)
    if not reached:
        return RUN
    return refuse(
        "beyond",
        f"{zh}：最新数值已达到{aim.year}年目标值，无需再求年均速度",
        f"{en}: the latest figure has reached the {aim.year} target, so no rate is required",
    )
