"""Numbers of this chapter."""

import datetime
from dataclasses import replace

from chapters_by_hand import KEY, a_catalog, a_document, a_value, an_edition, an_observation

from greenbook.documents.document import Shown
from greenbook.records import Refusal


def rows(composition, language="en"):
    return composition.books[language].section("steel").numbers


def test_row_says_what_a_number_is_and_where_it_comes_from(composed):
    record = a_value(formula="x", scope={"zh-Hans": "规模以上", "en": "above designated size"})
    (row,) = rows(composed(a_document(values={"output": record}, language="en"), languages=("en",)))
    assert (row.id, row.name, row.text, row.label) == ("steel.num.output", "output", "1,005 Mt", "Crude steel")
    assert (row.period, row.scope, row.status, row.formula) == ("2024", "above designated size", "final", "x")
    assert row.places == ("steel.level-1",) and not row.in_table
    assert row.inputs == (
        {
            "indicator": "Crude steel output",
            "id": "crude_steel_output",
            "region": "CN",
            "year": "2024",
            "value": "1,005.0913",
            "unit": "Mt",
            "status": "final",
            "vintage": "1",
            "source": "National Bureau of Statistics, Communiqué, 28 February 2025",
            "released": "2025-01-31",
            "file": "data/observations/steel.csv",
            "line": "24",
        },
    )


def test_number_printed_twice_has_one_row_with_both_places(composed):
    document = a_document(language="en")
    shown = (*document.shown, replace(document.shown[0], place="steel.fig-output"))
    (row,) = rows(composed(replace(document, shown=shown), languages=("en",)))
    assert row.places == ("steel.level-1", "steel.fig-output")


def test_cell_of_a_table_has_a_row_of_its_own_marked_as_such(composed):
    document = a_document(language="en")
    name = "steel.tbl-growth.2024.output"
    cell = Shown(name, "bare", "1,005", "steel.tbl-growth", "tbl-growth")
    changed = replace(document, values={**document.values, name: a_value()}, shown=(*document.shown, cell))
    row = rows(composed(changed, languages=("en",)))[1]
    assert row.in_table and row.id == "steel.num.tbl-growth.2024.output"


def test_value_that_is_not_printed_has_no_row(composed):
    document = a_document(language="en")
    assert (
        len(rows(composed(replace(document, values={**document.values, "steel.other": a_value()}), languages=("en",))))
        == 1
    )


def test_refused_value_tells_the_reason_in_the_language_of_the_book(composed):
    refusal = Refusal("G1", {"zh-Hans": "版本不一", "en": "two vintages"})
    document = a_document(language="en")
    changed = replace(document, values={"steel.output": a_value(value=None, refusal=refusal)})
    (row,) = rows(composed(changed, languages=("en",)))
    assert row.status == "not computed" and row.notes == ("two vintages",)


def test_input_that_is_no_row_of_the_data_is_a_problem(composed, found):
    key = KEY.replace("aaaaaaaa", "bbbbbbbb")
    composition = composed(a_document(values={"output": a_value(inputs=(key,))}), languages=("zh-Hans",))
    assert found(composition) == [("GB557", f'found the input "{key}" of steel.output')]


def test_input_released_after_the_date_of_the_edition_is_a_problem(composed, found):
    late = an_observation(released=datetime.date(2026, 1, 19))
    composition = composed(
        a_document(values={"output": a_value(inputs=(late.key,))}),
        languages=("zh-Hans",),
        catalog=a_catalog([late]),
        edition=an_edition(),
    )
    assert [code for code, _ in found(composition)] == ["GB557"]


def test_input_is_told_unrounded_in_the_unit_that_the_language_shows(composed):
    (row,) = rows(composed(a_document(), languages=("zh-Hans",)), "zh-Hans")
    assert (row.inputs[0]["value"], row.inputs[0]["unit"]) == ("10.050913", "亿吨")
