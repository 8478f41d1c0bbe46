"""Digits, direction words, line breaks and refusals."""

from dataclasses import replace

import pytest
from chapters import NOTEBOOK, a_growth, a_refusal, a_value, code, document, problems, read, twins, view

from greenbook.documents import breaks, pandoc, tree
from greenbook.documents.digits import DigitsRule, allowed_phrases


def digits_in(markdown, phrases=()):
    rule = DigitsRule(phrases)
    return [found for run in tree.runs(pandoc.parse(markdown)["blocks"], citations=False) for found in rule.typed(run)]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("产量增长3倍。", ["产量增长3倍"]),
        ("In 2024 it fell.", ["2024"]),
        ("二〇二四年，三分之一", ["二〇二四年", "三分之一"]),
        ("全角２０２４年", ["全角２０２４年"]),
        ("CO₂、PM₂.₅", []),
        ("CO~2~", ["CO2"]),
        ("PM2.5", ["PM2.5"]),
        ("`x = 3`", []),
        ("$x_1 = 3$", []),
        ("[14th]{.word} plan", []),
        ("the 14th plan", ["14th"]),
        ("1. 甲\n2. 乙", []),
        ("甲[@ang2005, p. 12]", []),
        ("甲[^1]\n\n[^1]: 注3", ["注3"]),
        ("见[](#fig-2)", []),
        ("<https://a.example/2024>", []),
        ("GB/T 7714—2015和ISO 14064-1:2018", []),
        ("GDP 2024", ["2024"]),
        ("## 第3节", ["第3节"]),
    ],
)
def test_digit_in_prose_is_found_where_nothing_allows_it(markdown, found):
    assert digits_in(markdown) == found


def test_digits_of_terms_titles_and_document_numbers_are_allowed():
    phrases = allowed_phrases(view())
    policy = next(item for item in view().catalog.policies.values() if any(sign.isdigit() for sign in item.title_zh))
    assert digits_in(f"据《{policy.title_zh}》", phrases) == []
    assert digits_in(f"据《{policy.title_zh}》", ()) != []
    assert list(phrases) == sorted(phrases, key=lambda phrase: (-len(phrase), phrase))


def test_digit_in_a_chapter_names_the_cell_and_the_words(tmp_path):
    cells = code(a_value()), *twins("level", "{{ output_latest }}，居第1位", "{{ output_latest }}, rank one")
    assert problems(tmp_path, *cells) == [
        f'{NOTEBOOK}:level-zh: GB520: found "居第1位"; no number in prose that the data could give; '
        "name the number with chapter.value and write {{ name }}; a word is marked as [14th]{.word}"
    ]


@pytest.mark.parametrize(
    ("chinese", "english", "found"),
    [
        ("同比增长{{ output_growth }}。", "It was {{ output_growth }}.", [("zh", "增长")]),
        ("同比**下降**了{{ output_growth }}。", "It fell by {{ output_growth }}.", [("en", "fell"), ("zh", "下降")]),
        ("同比{{ output_growth }}的增长", "{{ output_growth }} higher", [("en", "higher"), ("zh", "增长")]),
        (
            "增速为{{ output_growth | number(1) }}",
            "growth of {{ output_growth | number(1) }}",
            [("en", "growth"), ("zh", "增速")],
        ),
        ("产量回落，同比{{ output_growth }}。", "Output fell: {{ output_growth }} on the year.",
         [("en", "fell"), ("zh", "回落")]),
        ("产量{{ output_growth }}，仍在下降。", "Output was {{ output_growth }}, still falling.",
         [("en", "falling"), ("zh", "下降")]),
        ("产量{{ output_growth }}，出口下降。", "Output was {{ output_growth }}, exports fell.", []),
        ("出口回落，产量{{ output_growth }}。", "Exports fell, output was {{ output_growth }}.", []),
        ("出口回落。同比{{ output_growth }}", "Exports fell. By {{ output_growth }}", []),
        ("{{ output_growth | year }}收窄，{{ output_growth }}", "{{ output_growth | year }} fell, {{ output_growth }}",
         []),
        ("增长放缓的{{ output_growth | year }}年", "growth in {{ output_growth | year }}", []),
        ("升幅收窄到{{ output_growth }}", "narrowed sharply by {{ output_growth }}",
         [("en", "narrowed"), ("zh", "收窄")]),
        ("当年新增{{ output_growth }}", "widening to almost {{ output_growth }}", [("en", "widening"), ("zh", "增")]),
        ("提高到{{ output_growth }}", "a rise of about {{ output_growth }}", [("en", "rise"), ("zh", "提高")]),
        ("公布的增长率：年均{{ output_growth }}", "The rate of growth: {{ output_growth }}", []),
        ("{{ output_growth }}的增长率", "{{ output_growth }} more or less", []),
    ],
)
def test_direction_word_is_refused_only_beside_a_bound_change(tmp_path, chinese, english, found):
    messages = problems(tmp_path, code(a_growth()), *twins("level", chinese, english))
    assert messages == [
        f'{NOTEBOOK}:level-{tag}: GB521: found "{word}" beside {{{{ output_growth }}}}; '
        "the value prints its own direction word; leave the word out"
        for tag, word in found
    ]


def test_direction_word_beside_a_level_is_allowed(tmp_path):
    cells = code(a_value()), *twins("level", "下降至{{ output_latest }}", "fell to {{ output_latest }}")
    assert problems(tmp_path, *cells) == []


@pytest.mark.parametrize(
    ("markdown", "language", "words"),
    [
        ("甲。\n乙", "zh-Hans", "甲。乙"),
        ("甲。\n2024年", "zh-Hans", "甲。2024年"),
        ("GDP\n增长", "zh-Hans", "GDP增长"),
        ("abc\ndef", "zh-Hans", "abc def"),
        ("甲“乙”\nabc", "zh-Hans", "甲“乙”abc"),
        ("甲。\n[2020]{.value}年", "zh-Hans", "甲。2020年"),
        ("**甲。**\n*2020*年", "zh-Hans", "甲。2020年"),
        ("甲。[^1]\n2020年\n\n[^1]: x", "zh-Hans", "甲。2020年"),
        ("abc[@a]\n2020年", "zh-Hans", "abc 2020年"),
        ("abc\n[](#fig-x)", "zh-Hans", "abc"),
        ("one\ntwo", "en", "one two"),
        ("one\n甲", "en", "one 甲"),
        ("甲\n乙", "en", "甲乙"),
        ("see\n[](#fig-x)", "en", "see "),
    ],
)
def test_line_break_is_settled_by_its_neighbours(markdown, language, words):
    blocks = pandoc.parse(markdown)["blocks"]
    breaks.resolve(blocks, language)
    assert tree.text(blocks[0]["c"]) == words
    assert not [node for node in tree.nodes(blocks) if node["t"] == "SoftBreak"]


def test_line_breaks_inside_a_footnote_are_settled_too():
    blocks = pandoc.parse("甲[^1]\n\n[^1]: GDP\n    增长")["blocks"]
    breaks.resolve(blocks, "zh-Hans")
    assert [tree.text(run) for run in tree.runs(blocks)] == ["甲", "GDP增长"]


def test_refusals_stand_at_the_end_of_the_limits(tmp_path):
    cells = (
        code(a_refusal(), a_refusal(), a_refusal("样本过短", "the series is short", "F2")),
        *twins("limits", "## 局限\n\n甲", "## Limits\n\none"),
        *twins("notes", "## 附记", "## Notes"),
    )
    found = document(tmp_path, *cells, language="en")
    assert [
        (block["t"], (block["c"][1] if block["t"] == "Header" else block["c"][0])[0]) for block in found.blocks
    ] == [("Header", "steel.limits"), ("Div", "steel.limits-1"), ("Div", "steel.refusals"), ("Header", "steel.notes")]
    assert found.blocks[2]["c"][0][1] == ["refusals"]
    assert tree.plain(found.blocks[2:3]) == "The scopes differ.\nThe series is short."
    assert len(found.refusals) == 2


def test_numbers_of_a_reason_are_values_where_the_words_print_them(tmp_path):
    number = a_growth(value=4.0, unit="count", form="quantity", show={"zh-Hans": "count@0", "en": "count@0"})
    numbers = tuple(replace(number, name=name, value=value) for name, value in (("needed", 6.0), ("points", 4.0)))
    reason = a_refusal("5G用户只有4个年度点，少于6个", "4G to 14: has 4 points; 6 are needed")
    refusal = replace(reason, numbers=numbers)
    chinese, english = (document(tmp_path, code(refusal), language=language) for language in ("zh-Hans", "en"))
    for found in (chinese, english):
        assert [(item.name, item.text, item.place) for item in found.shown] == [
            ("steel.refusals-1.points", "4", "steel.refusals"), ("steel.refusals-1.needed", "6", "steel.refusals")]
        assert found.values["steel.refusals-1.points"].value == 4
        spans = [tree.text(node["c"][1]) for node in tree.nodes(found.blocks) if tree.is_span(node, "value")]
        assert spans == ["4", "6"]
    assert tree.plain(english.blocks[1:]) == "4G to 14: has 4 points; 6 are needed."


def test_chapter_without_a_section_on_limits_gets_one_only_for_refusals(tmp_path):
    assert document(tmp_path, code(a_refusal())).blocks[0] == {
        "t": "Header",
        "c": [2, ["steel.limits", [], []], [{"t": "Str", "c": "局限"}]],
    }
    assert document(tmp_path, code(a_refusal(method="gap"))).blocks == ()


def test_refusals_of_values_are_printed_too(tmp_path):
    value = a_growth(value=None, refusal=a_refusal())
    assert tree.plain(document(tmp_path, code(value)).blocks) == "局限\n口径不同，不能比较。"


def test_notes_of_the_values_shown_are_collected_once(tmp_path):
    note = {"zh-Hans": "首次公布数", "en": "as first published"}
    cells = (
        code(a_value(notes=(note,)), a_value("other", notes=({"zh-Hans": "不用", "en": "unused"},))),
        *twins("level", "{{ output_latest }}{{ output_latest }}", "{{ output_latest }}{{ output_latest }}"),
    )
    assert document(tmp_path, *cells).notes == (note,)


def test_two_readings_of_a_chapter_are_equal(tmp_path):
    cells = code(a_value(), a_refusal()), *twins("level", "{{ output_latest }}[^1]\n\n[^1]: 注", "{{ output_latest }}")
    assert read(tmp_path, *cells) == read(tmp_path, *cells)
