"""W: Wright's learning curve, C = C_1 Q^−b, by regression of ln C on ln Q (brief, 8.1 and 8.3)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from greenbook.analysis.gate import Verdict, series_verdict
from greenbook.analysis.result import PERCENT, RATIO, Result, absent, both, noted, number, stopped, worded
from greenbook.analysis.student import t_quantile
from greenbook.catalog.comparability import both_languages, named, refuse
from greenbook.catalog.derived import merged
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import unique
from greenbook.catalog.value import Value
from greenbook.records import Refusal, Text

LEAST, DOUBLINGS, ENOUGH = 5, 2.0, 3.0


@dataclass(frozen=True)
class WrightNumbers:
    """ln C = `intercept` + `slope` ln Q; `spread` is the standard error of the slope, `doublings` of Q covered."""

    intercept: float
    slope: float
    spread: float
    doublings: float

    def rate(self, times: float = 0.0) -> float:
        """The learning rate 1 − 2^slope, with `times` standard errors added to the slope."""
        return 1 - 2 ** (self.slope + times * self.spread)


def wright(output: Sequence[float], cost: Sequence[float]) -> WrightNumbers:
    """The regression of three or more positive costs on positive cumulative outputs (RV-23)."""
    x, y = [math.log(value) for value in output], [math.log(value) for value in cost]
    middle_x, middle_y, n = statistics.fmean(x), statistics.fmean(y), len(x)
    below = math.fsum((value - middle_x) ** 2 for value in x)
    slope = math.fsum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True)) / below
    intercept = middle_y - slope * middle_x
    left = math.fsum((b - intercept - slope * a) ** 2 for a, b in zip(x, y, strict=True))
    return WrightNumbers(intercept, slope, math.sqrt(left / (n - 2) / below), (max(x) - min(x)) / math.log(2))


@dataclass(frozen=True, eq=False)
class Learning(Result):
    """The learning rate a doubling in per cent, its 80 % interval (`low`, `high`), the doublings covered, and `fit`,
    the price on the line in the years of `price` and `output`."""

    price: Indicator
    output: Indicator
    fit: Indicator
    rate: Value
    low: Value
    high: Value
    doublings: Value

    def drawn(self) -> tuple[Indicator | Value, ...]:
        return (self.price, self.output, self.fit)


def learning(
    price: Indicator,
    output: Indicator,
    *,
    world: bool = False,
    across_vintages: Text | None = None,
) -> Learning:
    """The learning rate of `price` (constant prices) over cumulative `output`, in the years both have.

    `world` says that both are of the world market; a national price series is refused, since its price is learned
    on the world's output. Refused as well: current prices, fewer than five points, less than two doublings; a warning
    below three.
    """
    years = [year for year in price.years if output.point(year)]
    cost, made = price.only(years), output.only(years)
    verdicts = [
        _national(price, world),
        series_verdict(cost, LEAST, positive=True, across_vintages=across_vintages),
        series_verdict(made, LEAST, positive=True, across_vintages=across_vintages),
    ]
    if not any(verdict.refused for verdict in verdicts):
        verdicts.append(_doublings(price, made))
    bad = next((verdict for verdict in verdicts if verdict.refused), None)
    if bad is not None:
        return _refused(cost, made, stopped("W", (price, output), bad, *years))
    return _fitted(cost, made, noted(*verdicts), years)


def _national(price: Indicator, world: bool) -> Verdict:
    if world:
        return Verdict("run")
    zh, en = named(price)
    return refuse(
        "national",
        f"{zh}是全国价格：价格随世界累计产量下降，不用全国序列估学习率",
        f"{en} is a national price: prices fall with the world's cumulative output, so no rate is estimated from it",
    )


def _doublings(price: Indicator, output: Indicator) -> Verdict:
    covered = math.log2(max(output.values) / min(output.values))
    zh, en = named(price)
    words = f"{covered:.1f}"
    if covered < DOUBLINGS:
        return refuse(
            "doublings",
            f"累计产量只翻番{words}次，不足两次，不估{zh}的学习率",
            f"cumulative output doubled {words} times, fewer than two: no learning rate of {en}",
        )
    if covered >= ENOUGH:
        return Verdict("run")
    return Verdict(
        "warn",
        both(
            f"累计产量只翻番{words}次，学习率不稳",
            f"Cumulative output doubled only {words} times, so the rate is unsteady",
        ),
    )


def _fitted(price: Indicator, output: Indicator, notes: tuple[Text, ...], years: list[int]) -> Learning:
    found = wright(output.values, price.values)
    times = t_quantile(0.9, len(years) - 2)
    points = [*price.points, *output.points]
    line = [
        replace(
            merged(price.known(year), output.known(year)),
            bound="",
            value=math.exp(found.intercept + found.slope * math.log(output.known(year).value)),
        )
        for year in years
    ]
    formula = f"ln {price.id} = a − b · ln {output.id}"

    def value(amount: float, words: Text, how: str, unit: str = "%", show: Text = PERCENT) -> Value:
        return number(
            (price, output),
            points,
            amount,
            unit=unit,
            show=show,
            form="share" if unit == "%" else "quantity",
            label=words,
            period=f"{years[0]}—{years[-1]}",
            formula=how,
            notes=notes,
            approximate=bool(notes),
        )

    return Learning(
        (price, output),
        None,
        notes,
        price,
        output,
        price.derive(
            f"{price.id}:learning",
            line,
            formula,
            output,
            label=worded(price, "学习曲线", "learning curve"),
            notes=unique([*price.notes, *output.notes, *notes]),
        ),
        value(found.rate() * 100, both("学习率", "Learning rate"), f"1 − 2^−b, {formula}"),
        value(found.rate(times) * 100, both("学习率下限", "Learning rate, lower end"), f"1 − 2^−(b − t·s), {formula}"),
        value(found.rate(-times) * 100, both("学习率上限", "Learning rate, upper end"), f"1 − 2^−(b + t·s), {formula}"),
        value(
            found.doublings,
            both("累计产量翻番次数", "Doublings of output"),
            f"log2 of the range of {output.id}",
            "ratio",
            RATIO,
        ),
    )


def _refused(price: Indicator, output: Indicator, stop: Refusal) -> Learning:
    nothing = absent((price, output), stop, both("学习率", "Learning rate"))
    empty = price.derive(f"{price.id}:learning", (), "", output, refusals=(stop,))
    return Learning((price, output), stop, (), price, output, empty, nothing, nothing, nothing, nothing)


def cumulated(series: Indicator, label: Text) -> Indicator:
    """The running sum of a flow from its first year; what was made before is not counted, which the note says.

    Refused (empty) where a year is missing inside, or the points are not comparable.
    """
    words, verdict = both_languages(label, "label"), series_verdict(series, 1, positive=True, unbroken=True)
    if verdict.refused:
        return series.derive(
            f"{series.id}:cumulated",
            (),
            "",
            label=words,
            refusals=(*series.refusals, stopped("W", (series,), verdict, *series.years)),
        )
    points = [
        replace(
            merged(*series.points[: place + 1]),
            year=point.year,
            value=math.fsum(item.value for item in series.points[: place + 1]),
        )
        for place, point in enumerate(series.points)
    ]
    note = both(
        f"累计自{series.first_year}年起，此前产量未计入",
        f"Cumulated from {series.first_year}; earlier output is not counted",
    )
    return series.derive(
        f"{series.id}:cumulated",
        points,
        f"Σ {series.id}[{series.first_year}…t]",
        label=words,
        kind="stock",
        notes=unique([*series.notes, *noted(verdict), note]),
        approximate=series.approximate or verdict.outcome == "warn",
    )
