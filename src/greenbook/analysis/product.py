"""The product of two series, such as generation × coal a kilowatt-hour, with exact units."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from greenbook.analysis.gate import refuse, scope_verdict
from greenbook.analysis.intensity import QUOTIENTS
from greenbook.analysis.result import noted
from greenbook.catalog.comparability import Verdict, both_languages, named
from greenbook.catalog.derived import merged, refusals
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed, unique
from greenbook.catalog.value import joined
from greenbook.records import Text
from greenbook.units import Units


def product(
    first: Indicator,
    second: Indicator,
    *,
    label: Text,
    unit: str,
    show: Text | None = None,
    across_scopes: Text | None = None,
) -> Indicator:
    """`first` × `second` in the years both have, in `unit`: an amount and what goes with a unit of it, or a share.

    Refused (empty, with the reason): units whose product is not of the kind of `unit`, scopes that differ unless
    `across_scopes` says why (then approximate, with that note), bounds, different moments. Raises ValueError where
    `unit` is unknown or a label lacks a language.
    """
    words = both_languages(label, "label")
    known = first.units if unit in first.units else joined(first.units, second.units)
    if unit not in known and first.all_units:
        known = joined(known, first.all_units())
    if unit not in known:
        raise ValueError(f"found unit {unit}; expected an id of units.yml")
    whole, scopes = _verdict(first, second, unit, known), scope_verdict((first, second), across_scopes)
    verdicts, points = [(0, whole), (0, scopes)], []
    scale = _scale(first, second, unit, known)
    if not whole.refused and not scopes.refused and scale is not None:
        for year in sorted(set(first.years) & set(second.years)):
            one, two = first.known(year), second.known(year)
            judged = _pair(first, second, one, two)
            verdicts.append((year, judged))
            if not judged.refused:
                points.append(replace(merged(one, two), value=one.value * two.value * scale))
    return first.derive(
        f"{first.id}:times-{second.id}",
        points,
        f"{first.id}[t] × {second.id}[t]",
        second,
        label=words,
        unit=unit,
        show=show or {language: f"{unit}@1" for language in words},
        kind="flow",
        counter={},
        price_basis="",
        direction="",
        units=joined(known, second.units),
        notes=unique([*first.notes, *second.notes, *noted(scopes)]),
        approximate=first.approximate or second.approximate or scopes.outcome == "warn",
        refusals=(*first.refusals, *second.refusals, *refusals("I", first, verdicts, second)),
    )


def _scale(first: Indicator, second: Indicator, unit: str, known: Units) -> float | None:
    """From the product of the stored units to `unit`; None where the product measures something else."""
    one, two, made = first.units[first.unit], second.units[second.unit], known[unit]
    plain = one.factor * two.factor / made.factor
    if "ratio" in (one.dimension, two.dimension):
        rest = two.dimension if one.dimension == "ratio" else one.dimension
        return float(plain) if rest == made.dimension else None
    for rate, (above, below, scale) in QUOTIENTS.items():
        dimension = known[rate].dimension if rate in known else ""
        if (one.dimension, two.dimension, made.dimension) in ((below, dimension, above), (dimension, below, above)):
            return float(plain * Fraction(1) / scale)
    return None


def _verdict(first: Indicator, second: Indicator, unit: str, known: Units) -> Verdict:
    if _scale(first, second, unit, known) is not None:
        return Verdict("run")
    (zh, en), (zh2, en2) = named(first), named(second)
    return refuse("unit", f"{zh}与{zh2}相乘得不到以{unit}计的量", f"{en} times {en2} is nothing measured in {unit}")


def _pair(first: Indicator, second: Indicator, one: Observed, two: Observed) -> Verdict:
    (zh, en), (zh2, en2) = named(first), named(second)
    if one.bound or two.bound:
        return refuse("bound", f"{one.year}年{zh}或{zh2}为界限值，不相乘", f"{en} or {en2} of {one.year} is a bound")
    if one.moment != two.moment:
        return refuse(
            "moment", f"{one.year}年{zh}与{zh2}时点不同", f"{en} and {en2} of {one.year} differ in their moment"
        )
    return Verdict("run")
