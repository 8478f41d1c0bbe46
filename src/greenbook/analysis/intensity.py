"""I: intensities and other quotients of two series, with exact units (brief, 8.1 and 8.3)."""

from __future__ import annotations

from fractions import Fraction

from greenbook.analysis.gate import intensity_verdict, refusal
from greenbook.catalog.comparability import both_languages
from greenbook.catalog.derived import quotient, total
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import joined
from greenbook.records import Text

# unit of a quotient → dimension above, dimension below, factor from the quotient of their base units
# (tce, t, t of CO₂, kWh, CNY; data/units.yml)
QUOTIENTS = {
    "kgce/t": ("energy_tce", "mass", Fraction(1000)),
    "kWh/t": ("energy_electric", "mass", Fraction(1)),
    "gce/kWh": ("energy_tce", "energy_electric", Fraction(10**6)),
    "gCO2e/kWh": ("mass_co2", "energy_electric", Fraction(10**6)),
    "CNY/t": ("money_cny", "mass", Fraction(1)),
}


def intensity(
    numerator: Indicator,
    denominator: Indicator,
    *,
    label: Text,
    unit: str = "",
    show: Text | None = None,
    base: int | None = None,
) -> Indicator:
    """`numerator` / `denominator`, year by year, in `unit` (one of QUOTIENTS) or as an index with `base` = 100.

    Refused (an empty Indicator with the reason): a denominator at current prices, different scopes by name,
    different moments, bounds. Series that come in editions are both taken from the newest edition they share.
    Raises ValueError where neither a known unit nor a base is given, or a label lacks a language.
    """
    label = both_languages(label, "label")
    factor = _factor(numerator, denominator, unit) if unit else Fraction(1)
    if not unit and base is None:
        raise ValueError(f"an intensity needs unit= (one of {', '.join(QUOTIENTS)}) or base= (a year set to 100)")
    verdict = intensity_verdict(denominator)
    formula = f"{numerator.id}[t] / {denominator.id}[t]"
    name = f"{numerator.id}:per-{denominator.id}"
    if verdict.refused:
        return numerator.derive(
            name, (), formula, denominator, label=label, kind="ratio", refusals=(refusal("I", denominator, verdict),)
        )
    made = quotient(numerator, denominator, None if factor is None else float(factor), "I", same_scope=True)
    units = numerator.all_units() if unit and unit not in made.units and numerator.all_units else made.units
    ratio = made.derive(
        name,
        made.points,
        formula,
        label=label,
        unit=unit or "ratio",
        kind="ratio",
        counter={},
        price_basis="",
        show=show or {language: f"{unit or 'ratio'}@1" for language in ("zh-Hans", "en")},
        units=joined(made.units, units),
        direction="",
    )
    return ratio if base is None else _indexed(ratio, base, formula)


def _indexed(ratio: Indicator, base: int, formula: str) -> Indicator:
    made = ratio.index(base)
    return made.derive(
        made.id,
        made.points,
        f"({formula}) / ({formula.replace('[t]', f'[{base}]')}) × 100",
        refusals=made.refusals,
        notes=made.notes,
    )


def _factor(numerator: Indicator, denominator: Indicator, unit: str) -> Fraction | None:
    """The factor from stored units to `unit`; None where `unit` is no quotient of these two."""
    if unit not in QUOTIENTS:
        raise ValueError(f"found unit {unit}; a quotient can be in {', '.join(QUOTIENTS)}, or an index (base=)")
    above, below, scale = QUOTIENTS[unit]
    one, two = numerator.units[numerator.unit], denominator.units[denominator.unit]
    return one.factor / two.factor * scale if (one.dimension, two.dimension) == (above, below) else None


def summed(id: str, label: Text, *parts: Indicator) -> Indicator:
    """The sum of `parts` in the years all of them have, in the unit and `show` of the first.

    Refused (empty) where they measure different things. Raises ValueError where the label lacks a language.
    """
    return total(parts, id, both_languages(label, "label"))


def ratio(above: Indicator, below: Indicator, *, label: Text, show: Text | None = None) -> Indicator:
    """`above` / `below`, both of one dimension, as a multiple (unit times): the one is 2.1 times the other."""
    label = both_languages(label, "label")
    one, two = above.units[above.unit], below.units[below.unit]
    same = one.dimension == two.dimension
    made = quotient(above, below, float(one.factor / two.factor) if same else None, "I", same_scope=True)
    show = show or {language: "times@1" for language in ("zh-Hans", "en")}
    return made.derive(
        f"{above.id}:times-{below.id}",
        made.points,
        f"{above.id}[t] / {below.id}[t]",
        label=label,
        unit="times",
        show=show,
        kind="ratio",
        counter={},
        price_basis="",
        direction="",
    )
