"""The numbers of a gap as Values: the distance to a target, and rates a year."""

from __future__ import annotations

from greenbook.catalog.comparability import Verdict, named
from greenbook.catalog.indicator import PERCENT_SHOW, Indicator
from greenbook.catalog.selection import Observed
from greenbook.catalog.value import Target, Value, settled
from greenbook.records import Text, ValueRecord

POINTS = {"zh-Hans": "pp@1", "en": "pp@1"}


def distance_value(
    series: Indicator, value: float, share: bool, formula: str, aim: Target, keys: tuple[str, ...], last: Observed
) -> Value:
    record = ValueRecord(
        name="",
        value=settled(value),
        unit="pp" if share else series.unit,
        show=POINTS if share else series.show,
        form="points" if share else "change",
        indicator=series.origin,
        region=series.place,
        period=f"{last.year}—{aim.year}" if last.year < aim.year else str(last.year),
        label=_named(series, "距目标", "distance to the target"),
        status="derived",
        counter={} if share else series.counter,
        scope=series.scope,
        released=last.released,
        formula=formula,
        inputs=keys,
        uses=series.origins,
    )
    return Value(record, series.units)


def rate_value(
    series: Indicator,
    value: float,
    share: bool,
    formula: str,
    aim: Target | None,
    keys: tuple[str, ...],
    last: Observed,
    period: str = "",
    verdict: Verdict | None = None,
) -> Value:
    warned = verdict is not None and verdict.outcome == "warn"
    words = ("目标所需年均变化", "required change a year") if aim else ("近期年均变化", "recent change a year")
    record = ValueRecord(
        name="",
        value=settled(value),
        unit="pp" if share else "%",
        show=POINTS if share else PERCENT_SHOW,
        form="points" if share else "growth",
        indicator=series.origin,
        label=_named(series, *words),
        region=series.place,
        period=period or f"{last.year}—{aim.year if aim else last.year}",
        status="approximate" if warned else "derived",
        scope=series.scope,
        released=last.released,
        formula=formula,
        inputs=keys,
        notes=(verdict.reason,) if verdict and warned else (),
        uses=series.origins,
    )
    return Value(record, series.units)


def _named(series: Indicator, zh: str, en: str) -> Text:
    names = named(series)
    return {"zh-Hans": f"{names[0]}{zh}", "en": f"{names[1]}, {en}"}
