"""Tables that fit their page, formulas in words, faces that cover."""

from __future__ import annotations

import pytest

from greenbook.publishing.faces import families, missing
from greenbook.publishing.forme import width
from greenbook.publishing.ruled import GUTTER, ems, fit, ruled, shared
from greenbook.publishing.spoken import spoken
from greenbook.style.tokens import tokens


def test_table_that_fits_is_set_at_full_size_upright():
    size, widths, turned, _ = fit([4, 5, 5])
    assert (size, turned) == (9.0, False) and len(widths) == 3


def test_table_of_words_breaks_its_words_before_the_page_is_turned():
    size, widths, turned, _ = fit([4, 60, 60, 4])
    assert not turned and size == 9.0 and widths[1] > widths[0]


def test_table_of_many_columns_turns_the_page():
    assert fit([5.0] * 14)[2] is True


def test_column_of_few_words_is_not_starved_by_a_column_of_many():
    size, widths, turned, gutter = fit([39, 6, 25, 12, 12, 6, 2, 14], [10, 5, 6, 5, 7, 6, 3, 6])
    assert not turned and size == 7.0
    assert (widths[0] - gutter) / 39 == pytest.approx((widths[2] - gutter) / 25, abs=0.02)


def test_short_chinese_head_is_not_set_as_a_column_of_characters():
    table = a_table(["AlignDefault"] * 3, ("文件", "最新值", "x"), ("一" * 400, "1", "二" * 400))
    shape = ruled(table).shape
    assert shape["columns"][1] - 2 * shape["inset"] >= ems("最新值")


def test_table_of_hopeless_width_is_set_smallest_and_turned():
    size, widths, turned, _ = fit([12.0] * 40)
    assert (size, turned) == (7.0, True) and len(widths) == 40


def test_widths_of_the_source_are_kept_where_every_word_fits():
    assert shared([0.5, 0.5], [3.0, 3.0])[1] == pytest.approx([27.51, 27.51], abs=0.01)


def test_column_with_a_long_word_takes_its_width_from_the_others():
    size, widths, turned, _ = shared([0.45, 0.45, 0.1], [3.0, 3.0, 9.0])
    assert widths[2] == pytest.approx(10.6) and widths[0] == widths[1] and not turned
    assert sum(widths) == pytest.approx(165 / (size * 25.4 / 72), abs=0.01)


def test_chinese_characters_count_one_em_and_letters_about_half():
    assert ems("粗钢") == 2.0 and ems("ab") == pytest.approx(1.08)
    assert ems("%") > ems("AB") / 2 > ems("12") / 2 > ems("ab") / 2 > ems("-,") / 2


def a_table(aligns, head, *rows):
    """A table with nothing in it but words."""
    def cells(*words):
        text = [[{"t": "Plain", "c": [{"t": "Str", "c": word}]}] for word in words]
        return [["", []], [[["", [], []], {"t": "AlignDefault"}, 1, 1, blocks] for blocks in text]]

    columns = [[{"t": name}, {"t": "ColWidthDefault"}] for name in aligns]
    return {"t": "Table", "c": [["", [], []], [None, []], columns, [["", [], []], [cells(*head)]],
                                [[["", [], []], 0, [], [cells(*row) for row in rows]]], [["", [], []], []]]}


def test_column_is_never_narrower_than_the_longest_word_of_its_head():
    table = a_table(["AlignDefault"] * 2, ("Indicator", "Exported"), ("Wafers", "1"))
    assert ruled(table).shape["columns"][1] >= ems("Exported")


def test_number_keeps_to_one_line_beside_long_names():
    aligns, names = ["AlignDefault"] * 4 + ["AlignRight"] * 4, ["a name that wants all the room there is"] * 4
    table = a_table(aligns, ["Head"] * 8, names + ["down 11.3%*"] * 4)
    assert min(ruled(table).shape["columns"][4:]) - GUTTER >= ems("down 11.3%*")


@pytest.mark.parametrize(("tex", "language", "words"), [
    (r"\frac{a}{b}", "en", "a over b"),
    (r"\frac{a}{b}", "zh-Hans", "b分之a"),
    (r"E = m c^{2}", "en", "E equals m c to the power 2"),
    (r"\sum_i \Delta x_i", "en", "sum sub i Delta x sub i"),
    (r"\text{GDP} \leq x", "zh-Hant", "GDP 小於等於 x"),
    (r"x_{0} - 1", "zh-Hans", "x下标0 减 1"),
])
def test_formula_without_words_of_its_author_is_read_from_its_tex(tex, language, words):
    assert spoken(tex, language) == words


def test_faces_of_chinese_text_leave_quotation_marks_to_the_chinese_face():
    first, *rest = families(tokens(), "zh-Hans")["text"]
    assert first == {"name": "Source Serif 4", "covers": "latin-in-cjk"} and "Noto Serif SC" in rest
    assert families(tokens(), "en")["text"][0] == "Source Serif 4"


def test_subscripts_are_covered_and_a_rare_character_is_not():
    text = tokens().families("body", "zh-Hans")
    assert missing("二氧化碳CO₂m⁻²", text) == []
    assert missing("二\U0002b81a", text) == ["\U0002b81a"]


def test_chart_is_printed_at_the_size_it_was_drawn_at_and_never_wider_than_the_page():
    assert width('<svg viewBox="0 0 226.772 175">') == 80.0
    assert width('<svg viewBox="0 0 900 300">') == 165.0
