"""Citations and references in the form of GB/T 7714—2015; one stored line a type."""

import re

import pytest
from chapters_by_hand import a_document, an_edition, cite, par, text

from greenbook.composition.citations import keys
from greenbook.composition.tree import plain
from greenbook.project import HOUSE


def references(composition, language="zh-Hans"):
    blocks = composition.books[language].section("references").blocks
    return [plain(block) for block in blocks if block["t"] == "Div"]


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("ang2005", "ANG B W. The LMDI approach[J]. Energy Policy, 2005, 33(7): 867-871."),
        ("many", "甲, 乙, 丙, 等. 年度报告[R]. 北京: 出版社, 2024."),
        ("std", "标点符号用法: GB/T 15834—2011[S]. 2011."),
        ("web", "国家统计局. 公报[EB/OL]. (2025-02-28)[2025-05-10]. https://example.org/a."),
        ("paper", "LI W. News[N]. China Daily, 2025-02-05(3)."),
    ],
)
def test_reference_has_the_form_of_its_type(composed, bibliography, key, printed):
    composition = composed(
        a_document(blocks=[par("steel.c-1", text("甲"), cite(key))]), languages=("zh-Hans",), bibliography=bibliography
    )
    assert f"[1] {printed}" in references(composition)


def test_citations_are_numbered_as_the_book_first_cites_them_and_link_to_their_entry(composed, bibliography):
    blocks = [par("steel.c-1", text("甲"), cite("std"), cite("ang2005"), cite("std"))]
    composition = composed(a_document(blocks=blocks), languages=("zh-Hans",), bibliography=bibliography)
    chapter = composition.books["zh-Hans"].section("steel")
    assert plain(list(chapter.blocks[-1:])) == "甲[1][2][1]"
    assert "#references.ref-std" in repr(chapter.blocks[-1])
    assert references(composition)[0].startswith("[1] 标点符号用法")


def test_key_that_the_bibliography_has_not_is_a_problem_with_the_near_key(composed, bibliography):
    composition = composed(
        a_document(blocks=[par("steel.c-1", cite("ang2006"))]), languages=("zh-Hans",), bibliography=bibliography
    )
    assert [str(problem) for problem in composition.problems] == [
        'notebooks/steel.ipynb:steel: GB546: found the citation "@ang2006"; a key of data/references.bib; write ang2005'
    ]


def test_project_without_literature_composes_and_an_author_who_cites_is_told(composed, found):
    assert composed(a_document(), languages=("zh-Hans",)).problems == ()
    cited = composed(a_document(blocks=[par("steel.c-1", cite("ang2005"))]), languages=("zh-Hans",))
    assert found(cited) == [("GB546", 'found the citation "@ang2005"')]


def test_standard_without_a_style_is_a_problem(composed, found):
    edition = an_edition(citation_standard="GB/T 7714—2025")
    assert ("GB547", 'found citation_standard "GB/T 7714—2025"') in found(
        composed(a_document(), languages=("zh-Hans",), edition=edition)
    )


def test_literature_that_the_house_cites_is_in_the_bibliography_of_the_report():
    templates = (HOUSE / "templates/matter").glob("*.md")
    cited = {key for path in templates for key in re.findall(r"@([\w-]+)", path.read_text("utf-8"))}
    assert cited and cited <= keys(HOUSE / "data/references.bib")
