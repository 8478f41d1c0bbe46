"""B0: means before and after a date known beforehand: a policy year, a change of scope (brief, 8.1)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from greenbook.analysis import reasons
from greenbook.analysis.gate import Verdict, series_verdict
from greenbook.analysis.result import POINTS, RATIO, Result, absent, both, noted, number, stopped
from greenbook.catalog.comparability import named, refuse
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import Value
from greenbook.records import Text

LEAST = 5
WARNING = both(
    "前后均值之差不是政策的效果：趋势、序列相关和同期其他变化都在其中",
    "A difference of means is no effect of a policy: trend, serial correlation and all else of those years are in it",
)


def mean_shift(before: Sequence[float], after: Sequence[float]) -> tuple[float, float, float]:
    """The two means and F = (RSS_0 − RSS_1) / (RSS_1 / (n − 2)) of one against two means (RV-24); F is infinite
    where nothing varies inside the two sides."""
    first, last = statistics.fmean(before), statistics.fmean(after)
    whole = statistics.fmean([*before, *after])
    inside = math.fsum((x - first) ** 2 for x in before) + math.fsum((x - last) ** 2 for x in after)
    total = math.fsum((x - whole) ** 2 for x in (*before, *after))
    if inside <= 0:
        return first, last, math.inf if total > 0 else 0.0
    return first, last, (total - inside) / (inside / (len(before) + len(after) - 2))


@dataclass(frozen=True, eq=False)
class Comparison(Result):
    """Means of the years before `year` and from it on, their difference, and the F of the one change (no test)."""

    year: int
    before: Value
    after: Value
    difference: Value
    f: Value

    def drawn(self) -> tuple[Indicator | Value, ...]:
        return (self.sources[0], self.before, self.after)


def before_after(series: Indicator, year: int, across_vintages: Text | None = None) -> Comparison:
    """`series` before `year` against `year` and after, always with the warning that this is no effect.

    Refused: fewer than five points on a side, and what a trend refuses, a change of scope included.
    """
    first, last = series.until(year - 1), series.since(year)
    verdict = _sides(series, first, last, year)
    if not verdict.refused:
        verdict = series_verdict(series, 2 * LEAST, across_vintages=across_vintages)
    if verdict.refused:
        stop = stopped("B0", (series,), verdict, *([year] if not series.years else (series.years[0], series.years[-1])))
        nothing = absent((series,), stop)
        return Comparison((series,), stop, (), year, nothing, nothing, nothing, nothing)
    low, high, f = mean_shift(first.values, last.values)
    notes = (*noted(verdict), WARNING)
    (zh, en), share = named(series), series.kind in ("share", "rate")

    def value(amount: float, side: Indicator, words: Text, formula: str, form: str) -> Value:
        points = share and form == "change"
        return number(
            (series,),
            side.points,
            amount,
            unit="pp" if points else series.unit,
            show=POINTS if points else series.show,
            form="points" if points else form,
            label=words,
            formula=formula,
            period=f"{side.first_year}—{side.last_year}",
            notes=notes,
            approximate=verdict.outcome == "warn",
            counter=None if points else series.counter,
        )

    level = "share" if share else "quantity"
    ratio = number(
        (series,),
        series.points,
        f if math.isfinite(f) else 0.0,
        unit="ratio",
        show=RATIO,
        label=both(f"{zh}均值变化的F值", f"{en}, F of one change of mean"),
        formula=f"F of one mean against two at {year}",
        period=f"{series.first_year}—{series.last_year}",
        notes=notes,
    )
    if not math.isfinite(f):
        ratio = absent((series,), stopped("B0", (series,), _still(series), year))
    return Comparison(
        (series,),
        None,
        notes,
        year,
        value(low, first, both(f"{zh}此前均值", f"{en}, mean before"), f"mean of {series.id} before {year}", level),
        value(high, last, both(f"{zh}此后均值", f"{en}, mean after"), f"mean of {series.id} from {year}", level),
        value(
            high - low,
            series,
            both(f"{zh}均值之差", f"{en}, difference of means"),
            f"mean of {series.id} from {year} − mean before",
            "change",
        ),
        ratio,
    )


def _sides(series: Indicator, first: Indicator, last: Indicator, year: int) -> Verdict:
    zh, en = named(series)
    before, after = len(first.points), len(last.points)
    if min(before, after) >= LEAST:
        return Verdict("run")
    return refuse(
        "few",
        f"{zh}在{year}年前后分别只有{before}个和{after}个点，每侧需{LEAST}个，只作标注",
        f"{en} has {before} points before {year} and {after} from it on; {LEAST} are needed on each side, "
        "so the date is only marked",
        replace(reasons.points_of(first), name="before"),
        replace(reasons.points_of(last), name="after"),
        reasons.needed(LEAST),
    )


def _still(series: Indicator) -> Verdict:
    zh, en = named(series)
    return refuse("still", f"{zh}在两段之内没有变动", f"{en} does not vary inside the two spans")
