"""The PDF gives back the characters and the tags of the composed book.

`make evidence` takes the real book; the same comparisons and checkers here take the specimen.
"""

import pytest

from building import bench
from greenbook.publishing.pdf import write_pdf
from specimen import composed

LANGUAGES = ("zh-Hans", "en", "zh-Hant")


@pytest.fixture(scope="module")
def specimen(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fidelity")
    made = composed(folder / "book")
    return made, {language: write_pdf(book, made.project, folder / f"{language}.pdf").path
                  for language, book in made.books.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_holds_every_text_of_every_section(specimen, language):
    made, paths = specimen
    found = bench("fidelity").compared(made.books[language], paths[language])
    assert [text for item in found for text in item.missing] == []
    assert sum(item.texts for item in found) > 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_show_no_character_besides_but_formulas_and_repeated_heads(specimen, language):
    made, paths = specimen
    found = {item.section: item for item in bench("fidelity").compared(made.books[language], paths[language])}
    assert found["preface"].foreign.total() == 0
    assert found["elements"].foreign.total() < 80  # three formulas
    assert found["grids"].foreign.total() < 160  # the head of the long table, once more


def test_comparison_notices_a_lost_word(specimen):
    made, paths = specimen
    book, fidelity = made.books["zh-Hans"], bench("fidelity")
    page = fidelity.pages_of(paths["zh-Hans"], book)["preface"]
    text = fidelity.bare("样书排出一本书的每一种部件，用来检验版式")
    assert fidelity.holds(page, text)
    assert not fidelity.holds(page.replace("部件", ""), text) and not fidelity.holds(page, text[::-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_checkers_for_assistive_technology_find_no_error(specimen, language):
    assert bench("heard").errors(specimen[1][language]) == []


@pytest.mark.parametrize("robbed", ["alternative texts", "language", "tags", "table heads"])
def test_checkers_catch_a_pdf_that_was_robbed(specimen, tmp_path, robbed):
    heard = bench("heard")
    assert heard.errors(heard.mutant(specimen[1]["en"], robbed, tmp_path / "mutant.pdf"))
