"""G3: chaining published rates to an index, and linking an old to a new series (brief, 8.3)."""

from __future__ import annotations

from dataclasses import replace

from greenbook.analysis.gate import refusal
from greenbook.catalog.comparability import named, refuse
from greenbook.catalog.derived import merged, not_positive
from greenbook.catalog.indicator import INDEX_SHOW, INDEX_UNIT, Indicator
from greenbook.catalog.selection import Observed
from greenbook.records import Text


def chained(rates: Indicator, base: int, label: Text | None = None) -> Indicator:
    """An index with `base` = 100 from published yearly rates: x_t = x_{t−1}·(1 + r_t). It gives no tonnes.

    Runs forward and back from `base` as far as no year is missing. Refused (empty) where the rates are no rates.
    Its points are of one vintage, their own: each follows from the one before, whatever release a rate came in.
    """
    zh, en = named(rates)
    words = label or {"zh-Hans": f"{zh}（由公布增速连乘）", "en": f"{en} (chained)"}
    known = {point.year: point for point in rates.points if not point.bound and not point.part_year}
    if rates.kind != "rate" or rates.points_only or not ({base, base + 1} & known.keys()):
        verdict = refuse("kind", f"{zh}不能由{base}年起连乘", f"{en} cannot be chained from {base}")
        return rates.derive(
            f"{rates.id}:chained-{base}",
            (),
            "",
            label=words,
            unit=INDEX_UNIT,
            show=INDEX_SHOW,
            kind="index",
            refusals=(*rates.refusals, refusal("G3", rates, verdict, base)),
        )
    points = {base: replace(known.get(base) or known[base + 1], year=base, value=100.0, status="derived", inputs=())}
    for year in sorted(known):
        if year > base and year - 1 in points:
            points[year] = _step(
                points[year - 1], known[year], year, points[year - 1].value * (1 + known[year].value / 100)
            )
    for year in sorted(known, reverse=True):
        if year <= base and year in points:
            points[year - 1] = _step(
                points[year], known[year], year - 1, points[year].value / (1 + known[year].value / 100)
            )
    return rates.derive(
        f"{rates.id}:chained-{base}",
        [replace(points[year], vintage=f"{base} = 100") for year in sorted(points)],
        f"100 · Π(1 + {rates.id}[t]), {base} = 100",
        label=words,
        unit=INDEX_UNIT,
        show=INDEX_SHOW,
        kind="index",
    )


def _step(origin: Observed, rate: Observed, year: int, value: float) -> Observed:
    return replace(merged(rate, origin), year=year, value=value)


def linked(old: Indicator, new: Indicator, overlap: int, label: Text | None = None) -> Indicator:
    """`old` continued by `new` through their common year: old_o · new_t / new_o (brief, 8.3, G3; RV-26).

    Status derived. Refused (the old series up to the overlap remains) where the year is missing in one of them.
    """
    name = f"{old.id}:linked-{new.id}"
    at_old, at_new = old.point(overlap), new.point(overlap)
    if at_old is None or at_new is None or at_old.bound or at_new.bound:
        zh, en = named(old)
        verdict = refuse(
            "overlap", f"{zh}与新序列没有可比的{overlap}年数据", f"{en} and the new series have no comparable {overlap}"
        )
        return old.derive(name, (), "", new, refusals=(*old.refusals, refusal("G3", old, verdict, overlap)))
    if at_new.value <= 0:
        return old.derive(
            name, (), "", new, refusals=(*old.refusals, refusal("G3", new, not_positive(new, overlap), overlap))
        )
    after = [
        replace(merged(point, at_old, at_new), value=at_old.value * point.value / at_new.value)
        for point in new.points
        if point.year > overlap and not point.bound
    ]
    return old.derive(
        name,
        [*old.until(overlap).points, *after],
        f"{old.id}[{overlap}] · {new.id}[t] / {new.id}[{overlap}]",
        new,
        label=label or old.label,
        refusals=old.refusals,
    )
