"""L over Indicators: what factors added to the change of a total, by LMDI-I (brief, 8.1 and 8.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from greenbook.analysis import lmdi as formulae
from greenbook.analysis.gate import Verdict, difference_verdict, intensity_verdict, scope_verdict
from greenbook.analysis.result import TIMES, Result, absent, both, noted, number, stopped
from greenbook.catalog.comparability import both_languages, named, refuse
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed, unique
from greenbook.catalog.value import Value
from greenbook.records import Refusal, Text

Chain = Sequence[Indicator]


@dataclass(frozen=True, eq=False)
class Decomposition(Result):
    """A change shared out without a residual. `factors` are its words; `effects` are Values in the unit of the total
    (form change), `multiples` the same as factors of V_T / V_0 (form multiple); `start`, `end` and `change` are the
    total. `chained` says whether yearly steps were added up; `years` are those used."""

    factors: tuple[Text, ...]
    years: tuple[int, ...]
    chained: bool
    start: Value
    end: Value
    change: Value
    effects: tuple[Value, ...]
    multiples: tuple[Value, ...]

    @property
    def period(self) -> Text:
        """The window in words: 2015—2020 in Chinese, 2015–2020 in English."""
        return both(f"{self.years[0]}—{self.years[-1]}", f"{self.years[0]}–{self.years[-1]}") if self.years else {}

    def drawn(self) -> tuple[Indicator | Value, ...]:
        return (self.start, *self.effects, self.end)


def lmdi(
    chains: Chain | Sequence[Chain],
    factors: Sequence[Text],
    start: int,
    end: int,
    *,
    chained: bool = False,
    across_vintages: Text | None = None,
    across_scopes: Text | None = None,
    method: str = "L",
) -> Decomposition:
    """The change of the last level of `chains` from `start` to `end`, shared out among `factors`.

    A chain is one part: its levels from the driver to what is decomposed, such as (generation, thermal generation, coal
    use); factor k is level k over level k − 1, the first factor the first level, so the product is the last level.
    Several parts share the first level or have one each. `chained` adds up the steps between all years that are there.
    Refused: a missing or negative number, a zero below another level, what `difference` refuses, current prices,
    scopes that differ (unless `across_scopes` says why). Raises ValueError where factors and levels differ in number.
    """
    parts = _parts(chains)
    names = tuple(both_languages(name, "the name of a factor") for name in factors)
    if any(len(part) != len(names) for part in parts):
        raise ValueError("a chain has one level a factor")
    held = unique(level for part in parts for level in part)
    years = _years(held, start, end, chained)
    verdicts = _verdicts(parts, held, years, across_vintages, across_scopes)
    bad = next((verdict for verdict in verdicts if verdict.refused), None)
    if bad is not None:
        return _refused(held, stopped(method, held, bad, start, end), names, chained)
    return _made(parts, held, names, years, chained, noted(*verdicts), method)


def _parts(chains: Chain | Sequence[Chain]) -> list[tuple[Indicator, ...]]:
    """The chains, whether one was given or several."""
    one = tuple(chain for chain in chains if isinstance(chain, Indicator))
    return [one] if one else [tuple(chain) for chain in chains if not isinstance(chain, Indicator)]


def _years(held: Sequence[Indicator], start: int, end: int, chained: bool) -> tuple[int, ...]:
    if not chained:
        return (start, end)
    shared = set.intersection(*(set(item.years) for item in held))
    return tuple(sorted({start, end} | {year for year in shared if start < year < end}))


def _verdicts(
    parts: Sequence[Chain],
    held: Sequence[Indicator],
    years: tuple[int, ...],
    vintages: Text | None,
    scopes: Text | None,
) -> list[Verdict]:
    if years[-1] <= years[0]:
        return [refuse("window", f"{years[0]}—{years[-1]}年不是一个时段", f"{years[0]} to {years[-1]} is no period")]
    found = [scope_verdict(held, scopes)]
    for item in held:
        found.append(intensity_verdict(item))
        found += [difference_verdict(item, first, years[-1], vintages) for first in years[:-1]]
        found += [_negative(item, year) for year in years if (item.point(year) or Observed(year, 0.0)).value < 0]
    if not any(verdict.refused for verdict in found):
        found += [
            _below_zero(part[k - 1], year)
            for part in parts
            for k in range(1, len(part))
            for year in years
            if part[k - 1].known(year).value == 0 and part[k].known(year).value > 0
        ]
        whole = parts[0][-1]
        found += [_unlike(whole, part[-1]) for part in parts[1:] if _dimension(part[-1]) != _dimension(whole)]
    return found


def _negative(item: Indicator, year: int) -> Verdict:
    zh, en = named(item)
    return refuse("sign", f"{zh}{year}年数值为负，不作对数分解", f"{en} of {year} is negative and has no logarithm")


def _below_zero(item: Indicator, year: int) -> Verdict:
    zh, en = named(item)
    return refuse("zero", f"{zh}{year}年为零，其下一层不为零", f"{en} of {year} is zero while the level on it is not")


def _unlike(one: Indicator, two: Indicator) -> Verdict:
    (zh, en), (zh2, en2) = named(one), named(two)
    return refuse("unit", f"{zh}与{zh2}不同类，不能相加", f"{en} and {en2} measure different things")


def _dimension(item: Indicator) -> str:
    return item.units[item.unit].dimension


def _refused(held: Sequence[Indicator], stop: Refusal, names: tuple[Text, ...], chained: bool) -> Decomposition:
    nothing = absent(held, stop)
    return Decomposition(
        tuple(held),
        stop,
        (),
        names,
        (),
        chained,
        nothing,
        nothing,
        nothing,
        tuple(nothing for _ in names),
        tuple(nothing for _ in names),
    )


def _made(
    parts: Sequence[Chain],
    held: Sequence[Indicator],
    names: tuple[Text, ...],
    years: tuple[int, ...],
    chained: bool,
    notes: tuple[Text, ...],
    method: str,
) -> Decomposition:
    last = parts[0][-1]
    scale = [float(part[-1].units[part[-1].unit].factor / last.units[last.unit].factor) for part in parts]
    levels = [[_factors(part, year, factor) for part, factor in zip(parts, scale, strict=True)] for year in years]
    found = [math.fsum(step[k] for step in formulae.steps(levels)) for k in range(len(names))]
    totals = [math.fsum(math.prod(part) for part in level) for level in (levels[0], levels[-1])]
    points = [item.known(year) for item in held for year in years]
    period = f"{years[0]}—{years[-1]}"
    way = f"chained over {', '.join(map(str, years))}" if chained else f"direct from {years[0]} to {years[-1]}"
    how = f"LMDI-I {method}, {way}"
    identity = " · ".join(item.id if k == 0 else f"{item.id}/{parts[0][k - 1].id}" for k, item in enumerate(parts[0]))
    identity = f"Σ {identity} over {len(parts)} parts" if len(parts) > 1 else identity

    def change(value: float, label: Text, formula: str, form: str = "change", when: str = period) -> Value:
        return number(
            held,
            points,
            value,
            unit=last.unit,
            show=last.show,
            form=form,
            label=label,
            period=when,
            formula=formula,
            notes=notes,
            approximate=bool(notes),
            counter=last.counter,
        )

    def multiple(value: float, label: Text, formula: str) -> Value:
        return number(
            held,
            points,
            value,
            unit="times",
            show=TIMES,
            form="multiple",
            label=label,
            period=period,
            formula=formula,
            notes=notes,
            approximate=bool(notes),
        )

    products = _products(levels, len(names)) if min(totals) > 0 else []
    return Decomposition(
        tuple(held),
        None,
        notes,
        names,
        years,
        chained,
        change(totals[0], last.label, f"{identity}, {years[0]}", "quantity", str(years[0])),
        change(totals[1], last.label, f"{identity}, {years[-1]}", "quantity", str(years[-1])),
        change(
            totals[1] - totals[0], both(f"{named(last)[0]}变化", f"{named(last)[1]}, change"), f"change of {identity}"
        ),
        tuple(
            change(value, name, f"{how}: effect {k + 1} ({name['en']}) of {identity}")
            for k, (value, name) in enumerate(zip(found, names, strict=True))
        ),
        tuple(
            multiple(value, name, f"{how}: factor {k + 1} ({name['en']}) of {identity}")
            for k, (value, name) in enumerate(zip(products, names, strict=False))
        ),
    )


def _products(levels: Sequence[Sequence[Sequence[float]]], count: int) -> list[float]:
    """D_k over all steps: the product of those of each step."""
    found = [1.0] * count
    for before, after in pairwise(levels):
        for k, ratio in enumerate(formulae.multiplicative(before, after)):
            found[k] *= ratio
    return found


def _factors(part: Chain, year: int, scale: float) -> list[float]:
    """The factors of one part in one year; a level of zero on a level of zero is a factor of zero."""
    values = [level.known(year).value for level in part]
    rest = [above / below if below else 0.0 for below, above in pairwise(values)]
    return [values[0] * scale, *rest]
