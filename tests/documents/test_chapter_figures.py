"""Figures and tables: captions, alternative texts, notes, sources, cells."""

from dataclasses import replace
from datetime import date

from chapters import (
    NOTEBOOK,
    a_figure,
    a_growth,
    a_point,
    a_row,
    a_table,
    a_value,
    captioned,
    code,
    document,
    key,
    problems,
    read,
    twins,
    view,
    zh,
)

from greenbook.documents import tree
from greenbook.documents.locale import read_words
from greenbook.documents.notes import figure_notes
from greenbook.project import HOUSE
from greenbook.records import Cell, Column, Row

SOURCE = "国家统计局：规模以上工业主要产品产量（累计值，历年12月），2025年1月21日发布。"


def divs(block):
    """The Divs inside a figure or table by class, as plain words."""
    return {inner["c"][0][1][0]: tree.plain([inner]) for inner in block["c"][1] if inner["t"] == "Div"}


def test_figure_holds_caption_and_source_and_keeps_picture_apart(tmp_path):
    found = document(tmp_path, *captioned(a_figure()))
    assert found.blocks[0]["c"][0] == ["steel.fig-output", ["figure"], []]
    assert divs(found.blocks[0]) == {"caption": "产量见顶\n全国粗钢产量", "source": f"资料来源：{SOURCE}"}
    figure = found.figures[0]
    assert (figure.id, figure.title, figure.alt) == ("steel.fig-output", "产量见顶", "折线图，看峰值")


def test_source_line_of_english_names_the_author_where_a_point_is_computed(tmp_path):
    points = (a_point(), a_point(2023, 98.6, formula="index", inputs=(key(year=2023),)))
    found = document(tmp_path, *captioned(a_figure(points=points)), language="en")
    assert divs(found.blocks[0])["source"] == (
        "Sources: NBS, Output of main industrial products, enterprises above designated size (year-to-date, "
        "December of each year), 21 January 2025, author’s calculation."
    )


def test_sources_of_one_issuer_beyond_four_are_counted(tmp_path):
    catalog = view().catalog
    by_issuer = {}
    for row in catalog.observations:
        source = catalog.sources[row.source]
        if source.body and source.body.short_zh == "国家统计局" and source.published <= "2025-12-14":
            by_issuer.setdefault(row.source, row.key)
    inputs = tuple(by_issuer[name] for name in sorted(by_issuer)[:5])
    dates = sorted(
        catalog.observation(name) and catalog.sources[catalog.observation(name).source].published for name in inputs
    )
    found = document(tmp_path, *captioned(a_figure(points=(a_point(inputs=()),), inputs=inputs)))
    line = divs(found.blocks[0])["source"]
    assert line.startswith("资料来源：国家统计局（") and line.endswith("发布，共5项）。")
    assert str(int(dates[0][:4])) in line and str(int(dates[-1][:4])) in line


def test_source_line_prints_no_date_after_the_edition(tmp_path):
    found = document(tmp_path, *captioned(a_figure(points=(a_point(2023),))), as_of=date(2024, 6, 30))
    words = "资料来源：国家统计局：规模以上工业主要产品产量（累计值，历年12月）。"
    assert divs(found.blocks[0])["source"] == words


def test_alternative_text_resolves_values_to_plain_words(tmp_path):
    cells = (
        code(a_value()),
        code(a_figure(), id="fig-output"),
        *twins(
            "fig-output",
            "见顶\n\nAlt：折线图，末点{{ output_latest }}。",
            "Peaked\n\nAlt: Line chart ending at {{ output_latest }}.",
            "caption",
        ),
    )
    reading = read(tmp_path, *cells)
    assert {language: found.figures[0].alt for language, found in reading.documents.items()} == {
        "zh-Hans": "折线图，末点10.05亿吨。",
        "en": "Line chart ending at 1,005 Mt.",
        "zh-Hant": "折線圖，末點10.05億噸。",
    }
    assert reading.documents["en"].shown[0].place == "steel.fig-output"
    assert "Alt" not in tree.plain(reading.documents["en"].blocks)


def test_missing_alternative_text_is_refused(tmp_path):
    cells = code(a_figure(), id="fig-output"), *twins("fig-output", "见顶", "Peaked", "caption")
    assert problems(tmp_path, *cells) == [
        f"{NOTEBOOK}:fig-output-{tag}: GB516: found no alternative text; a paragraph that begins with Alt:; "
        "say in words what the picture shows"
        for tag in ("en", "zh")
    ]


def test_alternative_text_inside_a_paragraph_is_told_apart(tmp_path):
    words = "见顶\nAlt: 折线图"
    cells = code(a_figure(), id="fig-output"), *twins("fig-output", words, words, "caption")
    assert problems(tmp_path, *cells) == [
        f"{NOTEBOOK}:fig-output-{tag}: GB516: found Alt: inside a paragraph; a paragraph of its own; "
        "put an empty line before Alt:"
        for tag in ("en", "zh")
    ]


def test_alternative_text_that_repeats_the_caption_is_refused(tmp_path):
    cells = (
        code(a_figure(), id="fig-output"),
        *twins("fig-output", "见顶。\n\nAlt: 见顶", "Peaked\n\nAlt: peaked.", "caption"),
    )
    assert problems(tmp_path, *cells) == [
        f"{NOTEBOOK}:fig-output-{tag}: GB517: found an alternative text that repeats the caption; "
        "chart type, data, and why it is shown; describe the picture"
        for tag in ("en", "zh")
    ]


def test_figure_without_a_caption_is_a_gap(tmp_path):
    reading = read(tmp_path, code(a_figure(), id="fig-output"))
    found = reading.documents["en"]
    assert reading.problems == () and found.figures[0].title == "Gap: steel.fig-output has no caption."
    assert found.figures[0].alt == found.figures[0].title  # a draft in print needs words for every picture
    assert str(found.gaps[0].problem) == (
        f"{NOTEBOOK}:fig-output: GB515: found steel.fig-output without a caption in en; "
        "a cell tagged caption below the code; write what the figure or table shows"
    )


def test_caption_under_no_figure_is_a_gap(tmp_path):
    reading = read(tmp_path, code(a_value()), *twins("fig-x", "甲\n\nAlt: 乙", "one\n\nAlt: two", "caption"))
    assert reading.problems == ()
    assert str(reading.documents["zh-Hans"].gaps[0].problem) == (
        f"{NOTEBOOK}:fig-x-zh: GB518: found a caption cell without what it belongs to; a figure, table, finding or "
        "case in the nearest code cell above; add it, or remove the cell"
    )
    assert reading.documents["zh-Hans"].blocks[0]["c"][0] == ["steel.gap-fig-x", ["gap"], []]


def test_caption_under_two_figures_is_refused(tmp_path):
    cells = code(a_figure(), a_figure("share"), id="figures"), zh("fig-zh", "甲\n\nAlt: 乙", "caption")
    assert problems(tmp_path, *cells) == [
        f"{NOTEBOOK}:fig-zh: GB514: found a caption cell under the code cell figures with 2 of them; "
        "the nearest code cell above defines one figure or table; give each a code cell of its own"
    ]


def test_notes_name_breaks_preliminary_points_and_bounds(tmp_path):
    entry = replace(view().catalog.indicators["crude_steel_output"])
    points = (a_point(2023, status="preliminary"), a_point(2024, bound="over"))
    figure = a_figure(points=points, notes=({"zh-Hans": "不含港澳台。", "en": "Mainland only."},))
    found = document(tmp_path, *captioned(figure), language="en")
    assert entry.breaks == ()
    assert divs(found.blocks[0])["notes"] == (
        "Note: Mainland only; Hollow markers are preliminary figures; "
        "Some figures were published as “more than”, “about” or the like."
    )


def test_break_whose_words_begin_with_a_year_is_noted_without_another():
    record = a_figure(indicators=("good_air_days",), points=(a_point(2018, 79.0), a_point(2020, 87.0)))
    words = {name: read_words(HOUSE / "templates", name) for name in ("zh-Hans", "en")}
    notes = {name: figure_notes(record, view(), words[name], name) for name in words}
    assert any("：2019年起按调整后的" in note for note in notes["zh-Hans"])
    assert not any("2019年起2019年" in note for note in notes["zh-Hans"])
    assert any(": from 2019 on the revised" in note for note in notes["en"])


def test_break_within_the_years_shown_is_noted(tmp_path):
    catalog = view().catalog
    entry = next(item for name, item in sorted(catalog.indicators.items()) if item.breaks)
    cut = entry.breaks[0]
    years = (cut.year - 1, cut.year)
    figure = a_figure(points=tuple(a_point(year, inputs=()) for year in years), indicators=(entry.id,), inputs=())
    words = divs(document(tmp_path, *captioned(figure, "fig-output")).blocks[0])
    assert words["notes"] == f"注：{entry.label['zh-Hans']}：{cut.year}年起{cut.reason['zh-Hans'].rstrip('。')}。"
    later = a_figure(points=(a_point(cut.year, inputs=()), a_point(cut.year + 1, inputs=())), indicators=(entry.id,))
    assert "notes" not in divs(document(tmp_path, *captioned(later)).blocks[0])


def rows(block):
    """The texts of a table: its head, then its rows."""
    table = next(inner for inner in block["c"][1] if inner["t"] == "Table")["c"]
    lines = [table[3][1][0], *table[4][0][3]]
    return [[tree.plain(cell[4]) for cell in line[1]] for line in lines]


def test_table_prints_numbers_under_the_unit_of_their_language(tmp_path):
    reading = read(tmp_path, *captioned(a_table(), "tbl-growth"))
    assert reading.problems == ()
    assert rows(reading.documents["zh-Hans"].blocks[0]) == [
        ["年份", "粗钢产量（亿吨）"],
        ["2023年", "10.19"],
        ["2024年", "10.05"],
    ]
    assert rows(reading.documents["en"].blocks[0]) == [
        ["Year", "Crude steel output (Mt)"],
        ["2023", "1,019"],
        ["2024", "1,005"],
    ]
    assert rows(reading.documents["zh-Hant"].blocks[0])[0] == ["年份", "粗鋼產量（億噸）"]


def test_table_cells_are_values_named_by_row_and_column(tmp_path):
    found = document(tmp_path, *captioned(a_table(), "tbl-growth"))
    assert [(item.name, item.text, item.place) for item in found.shown] == [
        ("steel.tbl-growth.2023.output", "10.19", "steel.tbl-growth"),
        ("steel.tbl-growth.2024.output", "10.05", "steel.tbl-growth"),
    ]
    assert found.values["steel.tbl-growth.2024.output"] == a_value()
    assert found.tables[0].title == "产量见顶"


def test_table_without_units_in_its_heads_prints_values_whole(tmp_path):
    column = Column("change", {"zh-Hans": "变化", "en": "Change"})
    table = a_table(columns=(column,), rows=(a_row(2024, a_growth()),))
    found = document(tmp_path, *captioned(table, "tbl-growth"), language="en")
    assert rows(found.blocks[0]) == [["Year", "Change"], ["2024", "down 1.7%"]]


def test_table_with_one_unit_prints_it_once(tmp_path):
    table = a_table(unit={"zh-Hans": "亿吨", "en": "Mt"})
    found = document(tmp_path, *captioned(table, "tbl-growth"))
    assert divs(found.blocks[0])["unit"] == "单位：亿吨"
    assert rows(found.blocks[0])[0] == ["年份", "粗钢产量"]


def test_table_marks_preliminary_approximate_bounded_and_missing_numbers(tmp_path):
    table = a_table(
        rows=(
            a_row(2021, a_value(value=1032.788, status="preliminary")),
            a_row(2022, a_value(value=1013.0, status="estimated")),
            a_row(2023, a_value(value=1000.0, bound="over")),
            a_row(2024, a_value(value=None)),
            Row("2025", {"zh-Hans": "2025年", "en": "2025"}, (Cell(symbol="—"),)),
        )
    )
    found = document(tmp_path, *captioned(table, "tbl-growth"))
    assert [row[1] for row in rows(found.blocks[0])[1:]] == ["10.33", "10.13*", ">10.00", "缺", "—"]
    assert [node["t"] for node in tree.nodes(found.blocks) if node["t"] in ("Emph", "Superscript")] == [
        "Emph",
        "Superscript",
    ]
    assert divs(found.blocks[0])["notes"] == "注：斜体为初步数；带*者为近似值或估计值；>表示超过。"


def test_table_cell_of_sources_prints_issuers_and_the_source_line_their_releases(tmp_path):
    column = Column("source", {"zh-Hans": "来源", "en": "Source"}, align="left")
    cells = (
        Row("output", {"zh-Hans": "粗钢产量", "en": "Crude steel output"}, (Cell(sources=(key(), key(year=2023))),)),
    )
    found = document(tmp_path, *captioned(a_table("scope", rows=cells, columns=(column,)), "tbl-scope"))
    assert rows(found.blocks[0])[1] == ["粗钢产量", "国家统计局"]
    assert SOURCE[:-1] in divs(found.blocks[0])["source"]


def test_row_marks_stand_before_or_behind_its_head(tmp_path):
    one = replace(a_row(2023, a_value()), mark="#")
    two = replace(a_row(2024, a_value()), mark="*")
    found = document(tmp_path, *captioned(a_table(rows=(one, two)), "tbl-growth"), language="en")
    assert [row[0] for row in rows(found.blocks[0])[1:]] == ["#2023", "2024*"]


def test_table_needs_no_alternative_text(tmp_path):
    cells = code(a_table(), id="tbl-growth"), *twins("tbl-growth", "增长", "Growth", "caption")
    assert problems(tmp_path, *cells) == []
