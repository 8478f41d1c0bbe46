"""Tables of published rates and of single published figures."""

import pytest

from greenbook import point_table, rate_table
from series_by_hand import row, series

WORDS = {"zh": "产量", "en": "Output"}


def cells(table):
    return {
        (line.key, column.key): cell
        for line in table.record("t").rows
        for column, cell in zip(table.content.columns, line.cells, strict=True)
    }


def test_rate_table_averages_published_rates_and_marks_what_goes_by_levels():
    rates = series([row(2023, 10, ""), row(2024, 21, "")], id="r", kind="rate", unit="%")
    levels = series({2022: 100, 2023: 110, 2024: 121}, id="x")
    table = rate_table((WORDS, rates), (WORDS, levels), windows=[(2023, 2024)])
    found = cells(table)
    assert found["row-0", "2023-2024"].value.value == pytest.approx(((1.1 * 1.21) ** 0.5 - 1) * 100)
    assert found["row-1", "2023-2024"].value.value == pytest.approx(10)
    assert found["row-1", "2024"].value.value == pytest.approx(10)
    assert [line.head["en"] for line in table.content.rows] == ["Output", "Output (from levels)"]
    assert table.content.columns[0].head == {"zh-Hans": "2023—2024年年均", "en": "Average 2023–2024"}


def test_rate_table_keeps_why_a_window_has_no_mean():
    rates = series([row(2024, 21, "")], id="r", kind="rate", unit="%")
    table = rate_table((WORDS, rates), windows=[(2021, 2024)])
    assert cells(table)["row-0", "2021-2024"].symbol == "n.a." and table.content.refusals


def test_point_table_has_a_line_for_each_figure():
    table = point_table(series({2012: 5, 2016: 4}, id="a"), series([], id="b"))
    assert [line.key for line in table.content.rows] == ["0-2012", "0-2016"]
    assert cells(table)["0-2016", "year"].text == {"zh-Hans": "2016年", "en": "2016"}
