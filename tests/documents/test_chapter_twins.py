"""Twins, conditions and gaps: what two languages must share and what an edition leaves out."""

from datetime import date

from chapters import (
    NOTEBOOK,
    Written,
    a_figure,
    a_finding,
    a_value,
    captioned,
    code,
    document,
    en,
    problems,
    read,
    twins,
    zh,
)

from greenbook.documents import tree
from greenbook.records import LoadRecord


def test_different_values_name_both_cells(tmp_path):
    cells = code(a_value()), *twins("level", "{{ output_latest }}", "{{ output_latest | year }}")
    assert problems(tmp_path, *cells) == [
        f"{NOTEBOOK}:level-zh and level-en: GB511: found {{{{ output_latest }}}} only in level-zh, "
        "{{ output_latest | year }} only in level-en; the same values in both languages; "
        "use the same values and filters"
    ]


def test_the_same_value_used_once_more_is_a_difference(tmp_path):
    cells = code(a_value()), *twins("level", "{{ output_latest }}、{{ output_latest }}", "{{ output_latest }}")
    assert [message.split(": ")[1] for message in problems(tmp_path, *cells)] == ["GB511"]


def test_order_of_values_may_differ(tmp_path):
    cells = (
        code(a_value()),
        *twins(
            "level",
            "{{ output_latest | year }}年{{ output_latest }}",
            "{{ output_latest }} in {{ output_latest | year }}",
        ),
    )
    assert problems(tmp_path, *cells) == []


def test_different_references_name_both_cells(tmp_path):
    assert problems(tmp_path, *twins("level", "见[](#fig-output)。", "See above.")) == [
        f"{NOTEBOOK}:level-zh and level-en: GB512: found fig-output only in level-zh; "
        "the same references in both languages; refer to the same figures and tables"
    ]


def test_different_conditions_name_both_cells(tmp_path):
    cells = code(a_value()), zh("level-zh", "甲", "if-output_latest"), en("level-en", "one")
    assert problems(tmp_path, *cells) == [
        f"{NOTEBOOK}:level-zh and level-en: GB513: found if-output_latest only in level-zh; "
        "the same if- tags; give both cells the same tags"
    ]


def test_missing_twin_is_a_gap_in_the_other_language(tmp_path):
    reading = read(tmp_path, *twins("scope", "甲", "one"), zh("level-zh", "乙"))
    english = reading.documents["en"]
    assert reading.problems == () and reading.documents["zh-Hans"].gaps == ()
    assert [block["c"][0][0] for block in english.blocks] == ["steel.scope-1", "steel.gap-level"]
    assert english.gaps[0].what["en"] == "The English text of level is missing."
    assert str(english.gaps[0].problem) == (
        f"{NOTEBOOK}:level-zh: GB510: found no twin of level-zh; a cell level-en tagged en; write the English text"
    )


def test_cell_tagged_with_both_languages_is_its_own_twin(tmp_path):
    cells = Written("formula", "markdown", ("zh", "en"), "$$x = y$$")
    reading = read(tmp_path, cells)
    assert reading.problems == ()
    assert reading.documents["zh-Hans"].blocks == reading.documents["en"].blocks


def test_markdown_without_a_language_is_not_printed(tmp_path):
    assert document(tmp_path, Written("about", "markdown", ("about",), "问题2024 {{ x }}")).blocks == ()


def test_condition_on_an_absent_value_leaves_the_cell_out_and_says_so(tmp_path):
    cells = (
        code(a_value(), a_value("output_2026", None)),
        *twins("now", "{{ output_latest }}", "{{ output_latest }}", "if-output_latest"),
        *twins("later", "{{ output_2026 }}", "{{ output_2026 }}", "if-output_2026"),
    )
    found = document(tmp_path, *cells)
    assert [block["c"][0][0] for block in found.blocks] == ["steel.now-1"]
    assert found.left_out == (("later-zh", "if-output_2026"), ("later-en", "if-output_2026"))


def test_condition_may_name_indicator_target_figure_or_unmade_value(tmp_path):
    tags = ("if-crude_steel_output", "if-aluminium_direct_alloying_2025", "if-fig-output")
    cells = (
        code(LoadRecord("crude_steel_output", False), a_value()),
        *captioned(a_figure()),
        *(cell for number, tag in enumerate(tags) for cell in twins(f"t{number}", "甲", "one", tag)),
        code(source='chapter.value("share_2026", x)', id="more"),
        *twins("last", "乙", "two", "if-share_2026"),
    )
    found = document(tmp_path, *cells)
    assert [item[1] for item in found.left_out] == ["if-share_2026", "if-share_2026"]


def test_condition_on_a_later_target_is_false_before_its_date(tmp_path):
    cells = twins("target", "甲", "one", "if-aluminium_direct_alloying_2025")
    assert document(tmp_path, *cells).left_out == ()
    early = document(tmp_path, *cells, as_of=date(2024, 5, 28))
    assert early.blocks == () and len(early.left_out) == 2


def test_condition_that_nothing_knows_is_reported_with_the_near_name(tmp_path):
    cells = code(a_value()), *twins("level", "甲", "one", "if-output_lates")
    assert problems(tmp_path, *cells) == [
        f'{NOTEBOOK}:level-{tag}: GB505: found the tag "if-output_lates"; a value, indicator, target, figure or table '
        "of that name; write if-output_latest"
        for tag in ("en", "zh")
    ]


def test_caption_of_a_figure_that_could_not_be_drawn_names_the_tag_to_add(tmp_path):
    source = '@chapter.figure("share", uses=[share])'
    captions = twins("fig-share", "甲\n\nAlt: 乙", "one\n\nAlt: two", "caption")
    reading = read(tmp_path, code(source=source, id="fig-share"), *captions)
    assert str(reading.documents["zh-Hans"].gaps[0].problem) == (
        f"{NOTEBOOK}:fig-share-zh: GB518: found a caption cell without what it belongs to; "
        "that fig-share exists under this edition's date; tag this cell and its twin if-fig-share"
    )
    tagged = twins("fig-share", "甲\n\nAlt: 乙", "one\n\nAlt: two", "caption", "if-fig-share")
    found = document(tmp_path, code(source=source, id="fig-share"), *tagged)
    assert found.gaps == () and found.left_out == (("fig-share-zh", "if-fig-share"), ("fig-share-en", "if-fig-share"))


def test_absent_value_is_absent_though_a_figure_has_its_name(tmp_path):
    cells = (code(a_value("output", None)), *captioned(a_figure()), *twins("x", "{{ output }}", "{{ output }}"))
    assert {message.split(": ")[1] for message in problems(tmp_path, *cells)} == {"GB502"}


def test_condition_of_a_figure_takes_its_captions_along(tmp_path):
    figure, *captions = captioned(a_figure(condition="output_2026"))
    absent = code(a_value("output_2026", None))
    found = document(tmp_path, absent, figure, *captions)
    assert found.blocks == () and found.figures == () and found.gaps == ()
    assert found.left_out == (
        ("fig-output-zh", "if-output_2026"),
        ("fig-output-en", "if-output_2026"),
        ("fig-output", "if-output_2026"),
    )


def test_condition_on_a_code_cell_leaves_out_what_it_prints_but_not_its_values(tmp_path):
    cells = (
        code(a_value("gone", None)),
        code(a_value(), a_figure(), id="fig-output", tags=("if-gone",)),
        *twins("fig-output", "甲\n\nAlt: 乙", "one\n\nAlt: two", "caption"),
        *twins("level", "{{ output_latest }}", "{{ output_latest }}"),
    )
    found = document(tmp_path, *cells)
    assert found.figures == () and len(found.shown) == 1


def test_finding_without_its_sentences_is_a_gap(tmp_path):
    reading = read(tmp_path, code(a_finding(), id="finding"))
    assert reading.problems == () and reading.documents["en"].findings == ()
    assert str(reading.documents["en"].gaps[0].problem) == (
        f"{NOTEBOOK}:finding: GB515: found steel.finding-peak without its sentences in en; "
        "a cell tagged finding below the code; write the sentences"
    )


def test_finding_holds_its_paragraphs_strength_and_figure(tmp_path):
    cells = (
        code(a_value(), a_finding(changes={"zh-Hans": "若回升", "en": "if it rises"})),
        *twins("finding-peak", "产量{{ output_latest }}。", "Output was {{ output_latest }}.", "finding"),
    )
    found = document(tmp_path, *cells, language="en")
    assert found.blocks[0]["c"][0] == [
        "steel.finding-peak",
        ["finding"],
        [["strength", "B/yes"], ["wording", "trend"], ["figure", "steel.fig-output"]],
    ]
    assert [block["c"][0][:2] for block in found.blocks[0]["c"][1]] == [
        ["steel.finding-peak-1", ["par"]],
        ["", ["changes"]],
    ]
    assert tree.plain(found.blocks[0]["c"][1][1:]) == "What would change this: if it rises"
    assert found.findings[0].text == "Output was 1,005 Mt."
    assert [block["t"] for block in found.findings[0].blocks] == ["Para"]


def test_two_findings_of_one_cell_take_the_sentences_of_their_name(tmp_path):
    cells = (
        code(a_finding("peak"), a_finding("share")),
        *twins("finding-share", "乙", "two", "finding"),
        *twins("finding-peak", "甲", "one", "finding"),
    )
    found = document(tmp_path, *cells)
    assert [(finding.id, finding.text) for finding in found.findings] == [
        ("steel.finding-peak", "甲"),
        ("steel.finding-share", "乙"),
    ]


def test_unknown_case_is_refused(tmp_path):
    from greenbook.records import CaseRecord

    assert problems(tmp_path, code(CaseRecord("nowhere"), id="case")) == [
        f'{NOTEBOOK}:case: GB519: found the case "nowhere"; a case of data/cases.csv dated by the edition\'s date; '
        "add it, or remove the call"
    ]
