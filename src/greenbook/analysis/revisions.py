"""V: what was revised between the first and the last release of the same years (brief, 8.1 and 8.3)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from greenbook.analysis import reasons
from greenbook.analysis.gate import refuse
from greenbook.analysis.result import PERCENT, Result, absent, both, number, stopped, worded
from greenbook.catalog.comparability import named
from greenbook.catalog.derived import merged
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed, observed
from greenbook.catalog.value import Value
from greenbook.records import Refusal

LEAST = 6


@dataclass(frozen=True)
class RevisionNumbers:
    """R_t = L_t − P_t summed up: mean, mean absolute, median and median absolute revision, relative mean absolute
    revision Σ|R| / Σ|P|, standard deviation (n − 1), root mean square, share of periods whose sign changed."""

    mean: float
    mean_absolute: float
    median: float
    median_absolute: float
    relative: float
    deviation: float
    root_mean_square: float
    sign_changes: float


def revision_numbers(first: Sequence[float], last: Sequence[float]) -> RevisionNumbers:
    """The numbers of `first` (published first) and `last` (published last), of the same two or more periods (RV-25)."""
    revised = [late - early for early, late in zip(first, last, strict=True)]
    sizes, base = [abs(step) for step in revised], math.fsum(map(abs, first))
    return RevisionNumbers(
        statistics.fmean(revised),
        statistics.fmean(sizes),
        statistics.median(revised),
        statistics.median(sizes),
        math.fsum(sizes) / base if base else 0.0,
        statistics.stdev(revised),
        math.sqrt(statistics.fmean([step * step for step in revised])),
        statistics.fmean([float(early * late < 0) for early, late in zip(first, last, strict=True)]),
    )


@dataclass(frozen=True, eq=False)
class Revisions(Result):
    """`first` and `last` are the series as first and as last published, `revised` their difference; the Values are
    those of RevisionNumbers, in the unit of the series (`relative` and `sign_changes` in per cent)."""

    first: Indicator
    last: Indicator
    revised: Indicator
    mean: Value
    mean_absolute: Value
    median: Value
    relative: Value
    deviation: Value
    sign_changes: Value

    def drawn(self) -> tuple[Indicator | Value, ...]:
        return (self.first, self.last)


def revisions(series: Indicator, first: str = "", last: str = "") -> Revisions:
    """How the years of `series` were revised from their first to their newest release by the edition's date.

    `first` and `last` name two vintages to compare instead. Refused: fewer than two releases of six years.
    """
    early, late = _release(series, first, True), _release(series, last, False)
    years = [year for year in early if year in late and early[year].inputs != late[year].inputs]
    if len(years) < LEAST:
        zh, en = named(series)
        verdict = refuse(
            "vintages",
            f"{zh}只有{len(years)}个年份存有两次以上发布值，少于{LEAST}个，不作修订分析",
            f"{en}: {len(years)} years are held in two releases; {LEAST} are needed for revisions",
            reasons.own_count("years", len(years), reasons.POINTS, f"count:years of {series.id} in two releases"),
            reasons.needed(LEAST),
        )
        return _refused(series, stopped("V", (series,), verdict, *years))
    return _made(series, [early[year] for year in years], [late[year] for year in years])


def _release(series: Indicator, vintage: str, earliest: bool) -> dict[int, Observed]:
    """The point of each whole year: of one vintage, or the one released first (or last)."""
    found: dict[int, Observed] = {}
    rows = [row for row in series.rows if row["region"] == series.place and row.get("status") != "projected"]
    points = [point for point in map(observed, rows) if not point.part_year and not point.moment and not point.bound]
    for point in sorted(points, key=lambda item: (item.released, item.vintage), reverse=earliest):
        if not vintage or point.vintage == vintage:
            found[point.year] = point
    return dict(sorted(found.items()))


def _made(series: Indicator, early: list[Observed], late: list[Observed]) -> Revisions:
    numbers = revision_numbers([point.value for point in early], [point.value for point in late])
    points, share = [*early, *late], series.kind in ("share", "rate")
    period = f"{early[0].year}—{early[-1].year}"
    changed = [replace(merged(new, old), value=new.value - old.value) for old, new in zip(early, late, strict=True)]

    def value(amount: float, zh: str, en: str, formula: str, per_cent: bool = False) -> Value:
        unit = "%" if per_cent else "pp" if share else series.unit
        show = PERCENT if per_cent else both("pp@1", "pp@1") if share else series.show
        return number(
            (series,),
            points,
            amount,
            unit=unit,
            show=show,
            label=worded(series, zh, en),
            period=period,
            form="share" if per_cent else "quantity",
            formula=formula,
            counter=None if per_cent or share else series.counter,
        )

    return Revisions(
        (series,),
        None,
        (),
        _named(series, "first", early, "首次公布", "as first published"),
        _named(series, "last", late, "最新公布", "as last published"),
        _named(series, "revised", changed, "修订", "revision"),
        value(numbers.mean, "平均修订", "mean revision", "mean of L − P"),
        value(numbers.mean_absolute, "平均绝对修订", "mean absolute revision", "mean of |L − P|"),
        value(numbers.median, "修订中位数", "median revision", "median of L − P"),
        value(numbers.relative * 100, "相对平均绝对修订", "relative mean absolute revision", "Σ|L − P| / Σ|P|", True),
        value(numbers.deviation, "修订标准差", "standard deviation of revisions", "standard deviation of L − P"),
        value(numbers.sign_changes * 100, "符号改变的比例", "share of changed signs", "share of L · P < 0", True),
    )


def _named(series: Indicator, key: str, points: list[Observed], zh: str, en: str) -> Indicator:
    return series.derive(f"{series.id}:{key}", points, f"{series.id}, {en}", label=worded(series, zh, en))


def _refused(series: Indicator, stop: Refusal) -> Revisions:
    nothing, empty = absent((series,), stop), series.derive(f"{series.id}:revised", (), "", refusals=(stop,))
    return Revisions((series,), stop, (), empty, empty, empty, nothing, nothing, nothing, nothing, nothing, nothing)
