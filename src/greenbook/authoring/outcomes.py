"""Tables of what the methods hand back: states, effects, forecasts, the index and its sensitivity, revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenbook.analysis.decomposition import Decomposition
from greenbook.analysis.forecast import Forecast
from greenbook.analysis.result import Result
from greenbook.analysis.revisions import Revisions
from greenbook.analysis.scored import Composite
from greenbook.analysis.tapio import Decoupling
from greenbook.authoring.table import Table, cell_of, table_of, words
from greenbook.catalog.comparability import both_languages
from greenbook.catalog.value import Value
from greenbook.records import Cell, Column, Row, Text
from greenbook.units import split_show


def decoupling_table(*found: Decoupling, names: Sequence[Text] = ()) -> Table:
    """Windows × growth of the pressure and of the driver, elasticity, state, OECD factor; `names`: what each is of."""
    heads = (
        ("pressure", "压力增速", "Pressure"),
        ("driver", "驱动增速", "Driver"),
        ("elasticity", "弹性", "Elasticity"),
        ("state", "状态", "State"),
        ("factor", "脱钩因子", "OECD factor"),
    )
    rows = [
        Row(
            f"{item.start}-{item.end}-{place}",
            _headed(item.period, names, place),
            (
                cell_of(item.pressure),
                cell_of(item.driver),
                cell_of(item.elasticity),
                _said(item.words),
                cell_of(item.factor),
            ),
        )
        for place, item in enumerate(found)
        if item.pressure.exists
    ]
    held = [value for item in found for value in (item.pressure, item.driver, item.elasticity, item.factor)]
    return _table({"zh-Hans": "时期", "en": "Window"}, heads, rows, held, found, left=("state",))


def effect_table(*found: Decomposition, names: Sequence[Text] = ()) -> Table:
    """Factors × windows: what each factor added to the change, then the change itself; the unit of the total stands
    once above.

    `names` say what each column decomposes, where that is not one thing.
    """
    held_places = [place for place, item in enumerate(found) if item.exists]
    made = [found[place] for place in held_places]
    spans = [f"{item.years[0]}-{item.years[-1]}" for item in made]
    columns = [
        Column(f"{span}-{count + 1}" if (count := spans[:at].count(span)) else span,
               _headed(made[at].period, names, place))
        for at, (span, place) in enumerate(zip(spans, held_places, strict=True))
    ]
    if not made:
        return table_of({"zh-Hans": "因素", "en": "Factor"}, columns, [], refusals=_stops(found))
    rows = [
        Row(f"effect-{place + 1}", name, tuple(cell_of(item.effects[place]) for item in made))
        for place, name in enumerate(made[0].factors)
    ]
    rows.append(Row("change", {"zh-Hans": "合计", "en": "Total change"}, tuple(cell_of(item.change) for item in made)))
    held = [value for item in made for value in (*item.effects, item.change)]
    return table_of(
        {"zh-Hans": "因素", "en": "Factor"}, columns, rows, held, unit=_common_unit(made), refusals=_stops(found)
    )


def _headed(period: Text, names: Sequence[Text], place: int) -> Text:
    """The period, behind the name of what it is of where there is one."""
    if place >= len(names):
        return period
    name = both_languages(names[place], f"name {place + 1}")
    return {"zh-Hans": f"{name['zh-Hans']}，{period['zh-Hans']}", "en": f"{name['en']}, {period['en']}"}


def forecast_table(*found: Forecast) -> Table:
    """Years ahead × middle, lower and upper end of the 80 % interval; a block a series."""
    heads = (
        ("middle", "外推", "Extrapolation"),
        ("lower", "80%区间下限", "80%, lower"),
        ("upper", "80%区间上限", "80%, upper"),
    )
    rows: list[Row] = []
    held: list[Value] = []
    for place, item in enumerate(found):
        for year in item.middle.years if item.exists else ():
            values = item.at(year)
            name = {language: f"{text} {year}" for language, text in item.series.label.items()}
            rows.append(Row(f"{place + 1}-{year}", name, tuple(map(cell_of, values))))
            held += values
    return _table({"zh-Hans": "指标、年份", "en": "Indicator, year"}, heads, rows, held, found)


def index_table(found: Composite) -> Table:
    """The indicators of an index × dimension, direction, base-year figure, goal, source."""
    heads = (
        ("dimension", "维度", "Dimension"),
        ("direction", "方向", "Direction"),
        ("base", "基期值", "Base"),
        ("goal", "标杆", "Goal"),
        ("latest", "最新值", "Latest"),
        ("source", "来源", "Source"),
    )
    rows: list[Row] = []
    held: list[Value] = []
    for place, item in enumerate(found.components if found.exists else ()):
        series, year = item.series, found.base
        start = series.at(year)
        goal = item.goal if isinstance(item.goal, Value) else item.stated()
        keys = tuple(sorted({key for point in series.points for key in point.inputs}))
        up = item.aim() > (start.number if start.exists else series.values[0])
        rows.append(
            Row(
                f"i{place + 1}",
                series.label,
                (
                    _said(item.words),
                    words("越高越绿" if up else "越低越绿", "greener when up" if up else "greener when down"),
                    cell_of(start),
                    cell_of(goal),
                    cell_of(series.latest),
                    Cell(sources=keys),
                ),
            )
        )
        held += [start, goal, series.latest]
    return _table(
        {"zh-Hans": "指标", "en": "Indicator"}, heads, rows, held, (found,), left=("dimension", "direction", "source")
    )


def sensitivity_table(found: Composite) -> Table:
    """The choices behind an index × first-order and total Sobol index for the score of the last year."""
    heads = (("first", "一阶指数", "First order"), ("total", "总指数", "Total"))
    rows = [
        Row(f"choice-{place + 1}", name, (cell_of(first), cell_of(total)))
        for place, (name, first, total) in enumerate(found.sensitivity)
    ]
    held = [value for _, first, total in found.sensitivity for value in (first, total)]
    return _table({"zh-Hans": "选择", "en": "Choice"}, heads, rows, held, (found,))


def revision_table(*found: Revisions) -> Table:
    """Series × mean, mean absolute, median and relative revision, standard deviation, share of changed signs."""
    heads = (
        ("mean", "平均修订", "Mean"),
        ("absolute", "平均绝对修订", "Mean absolute"),
        ("median", "中位数", "Median"),
        ("relative", "相对幅度", "Relative"),
        ("deviation", "标准差", "Std. deviation"),
        ("signs", "变号比例", "Changed signs"),
    )
    rows: list[Row] = []
    held: list[Value] = []
    for place, item in enumerate(found):
        if item.exists:
            values = [item.mean, item.mean_absolute, item.median, item.relative, item.deviation, item.sign_changes]
            rows.append(Row(f"r{place + 1}", item.sources[0].label, tuple(map(cell_of, values))))
            held += values
    return _table({"zh-Hans": "指标", "en": "Indicator"}, heads, rows, held, found)


def _table(
    stub: Text,
    heads: Iterable[tuple[str, str, str]],
    rows: list[Row],
    held: Sequence[Value],
    found: Sequence[Result],
    left: Sequence[str] = (),
) -> Table:
    columns = [
        Column(key, {"zh-Hans": zh, "en": en}, align="left" if key in left else "right") for key, zh, en in heads
    ]
    return table_of(stub, columns, rows, held, refusals=_stops(found))


def _common_unit(made: Sequence[Decomposition]) -> Text:
    """The words of the unit that all totals are shown in; empty where they differ, and each cell prints its own."""
    units = {
        language: {item.change.units[split_show(show)[0]].head(language) for item in made}
        for language, show in made[0].change.content.show.items()
    }
    return {language: held.pop() for language, held in units.items() if len(held) == 1}


def _stops(found: Sequence[Result]) -> list:
    return [item.refusal for item in found if item.refusal]


def _said(text: Text) -> Cell:
    return words(text.get("zh-Hans", ""), text.get("en", ""))
