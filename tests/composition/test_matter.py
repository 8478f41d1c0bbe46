"""Front and back matter: what the templates and the data say."""

import datetime
import re
from dataclasses import replace

import pytest
from chapters_by_hand import (
    a_catalog,
    a_document,
    a_finding,
    a_policy,
    a_term,
    an_edition,
    an_observation,
    an_outline,
    par,
    ref,
    text,
)

from greenbook.composition.matter import environment
from greenbook.composition.tree import plain
from greenbook.project import HOUSE


def words(composition, section, language="en"):
    return plain(list(composition.books[language].section(section).blocks))


def test_copyright_says_that_a_machine_drafted_and_nobody_reviewed(composed):
    composition = composed(a_document(language="en"), a_document())
    assert "drafted by machine" in words(composition, "copyright")
    assert "nobody has reviewed" in words(composition, "copyright")
    assert "还没有人审阅" in words(composition, "copyright", "zh-Hans")


def test_copyright_names_people_only_where_book_yml_does(composed):
    outline = an_outline(people={"reviewer": ("甲",), "author": ("乙", "丙"), "editor": ()})
    told = words(composed(a_document(language="en"), outline=outline, languages=("en",)), "copyright")
    assert "Reviewed by 甲" in told and "Authors: 乙, 丙" in told and "Editors" not in told and "nobody" not in told


def test_guide_counts_values_whose_source_is_not_verified(composed):
    assert "printed, 1 rest on a source not yet checked" in words(
        composed(a_document(language="en"), languages=("en",)), "guide"
    )
    assert "not yet checked" not in words(
        composed(a_document(language="en"), languages=("en",), catalog=a_catalog(verified=True)), "guide"
    )


def test_findings_are_listed_by_part_with_chapter_and_figure(composed):
    document = a_document(language="en", findings=[a_finding(words="It fell")])
    composition = composed(document, languages=("en",))
    assert "It fell" in words(composition, "findings") and "Chapter 1, Figure 1-1" in words(composition, "findings")
    (line,) = composition.books["en"].findings
    assert (line.id, line.section, line.strength, line.figure) == (
        "steel.finding-peak",
        "steel",
        "A/yes",
        "steel.fig-output",
    )


def test_finding_at_the_front_says_what_would_change_it_and_names_no_figure_twice(composed):
    said = par("steel.finding-peak-1", text("It fell, see "), ref("steel.fig-output"))
    finding = replace(a_finding(), blocks=(said,))
    changes = {"t": "Div", "c": [["", ["changes"], []], [{"t": "Para", "c": [text("A revision would.")]}]]}
    box = {"t": "Div", "c": [["steel.finding-peak", ["finding"], []], [*finding.blocks, changes]]}
    told = words(composed(a_document(language="en", findings=[finding], blocks=[box]), languages=("en",)), "findings")
    assert told.endswith("It fell, see Figure 1-1(Chapter 1)A revision would.")


def test_finding_listed_at_the_front_repeats_no_id(composed):
    finding = a_finding()
    document = a_document(findings=[finding], blocks=[*finding.blocks])
    assert composed(document, languages=("zh-Hans",)).problems == ()


def test_finding_whose_figure_the_chapter_has_not_is_a_problem(composed, found):
    composition = composed(a_document(findings=[a_finding(figure="gone")]), languages=("zh-Hans",))
    assert found(composition) == [("GB556", 'found the figure "gone" in finding peak')]


def test_summary_keeps_to_two_pages_and_takes_each_chapter_first(composed):
    long = "产" * 480
    documents = [
        a_document(slug, findings=[a_finding(slug, "a", long), a_finding(slug, "b", long)]) for slug in ("steel", "pv")
    ]
    told = words(composed(*documents, languages=("zh-Hans",)), "summary", "zh-Hans")
    assert told.count(long) == 2 and "第一章" in told and "第二章" in told


def test_chronology_ends_at_the_date_of_the_edition_and_shows_estimated_days_as_months(composed):
    policies = [
        a_policy(),
        a_policy("month", datetime.date(2024, 7, 31), date_is_estimated=True, title_en="Monthly"),
        a_policy("late", datetime.date(2026, 1, 1), title_en="Too late"),
        a_policy("tour", datetime.date(2025, 2, 5), kind="campaign", title_en="The tour"),
    ]
    composition = composed(a_document(), a_document(language="en"), catalog=a_catalog(policies=policies))
    told = words(composition, "chronology")
    assert "2024-05-23" in told and "2024-07" in told and "2024-07-31" not in told and "Too late" not in told
    assert list(composition.books["en"].numbered)[-2:] == ["chronology.tbl-policies", "chronology.tbl-campaign"]
    assert "《行动方案》（国发〔2024〕12号）" in words(composition, "chronology", "zh-Hans")


def test_vintages_list_what_is_public_and_number_the_sources(composed):
    rows = [an_observation(), an_observation(2025, 961.0, released=datetime.date(2026, 1, 19))]
    told = words(composed(a_document(language="en"), languages=("en",), catalog=a_catalog(rows)), "vintages")
    assert "Crude steel output" in told and "S1" in told and "2024" in told and "2026" not in told
    assert "mirror" not in told


def test_revisions_tell_old_new_and_cause_since_the_edition_before(composed):
    rows = [
        an_observation(2022, 1013.0, "A", datetime.date(2023, 1, 31)),
        an_observation(2022, 1018.0, "B", datetime.date(2025, 1, 31)),
        an_observation(2023, 1000.0, "B", datetime.date(2023, 6, 30), status="projected"),
        an_observation(2023, 1019.0, "B", datetime.date(2025, 1, 31)),
    ]
    document = a_document(values={})
    told = words(composed(document, languages=("zh-Hans",), catalog=a_catalog(rows)), "revisions", "zh-Hans")
    assert "有1项指标的1个数值被修订，另有1个数值首次可用" in told
    assert "粗钢产量亿吨20221202210.1310.180.5%新的数据版本（B代替A）" in told


def test_first_edition_has_nothing_to_be_compared_with(composed):
    edition = an_edition("early", datetime.date(2024, 6, 30))
    told = words(composed(a_document(values={}, language="en"), languages=("en",), edition=edition), "revisions")
    assert "first edition" in told


def test_glossary_form_to_avoid_is_found_and_the_term_is_not(composed, found):
    catalog = a_catalog(glossary=[a_term("清洁生产", "cleaner production", ["清洁化生产"], ["clean production"])])
    blocks = [par("steel.use-1", text("清洁化生产")), par("steel.use-2", text("清洁生产"))]
    composition = composed(a_document(blocks=blocks), catalog=catalog, languages=("zh-Hans",))
    (problem,) = composition.problems
    assert str(problem) == (
        'notebooks/steel.ipynb:use-zh: GB545: found "清洁化生产" at steel.use-1 in zh-Hans; the form of '
        'the glossary; write "清洁生产"'
    )


def test_glossary_leaves_words_of_sources_alone(composed):
    catalog = a_catalog(glossary=[a_term("清洁生产", "cleaner production", [], ["clean production"])])
    source = {"t": "Div", "c": [["", ["source"], []], [{"t": "Para", "c": [text("clean production")]}]]}
    assert composed(a_document(language="en", blocks=[source]), catalog=catalog, languages=("en",)).problems == ()


def test_template_with_an_unknown_name_is_a_problem_that_names_it(composed, tmp_path):
    folder = tmp_path / "matter"
    folder.mkdir()
    for path in (HOUSE / "templates/matter").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "guide.en.md").write_text("Edition {{ editoin }}.", "utf-8")
    composition = composed(a_document(language="en"), languages=("en",), matter_folder=folder)
    problem = next(problem for problem in composition.problems if problem.code == "GB571")
    assert problem.path == "templates/matter/guide.en.md" and "editoin" in problem.found


def test_words_from_data_are_printed_letter_for_letter(composed):
    outline = an_outline(publisher={"zh-Hans": "报*社*", "en": "The *Paper* [x](y) <b>"})
    told = words(composed(a_document(language="en"), outline=outline, languages=("en",)), "copyright")
    assert "The *Paper* [x](y) <b>" in told


@pytest.mark.parametrize(("language", "count"), [("zh-Hans", "3120个"), ("en", "3,120 of")])
def test_counts_are_printed_as_the_language_writes_numbers(tmp_path, language, count):
    (tmp_path / "x.md").write_text("{{ n }}个, {{ n }} of {{ name }}, {{ yes }}", "utf-8")
    told = environment(tmp_path, language).get_template("x.md").render(n=3120, name="a*b", yes=True)
    assert count in told and told.endswith(r"a\*b, True")


@pytest.mark.parametrize("name", sorted(path.name for path in (HOUSE / "templates/matter").glob("*.zh-Hans.md")))
def test_template_has_the_same_slots_and_anchors_in_both_languages(name):
    folder = HOUSE / "templates/matter"
    both = [(folder / file).read_text("utf-8") for file in (name, name.replace("zh-Hans", "en"))]
    assert re.findall(r"\{#[^}]+\}|slot name=\S+|\{% .*? %\}", both[0]) == re.findall(
        r"\{#[^}]+\}|slot name=\S+|\{% .*? %\}", both[1]
    )
