"""Prose: what may stand in it, what is shown, where it stands."""

import pytest
from chapters import NOTEBOOK, a_growth, a_value, code, document, problems, read, twins, zh

from greenbook.documents import tree


def prose(folder, chinese, english="{{ output_latest }}", *records, **options):
    """The messages of a chapter with one pair of twins."""
    return problems(folder, code(a_value(), a_growth(), *records), *twins("level", chinese, english), **options)


def test_value_is_printed_in_each_language_and_named(tmp_path):
    cells = code(a_value()), *twins("level", "产量{{ output_latest }}。", "Output was {{ output_latest }}.")
    reading = read(tmp_path, *cells)
    shown = {
        language: [(item.name, item.text, item.place, item.cell) for item in found.shown]
        for language, found in reading.documents.items()
    }
    assert reading.problems == ()
    assert shown == {
        "zh-Hans": [("steel.output_latest", "10.05亿吨", "steel.level-1", "level-zh")],
        "en": [("steel.output_latest", "1,005 Mt", "steel.level-1", "level-en")],
        "zh-Hant": [("steel.output_latest", "10.05億噸", "steel.level-1", "level-zh")],
    }


def test_value_stands_in_a_span_that_names_it_and_nothing_else(tmp_path):
    found = document(tmp_path, code(a_value()), *twins("level", "{{ output_latest }}", "{{ output_latest }}"))
    assert found.blocks == (
        {
            "t": "Div",
            "c": [
                ["steel.level-1", ["par"], []],
                [
                    {
                        "t": "Para",
                        "c": [
                            {
                                "t": "Span",
                                "c": [
                                    ["", ["value"], [["name", "steel.output_latest"]]],
                                    [{"t": "Str", "c": "10.05亿吨"}],
                                ],
                            },
                        ],
                    }
                ],
            ],
        },
    )


def test_signs_of_a_value_are_no_markdown(tmp_path):
    value = a_value("rate", -1.4, unit="%", show={"zh-Hans": "%@1", "en": "%@1"}, form="share")
    found = document(tmp_path, code(value), *twins("level", "{{ rate }}", "{{ rate }}"), language="en")
    assert found.shown[0].text == "−1.4%"


def test_filters_print_year_places_and_the_number_alone(tmp_path):
    words = "{{ output_latest | year }}；{{ output_latest | number(1) }}；{{ output_latest | bare }}"
    found = document(tmp_path, code(a_value()), *twins("level", words, words))
    assert [(item.filter, item.text) for item in found.shown] == [
        ("year", "2024"),
        ("number(1)", "10.1亿吨"),
        ("bare", "10.05"),
    ]


def test_unknown_names_of_all_cells_are_reported_together_with_the_near_name(tmp_path):
    assert prose(tmp_path, "{{ output_lates }}和{{ output_latest }}", "{{ outptu_latest | year }}") == [
        f'{NOTEBOOK}:level-en: GB501: found "{{{{ outptu_latest | year }}}}"; no value of that name in this chapter; '
        "write output_latest",
        f'{NOTEBOOK}:level-zh: GB501: found "{{{{ output_lates }}}}"; no value of that name in this chapter; '
        "write output_latest",
        f"{NOTEBOOK}:level-zh and level-en: GB511: found {{{{ output_lates }}}}, {{{{ output_latest }}}} only in "
        "level-zh, {{ outptu_latest | year }} only in level-en; the same values in both languages; "
        "use the same values and filters",
    ]


def test_absent_value_without_a_condition_names_the_tag_to_add(tmp_path):
    words = "{{ output_2026 }}"
    absent = a_value("output_2026", None)
    assert prose(tmp_path, words, words, absent) == [
        f'{NOTEBOOK}:level-{tag}: GB502: found "{{{{ output_2026 }}}}"; a value that exists under this edition\'s '
        "date; tag this cell and its twin if-output_2026, or rewrite the sentence"
        for tag in ("en", "zh")
    ]


def test_name_in_the_code_that_made_no_value_is_absent_not_unknown(tmp_path):
    cells = (
        code(source='chapter.value("output_2026", output.at(2026))'),
        *twins("level", "{{ output_2026 }}", "{{ output_2026 }}"),
    )
    assert {message.split(":")[2] for message in problems(tmp_path, *cells)} == {" GB502"}


@pytest.mark.parametrize(
    ("written", "code_", "rest"),
    [
        (
            "{{ output_latest + 1 }}",
            "GB503",
            "{{ name }} or {{ name | filter }}; work it out in a code cell and name it with chapter.value",
        ),
        (
            "{{ output_latest.value }}",
            "GB503",
            "{{ name }} or {{ name | filter }}; work it out in a code cell and name it with chapter.value",
        ),
        (
            "{{ output_latest | percent }}",
            "GB504",
            "one of the filters year, number, bare; leave it out: a value prints itself",
        ),
        ("{{ output_latest | yaer }}", "GB504", "one of the filters year, number, bare; write year"),
        ("{{ output_latest | number }}", "GB504", "the places after the point; write number(1)"),
        ("{{ output_latest | year(2) }}", "GB504", "year without brackets; write year"),
    ],
)
def test_expression_outside_the_grammar_is_refused(tmp_path, written, code_, rest):
    assert prose(tmp_path, written, written) == [
        f'{NOTEBOOK}:level-{tag}: {code_}: found "{written}"; {rest}' for tag in ("en", "zh")
    ]


def test_template_blocks_are_refused_and_heading_ids_are_markdown(tmp_path):
    words = "## 规模 {#scale}\n\n{% if output %}"
    messages = problems(tmp_path, *twins("level", words, words))
    assert messages[0] == (
        f'{NOTEBOOK}:level-en: GB503: found "{{%"; {{{{ name }}}} or {{{{ name | filter }}}}; '
        "work it out in a code cell and name it with chapter.value"
    )
    found = read(tmp_path, *twins("level", "## 规模 {#scale}", "## Scale {#scale}")).documents["en"]
    assert found.blocks[0]["c"][1][0] == "steel.scale"


def test_value_inside_code_cannot_be_bound(tmp_path):
    words = "`{{ output_latest }}`"
    assert prose(tmp_path, words, words) == [
        f'{NOTEBOOK}:level-{tag}: GB506: found "{{{{ output_latest }}}}" inside code, a formula or a link; '
        "values in plain sentences; take it out"
        for tag in ("en", "zh")
    ]


def test_anchors_come_from_the_stem_and_count_paragraphs_of_a_cell(tmp_path):
    words = "## 标题\n\n甲\n\n- 乙\n\n丙"
    reading = read(tmp_path, *twins("level", words, words.replace("标题", "Title")))
    for language in ("zh-Hans", "en", "zh-Hant"):
        blocks = reading.documents[language].blocks
        assert blocks[0]["c"][1][0] == "steel.level"
        assert [block["c"][0][:2] for block in blocks[1:]] == [
            ["steel.level-1", ["par"]],
            ["steel.level-2", ["par"]],
            ["steel.level-3", ["par"]],
        ]


def test_cells_without_names_pair_in_order_and_keep_a_place(tmp_path):
    reading = read(
        tmp_path, zh("a1b2c3d4", "甲1"), twins("x", "", "x")[1].__class__("e5f6a7b8", "markdown", ("en",), "one")
    )
    assert [str(problem) for problem in reading.problems] == [
        f'{NOTEBOOK}:cell 1: GB520: found "甲1"; no number in prose that the data could give; '
        "name the number with chapter.value and write {{ name }}; a word is marked as [14th]{.word}"
    ]
    assert reading.documents["en"].blocks[0]["c"][0][0] == "steel.cell-1-1"
    assert reading.documents["en"].gaps == ()


def test_reference_is_qualified_recorded_and_left_without_words(tmp_path):
    words = "见[](#fig-output)、[](#paper.fig-output)和[](#ch-national)。"
    found = document(tmp_path, *twins("level", words, words), language="en")
    links = [node for node in tree.nodes(found.blocks) if node["t"] == "Link"]
    assert [link["c"] for link in links] == [
        [["", ["ref"], []], [], [target, ""]] for target in ("#steel.fig-output", "#paper.fig-output", "#ch-national")
    ]
    assert [(item.target, item.place, item.cell) for item in found.references] == [
        (target, "steel.level-1", "level-en") for target in ("steel.fig-output", "paper.fig-output", "ch-national")
    ]


def test_footnotes_and_citations_stay_and_may_stand_in_another_cell(tmp_path):
    cells = (
        *twins("level", "甲[^note][@ang2005]。", "One[^note] [@ang2005]."),
        *twins("notes", "[^note]: 注[](#fig-x)", "[^note]: Note [](#fig-x)"),
    )
    found = document(tmp_path, *cells)
    assert [node["t"] for node in tree.nodes(found.blocks[:1])] == ["Str", "Note", "Cite", "Str", "Str", "Link"]
    assert found.references[0].place == "steel.level-1"


def test_same_anchor_twice_is_refused(tmp_path):
    cells = (*twins("level", "## 甲 {#scale}", "## One {#scale}"), *twins("more", "## 乙 {#scale}", "## Two {#scale}"))
    assert problems(tmp_path, *cells) == [
        f'{NOTEBOOK}:more-{tag}: GB522: found the anchor "steel.scale" a second time; an anchor of its own for each '
        "heading, paragraph, figure and table; give the cell or heading another id"
        for tag in ("en", "zh")
    ]


@pytest.mark.parametrize(
    ("written", "code_", "rest"),
    [
        ("<b>粗</b>", "GB691", 'found "<b>"; Markdown without HTML or raw blocks; write it in Markdown'),
        (
            "<script>alert()</script>",
            "GB691",
            'found "<script>"; Markdown without HTML or raw blocks; write it in Markdown',
        ),
        ("```{=html}\n<p>\n```", "GB691", "found a raw block; Markdown; write it in Markdown"),
        ("`x`{=typst}", "GB691", 'found "{=typst}"; Markdown without HTML or raw blocks; write it in Markdown'),
        (
            "[甲](javascript:alert)",
            "GB692",
            'found a link to "javascript:alert"; http, https, mailto or a reference like #fig-output; '
            "write one of them",
        ),
        (
            "![](photo.png)",
            "GB693",
            'found the picture "photo.png"; pictures come from chapter.figure; draw it in a code cell',
        ),
        (
            "[图](#fig-x)",
            "GB507",
            'found "[图](#fig-x)"; a reference without words: they come from the build; write [](#fig-x)',
        ),
        (
            '[甲]{style="color:red"}',
            "GB508",
            'found {style="color:red"}; words without looks; looks are templates; remove it',
        ),
        (
            "# 甲",
            "GB523",
            'found the heading "# 甲"; headings from level 2 on; the chapter\'s title stands in book.yml; write ##',
        ),
        (
            "| a | b |\n|---|---|\n| c | d |",
            "GB506",
            "found a table in Markdown; tables come from chapter.table, with their values bound; "
            "make it in a code cell",
        ),
    ],
)
def test_what_prose_must_not_carry_is_refused(tmp_path, written, code_, rest):
    messages = [message for message in problems(tmp_path, *twins("level", written, written)) if "level-zh:" in message]
    assert messages[0] == f"{NOTEBOOK}:level-zh: {code_}: {rest}"


def test_formula_may_say_how_it_sounds_and_words_which_language_they_are(tmp_path):
    cells = twins("level", '[$E/Y$]{alt="能源除以产值"}即[intensity]{lang="en"}。',
                  '[$E/Y$]{alt="E over Y"} is [强度]{lang="zh"}.')
    reading = read(tmp_path, *cells)
    spoken = {language: [dict(node["c"][0][2]) for node in tree.nodes(found.blocks[0]["c"][1]) if node["t"] == "Span"]
              for language, found in reading.documents.items()}
    assert reading.problems == ()
    assert spoken == {"zh-Hans": [{"alt": "能源除以产值"}, {"lang": "en"}], "en": [{"alt": "E over Y"}, {"lang": "zh"}],
                      "zh-Hant": [{"alt": "能源除以產值"}, {"lang": "en"}]}


@pytest.mark.parametrize("written", ['[a]{alt="b"}', '[$x$]{alt=""}', '[mots]{lang="fr"}', '[$x$]{.big alt="x"}'])
def test_other_attributes_stay_refused(tmp_path, written):
    assert any("GB508" in message for message in problems(tmp_path, *twins("level", written, written)))


def test_fence_without_an_end_names_its_cell(tmp_path):
    cells = *twins("level", "```\n甲", "```\nx"), *twins("more", "乙", "two")
    assert problems(tmp_path, *cells) == [
        f'{NOTEBOOK}:level-{tag}: GB509: found "```" without an end; each ::: and ``` is closed in its own cell; '
        "close it"
        for tag in ("en", "zh")
    ]


def test_fence_that_swallows_the_next_cell_names_the_cell_where_it_begins(tmp_path):
    cells = *twins("level", "甲", "x"), *twins("more", "```\n乙", "```\ntwo"), *twins("rest", "```\n丙", "```\nthree")
    assert problems(tmp_path, *cells) == [
        f"{NOTEBOOK}:more-{tag}: GB509: found a ::: or ``` without an end; each ::: and ``` is closed in its own cell; "
        "close it"
        for tag in ("en", "zh")
    ]
