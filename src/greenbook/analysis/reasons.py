"""The numbers in the reason of a refusal, as values: how many points there are, how many are needed, what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import settled
from greenbook.records import Text, ValueRecord

POINTS: Text = {"zh-Hans": "年度点数", "en": "Annual points"}
UNITS: Text = {"zh-Hans": "可比单元数", "en": "Comparable units"}
INDICATORS: Text = {"zh-Hans": "指标数", "en": "Indicators"}
WEIGHT: Text = {"zh-Hans": "熵权", "en": "Entropy weight"}
NEEDED: Text = {"zh-Hans": "方法所需", "en": "Needed by the method"}


def points_of(series: Indicator) -> ValueRecord:
    """How many yearly points `series` has, resting on all of them."""
    keys = tuple(sorted({key for point in series.points for key in point.inputs}))
    return counted("points", len(series.points), POINTS, f"number of points of {series.id}", keys, series.origins)


def units_of(series: Indicator, number: int) -> ValueRecord:
    """How many regions of the panel `series` there are."""
    return own_count("units", number, UNITS, f"count:regions of {series.id}")


def needed(number: int) -> ValueRecord:
    """What a method asks for at least: a rule of this report (brief, 8.1)."""
    return own_count("needed", number, NEEDED, f"assumption:needed={number} count")


def own_count(name: str, number: int, label: Text, key: str) -> ValueRecord:
    """A count that this report makes or sets itself, under the `key` of a count or an assumption."""
    return counted(name, number, label, "", (key,), ())


def counted(
    name: str, number: int, label: Text, formula: str, inputs: tuple[str, ...], uses: tuple[str, ...]
) -> ValueRecord:
    """A count as a value called `name`."""
    show = {"zh-Hans": "count@0", "en": "count@0"}
    return ValueRecord(
        name=name,
        value=float(number),
        unit="count",
        show=show,
        label=label,
        status="derived",
        formula=formula,
        inputs=inputs,
        uses=uses,
    )


def weight_of(series: Indicator, share: float, others: Iterable[Indicator]) -> ValueRecord:
    """The weight that entropy would give to `series` among `others`, in per cent without places."""
    keys = tuple(sorted({key for other in others for point in other.points for key in point.inputs}))
    weight = counted("weight", 0, WEIGHT, f"entropy weight of {series.id}", keys, series.origins)
    show = {"zh-Hans": "%@0", "en": "%@0"}
    return replace(weight, value=settled(share), unit="%", show=show, form="share")


def found(series: Indicator, name: str, amount: float, label: Text, formula: str, simulation: str) -> ValueRecord:
    """An amount of `series` that the refused method found, in its unit and as it is shown."""
    keys = tuple(sorted({key for point in series.points for key in point.inputs}))
    return ValueRecord(
        name=name,
        value=settled(amount),
        unit=series.unit,
        show=series.show,
        form="share" if series.kind == "share" else "quantity",
        indicator=series.origin,
        label=label,
        period=f"{series.first_year}—{series.last_year}",
        status="approximate",
        formula=formula,
        inputs=(*keys, f"simulation:{simulation}"),
        uses=series.origins,
    )
