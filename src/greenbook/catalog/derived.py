"""Series made from series point by point: index, share, quotient, sum. Each point keeps the keys of its parents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from greenbook.catalog.comparability import Verdict, comparable, named, refuse
from greenbook.catalog.indicator import INDEX_SHOW, INDEX_UNIT, PERCENT_SHOW, Indicator
from greenbook.catalog.selection import Observed
from greenbook.records import Refusal, Text

WEAKEST = ("projected", "preliminary", "estimated", "revised", "derived", "final")


def index(series: Indicator, base: int, across_vintages: Text | None = None) -> Indicator:
    """`series` with `base` = 100; points not comparable with the base are left out, one refusal a reason."""
    kept: list[Observed] = []
    verdicts: list[tuple[int, Verdict]] = []
    origin = series.point(base)
    for point in series.points:
        if origin is None:
            break
        verdict = comparable(series, base, point.year, across_vintages)
        if not verdict.refused and origin.value <= 0:
            verdict = not_positive(series, base)
        verdicts.append((point.year, verdict))
        if not verdict.refused:
            kept.append(replace(merged(point, origin), value=point.value / origin.value * 100))
    if origin is None:
        verdicts.append((base, comparable(series, base, base)))
    name = f"{series.id}:index-{base}"
    return series.derive(
        name,
        kept,
        f"{series.id}[t] / {series.id}[{base}] × 100",
        unit=INDEX_UNIT,
        show=INDEX_SHOW,
        kind="index",
        counter={},
        price_basis="",
        refusals=(*series.refusals, *refusals("G3", series, verdicts)),
        notes=notes_of(series, verdicts),
        approximate=series.approximate or _warned(verdicts),
    )


def share(part: Indicator, whole: Indicator, label: Text | None = None, show: Text | None = None) -> Indicator:
    """`part` in per cent of `whole`; refused between different dimensions or scopes, between bounds, and by year where
    vintages or moments differ."""
    names = list(zip(named(part), named(whole), strict=True))
    words = label or {
        "zh-Hans": f"{names[0][0]}占{names[0][1]}的比重",
        "en": f"{names[1][0]} as a share of {_lower(names[1][1])}",
    }
    factor = _same_dimension(part, whole)
    made = quotient(part, whole, factor * 100 if factor else None, "I", same_scope=True)
    return made.derive(
        f"{part.id}:share-of-{whole.id}",
        made.points,
        f"{part.id}[t] / {whole.id}[t] × 100",
        unit="%",
        show=show or PERCENT_SHOW,
        kind="share",
        label=words,
        counter={},
        price_basis="",
        direction="",
        refusals=made.refusals,
    )


def quotient(first: Indicator, second: Indicator, factor: float | None, method: str, same_scope: bool) -> Indicator:
    """`first` / `second` × `factor` in the years both have, from one vintage where both come in vintages.

    `factor` None refuses: the two units have no quotient here. The caller names unit, label and formula.
    """
    first, second = _one_edition(first, second)
    verdict = _scopes(first, second) if same_scope else Verdict("run")
    if factor is None:
        factor = 1.0
        verdict = refuse(
            "unit",
            f"{named(first)[0]}与{named(second)[0]}计量单位不同类",
            f"{named(first)[1]} and {named(second)[1]} measure different things",
        )
    points, verdicts = [], [(0, verdict)]
    for year in sorted(set(first.years) & set(second.years)) if not verdict.refused else ():
        above, below = first.known(year), second.known(year)
        judged = _pair(first, second, above, below)
        verdicts.append((year, judged))
        if not judged.refused:
            points.append(replace(merged(above, below), value=above.value / below.value * factor))
    return first.derive(
        f"{first.id}/{second.id}",
        points,
        "",
        second,
        first_published=first.first_published or second.first_published,
        points_only=first.points_only or second.points_only,
        refusals=(*first.refusals, *second.refusals, *refusals(method, first, verdicts, second)),
    )


def total(parts: Iterable[Indicator], id: str, label: Text) -> Indicator:
    """The sum of `parts` (one dimension) in the years that all of them have, in the unit of the first."""
    first, *others = parts
    factors = [factor for other in others if (factor := _same_dimension(other, first)) is not None]
    if len(factors) < len(others):
        names = [named(item) for item in (first, *others)]
        verdict = refuse(
            "unit",
            "、".join(zh for zh, _ in names) + "不同类，不能相加",
            ", ".join(en for _, en in names) + " cannot be added",
        )
        return first.derive(id, (), "", *others, label=label, refusals=refusals("G2", first, [(0, verdict)]))
    points = []
    for point in first.points:
        found = [there for other in others if (there := other.point(point.year)) is not None]
        alike = all(item.moment == point.moment and not item.bound for item in found) and not point.bound
        if len(found) == len(others) and alike:
            value = point.value + sum(item.value * factor for item, factor in zip(found, factors, strict=True))
            points.append(replace(merged(point, *found), value=value))
    formula = " + ".join(f"{item.id}[t]" for item in (first, *others))
    scope = first.scope if all(item.scope == first.scope for item in others) else {}
    return first.derive(id, points, formula, *others, label=label, scope=scope, direction=first.direction)


def merged(*points: Observed) -> Observed:
    """What a point computed from `points` inherits: the weakest status, the common vintage, the latest release,
    all keys."""
    statuses = {point.status for point in points}
    status = next((word for word in WEAKEST[:3] if word in statuses), "derived")
    vintages = {point.vintage for point in points}
    vintage = " + ".join(sorted(vintages)) if all(vintages) else ""
    keys = tuple(sorted({key for point in points for key in point.inputs}))
    return replace(
        points[0], status=status, vintage=vintage, inputs=keys, released=max(point.released for point in points)
    )


def refusals(
    method: str, series: Indicator, verdicts: list[tuple[int, Verdict]], *others: Indicator
) -> tuple[Refusal, ...]:
    """One refusal a kind of reason, with all its years; year 0 stands for the series as a whole."""
    names = tuple(dict.fromkeys(origin for item in (series, *others) for origin in item.origins))
    groups: dict[str, list[tuple[int, Verdict]]] = {}
    for year, verdict in verdicts:
        if verdict.refused:
            groups.setdefault(verdict.rule, []).append((year, verdict))
    return tuple(
        Refusal(method, group[0][1].reason, names, tuple(year for year, _ in group if year))
        for group in groups.values()
    )


def notes_of(series: Indicator, verdicts: list[tuple[int, Verdict]]) -> tuple[Text, ...]:
    """The notes of `series` and those that its warnings add, once each."""
    notes = list(series.notes)
    for _, verdict in verdicts:
        if verdict.outcome == "warn" and verdict.reason not in notes:
            notes.append(verdict.reason)
    return tuple(notes)


def not_positive(series: Indicator, year: int) -> Verdict:
    """The refusal of a base that is zero or negative: "n.a." in a table (brief, 8.3)."""
    zh, en = named(series)
    return refuse(
        "positive",
        f"{zh}{year}年数值不为正，不作基数",
        f"{en}: the figure of {year} is not positive and cannot be a base",
    )


def _warned(verdicts: list[tuple[int, Verdict]]) -> bool:
    return any(verdict.outcome == "warn" for _, verdict in verdicts)


def _same_dimension(first: Indicator, second: Indicator) -> float | None:
    """The factor from `first`'s unit to `second`'s, or None where they measure different things."""
    one, two = first.units[first.unit], second.units[second.unit]
    if first.unit == second.unit:
        return 1.0
    if one.dimension != two.dimension:
        return None
    return float(one.factor / two.factor)


def _one_edition(first: Indicator, second: Indicator) -> tuple[Indicator, Indicator]:
    """Both series from the newest vintage they share, where they share any (the editions of one data set).

    A series of first-published values is no edition: the vintage that some of its years name holds those years only.
    """
    if first.first_published or second.first_published:
        return first, second
    common = [name for name in first.vintages if name in second.vintages]
    if not common:
        return first, second
    return first.vintage(common[-1]).only(first.years), second.vintage(common[-1]).only(second.years)


def _scopes(first: Indicator, second: Indicator) -> Verdict:
    if first.scope == second.scope or not first.scope or not second.scope:
        return Verdict("run")
    (zh, en), (zh2, en2) = named(first), named(second)
    return refuse(
        "scope",
        f"{zh}（{first.scope.get('zh-Hans', '')}）与{zh2}（{second.scope.get('zh-Hans', '')}）口径不同",
        f"{en} ({first.scope.get('en', '')}) and {_lower(en2)} ({second.scope.get('en', '')}) differ in scope",
    )


def _pair(first: Indicator, second: Indicator, above: Observed, below: Observed) -> Verdict:
    (zh, en), (zh2, en2) = named(first), named(second)
    if above.bound or below.bound:
        return refuse(
            "bound",
            f"{above.year}年{zh}或{zh2}为界限值，不相除",
            f"{en} or {_lower(en2)} of {above.year} is a bound and is not divided",
        )
    if above.moment != below.moment:
        return refuse(
            "moment",
            f"{above.year}年{zh}与{zh2}时点不同，不相除",
            f"{en} and {_lower(en2)} of {above.year} differ in their point in time",
        )
    return not_positive(second, below.year) if below.value <= 0 else Verdict("run")


def _lower(words: str) -> str:
    """`words` inside a sentence: the first letter small unless the word is an abbreviation."""
    return words if len(words) > 1 and words[1:2].isupper() else words[:1].lower() + words[1:]
