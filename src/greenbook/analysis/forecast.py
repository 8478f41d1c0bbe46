"""F1: an extrapolation of at most three years with its 80 % interval, or the refusal to make one (brief, 8.1, 8.3)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace

from greenbook.analysis.gate import Verdict, series_verdict
from greenbook.analysis.result import Result, absent, both, noted, stopped, worded
from greenbook.analysis.smoothing import LEAST, METHODS, Fit, rolling_errors
from greenbook.analysis.student import t_quantile
from greenbook.catalog.comparability import named, refuse
from greenbook.catalog.derived import merged
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import unique
from greenbook.catalog.value import Value
from greenbook.records import Text

NEEDED, FURTHEST, FIRST, BEATEN = 10, 3, 6, 0.9
WORDS = {
    "naive": both("朴素法", "Naive method"),
    "drift": both("漂移法", "Drift method"),
    "ses": both("简单指数平滑", "Simple exponential smoothing"),
    "damped": both("阻尼Holt法", "Damped Holt method"),
    "theta": both("Theta法", "Theta method"),
}
WARNING = both(
    "外推只延续过去的变动，不含政策和市场的新变化；短序列的80%区间依t分布计算",
    "An extrapolation goes on as the past did and knows no new policy or market; its 80% interval follows Student's t",
)


@dataclass(frozen=True, eq=False)
class Forecast(Result):
    """`middle`, `lower`, `upper` are series of the years ahead (status projected) with the ends of the 80 % interval;
    `method` is a key of WORDS; `errors` the mean absolute one-step error of each candidate, in the unit modelled."""

    series: Indicator
    method: str
    middle: Indicator
    lower: Indicator
    upper: Indicator
    errors: dict[str, float]

    @property
    def words(self) -> Text:
        """The method in both languages; empty where refused."""
        return WORDS.get(self.method, {})

    def at(self, year: int) -> tuple[Value, Value, Value]:
        """The middle, the lower and the upper end of `year`; absent, with the reason, where it is not forecast."""
        if self.refusal:
            nothing = absent(self.sources, self.refusal, self.series.label, str(year))
            return nothing, nothing, nothing
        return self.middle.at(year), self.lower.at(year), self.upper.at(year)

    def drawn(self) -> tuple[Indicator | Value, ...]:
        return (self.series, self.middle, self.lower, self.upper)


def forecast(series: Indicator, horizon: int = FURTHEST, across_vintages: Text | None = None) -> Forecast:
    """`series` extrapolated by the drift method, unless another is better by a tenth over the rolling one-step errors.

    Of the two smoothing methods only the one with the smaller AICc stands for choice. Shares are modelled on the logit,
    positive amounts as they are. Refused: fewer than ten yearly points, a gap, a break, vintages, current prices, a
    horizon beyond three years. Warned always.
    """
    verdict = _horizon(series, horizon)
    if not verdict.refused:
        verdict = series_verdict(series, NEEDED, unbroken=True, across_vintages=across_vintages)
    on, back = _scale(series)
    if not verdict.refused and on is math.log and not all(0 < value < 100 for value in series.values):
        verdict = _outside(series)
    if verdict.refused:
        stop = stopped("F1", (series,), verdict, *series.years[:1], *series.years[-1:])
        empty = series.derive(f"{series.id}:forecast", (), "", refusals=(stop,))
        return Forecast((series,), stop, (), series, "", empty, empty, empty, {})
    values = [_logit(value) for value in series.values] if on is math.log else list(series.values)
    method, errors = choose(values)
    return _made(series, METHODS[method](values, horizon), errors, back, (*noted(verdict), WARNING))


def choose(values: list[float]) -> tuple[str, dict[str, float]]:
    """The method to publish and the mean absolute one-step error of each candidate (brief, 8.3, F1)."""
    smooth = min((METHODS[name](values, 1) for name in ("ses", "damped")), key=lambda fit: fit.aicc or math.inf).method
    first = max(FIRST, LEAST[smooth])
    errors = {
        name: statistics.fmean(rolling_errors(values, name, first)) for name in ("drift", "naive", smooth, "theta")
    }
    best = min(errors, key=lambda name: errors[name])
    return (best if errors[best] <= BEATEN * errors["drift"] and best != "drift" else "drift"), errors


def interval(fit: Fit, level: float = 0.8) -> list[tuple[float, float]]:
    """The ends of the interval of each year ahead: forecast ± t · spread."""
    times = t_quantile(0.5 + level / 2, fit.freedom)
    return [
        (middle - times * spread, middle + times * spread)
        for middle, spread in zip(fit.forecasts, fit.spreads, strict=True)
    ]


def _made(
    series: Indicator, fit: Fit, errors: dict[str, float], back: Callable[[float], float], notes: tuple[Text, ...]
) -> Forecast:
    ends, last = interval(fit), series.points[-1]
    origin = merged(*series.points)
    name = WORDS[fit.method]

    def line(key: str, words: tuple[str, str], numbers: list[float]) -> Indicator:
        points = [
            replace(origin, year=last.year + step, value=back(number), status="projected", as_at="", bound="")
            for step, number in enumerate(numbers, 1)
        ]
        label = worded(series, f"（{name['zh-Hans']}外推{words[0]}）", f"extrapolated by {name['en']}{words[1]}")
        return series.derive(
            f"{series.id}:forecast-{key}",
            points,
            f"{fit.method} of {series.id}, {key}",
            label=label,
            notes=unique([*series.notes, *notes]),
            approximate=True,
        )

    return Forecast(
        (series,),
        None,
        notes,
        series,
        fit.method,
        line("middle", ("", ""), list(fit.forecasts)),
        line("lower", ("，80%区间下限", ", lower end of 80%"), [low for low, _ in ends]),
        line("upper", ("，80%区间上限", ", upper end of 80%"), [high for _, high in ends]),
        errors,
    )


def _scale(series: Indicator) -> tuple[Callable[[float], float] | None, Callable[[float], float]]:
    """How numbers are modelled (None: as they are) and how they come back."""
    if series.kind == "share" and series.unit == "%":
        return math.log, lambda value: 100 / (1 + math.exp(-value))
    return None, float


def _logit(share: float) -> float:
    return math.log(share / (100 - share))


def _horizon(series: Indicator, horizon: int) -> Verdict:
    if 1 <= horizon <= FURTHEST:
        return Verdict("run")
    zh, en = named(series)
    return refuse(
        "horizon",
        f"{zh}：展望{horizon}年超出1至{FURTHEST}年，改用情景",
        f"{en}: {horizon} years ahead are not within 1 to {FURTHEST}; a scenario is the way",
    )


def _outside(series: Indicator) -> Verdict:
    zh, en = named(series)
    return refuse("logit", f"{zh}有0或100%的数值，不能在对数几率上建模", f"{en} reaches 0 or 100%, which has no logit")
