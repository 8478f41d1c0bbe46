"""Tables that several chapters of the family share: means of published rates, and single published figures."""

from __future__ import annotations

from collections.abc import Sequence

from greenbook.analysis.growth import average_rate, cagr
from greenbook.authoring.table import Table
from greenbook.authoring.tables import INDICATOR, YEAR, value_table
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import Value
from greenbook.records import Text

FIGURE = {"zh-Hans": "公布数", "en": "Published figure"}
FROM_LEVELS = {"zh-Hans": "（按水平值）", "en": " (from levels)"}


def rate_table(
    *rows: tuple[Text, Indicator],
    windows: Sequence[tuple[int, int]] = ((2016, 2020), (2021, 2024)),
    last: int = 2024,
    stub: Text = INDICATOR,
) -> Table:
    """Growth a year in each window, first and last year included, and in the year `last`; a row a pair of words and
    series, in per cent.

    Published rates are averaged geometrically. A series of another kind goes by the levels of the year before the
    window and of its last year, and its row says so. What the gate refuses is n.a., with its reason.
    """
    columns = {f"{start}-{end}": _span(start, end) for start, end in windows} | {str(last): _year(last)}
    spans = [*windows, (last, last)]
    made = {
        f"row-{place}": (words if item.kind == "rate" else _from_levels(words), [_mean(item, span) for span in spans])
        for place, (words, item) in enumerate(rows)
    }
    return value_table(stub, columns, made)


def point_table(*items: Indicator, stub: Text = INDICATOR) -> Table:
    """Each figure of each series on a line of its own: name, year, what was published. For figures too scattered to
    make a series."""
    rows: dict[str, tuple[Text, list[Value | Text | None]]] = {
        f"{place}-{year}": (item.label, [_year(year), item.at(year)])
        for place, item in enumerate(items)
        for year in item.years
    }
    return value_table(stub, {"year": YEAR, "figure": FIGURE}, rows)


def _mean(item: Indicator, span: tuple[int, int]) -> Value:
    start, end = span
    if item.kind != "rate":
        return cagr(item, start - 1, end)
    return item.at(end) if start == end else average_rate(item, start, end)


def _from_levels(words: Text) -> Text:
    return {language: words[language if language in words else "zh"] + said for language, said in FROM_LEVELS.items()}


def _span(start: int, end: int) -> Text:
    return {"zh-Hans": f"{start}—{end}年年均", "en": f"Average {start}–{end}"}


def _year(year: int) -> Text:
    return {"zh-Hans": f"{year}年", "en": str(year)}
