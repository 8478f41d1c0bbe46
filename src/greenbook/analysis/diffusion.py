"""D: an S-curve with the band of its ceiling, or the refusal to draw one before the inflection (brief, 8.1, 8.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from greenbook.analysis.gate import Verdict, series_verdict
from greenbook.analysis.growthcurve import Curve, allowed, fit_bass, fit_logistic, slowed
from greenbook.analysis.reasons import found
from greenbook.analysis.result import Result, both, noted, number, stopped, worded
from greenbook.catalog.comparability import named, refuse
from greenbook.catalog.derived import merged
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import unique
from greenbook.catalog.value import Value
from greenbook.language import digits_text
from greenbook.records import Text, ValueRecord
from greenbook.units import rounded, split_show

LEAST, FURTHEST, TIMES = 6, 10, 5.0
FITS = {"logistic": fit_logistic, "bass": fit_bass}
STATED = both(
    "曲线的上限是给定的，不是估计的；只看区间带，不看单一曲线",
    "The ceilings are stated and not estimated; the band counts, never one curve",
)
ESTIMATED = both(
    "上限由数据估计，区间带含数据不能排除的全部上限",
    "The ceilings are estimated: the band holds all that the data do not rule out",
)


@dataclass(frozen=True, eq=False)
class Diffusion(Result):
    """`curves` are series over the observed years and those ahead, one a ceiling of `ceilings` (Values, lowest first);
    `lower` and `upper` are the band over them."""

    series: Indicator
    model: str
    ceilings: tuple[Value, ...]
    curves: tuple[Indicator, ...]
    lower: Indicator
    upper: Indicator

    @property
    def lowest(self) -> Value:
        """The lowest ceiling; absent, with the reason, where no curve is drawn."""
        return self.ceilings[0] if self.ceilings else self.refused

    @property
    def highest(self) -> Value:
        """The highest ceiling; absent, with the reason, where no curve is drawn."""
        return self.ceilings[-1] if self.ceilings else self.lowest

    def drawn(self) -> tuple[Indicator | Value, ...]:
        return (self.series, self.lower, self.upper, *self.ceilings)


def diffusion(
    series: Indicator,
    ceilings: Sequence[float | Value] = (),
    *,
    model: str = "logistic",
    horizon: int = 5,
    across_vintages: Text | None = None,
) -> Diffusion:
    """The S-curve of `series` (a share, or a stock) under stated `ceilings`, in its unit, or under those that the data
    allow; `model` is logistic, or bass for cumulative adoption.

    Without stated ceilings the data must be past the inflection: beyond half of every ceiling they allow. Refused
    otherwise, as for fewer than six points, breaks, vintages, a ceiling below the data, over ten years ahead.
    """
    verdict = _horizon(series, horizon)
    if not verdict.refused:
        verdict = series_verdict(series, LEAST, positive=True, across_vintages=across_vintages)
    stated = {_height(series, ceiling): _behind(series, ceiling) for ceiling in ceilings}
    heights = list(stated)
    if not verdict.refused:
        inside, heights = _ceilings(series, heights)
        verdict = inside if inside.refused else verdict
    if verdict.refused:
        stop = stopped("D", (series,), verdict, *series.years[:1], *series.years[-1:])
        empty = series.derive(f"{series.id}:curve", (), "", refusals=(stop,))
        return Diffusion((series,), stop, (), series, model, (), (), empty, empty)
    years = [float(year) for year in series.years]
    curves = [FITS[model](years, series.values, height) for height in sorted(heights)]
    return _made(series, curves, model, horizon, (*noted(verdict), STATED if ceilings else ESTIMATED), stated)


def _height(series: Indicator, ceiling: float | Value) -> float:
    if isinstance(ceiling, Value):
        return float(series.units.convert(ceiling.number, ceiling.unit, series.unit)) if ceiling.exists else math.nan
    return float(ceiling)


def _behind(series: Indicator, ceiling: float | Value) -> tuple[str, ...]:
    """The keys of what a stated ceiling rests on: a Value's own, else the assumption with its number and unit."""
    if isinstance(ceiling, Value):
        return ceiling.content.inputs
    return (f"assumption:ceiling={ceiling:.12g} {series.unit}",)


def _ceilings(series: Indicator, heights: list[float]) -> tuple[Verdict, list[float]]:
    """Whether the ceilings stand, and which they are: those given, or the lowest and highest the data allow."""
    zh, en = named(series)
    largest = max(series.values)
    if heights:
        low = [height for height in heights if not height > largest]
        return (
            (
                refuse("ceiling", f"{zh}：给定的上限不高于已有数值", f"{en}: a stated ceiling is not above the data"),
                heights,
            )
            if low
            else (Verdict("run"), heights)
        )
    share = series.unit == "%"
    bottom, top = allowed([float(year) for year in series.years], series.values, 100.0 if share else TIMES * largest)
    if not math.isfinite(bottom):
        return refuse("shape", f"{zh}不呈上升的S形", f"{en} does not rise along an S"), []
    if not slowed(series.values, [float(year) for year in series.years]):
        return refuse(
            "inflection",
            f"{zh}未过拐点：最近两年的年增量仍是最大的或与最大的相差不到一成，不画S形曲线",
            f"{en} is not past the inflection: one of its last two rises a year is the largest or within a tenth "
            "of it, so no S-curve is drawn",
        ), []
    if series.values[-1] <= top / 2:
        words = [_shown(series, height, language) for height in (bottom, top) for language in ("zh-Hans", "en")]
        return refuse(
            "inflection",
            f"{zh}未过拐点：数据容许的上限在{words[0]}到{words[2]}之间，不画S形曲线",
            f"{en} is not past the inflection: the data allow ceilings from {words[1]} to {words[3]}, "
            "so no S-curve is drawn",
            *_limits(series, bottom, top),
        ), []
    return Verdict("run"), sorted({bottom, math.sqrt(bottom * top), top})


def _limits(series: Indicator, *heights: float) -> tuple[ValueRecord, ...]:
    """The lowest and the highest ceiling that the data allow, as values of the reason."""
    label, curve = both("数据容许的上限", "Ceiling that the data allow"), f"of the logistic of {series.id}"
    return tuple(
        found(series, f"ceiling-{place}", height, label, f"ceiling {place} {curve}", "ceiling-grid")
        for place, height in enumerate(heights, 1)
    )


def _shown(series: Indicator, amount: float, language: str) -> str:
    unit, digits = split_show(series.show[language])
    converted = rounded(series.units.convert(amount, series.unit, unit), max(0, digits))
    return series.units[unit].attach(digits_text(converted, language), language)


def _made(
    series: Indicator,
    fitted: list[Curve],
    model: str,
    horizon: int,
    notes: tuple[Text, ...],
    stated: dict[float, tuple[str, ...]],
) -> Diffusion:
    """The curves of `fitted`, each with the keys of its ceiling beside those of the data; the band has those of all."""
    origin, last = merged(*series.points), series.points[-1].year
    years = [*range(series.points[0].year, last + horizon + 1)]
    said = unique([*series.notes, *notes])

    def line(key: str, words: tuple[str, str], numbers: list[float], curves: list[Curve]) -> Indicator:
        behind = (*origin.inputs, *unique(name for curve in curves for name in _rests(curve, stated)))
        points = [
            replace(
                origin,
                year=year,
                value=amount,
                status="projected" if year > last else "derived",
                as_at="",
                bound="",
                inputs=behind,
            )
            for year, amount in zip(years, numbers, strict=True)
        ]
        return series.derive(
            f"{series.id}:{model}-{key}",
            points,
            f"{model} of {series.id}, {key}",
            label=worded(series, *words),
            notes=said,
            approximate=True,
        )

    rows = [[curve.at(year) for year in years] for curve in fitted]
    ceilings = tuple(_ceiling(series, curve, place, model, notes, stated) for place, curve in enumerate(fitted, 1))
    curves = tuple(
        line(f"curve-{place}", ("（S形曲线）", "S-curve"), row, [curve])
        for place, (curve, row) in enumerate(zip(fitted, rows, strict=True), 1)
    )
    edges = [("lower", "（S形曲线下限）", min), ("upper", "（S形曲线上限）", max)]
    low, high = (
        line(key, (zh, f"S-curve, {key} edge"), [edge(column) for column in zip(*rows, strict=True)], fitted)
        for key, zh, edge in edges
    )
    return Diffusion((series,), None, notes, series, model, ceilings, curves, low, high)


def _rests(curve: Curve, stated: dict[float, tuple[str, ...]]) -> tuple[str, ...]:
    """What the ceiling of `curve` rests on: as it was stated, or the search over the grid of ceilings."""
    return stated.get(curve.ceiling, ("simulation:ceiling-grid",))


def _ceiling(
    series: Indicator,
    curve: Curve,
    place: int,
    model: str,
    notes: tuple[Text, ...],
    stated: dict[float, tuple[str, ...]],
) -> Value:
    """The ceiling of a curve: what was stated rests on that alone, what was estimated on the data and the search."""
    plain = stated and float(curve.ceiling).is_integer()
    made = number(
        (series,),
        series.points,
        curve.ceiling,
        unit=series.unit,
        show=_plain(series.show) if plain else series.show,
        label=both("上限", "Ceiling"),
        form="share" if series.kind == "share" else "quantity",
        period=f"{series.first_year}—{series.last_year}",
        formula=f"ceiling {place} of the {model} of {series.id}",
        notes=notes,
        counter=series.counter,
    )
    keys = stated[curve.ceiling] if stated else (*made.content.inputs, *_rests(curve, stated))
    return replace(made, content=replace(made.content, inputs=keys))


def _horizon(series: Indicator, horizon: int) -> Verdict:
    zh, en = named(series)
    if 0 <= horizon <= FURTHEST:
        return Verdict("run")
    return refuse(
        "horizon", f"{zh}：展望{horizon}年超出{FURTHEST}年", f"{en}: {horizon} years ahead are more than {FURTHEST}"
    )


def _plain(show: Text) -> Text:
    """`show` without decimals: a stated ceiling is as precise as it was stated."""
    return {language: f"{split_show(said)[0]}@0" for language, said in show.items()}
