"""The whole stage: order of sections, numbers, references, drafts, problems."""

import datetime
import json
import time
from dataclasses import replace

import pytest
from chapters_by_hand import (
    LANGUAGES,
    Reading,
    a_catalog,
    a_document,
    a_finding,
    an_edition,
    an_object,
    an_observation,
    an_outline,
    in_all_languages,
    par,
    readings,
    ref,
    text,
)

from greenbook.composition.compose import compose
from greenbook.composition.tree import plain
from greenbook.documents.document import Gap
from greenbook.errors import Problem

ORDER = [
    "copyright",
    "preface",
    "findings",
    "summary",
    "guide",
    "contents",
    "figures",
    "tables",
    "part-one",
    "steel",
    "pv",
    "outlook",
    "methods",
    "vintages",
    "chronology",
    "glossary",
    "revisions",
    "references",
]


def both(slug="steel", **changes):
    return [a_document(slug, "zh-Hans", **changes), a_document(slug, "en", **changes)]


def test_sections_of_a_whole_book_stand_in_printing_order(composed):
    documents = [document for slug in ("preface", "steel", "pv", "outlook") for document in both(slug)]
    composition = composed(*documents)
    assert composition.problems == ()
    for book in composition.books.values():
        assert [section.id for section in book.sections] == ORDER


def test_figures_and_tables_are_numbered_by_chapter_alike_in_every_language(composed):
    figures = ("output", "share")
    documents = [
        a_document(slug, language, figures=figures, tables=("growth",))
        for slug in ("steel", "pv")
        for language in LANGUAGES
    ]
    books = composed(*documents, languages=LANGUAGES).books
    own = [name for name in books["en"].numbered if name.startswith(("steel.", "pv."))]
    assert [books["en"].numbered[name].words for name in own] == [
        "Figure 1-1",
        "Figure 1-2",
        "Table 1-1",
        "Figure 2-1",
        "Figure 2-2",
        "Table 2-1",
    ]
    assert [books["zh-Hans"].numbered[name].words for name in own] == [
        "图1-1",
        "图1-2",
        "表1-1",
        "图2-1",
        "图2-2",
        "表2-1",
    ]
    assert [books["zh-Hant"].numbered[name].words for name in own] == [
        "圖1-1",
        "圖1-2",
        "表1-1",
        "圖2-1",
        "圖2-2",
        "表2-1",
    ]


def test_figure_missing_in_one_language_shifts_no_number_in_the_other(composed):
    books = composed(
        a_document("steel", "zh-Hans", figures=("output", "share")), a_document("steel", "en", figures=("share",))
    ).books
    assert (
        books["zh-Hans"].numbered["steel.fig-share"].number == books["en"].numbered["steel.fig-share"].number == "1-2"
    )


def test_unnumbered_chapters_take_a_letter_and_annexes_a_number_after_a(composed):
    numbered = composed(*both("outlook"), *both()).books["zh-Hans"].numbered
    assert numbered["outlook.fig-output"].words == "图O-1"
    assert numbered["methods.tbl-gate"].words == "表A1-1"


def test_chapters_and_parts_carry_the_numerals_of_their_language(composed):
    books = composed(*both(), *both("pv")).books
    assert books["zh-Hans"].section("pv").label == "第二章" and books["en"].section("pv").label == "Chapter 2"
    assert (
        books["zh-Hans"].section("part-one").label == "第一部分" and books["en"].section("part-one").label == "Part I"
    )
    assert books["zh-Hans"].section("methods").label == "附录1"


@pytest.mark.parametrize(
    ("target", "zh", "en"),
    [
        ("pv.fig-output", "图2-1", "Figure 2-1"),
        ("ch-pv", "第二章", "Chapter 2"),
        ("ch-outlook", "“展望”", "“Outlook”"),
        ("steel.level", "“规模”", "“Level”"),
        ("methods", "附录1", "Annex 1"),
        ("ch-methods", "附录1", "Annex 1"),
        ("steel.methods", "附录1", "Annex 1"),
    ],
)
def test_reference_across_chapters_gets_the_words_of_its_target(composed, target, zh, en):
    documents = [*both(blocks=[par("steel.see-1", ref(target))]), *both("pv")]
    composition = composed(*documents)
    assert composition.problems == ()
    for language, words in (("zh-Hans", zh), ("en", en)):
        assert plain(list(composition.books[language].section("steel").blocks[-1:])) == words


@pytest.mark.parametrize("target", ["methods", "ch-methods", "steel.methods"])
def test_reference_to_an_annex_leads_to_its_own_id(composed, target):
    composition = composed(*both(blocks=[par("steel.see-1", ref(target))]))
    block = composition.books["en"].section("steel").blocks[-1]
    assert '"#methods"' in json.dumps(block) and "ch-methods" not in json.dumps(block)


def test_reference_into_a_chapter_left_out_of_the_build_is_called_by_the_chapter(composed):
    composition = composed(*both(blocks=[par("steel.see-1", ref("pv.fig-output"))]))
    assert composition.problems == ()
    assert plain(list(composition.books["en"].section("steel").blocks[-1:])) == "Chapter 2"


def test_reference_that_leads_nowhere_names_notebook_cell_and_the_near_id(composed):
    documents = both(blocks=[par("steel.level-1x", ref("steel.fig-outptu"))])
    problems = [problem for problem in composed(*documents).problems if problem.code == "GB541"]
    assert {str(problem) for problem in problems} == {
        'notebooks/steel.ipynb:steel.level-1x: GB541: found a reference to "#fig-outptu"; the id of a figure, a table, '
        "a heading or a chapter; write steel.fig-output"
    }


def test_reference_problem_names_the_cell_that_documents_told(composed):
    documents = both(blocks=[par("steel.level-1", ref("steel.fig-gone"))], references=("steel.fig-gone",))
    assert {problem.place for problem in composed(*documents).problems if problem.code == "GB541"} == {"level-zh"}


def test_id_that_stands_twice_is_a_problem(composed, found):
    composition = composed(*both(blocks=[an_object("steel.fig-output", "figure")]))
    assert ("GB542", 'found the id "steel.fig-output" 2 times') in found(composition)


def test_id_that_its_chapter_named_already_is_named_once(composed, found):
    told = Problem("notebooks/steel.ipynb", "a", "GB522", 'found the anchor "steel.fig-output" a second time', "y", "z")
    documents = readings(*both(blocks=[an_object("steel.fig-output", "figure")]))
    given = {"steel": Reading(documents["steel"].documents, (told,))}
    view = a_catalog().at(an_edition().as_of)
    made = compose(an_outline(), an_edition(), view, given, languages=("zh-Hans", "en"), commit="")
    assert [code for code, _ in found(made)] == ["GB522"]


def test_finding_that_refers_to_nothing_is_told_for_its_chapter_alone(composed):
    lost = replace(a_finding(), blocks=(par("steel.finding-peak-1", ref("steel.fig-gone")),))
    documents = a_document(findings=[lost], blocks=[*lost.blocks])
    problems = composed(documents, languages=("zh-Hans",)).problems
    assert [(problem.code, problem.path) for problem in problems] == [("GB541", "notebooks/steel.ipynb")]


def test_slug_that_is_a_name_of_matter_is_a_problem(composed, found):
    composition = composed(*both("guide"), outline=an_outline(("guide",)))
    assert ("GB543", 'found slug "guide"') in found(composition)


def test_what_was_passed_in_is_never_changed(composed):
    document = a_document(blocks=[par("steel.see-1", ref("steel.fig-output"))])
    before = repr(document)
    composed(document, languages=("zh-Hans",))
    assert repr(document) == before


def test_gap_is_a_problem_in_a_report_and_none_in_a_draft(composed):
    told = Problem("notebooks/steel.ipynb", "fig-output-zh", "GB505", "found no caption", "a caption", "write it")
    gap = Gap("steel.fig-output", {"zh-Hans": "缺", "en": "missing"}, told)
    assert told in composed(*both(gaps=(gap,))).problems
    draft = composed(*both(gaps=(gap,)), draft=True)
    assert draft.problems == ()
    assert draft.books["en"].stamp == {
        "edition": "full",
        "version": "0.1",
        "state": "draft",
        "commit": "abc1234",
        "as_of": "2025-12-14",
    }


def test_report_carries_no_stamp(composed):
    assert composed(*both()).books["en"].stamp == {}


def test_problems_of_documents_and_of_composition_come_together_and_sorted(composed):
    told = Problem("notebooks/steel.ipynb", "a", "GB501", "found x", "y", "z")
    edition, outline = an_edition(), an_outline()
    documents = readings(*both(blocks=[par("steel.p-1", ref("steel.fig-gone"))]))
    given = {"steel": Reading(documents["steel"].documents, (told,))}
    composition = compose(outline, edition, a_catalog().at(edition.as_of), given, languages=("en",), commit="x")
    assert [problem.code for problem in composition.problems] == ["GB501", "GB541"]


def test_released_state_with_unverified_values_is_refused_and_with_verified_ones_not(composed, found):
    edition = an_edition(state="released")
    refused = composed(*both(), edition=edition)
    assert [code for code, _ in found(refused)] == ["GB561"]
    assert composed(*both(), edition=edition, catalog=a_catalog(verified=True)).problems == ()


def test_two_compositions_of_one_input_are_equal(composed):
    documents = [*in_all_languages(findings=[a_finding()]), *in_all_languages("pv")]
    first, second = (composed(*documents, languages=LANGUAGES) for _ in range(2))
    assert repr(first) == repr(second)


def test_grade_of_a_chapter_is_that_of_most_of_its_indicators(composed):
    rows = [an_observation(year, released=datetime.date(year + 1, 1, 31)) for year in range(2013, 2025)]
    assert composed(*both(), catalog=a_catalog(rows)).books["en"].section("steel").grade == "A"
    key = rows[-1].key
    assert key == "crude_steel_output|CN|2024||1|2025-01-31|aaaaaaaa"
    assert composed(*both(), catalog=a_catalog(rows[-4:])).books["en"].section("steel").grade == "B"


def test_traditional_book_is_converted_throughout(composed):
    book = composed(*in_all_languages(findings=[a_finding(words="產量下降")]), languages=("zh-Hant",)).books["zh-Hant"]
    assert book.title == "發展報告" and book.section("chronology").title == "政策大事記"
    assert "證據" in plain(list(book.section("guide").blocks)) and "证" not in plain(list(book.section("guide").blocks))
    assert book.section("steel").numbers[0].text == "10.05億噸"
    assert "數值有1個" in plain(list(book.section("guide").blocks))
    assert "產量下降" in plain(list(book.section("summary").blocks))


def test_book_of_24_chapters_in_three_languages_composes_within_its_time():
    slugs = tuple(f"c{number:02}" for number in range(24))
    words = [
        par(f"{{}}.p{number}-1", *[text("words") if i % 2 else {"t": "Space"} for i in range(120)])
        for number in range(60)
    ]
    documents = []
    for slug in slugs:
        blocks = [{"t": "Div", "c": [[f"{slug}.p{n}-1", ["par"], []], block["c"][1]]} for n, block in enumerate(words)]
        documents += in_all_languages(slug, blocks=blocks)
    edition = an_edition()
    view = a_catalog().at(edition.as_of)
    start = time.process_time()
    composition = compose(an_outline(slugs), edition, view, readings(*documents), languages=LANGUAGES, commit="x")
    assert composition.problems == ()
    assert time.process_time() - start < 3 * 1.5
