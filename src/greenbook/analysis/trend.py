"""M: the Mann–Kendall test and the Sen slope of a series (brief, 8.1 and 8.3)."""

from __future__ import annotations

from dataclasses import dataclass

from greenbook.analysis import rank
from greenbook.analysis.gate import Verdict, series_verdict
from greenbook.analysis.result import POINTS, Result, absent, both, noted, number, stopped, worded
from greenbook.catalog.comparability import named, refuse
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import Value
from greenbook.records import Text

LEAST, SLOPE_NEEDS, LEVEL = 8, 3, 0.95
THREE = {"zh-Hans": "ratio@3", "en": "ratio@3"}
SERIAL = both(
    "序列相关会夸大Mann–Kendall检验的显著性：年度短序列上，检验结果只作描述",
    "Serial correlation inflates the significance of the Mann–Kendall test: on short annual series it only describes",
)


@dataclass(frozen=True, eq=False)
class Trend(Result):
    """`slope` a year with its 95 % interval (`low`, `high`), `tau`, `p` and the first autocorrelation of what the
    slope leaves. With fewer than eight points `p` is absent with the reason and the slope remains."""

    slope: Value
    low: Value
    high: Value
    tau: Value
    p: Value
    autocorrelation: Value

    def drawn(self) -> tuple[Indicator | Value, ...]:
        return (self.sources[0], self.slope)


def trend(series: Indicator, across_vintages: Text | None = None) -> Trend:
    """Whether and how fast `series` rises or falls, by Mann–Kendall (exact for up to 15 points) and Sen.

    Warned always: serial correlation. Refused: fewer than three points, bounds, breaks, vintages, current prices.
    """
    verdict = series_verdict(series, SLOPE_NEEDS, across_vintages=across_vintages)
    if verdict.refused:
        stop = stopped("M", (series,), verdict, *series.years)
        nothing = absent((series,), stop)
        return Trend((series,), stop, (), nothing, nothing, nothing, nothing, nothing, nothing)
    years, values = [float(year) for year in series.years], list(series.values)
    tested = len(values) >= LEAST
    notes = (*noted(verdict), *([SERIAL] if tested else []))
    made = _Maker(series, notes, verdict)
    interval = rank.sen_interval(years, values, LEVEL) if tested else None
    few = None if tested else stopped("M", (series,), _few(series), *series.years)
    left = rank.autocorrelation(rank.detrended(years, values))
    slope = rank.sen(years, values)[0]

    def ratio(value: float, zh: str, en: str, formula: str) -> Value:
        return absent((series,), few, worded(series, zh, en)) if few else made.ratio(value, zh, en, formula)

    def bound(place: int, zh: str, en: str) -> Value:
        if few or interval is None:
            stop = few or stopped("M", (series,), _few(series), *series.years)
            return absent((series,), stop, worded(series, zh, en))
        return made.rate(interval[place], zh, en, f"order statistic {place + 1} of 2 of all slopes of {series.id}")

    return Trend(
        (series,),
        None,
        notes,
        made.rate(slope, "年均变化（Sen斜率）", "Sen slope a year", f"median of all slopes of {series.id}"),
        bound(0, "Sen斜率下限", "Sen slope, lower end"),
        bound(1, "Sen斜率上限", "Sen slope, upper end"),
        ratio(rank.tau(values), "Kendall τ", "Kendall's tau", f"S / (n(n − 1)/2) of {series.id}"),
        ratio(rank.p_value(values), "Mann–Kendall检验p值", "Mann–Kendall p", f"P(|S| ≥ s) of {series.id}"),
        ratio(left, "一阶自相关", "first autocorrelation", f"first autocorrelation of {series.id} less its Sen line"),
    )


@dataclass(frozen=True)
class _Maker:
    """Makes the Values of one trend."""

    series: Indicator
    notes: tuple[Text, ...]
    verdict: Verdict

    def rate(self, value: float, zh: str, en: str, formula: str) -> Value:
        share = self.series.kind in ("share", "rate")
        return self._number(
            value,
            zh,
            en,
            formula,
            "pp" if share else self.series.unit,
            POINTS if share else self.series.show,
            "points" if share else "change",
        )

    def ratio(self, value: float, zh: str, en: str, formula: str) -> Value:
        return self._number(value, zh, en, formula, "ratio", THREE, "quantity")

    def _number(self, value: float, zh: str, en: str, formula: str, unit: str, show: Text, form: str) -> Value:
        series = self.series
        return number(
            (series,),
            series.points,
            value,
            unit=unit,
            show=show,
            form=form,
            label=worded(series, zh, en),
            period=f"{series.first_year}—{series.last_year}",
            formula=formula,
            notes=self.notes,
            approximate=self.verdict.outcome == "warn",
            counter=None if unit == "ratio" else series.counter,
        )


def _few(series: Indicator) -> Verdict:
    zh, en = named(series)
    n = len(series.points)
    return refuse(
        "few",
        f"{zh}只有{n}个点，少于{LEAST}个，只给斜率，不作趋势检验",
        f"{en} has {n} points, fewer than {LEAST}: a slope without a test of trend",
    )
