"""What the methods hand back is drawn in the house style, recorded number for number, and put into tables."""

import re

import pytest

from greenbook import (
    charts,
    composite,
    decoupling_table,
    diffusion,
    effect_table,
    forecast,
    forecast_table,
    index_table,
    kaya,
    learning,
    lmdi,
    revision_table,
    revisions,
    sensitivity_table,
    tapio,
    withheld,
)
from greenbook.records import FigureRecord, Refusal, TableRecord, ValueRecord
from series_by_hand import row, series

NAMES = [{"zh": "活动", "en": "Activity"}, {"zh": "强度", "en": "Intensity"}]


def line(slope, start=2008, count=14, **said):
    return series({start + at: 100 + slope * at + (at * 5) % 3 for at in range(count)}, **said)


A, B, C = line(4, id="a"), line(6, id="b"), line(9, id="c")
WINDOWS = [(2010, 2015), (2015, 2020)]
STATES = [tapio(A, B, *window) for window in WINDOWS]
YEARLY = [tapio(A, B, year, year + 1) for year in range(2009, 2021)]
STEPS = [lmdi((A, B), NAMES, *window) for window in WINDOWS]
KAYA = [kaya(A, B, C, line(7, id="d"), *window) for window in WINDOWS]
AHEAD = forecast(A)
SHARE = series({2010 + at: 5.0 + at * at / 2 for at in range(9)}, unit="%", kind="share", id="s")
CURVE = diffusion(SHARE, [60, 80, 100])
PRICE = series({2010 + at: 100 * 0.8**at * (1 + 0.03 * (-1) ** at) for at in range(7)}, id="p", unit="CNY billion",
               price_basis="constant")  # fmt: skip
LEARNT = learning(PRICE, series({2010 + at: 10.0 * 2**at for at in range(7)}, id="q"), world=True)
INDEX = composite(
    {key: ({"zh": f"维度{key}", "en": f"Dimension {key}"}, [(line(3 + at, id=f"{key}{at}"), 300.0) for at in range(4)])
     for key in "xyz"},
    2015, label={"zh": "指数", "en": "Index"}, draws=100,
)  # fmt: skip
FIGURES = {
    "strip": (STATES, lambda ax, label: charts.tapio_strip(ax, label, STATES, words=[label("压力", "Pressure")])),
    "long strip": (YEARLY, lambda ax, label: charts.tapio_strip(ax, label, YEARLY)),
    "waterfall": (STEPS[:1], lambda ax, label: charts.waterfall(ax, label, STEPS[0])),
    "Kaya bars": (KAYA, lambda ax, label: charts.effect_bars(ax, label, *KAYA)),
    "fan": ([AHEAD], lambda ax, label: charts.fan(ax, label, AHEAD, since=2012)),
    "S-curve": ([CURVE], lambda ax, label: charts.s_curve(ax, label, CURVE)),
    "learning curve": ([LEARNT], lambda ax, label: charts.learning_curve(ax, label, LEARNT)),
    "index": ([INDEX], lambda ax, label: charts.index_band(ax, label, INDEX)),
    "ranks": ([INDEX], lambda ax, label: charts.rank_shifts(ax, label, INDEX)),
    "parts": ([INDEX], lambda ax, label: charts.score_parts(ax, label, INDEX)),
    "Sobol": (
        [value for found in INDEX.sensitivity for value in found[1:]],
        lambda ax, label: charts.sensitivity_bars(ax, label, INDEX),
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_chart_of_a_method_is_drawn_and_every_number_recorded(chapter, records, name):
    uses, function = FIGURES[name]
    chapter.figure("drawn", uses=uses)(function)
    found = records()[-1]
    assert isinstance(found, FigureRecord) and set(found.drawings) == {"zh-Hans", "en"}
    assert found.points and all(point.inputs for point in found.points)
    words = "".join(re.findall(r"<text[^>]*>([^<]*)<", found.drawings["zh-Hans"]))
    assert words != "".join(re.findall(r"<text[^>]*>([^<]*)<", found.drawings["en"]))


def test_band_of_the_draws_is_traced_to_its_simulation(chapter, records):
    chapter.figure("drawn", uses=[INDEX])(FIGURES["index"][1])
    assert "simulation:composite-2025-100" in records()[-1].inputs


def test_warning_of_a_method_stands_under_its_figure(chapter, records):
    chapter.figure("drawn", uses=[AHEAD])(FIGURES["fan"][1])
    assert any("extrapolation" in note["en"] for note in records()[-1].notes)


def test_refused_method_draws_nothing_and_records_its_reason(chapter, records):
    chapter.figure("drawn", uses=[diffusion(SHARE.until(2014))])(FIGURES["S-curve"][1])
    found = records()[-1]
    assert isinstance(found, Refusal) and found.method == "D"
    chapter.value("arima", withheld("F2", A))
    found = records()[-1]
    assert isinstance(found, ValueRecord) and found.value is None and found.refusal.method == "F2"


def test_state_that_cannot_be_told_leaves_an_empty_cell_and_its_reason(chapter, records):
    slow = [tapio(A, series({2010: 100.0, 2015: 100.2}, id="g"), 2010, 2015), STATES[0]]
    chapter.figure("drawn", uses=slow)(lambda ax, label: charts.tapio_strip(ax, label, slow))
    found = records()[-1]
    assert [refusal.method for refusal in found.refusals] == ["T"] and len(found.points) == 1


ROWS = [row(2010 + at, 100.0 + at, name, released=day) for name, day in (("A", "2020-01-31"), ("B", "2022-01-31"))
        for at in range(8)]  # fmt: skip
TABLES = {
    "decoupling": (decoupling_table(*STATES), 2, 5),
    "effects": (effect_table(*KAYA), 5, 2),
    "forecast": (forecast_table(AHEAD), 3, 3),
    "index": (index_table(INDEX), 12, 6),
    "sensitivity": (sensitivity_table(INDEX), 5, 2),
    "revisions": (revision_table(revisions(series(ROWS))), 1, 6),
}


@pytest.mark.parametrize("name", TABLES)
def test_table_of_a_method_has_its_rows_and_columns(chapter, records, name):
    table, rows, columns = TABLES[name]
    chapter.table("made", table)
    found = records()[-1]
    assert isinstance(found, TableRecord) and (len(found.rows), len(found.columns)) == (rows, columns)
    assert all(len(line.cells) == columns for line in found.rows) and found.inputs


def test_table_of_refused_methods_is_not_made_and_its_reasons_are_recorded(chapter, records):
    chapter.table("made", forecast_table(forecast(A.until(2012))))
    assert [found.method for found in records() if isinstance(found, Refusal)] == ["F1"]


def test_two_tables_of_one_window_keep_a_column_and_a_name_each():
    names = [{"zh": "甲", "en": "First"}, {"zh": "乙", "en": "Second"}]
    columns = effect_table(KAYA[0], KAYA[0], names=names).content.columns
    assert len({column.key for column in columns}) == 2
    assert [column.head["en"].split(",")[0] for column in columns] == ["First", "Second"]
    heads = [line.head["zh-Hans"] for line in decoupling_table(STATES[0], STATES[0], names=names).content.rows]
    assert [head[0] for head in heads] == ["甲", "乙"]
