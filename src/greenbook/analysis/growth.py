"""G1: growth, compound average growth and differences, through the gate (brief, 8.1 and 8.3)."""

from __future__ import annotations

from dataclasses import replace

from greenbook.analysis.gate import Verdict, difference_verdict, growth_verdict, refusal
from greenbook.analysis.rates import compound_rate, growth_rate, mean_rate
from greenbook.catalog.comparability import named, refuse
from greenbook.catalog.derived import merged, notes_of, refusals
from greenbook.catalog.indicator import PERCENT_SHOW, Indicator
from greenbook.catalog.selection import Observed
from greenbook.catalog.value import Value, settled
from greenbook.language import DRAWN, listed_years
from greenbook.records import Text, ValueRecord

NOMINAL = {
    "zh-Hans": "按现价计算，为名义增长，未扣除价格变动",
    "en": "Nominal growth at current prices; price changes are not removed",
}
POINTS_SHOW = {"zh-Hans": "pp@1", "en": "pp@1"}


def growth(
    series: Indicator,
    year: int | None = None,
    base: int | None = None,
    across_vintages: Text | None = None,
    nominal: bool = False,
) -> Value:
    """x_year / x_base − 1 in per cent (form growth: printed with its direction word).

    `year` is the last year where not given, `base` the year before. Refused by the gate: an absent Value with the
    reason.
    """
    year, base = _window(series, year, base)
    if year is None or base is None:
        return series.latest
    verdict = growth_verdict(series, base, year, across_vintages, nominal)
    if verdict.refused:
        return series.absent(refusal("G1", series, verdict, base, year), period=str(year))
    first, last = series.known(base), series.known(year)
    period = _span(base, year)
    formula = f"{series.id}[{year}] / {series.id}[{base}] − 1"
    return _value(
        series, growth_rate(first.value, last.value), verdict, (first, last), period, formula, "增速", "growth", nominal
    )


def cagr(series: Indicator, start: int, end: int, across_vintages: Text | None = None, nominal: bool = False) -> Value:
    """Compound average growth a year from `start` to `end` over calendar years (form growth), or an absent Value."""
    verdict = growth_verdict(series, start, end, across_vintages, nominal)
    if end <= start:
        zh, en = named(series)
        verdict = refuse("window", f"{zh}：{start}—{end}年不是一个时段", f"{en}: {start} to {end} is no period")
    if verdict.refused:
        return series.absent(refusal("G1", series, verdict, start, end), period=f"{start}—{end}")
    first, last = series.known(start), series.known(end)
    formula = f"({series.id}[{end}] / {series.id}[{start}])^(1/{end - start}) − 1"
    return _value(
        series,
        compound_rate(first.value, last.value, end - start),
        verdict,
        (first, last),
        f"{start}—{end}",
        formula,
        "年均增速",
        "average annual growth",
        nominal,
    )


def growth_series(series: Indicator, across_vintages: Text | None = None, nominal: bool = False) -> Indicator:
    """Growth on the year before, for each year where the gate lets it run; kind rate, in per cent.

    Years refused are left out; `refusals` says why, one record a reason.
    """
    points, verdicts = [], []
    for point in series.points:
        before = series.point(point.year - 1)
        if before is None:
            continue
        verdict = growth_verdict(series, before.year, point.year, across_vintages, nominal)
        verdicts.append((point.year, verdict))
        if not verdict.refused:
            both = merged(point, before)
            points.append(
                Observed(
                    point.year,
                    growth_rate(before.value, point.value),
                    both.status,
                    "",
                    point.as_at,
                    both.vintage,
                    both.released,
                    both.inputs,
                )
            )
    return series.derive(
        f"{series.id}:growth",
        points,
        f"{series.id}[t] / {series.id}[t−1] − 1",
        unit="%",
        show=PERCENT_SHOW,
        kind="rate",
        label=_label(series, "增速", "growth"),
        counter={},
        price_basis="",
        refusals=(*series.refusals, *refusals("G1", series, verdicts)),
        notes=_notes(series, verdicts, nominal),
        approximate=series.approximate or any(verdict.outcome == "warn" for _, verdict in verdicts),
    )


def difference(
    series: Indicator, year: int | None = None, base: int | None = None, across_vintages: Text | None = None
) -> Value:
    """x_year − x_base: percentage points for shares and rates, else in the unit shown (form points or change)."""
    year, base = _window(series, year, base)
    if year is None or base is None:
        return series.latest
    verdict = difference_verdict(series, base, year, across_vintages)
    if verdict.refused:
        return series.absent(refusal("G1", series, verdict, base, year), period=_span(base, year))
    first, last = series.known(base), series.known(year)
    points = series.kind in ("share", "rate")
    both = merged(first, last)
    record = ValueRecord(
        name="",
        value=settled(last.value - first.value),
        unit="pp" if points else series.unit,
        show=POINTS_SHOW if points else series.show,
        form="points" if points else "change",
        indicator=series.origin,
        label=_label(series, "变化", "change"),
        region=series.place,
        period=_span(base, year),
        status=_status(series, verdict, both),
        counter={} if points else series.counter,
        scope=series.scope,
        vintage=both.vintage,
        released=both.released,
        formula=f"{series.id}[{year}] − {series.id}[{base}]",
        inputs=both.inputs,
        notes=notes_of(series, [(year, verdict)]),
        uses=series.origins,
    )
    return Value(record, series.units)


def multiple(
    series: Indicator, year: int | None = None, base: int | None = None, across_vintages: Text | None = None
) -> Value:
    """x_year / x_base: 2024年是2015年的2.1倍 / 2.1 times (form multiple). The gate is that of growth, a fall is
    refused."""
    year, base = _window(series, year, base)
    grown = growth(series, year, base, across_vintages)
    if not grown.exists or year is None or base is None:
        return grown
    if grown.number < 0:
        zh, en = named(series)
        verdict = refuse("fall", f"{zh}下降，不用倍数表示", f"{en} fell, and a fall is never a multiple")
        return series.absent(refusal("G1", series, verdict, base, year))
    record = replace(
        grown.content,
        value=settled(1 + grown.number / 100),
        unit="times",
        form="multiple",
        show={language: "times@1" for language in DRAWN},
        formula=f"{series.id}[{year}] / {series.id}[{base}]",
        label=series.label,
    )
    return Value(record, series.units)


def average_rate(rates: Indicator, start: int, end: int) -> Value:
    """The geometric mean of the published yearly rates of the years `start` to `end`, both included (RV-01).

    The way round a break in the levels: chain the reported rates instead. Refused where a year is missing.
    """
    zh, en = named(rates)
    years = list(range(start, end + 1))
    found = tuple(point for point in rates.points if start <= point.year <= end and not point.bound)
    gaps = sorted(set(years) - {point.year for point in found})
    verdict = refuse(
        "missing", f"{zh}缺{listed_years(gaps, 'zh-Hans')}数据", f"{en}: no rate for {listed_years(gaps, 'en')}"
    )
    if rates.kind != "rate" or rates.points_only:
        verdict = refuse("kind", f"{zh}不是可连乘的年度增速", f"{en} is no series of yearly rates that can be chained")
    elif not gaps:
        verdict = Verdict("run")
    if verdict.refused:
        return rates.absent(refusal("G1", rates, verdict, *gaps), period=f"{start}—{end}")
    formula = f"(Π(1 + {rates.id}[t]))^(1/{len(years)}) − 1, t = {start}…{end}"
    return _value(
        rates,
        mean_rate(point.value for point in found),
        verdict,
        found,
        f"{start}—{end}",
        formula,
        "年均",
        "annual average",
        False,
    )


def _window(series: Indicator, year: int | None, base: int | None) -> tuple[int | None, int | None]:
    year = series.last_year if year is None else year
    return (None, None) if year is None else (year, year - 1 if base is None else base)


def _value(
    series: Indicator,
    rate: float,
    verdict: Verdict,
    points: tuple[Observed, ...],
    period: str,
    formula: str,
    zh: str,
    en: str,
    nominal: bool,
) -> Value:
    both = merged(*points)
    record = ValueRecord(
        name="",
        value=settled(rate),
        unit="%",
        show=PERCENT_SHOW,
        form="growth",
        indicator=series.origin,
        label=_label(series, zh, en),
        region=series.place,
        period=period,
        as_at=points[-1].as_at,
        status=_status(series, verdict, both),
        scope=series.scope,
        price_basis=series.price_basis,
        vintage=both.vintage,
        released=both.released,
        formula=formula,
        inputs=both.inputs,
        notes=_notes(series, [(0, verdict)], nominal),
        uses=series.origins,
    )
    return Value(record, series.units)


def _status(series: Indicator, verdict: Verdict, both: Observed) -> str:
    return "approximate" if series.approximate or verdict.outcome == "warn" else both.status


def _notes(series: Indicator, verdicts: list[tuple[int, Verdict]], nominal: bool) -> tuple[Text, ...]:
    extra = (NOMINAL,) if nominal and series.price_basis == "current" else ()
    return (*notes_of(series, verdicts), *extra)


def _label(series: Indicator, zh: str, en: str) -> Text:
    names = named(series)
    return {"zh-Hans": f"{names[0]}{zh}", "en": f"{names[1]}, {en}"}


def _span(base: int, year: int) -> str:
    """How a change is dated: by its year where it is on the year before, else by both ends."""
    return str(year) if year - base == 1 else f"{base}—{year}"
