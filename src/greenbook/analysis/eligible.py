"""Which indicators an index may rest on: eight of the ten years to the last common one, and a goal to measure by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from greenbook.analysis import reasons
from greenbook.analysis.gate import RUN, Verdict, refuse
from greenbook.analysis.result import number, stopped
from greenbook.catalog.comparability import comparable, named
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed
from greenbook.catalog.value import Value
from greenbook.records import Refusal, Text

FEWEST, WINDOW, YEARS = 10, 10, 8


@dataclass(frozen=True, eq=False)
class Component:
    """An indicator of an index, its dimension, and its goal: a target, or a number in the stored unit."""

    series: Indicator
    dimension: str
    goal: float | Value
    words: Text = field(default_factory=dict)

    def aim(self) -> float:
        """The goal in the stored unit; raises ValueError for a target of another kind or that does not exist."""
        if isinstance(self.goal, Value):
            return float(self.series.units.convert(self.goal.number, self.goal.unit, self.series.unit))
        return float(self.goal)

    def stated(self) -> Value:
        """The goal as a Value; one that is no target is traced as `simulation:goal-stated`."""
        if isinstance(self.goal, Value):
            return self.goal
        series = self.series
        return number(
            (series,),
            series.points[-1:],
            self.aim(),
            unit=series.unit,
            show=series.show,
            form=series.form,
            label=series.label,
            period=str(series.last_year),
            formula=f"goal stated for {series.id}",
            counter=series.counter,
            simulation="goal-stated",
        )

    def points(self, years: Sequence[int]) -> list[Observed]:
        """The points of `years` that are comparable with the last of them."""
        held = [
            point for point in self.series.points if point.year in years and not point.bound and not point.part_year
        ]
        return [point for point in held if not comparable(self.series, point.year, held[-1].year).refused]

    def numbers(self, years: Sequence[int]) -> dict[int, float]:
        """The numbers of `years` by year."""
        return {point.year: point.value for point in self.points(years)}

    def behind(self, year: int, years: Sequence[int]) -> list[Observed]:
        """The points that the number of `year` rests on: its own, or its neighbours where it is filled."""
        held = self.points(years)
        own = [point for point in held if point.year == year]
        if own:
            return own
        before, after = [point for point in held if point.year < year], [point for point in held if point.year > year]
        return [*before[-1:], *after[:1]]


def chosen(
    components: Sequence[Component], base: int
) -> tuple[tuple[Component, ...], list[int], tuple[Refusal, ...], Verdict]:
    """The indicators an index may use, its ten years, the refusals of the others, and whether enough are left.

    The last common year is the latest in which ten of them have a number and eight of the ten years before it.
    """
    ends = sorted({year for item in components for year in item.series.years}, reverse=True)
    most: tuple[tuple[Component, ...], list[int], tuple[Refusal, ...]] = ((), [], ())
    for end in ends:
        years = list(range(end - WINDOW + 1, end + 1))
        judged = [(item, _verdict(item, years, base)) for item in components]
        held = tuple(item for item, verdict in judged if not verdict.refused)
        left = tuple(stopped("X", (item.series,), verdict) for item, verdict in judged if verdict.refused)
        if len(held) >= FEWEST:
            return held, years, left, RUN if base in years else _base(base, years)
        if len(held) > len(most[0]) or not most[1]:
            most = held, years, left
    return (*most, _few(len(most[0]), len(components)))


def _base(base: int, years: Sequence[int]) -> Verdict:
    return refuse(
        "base",
        f"基年{base}不在指数的{years[0]}—{years[-1]}年之内",
        f"the base {base} is not within the index's years {years[0]} to {years[-1]}",
    )


def _verdict(item: Component, years: Sequence[int], base: int) -> Verdict:
    zh, en = named(item.series)
    known = item.numbers(years)
    if years[-1] not in known or len(known) < YEARS:
        count = len(known)
        return refuse(
            "years",
            f"{zh}在{years[0]}—{years[-1]}年间只有{count}个可比年份（需{YEARS}个，含末年）",
            f"{en} has {count} comparable years from {years[0]} to {years[-1]} ({YEARS} with the last are needed)",
        )
    if isinstance(item.goal, Value) and not item.goal.exists:
        return refuse("goal", f"{zh}没有标杆值", f"{en} has no goal")
    if item.series.price_basis == "current":
        return refuse("prices", f"{zh}按现价计算", f"{en} is at current prices")
    start = known.get(base, known[min(known)])
    if item.aim() == start:
        return refuse("goal", f"{zh}的标杆与基期值相同", f"the goal of {en} is its base-year figure")
    up = {"up": True, "down": False}.get(item.series.direction)
    if up is not None and up != (item.aim() > start):
        return refuse("goal", f"{zh}的标杆与更绿的方向相反", f"the goal of {en} runs against its greener direction")
    return RUN


def _few(held: int, asked: int) -> Verdict:
    return refuse(
        "few",
        f"{asked}项指标中只有{held}项在最近十年中有{YEARS}年以上可比数据，少于{FEWEST}项：只列仪表盘，不给总分",
        f"{held} of {asked} indicators have {YEARS} comparable years of ten; {FEWEST} are needed: "
        "a dashboard without a score",
        reasons.own_count("asked", asked, reasons.INDICATORS, "count:indicators asked for"),
        reasons.own_count("held", held, reasons.INDICATORS, "count:indicators with enough years"),
        reasons.own_count("years", YEARS, reasons.NEEDED, f"assumption:years-needed={YEARS} count"),
        reasons.needed(FEWEST),
    )
