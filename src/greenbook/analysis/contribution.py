"""G2: how far a part pulls the total, and its share in the total's change (brief, 8.3)."""

from __future__ import annotations

from greenbook.analysis.gate import Verdict, difference_verdict, refusal
from greenbook.catalog.comparability import named, refuse
from greenbook.catalog.derived import merged, notes_of
from greenbook.catalog.indicator import PERCENT_SHOW, Indicator
from greenbook.catalog.value import Value, settled
from greenbook.records import ValueRecord

SMALLEST_CHANGE = 0.01


def pull(part: Indicator, whole: Indicator, year: int, base: int) -> Value:
    """(x_{i,t} − x_{i,0}) / X_0 in percentage points (拉动…个百分点; form points), or an absent Value."""
    return _judged(part, whole, year, base, False)


def contribution(part: Indicator, whole: Indicator, year: int, base: int) -> Value:
    """(x_{i,t} − x_{i,0}) / (X_t − X_0) in per cent (贡献率; form share); refused when the total moved by less
    than 1 %."""
    return _judged(part, whole, year, base, True)


def _judged(part: Indicator, whole: Indicator, year: int, base: int, of_change: bool) -> Value:
    verdict = _verdict(part, whole, year, base, of_change)
    if verdict.refused:
        return part.absent(refusal("G2", part, verdict, base, year), period=f"{base}—{year}")
    points = [series.known(when) for series in (part, whole) for when in (base, year)]
    factor = float(part.units[part.unit].factor / whole.units[whole.unit].factor)
    below = points[3].value - points[2].value if of_change else points[2].value
    both, names = merged(*points), (named(part), named(whole))
    word = ("贡献率", "contribution to the change of") if of_change else ("拉动", "pull on")
    record = ValueRecord(
        name="",
        value=settled((points[1].value - points[0].value) * factor / below * 100),
        unit="%" if of_change else "pp",
        show=PERCENT_SHOW if of_change else {"zh-Hans": "pp@1", "en": "pp@1"},
        form="share" if of_change else "points",
        indicator=part.origin,
        label={"zh-Hans": f"{names[0][0]}对{names[1][0]}的{word[0]}", "en": f"{names[0][1]}, {word[1]} {names[1][1]}"},
        region=part.place,
        period=f"{base}—{year}",
        status="approximate" if verdict.outcome == "warn" else both.status,
        vintage=both.vintage,
        released=both.released,
        inputs=both.inputs,
        notes=notes_of(part, [(0, verdict)]),
        formula=f"({part.id}[{year}] − {part.id}[{base}]) / "
        + (f"({whole.id}[{year}] − {whole.id}[{base}])" if of_change else f"{whole.id}[{base}]"),
        uses=(*part.origins, *(name for name in whole.origins if name not in part.origins)),
    )
    return Value(record, part.units)


def _verdict(part: Indicator, whole: Indicator, year: int, base: int, of_change: bool) -> Verdict:
    (zh, en), (zh2, en2) = named(part), named(whole)
    if part.unit not in whole.units or part.units[part.unit].dimension != whole.units[whole.unit].dimension:
        return refuse("unit", f"{zh}与{zh2}不同类", f"{en} and {en2} measure different things")
    warned = Verdict("run")
    for series in (part, whole):
        verdict = difference_verdict(series, base, year)
        if verdict.refused:
            return verdict
        warned = verdict if verdict.outcome == "warn" else warned
    first, last = whole.known(base).value, whole.known(year).value
    if first <= 0 or (of_change and abs(last / first - 1) < SMALLEST_CHANGE):
        return refuse(
            "small",
            f"{zh2}{base}—{year}年变动不足1%，不计算贡献率",
            f"{en2} moved by less than 1% from {base} to {year}",
        )
    return warned
