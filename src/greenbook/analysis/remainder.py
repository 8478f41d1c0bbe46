"""What is left: one series less another, and what left a stock between two counts of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from greenbook.analysis.gate import refuse
from greenbook.catalog.comparability import Verdict, both_languages, named
from greenbook.catalog.derived import merged, refusals
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed
from greenbook.records import Text


def remainder(whole: Indicator, part: Indicator, *, label: Text) -> Indicator:
    """`whole` less `part` in the years both have, in the unit of `whole`: output less exports, a total less a share.

    Refused (empty, or without the year, with the reason): units that measure different things, bounds, different
    moments of a year. Raises ValueError where the label lacks a language.
    """
    words, verdicts, points = both_languages(label, "label"), [(0, _alike(whole, part))], []
    for year in sorted(set(whole.years) & set(part.years)) if not verdicts[0][1].refused else ():
        ends = whole.known(year), part.known(year)
        verdicts.append((year, _exact(whole, part, ends)))
        if not verdicts[-1][1].refused:
            points.append(replace(merged(*ends), value=ends[0].value - _in_unit(part, whole, ends[1].value)))
    formula = f"{whole.id}[t] − {part.id}[t]"
    return whole.derive(f"{whole.id}:less-{part.id}", points, formula, part, label=words, direction="",
                        refusals=(*whole.refusals, *part.refusals, *refusals("G2", whole, verdicts, part)))


def removed(stock: Indicator, added: Indicator, *, label: Text) -> Indicator:
    """What left `stock` in a year: the stock before and what was `added`, less the stock after.

    Only years with all three; refused as in `remainder`. Raises ValueError where the label lacks a language.
    """
    words, verdicts, points = both_languages(label, "label"), [(0, _alike(stock, added))], []
    for year in added.years if not verdicts[0][1].refused else ():
        before, after, new = stock.point(year - 1), stock.point(year), added.known(year)
        if before is None or after is None:
            continue
        verdicts.append((year, _exact(stock, added, (after, before), (new,))))
        if not verdicts[-1][1].refused:
            left = before.value + _in_unit(added, stock, new.value) - after.value
            points.append(replace(merged(after, before, new), value=left))
    formula = f"{stock.id}[t−1] + {added.id}[t] − {stock.id}[t]"
    return stock.derive(f"{stock.id}:removed-with-{added.id}", points, formula, added, label=words, direction="",
                        refusals=(*stock.refusals, *added.refusals, *refusals("G2", stock, verdicts, added)))


def _in_unit(series: Indicator, other: Indicator, amount: float) -> float:
    """`amount` of `series` in the unit of `other`."""
    return amount * float(series.units[series.unit].factor / other.units[other.unit].factor)


def _alike(first: Indicator, second: Indicator) -> Verdict:
    if first.units[first.unit].dimension == second.units[second.unit].dimension:
        return Verdict("run")
    (zh, en), (zh2, en2) = named(first), named(second)
    return refuse("unit", f"{zh}与{zh2}不同类，不能相减", f"{en} and {en2} measure different things")


def _exact(first: Indicator, second: Indicator, points: Iterable[Observed], flows: Iterable[Observed] = ()) -> Verdict:
    """Refused where one of `points` is a bound, or they are of different moments; a flow has no moment to compare."""
    points, (zh, en), (zh2, en2) = tuple(points), named(first), named(second)
    year = points[0].year
    if any(point.bound for point in (*points, *flows)):
        return refuse("bound", f"{year}年{zh}或{zh2}为界限值，不相减", f"{en} or {en2} of {year} is a bound")
    if len({point.moment for point in points}) > 1:
        return refuse("moment", f"{year}年{zh}与{zh2}时点不同，不相减",
                      f"{en} and {en2} of {year} differ in their moment")
    return Verdict("run")
