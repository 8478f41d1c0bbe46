"""Whether two points of one series may be set against each other, and the words that say why not.

A property of the data, not of a method: `analysis.gate` adds what a method needs besides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from greenbook.language import DRAWN, TAGS, as_at_text, listed_years, says_its_year
from greenbook.records import Text, ValueRecord

if TYPE_CHECKING:
    from greenbook.catalog.indicator import Indicator, Observed


@dataclass(frozen=True)
class Verdict:
    """`run`, `warn` (runs, marked approximate, with the reason printed as a note) or `refuse`."""

    outcome: str
    reason: Text = field(default_factory=dict)
    rule: str = ""
    numbers: tuple[ValueRecord, ...] = ()

    @property
    def refused(self) -> bool:
        return self.outcome == "refuse"


RUN = Verdict("run")


def refuse(rule: str, zh: str, en: str, *numbers: ValueRecord) -> Verdict:
    """A refusal by `rule`, in the words of both languages; `numbers` are those that the words count or compute."""
    return Verdict("refuse", {"zh-Hans": zh, "en": en}, rule, numbers)


def warn(reason: Text) -> Verdict:
    """A permission with a note."""
    return Verdict("warn", dict(reason))


def both_languages(words: Text, what: str) -> Text:
    """`words` as a Text; keys may be zh and en. Raises ValueError where a language is missing."""
    text = {TAGS.get(language, language): said for language, said in words.items()} if isinstance(words, dict) else {}
    if not all(text.get(language) for language in DRAWN):
        raise ValueError(f'{what} is printed, so it needs both languages: {{"zh": "…", "en": "…"}}')
    return {language: text[language] for language in DRAWN}


def named(indicator: Indicator) -> tuple[str, str]:
    """The indicator's label in zh-Hans and en, as a reason quotes it."""
    return indicator.label.get("zh-Hans", indicator.id), indicator.label.get("en", indicator.id)


def comparable(indicator: Indicator, start: int, end: int, across_vintages: Text | None = None) -> Verdict:
    """Whether the points of `start` and `end` stand on one scope, moment, break segment and vintage.

    Rules: design, section 4, "Growth needs one vintage at both ends"; brief, 8.1 (G1) and 8.3.
    `across_vintages` is the author's reason for computing across releases, in words.
    """
    first, last = indicator.point(start), indicator.point(end)
    if first is None or last is None:
        return missing(indicator, [year for year, point in ((start, first), (end, last)) if point is None])
    for rule in (_points_only, _bounds, _moments, _breaks):
        verdict = rule(indicator, first, last)
        if verdict.refused:
            return verdict
    return _vintages(indicator, first, last, across_vintages)


def missing(indicator: Indicator, years: list[int]) -> Verdict:
    """The refusal of years for which nothing is published by the edition's date."""
    zh, en = named(indicator)
    listed_zh, listed_en = (listed_years(years, language) for language in DRAWN)
    return refuse(
        "missing",
        f"截至本版数据日期，{zh}没有{listed_zh}的数据",
        f"{en} has no figure for {listed_en} by the edition's date",
    )


def _points_only(indicator: Indicator, first: Observed, last: Observed) -> Verdict:
    if not indicator.points_only:
        return RUN
    zh, en = named(indicator)
    return refuse(
        "points",
        f"{zh}各年数值口径或来源不一，不作连线和增速：{indicator.points_only.get('zh-Hans', '')}",
        f"{en}: the figures mix compilers or scopes, so no line and no growth: {indicator.points_only.get('en', '')}",
    )


def _bounds(indicator: Indicator, first: Observed, last: Observed) -> Verdict:
    bounded = [point.year for point in (first, last) if point.bound]
    if not bounded:
        return RUN
    zh, en = named(indicator)
    return refuse(
        "bound",
        f"{zh}{'、'.join(f'{year}年' for year in bounded)}数值为界限值（如“超过”“约”），不与确数比较",
        f"{en}: the figure for {' and '.join(map(str, bounded))} is a bound, not a point, and is not compared",
    )


def _moments(indicator: Indicator, first: Observed, last: Observed) -> Verdict:
    if first.moment == last.moment:
        return RUN
    zh, en = named(indicator)
    words = [
        (
            as_at_text(point.as_at, "zh-Hans") if point.as_at else "全年或年末",
            as_at_text(point.as_at, "en") if point.as_at else "the whole year or its end",
        )
        for point in (first, last)
    ]
    return refuse(
        "moment",
        f"{zh}{first.year}年（{words[0][0]}）与{last.year}年（{words[1][0]}）时点不同，不可比",
        f"{en}: {first.year} ({words[0][1]}) and {last.year} ({words[1][1]}) differ in their point in time",
    )


def _breaks(indicator: Indicator, first: Observed, last: Observed) -> Verdict:
    start, end = sorted((first.year, last.year))
    inside = [item for item in indicator.breaks if start < item.year <= end]
    if not inside:
        return RUN
    zh, en = named(indicator)
    listed = [_dated(item.year, "年", item.reason.get("zh-Hans", "")) for item in inside]
    words = [_dated(item.year, ": ", item.reason.get("en", "")) for item in inside]
    return refuse(
        "break",
        f"{zh}在{start}—{end}年间口径有变（{'；'.join(listed)}），前后不可比",
        f"{en}: the scope changed between {start} and {end} ({'; '.join(words)})",
    )


def _dated(year: int, mark: str, reason: str) -> str:
    return reason if says_its_year(reason, year) else f"{year}{mark}{reason}"


def _vintages(indicator: Indicator, first: Observed, last: Observed, reason: Text | None) -> Verdict:
    if first.year == last.year or (first.vintage and first.vintage == last.vintage):
        return RUN
    if reason:
        return warn(both_languages(reason, "across_vintages"))
    if indicator.first_published:
        return warn(indicator.first_published)
    zh, en = named(indicator)
    if not first.vintage and not last.vintage:
        return refuse("vintage", f"{zh}{first.year}年与{last.year}年数值均未注明数据版本，不计算跨版本变化",
                      f"{en}: neither {first.year} nor {last.year} states its vintage, so no change is computed")
    known = [point.vintage or "未注明" for point in (first, last)]
    named_en = [point.vintage or "not stated" for point in (first, last)]
    return refuse(
        "vintage",
        f"{zh}{first.year}年与{last.year}年数值不属同一数据版本（{known[0]}；{known[1]}），不计算跨版本变化",
        f"{en}: {first.year} and {last.year} are not of one vintage ({named_en[0]}; {named_en[1]}), "
        "so no change is computed",
    )
