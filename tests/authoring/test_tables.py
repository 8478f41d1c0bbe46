"""Tables: cells are values whose ids come from keys, gaps are symbols, refusals are kept."""

import pytest

from greenbook import growth_table, level_table, policy_table, scope_table, target_table, value_table
from greenbook.authoring.mistakes import AuthoringError
from series_by_hand import row, series

BREAK = [{"year": 2022, "reason": {"zh-Hans": "口径调整", "en": "scope changed"}}]


def cells(table, name="t"):
    return {
        (row.key, column.key): cell
        for row in table.record(name).rows
        for column, cell in zip(table.content.columns, row.cells, strict=True)
    }


def test_cell_id_comes_from_row_and_column_keys():
    table = level_table(series({2023: 1000, 2024: 983}, id="output"))
    assert cells(table, "growth")["2024", "output"].value.name == "tbl-growth.2024.output"
    assert table.record("growth").indicators == ("output",) and len(table.record("growth").inputs) == 2


def test_level_table_turns_round():
    table = level_table(series({2023: 1000, 2024: 983}, id="a"), series({2024: 5}, id="b"), by="indicator")
    assert [row.key for row in table.content.rows] == ["a", "b"] and [
        column.key for column in table.content.columns
    ] == ["2023", "2024"]
    assert cells(table)["b", "2023"].symbol == "n.a." and table.content.unit == {"zh-Hans": "亿吨", "en": "Mt"}
    mixed = level_table(series({2024: 983}, id="a"), series({2024: 5}, unit="Mtce", id="b"), by="indicator")
    assert mixed.content.unit == {}


def test_smaller_than_the_unit_shown_is_a_sign_of_its_own():
    assert cells(level_table(series({2024: 0.2}, id="a")))["2024", "a"].symbol == "…"


def test_growth_table_keeps_why_a_cell_is_empty():
    table = growth_table(
        series({2015: 1, 2020: 2, 2024: 3}, id="a", breaks=BREAK), windows=[(2015, 2020), (2020, 2024)], latest=False
    )
    assert cells(table)["a", "2015-2020"].value.form == "growth"
    assert cells(table)["a", "2020-2024"].symbol == "n.a."
    assert [refusal.method for refusal in table.content.refusals] == ["G1"]
    assert table.content.columns[0].head == {"zh-Hans": "2015—2020", "en": "2015–2020"}


def test_note_of_first_published_values_stands_once_under_the_table():
    words = {"zh-Hans": "首次公布数", "en": "first-published values"}
    held = series([row(year, 10 + year - 2015, "") for year in range(2015, 2025)], id="a", first_published=words)
    table = growth_table(held, windows=[(2015, 2020), (2020, 2024)])
    assert table.content.notes == (words,)
    assert all(not cell.value.notes for cell in cells(table).values())


def test_scope_table_says_what_is_missing():
    table = scope_table(
        series({2020: 1, 2021: 2, 2024: 3}, id="a", scope={"zh-Hans": "全国", "en": "national"}), series([], id="b")
    )
    found = cells(table)
    assert found["a", "gaps"].text == {"zh-Hans": "2022—2023", "en": "2022–2023"}
    assert found["a", "years"].text["en"] == "2020–2024" and found["a", "coverage"].text["en"] == "national"
    assert len(found["a", "source"].sources) == 3 and found["b", "source"].symbol == "—"
    assert "no data" in found["b", "gaps"].text["en"] and found["a", "unit"].text == {"zh-Hans": "亿吨", "en": "Mt"}


def test_target_table_prints_document_required_rate_and_status(chapter):
    table = target_table(chapter.load("steel"))
    found = cells(table)
    assert found["t2026", "document"].text["zh-Hans"] == "行动方案（国发〔2024〕12号）"
    assert found["t2026", "target"].value.bound == "at_least" and found["t2026", "required"].value.form == "growth"
    assert found["t2026", "status"].text["en"] == "off track"
    assert [column.key for column in table.content.columns if column.dated] == ["latest"]


def test_policy_table_dates_are_values(chapter):
    table = policy_table(chapter.load("policies"))
    found = cells(table)
    assert found["plan", "date"].value.period == "2024-05-29" and found["law", "number"].symbol == "—"
    assert table.content.rows[0].head["zh-Hans"] == "《行动方案》" and table.content.rows[1].head["zh-Hans"] == "立法"


def test_value_table_takes_values_words_and_gaps():
    held = series({2024: 983}, id="a")
    table = value_table(
        {"zh": "项目", "en": "Item"},
        {"n": {"zh": "数值", "en": "Value"}, "w": {"zh": "说明", "en": "Note"}},
        {
            "r": ({"zh": "甲", "en": "A"}, [held.latest, {"zh": "好", "en": "good"}]),
            "s": ({"zh": "乙", "en": "B"}, [None, None]),
        },
    )
    found = cells(table)
    assert (
        found["r", "n"].value.name == "tbl-t.r.n"
        and found["r", "w"].text["en"] == "good"
        and found["s", "n"].symbol == "n.a."
    )
    with pytest.raises(ValueError, match="1 entries for 2"):
        value_table(
            {"zh": "项", "en": "I"},
            {"a": {"zh": "a", "en": "a"}, "b": {"zh": "b", "en": "b"}},
            {"r": ({"zh": "r", "en": "r"}, [None])},
        )


def test_table_of_bare_numbers_is_refused(chapter):
    with pytest.raises(AuthoringError, match="GB479"):
        chapter.table("level", [[1, 2]])
