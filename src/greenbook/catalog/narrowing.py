"""Parts of a series: some years, one region, one vintage, its projections, other units, its targets. The methods
of Indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from greenbook.catalog.selection import Observed, select
from greenbook.catalog.value import Target, Value, settled
from greenbook.records import Text, ValueRecord
from greenbook.units import as_stated, split_show

if TYPE_CHECKING:
    from greenbook.catalog.indicator import Indicator


def since(series: Indicator, year: int) -> Indicator:
    """The points of `year` and later."""
    return _only(series, lambda point: point.year >= year)


def until(series: Indicator, year: int) -> Indicator:
    """The points of `year` and earlier."""
    return _only(series, lambda point: point.year <= year)


def only(series: Indicator, years: Iterable[int]) -> Indicator:
    """The points of the listed years."""
    wanted = set(years)
    return _only(series, lambda point: point.year in wanted)


def projections(series: Indicator) -> Indicator:
    """The projected numbers as a series of their own; they are never observations."""
    return replace(series, id=f"{series.id}:projections", points=series.projected, projected=(), parts=())


def regions(series: Indicator) -> tuple[str, ...]:
    """The codes of all regions with observations: CN, CN-BJ …"""
    return tuple(sorted({row["region"] for row in series.rows}))


def region(series: Indicator, code: str) -> Indicator:
    """The series of one region; empty where nothing is published for it."""
    points, projected, parts = select([row for row in series.rows if row["region"] == code])
    return replace(series, id=f"{series.origin}@{code}", place=code, points=points, projected=projected, parts=parts)


def vintages(series: Indicator) -> tuple[str, ...]:
    """The named vintages released by the edition's date, oldest release first."""
    released: dict[str, str] = {}
    for row in series.rows:
        if row["region"] == series.place and row.get("vintage"):
            released[row["vintage"]] = max(released.get(row["vintage"], ""), row["released"])
    return tuple(sorted(released, key=lambda name: (released[name], name)))


def vintage(series: Indicator, name: str) -> Indicator:
    """The series as one vintage has it; empty where there is no such vintage."""
    rows = [row for row in series.rows if row["region"] == series.place and (row.get("vintage") or "") == name]
    points, projected, parts = select(rows)
    return replace(series, id=f"{series.id}@{name}", points=points, projected=projected, parts=parts, rows=tuple(rows))


def shown_as(series: Indicator, show: Text | Indicator) -> Indicator:
    """The same series, shown in other units: those of another Indicator, or `{"zh-Hans": "亿千瓦@2", "en": "GW@0"}`.

    Raises ValueError where a unit is unknown to the series.
    """
    wanted = show if isinstance(show, dict) else show.show
    for shown in wanted.values():
        unit, _ = split_show(shown)
        if unit not in series.units:
            raise ValueError(f"{unit} is no unit of {series.id}")
        series.units.convert(0.0, series.unit, unit)
    return replace(series, show={**series.show, **wanted})


def aim(series: Indicator, target: Target) -> Value:
    """`target` as a Value, shown with the digits of its document."""
    bound = "" if target.bound == "point" else target.bound
    record = ValueRecord(
        name="",
        value=settled(target.value),
        unit=target.unit,
        show={
            language: as_stated(series.units, target.value, target.unit, show) for language, show in series.show.items()
        },
        form=series.form,
        indicator=series.origin,
        label=target.label or series.label,
        region=series.place,
        period=str(target.year),
        bound=bound,
        counter=series.counter,
        scope=target.scope,
        released=target.released,
        status="target",
        inputs=(f"target:{target.id}",),
    )
    return Value(record, series.units, target)


def _only(series: Indicator, keep: Callable[[Observed], bool]) -> Indicator:
    return replace(
        series,
        points=tuple(filter(keep, series.points)),
        projected=tuple(filter(keep, series.projected)),
        parts=tuple(filter(keep, series.parts)),
    )
