"""Logistic and Bass curves on bare numbers, and the ceilings that data allow (brief, 8.3, D)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from greenbook.analysis.search import least
from greenbook.analysis.student import t_quantile

STEPS = 61
LIKELY = 0.8
# the last two rises a year are at most this part of the largest where growth has slowed
SLOWER = 0.9
# plausible values of the coefficients of innovation and imitation; typical are 0.03 and 0.38 (brief, 8.3)
BASS_BOUNDS = ((1e-4, 0.2), (0.01, 1.5))


@dataclass(frozen=True)
class Curve:
    """A curve under `ceiling`: of the logistic `speed` is k and `middle` t_0; of Bass they are q and p. `misfit` is the
    sum of squared relative errors, ln y less ln ŷ."""

    ceiling: float
    speed: float
    middle: float
    misfit: float
    model: str = "logistic"
    origin: float = 0.0

    def at(self, year: float) -> float:
        """The number of the curve in `year`."""
        if self.model == "bass":
            return self.ceiling * bass_share(year - self.origin, self.middle, self.speed)
        return logistic(year, self.ceiling, self.speed, self.middle)


def logistic(t: float, ceiling: float, speed: float, middle: float) -> float:
    """y = L / (1 + e^(−k(t − t_0)))."""
    reach = -speed * (t - middle)
    return 0.0 if reach > 700 else ceiling / (1 + math.exp(reach))


def bass_share(t: float, p: float, q: float) -> float:
    """F(t) = (1 − e^(−(p+q)t)) / (1 + (q/p) e^(−(p+q)t)) (Bass 1969; RV-22)."""
    fade = math.exp(-(p + q) * t)
    return (1 - fade) / (1 + q / p * fade)


def bass_rate(t: float, p: float, q: float) -> float:
    """f(t) = (p + qF)(1 − F), the share that adopts at t."""
    share = bass_share(t, p, q)
    return (p + q * share) * (1 - share)


def bass_peak(p: float, q: float) -> float:
    """The time of the most adoptions, ln(q/p)/(p + q)."""
    return math.log(q / p) / (p + q)


def fit_logistic(years: Sequence[float], values: Sequence[float], ceiling: float) -> Curve:
    """The line of ln(y/(L − y)) on the years, for numbers between 0 and the ceiling."""
    logits = [math.log(value / (ceiling - value)) for value in values]
    middle_x, middle_y = statistics.fmean(years), statistics.fmean(logits)
    below = math.fsum((year - middle_x) ** 2 for year in years)
    speed = math.fsum((x - middle_x) * (y - middle_y) for x, y in zip(years, logits, strict=True)) / below
    centre = middle_x - middle_y / speed if speed else math.inf
    misfit = math.inf
    if speed > 0:
        drawn = [max(1e-300, logistic(year, ceiling, speed, centre)) for year in years]
        misfit = math.fsum(math.log(value / curve) ** 2 for value, curve in zip(values, drawn, strict=True))
    return Curve(ceiling, speed, centre, misfit)


def refined(years: Sequence[float], values: Sequence[float], curve: Curve) -> Curve:
    """The logistic under the ceiling of `curve` with the least misfit, by Gauss–Newton from where `curve` stands.

    The fit on the logit gives numbers near the ceiling too much weight to compare ceilings by.
    """
    centre = statistics.fmean(years)
    slope, offset, misfit = max(curve.speed, 1e-3), 0.0, math.inf
    kept = slope, offset
    if math.isfinite(curve.misfit):
        offset = curve.speed * (centre - curve.middle)
    for _ in range(40):
        rows = []
        for year, value in zip(years, values, strict=True):
            share = logistic(year - centre, 1.0, slope, -offset / slope)
            rows.append((year - centre, 1 - share, math.log(value / max(1e-300, curve.ceiling * share))))
        reached = math.fsum(left * left for _, _, left in rows)
        if misfit - reached < 1e-12 * misfit or not math.isfinite(reached):
            break
        misfit, kept = reached, (slope, offset)
        a = math.fsum((x * w) ** 2 for x, w, _ in rows)
        b = math.fsum(x * w * w for x, w, _ in rows)
        d = math.fsum(w * w for _, w, _ in rows)
        p = math.fsum(x * w * left for x, w, left in rows)
        q = math.fsum(w * left for _, w, left in rows)
        size = a * d - b * b
        if size <= 1e-15 * a * d:
            break
        slope, offset = max(1e-4, slope + (p * d - q * b) / size), offset + (a * q - b * p) / size
    slope, offset = kept if math.isfinite(misfit) else (slope, offset)
    return Curve(curve.ceiling, slope, centre - offset / slope, misfit)


def slowed(values: Sequence[float], years: Sequence[float]) -> bool:
    """Whether the largest rise a year lies before the last two, which are smaller by a tenth: past an inflection rises
    get smaller, and a rise that is all but the largest does not show it."""
    rises = [(b - a) / (d - c) for a, b, c, d in zip(values, values[1:], years, years[1:], strict=False)]
    return max(rises[-2:]) < SLOWER * max(rises)


def fit_bass(years: Sequence[float], values: Sequence[float], ceiling: float) -> Curve:
    """p and q by least relative squares inside plausible bounds, t counted from the year before the first number."""
    origin = years[0] - 1

    def loss(place: tuple[float, ...]) -> float:
        p, q = place
        return math.fsum(
            math.log(value / max(1e-300, ceiling * bass_share(year - origin, p, q))) ** 2
            for year, value in zip(years, values, strict=True)
        )

    (p, q), misfit = least(loss, BASS_BOUNDS)
    return Curve(ceiling, q, p, misfit, "bass", origin)


def allowed(years: Sequence[float], values: Sequence[float], highest: float) -> tuple[float, float]:
    """The lowest and the highest ceiling that the data do not reject: those whose misfit is within the factor
    1 + t²_{.9, n−3}/(n − 3) of the least, on a grid from just above the largest number to `highest`.

    (inf, inf) where no rising curve fits.
    """
    floor, free = max(values) * 1.02, max(1, len(values) - 3)
    grid = (
        [floor * (highest / floor) ** (place / (STEPS - 1)) for place in range(STEPS)] if highest > floor else [highest]
    )
    fits = [fit_logistic(years, values, ceiling) for ceiling in grid if ceiling > max(values)]
    curves = [refined(years, values, fit) for fit in fits if fit.speed > 0]
    lowest = min((curve.misfit for curve in curves), default=math.inf)
    if not math.isfinite(lowest):
        return math.inf, math.inf
    limit = lowest * (1 + t_quantile(0.5 + LIKELY / 2, free) ** 2 / free)
    held = [curve.ceiling for curve in curves if curve.misfit <= limit]
    return min(held), max(held)
