"""What must not be printed, and what must be printed letter for letter."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pymupdf
import pytest
from factory_print import chart, print_book

from greenbook.composition.book import Book
from greenbook.documents import pandoc
from greenbook.errors import CompositionRefused, EnvironmentMissing, UnsafeContent
from greenbook.project import HOUSE, Project
from greenbook.publishing.pdf import write_pdf
from greenbook.publishing.survey import survey
from greenbook.style.tokens import Tokens, tokens

RARE = "\U0002b81a"
SIGNS = r"""# $ \ " _ * @ < > ` ~ = + - / // /* */ -- --- ... -? -1 [x] {x} (x) #panic() $x$ <steel> @steel *b* _i_ `c`
http://a.b/c \u{41} #let #import "x" ' '' ; : % & ^ | .x 1. - + = == [ ] #x; #[x] \# \$ ~~ ©"""
META = SIGNS.split()


def write(tmp_path: Path, book: Book) -> Path:
    templates = tmp_path / "templates"
    templates.exists() or templates.symlink_to(HOUSE / "templates")
    return write_pdf(book, Project(tmp_path), tmp_path / "report.pdf").path


def with_blocks(*blocks: dict, language: str = "en") -> Book:
    """The factory's book without its other chapters' weight: `blocks` in the preface."""
    book = print_book(language)
    kept = [dataclasses.replace(section, blocks=blocks) for section in book.sections if section.id == "preface"]
    return dataclasses.replace(book, sections=tuple(kept), findings=(), numbered={})


def paragraph(*inlines: dict) -> dict:
    return {"t": "Para", "c": list(inlines)}


def word(text: str) -> dict:
    return {"t": "Str", "c": text}


def test_signs_of_the_typst_language_are_printed_letter_for_letter(tmp_path):
    """After another word, after a call, at the start of a line, and twice: 45 signs in 4 positions."""
    call = {"t": "Superscript", "c": [word("a")]}
    blocks = [paragraph(word("b"), call, word(text), word("中"), word(text), {"t": "Space"}, word(text))
              for text in META]
    starts = [paragraph(word(text)) for text in META]
    pages = pymupdf.open(write(tmp_path, with_blocks(*blocks, *starts)))
    lines = {re.sub(r"\s", "", line) for page in pages for line in page.get_text().splitlines()}
    printed = re.sub(r"\s", "", "".join(page.get_text() for page in pages))
    for text in META:
        assert f"ba{text}中{text}{text}" in printed and text in lines, text


def test_title_publisher_and_labels_with_signs_of_typst_stay_words(tmp_path):
    book = dataclasses.replace(with_blocks(paragraph(word("x"))), title='#panic() $ "', publisher="*a* @b <c>")
    texts = [page.get_text() for page in pymupdf.open(write(tmp_path, book))]
    assert '#panic() $ "' in texts[0] and "*a* @b <c>" in texts[0]


@pytest.mark.parametrize("text", [
    RARE, f"| a |\n|---|\n| {RARE} |", f"## {RARE}", f"x[^1]\n\n[^1]: {RARE}", f"**{RARE}x**",
])
def test_character_without_a_glyph_is_named_with_its_section(tmp_path, text):
    blocks = pandoc.parse(text)["blocks"]
    # Hei has this character and Song has not: where all is set in Hei, another is needed.
    book = _unheard(blocks) if RARE in survey(blocks).sans else with_blocks(*blocks, language="zh-Hans")
    with pytest.raises(EnvironmentMissing) as caught:
        write(tmp_path, book)
    assert caught.value.exit_code == 7
    problem = caught.value.problems[0]
    assert (problem.code, problem.path) == ("GB702", "preface") and "U+" in problem.found


def _unheard(blocks: list) -> Book:
    text = json.dumps(blocks, ensure_ascii=False).replace(RARE, "\U00012000")
    return with_blocks(*json.loads(text), language="zh-Hans")


def test_character_without_a_glyph_in_a_chart_is_named_with_the_figure(tmp_path):
    book = print_book("en")
    with pytest.raises(EnvironmentMissing) as caught:
        write(tmp_path, _figures(book, svg=chart("en", "steel").replace("Peak CO₂", f"Peak {RARE}")))
    assert [(item.code, item.place) for item in caught.value.problems] == [("GB702", "steel.fig-output")]


def test_chart_in_a_family_that_is_not_shipped_is_refused(tmp_path):
    with pytest.raises(EnvironmentMissing) as caught:
        write(tmp_path, _figures(print_book("en"), svg=chart("en", "steel").replace("Noto Sans SC", "SimHei")))
    assert {item.code for item in caught.value.problems} == {"GB703"}


def _figures(book: Book, **changes: str) -> Book:
    steel = book.section("steel")
    figures = tuple(dataclasses.replace(figure, **changes) for figure in steel.document.figures)
    fresh = dataclasses.replace(steel, document=dataclasses.replace(steel.document, figures=figures))
    sections = tuple(fresh if section.id == "steel" else section for section in book.sections)
    return dataclasses.replace(book, sections=sections)


def test_figure_without_alternative_text_is_refused(tmp_path):
    with pytest.raises(CompositionRefused) as caught:
        write(tmp_path, _figures(print_book("en"), alt=""))
    assert [item.code for item in caught.value.problems] == ["GB583"]


def test_link_to_nothing_is_refused_with_its_name(tmp_path):
    link = {"t": "Link", "c": [["", [], []], [word("x")], ["#steel.fig-absent", ""]]}
    with pytest.raises(CompositionRefused) as caught:
        write(tmp_path, with_blocks(paragraph(link)))
    assert caught.value.problems[0].code == "GB582" and "steel.fig-absent" in caught.value.problems[0].found


@pytest.mark.parametrize(("node", "code"), [
    ({"t": "RawInline", "c": ["typst", "#panic()"]}, "GB611"),
    ({"t": "Image", "c": [["", [], []], [word("x")], ["/etc/passwd", ""]]}, "GB611"),
    ({"t": "Link", "c": [["", [], []], [word("x")], ["javascript:alert(1)", ""]]}, "GB612"),
    ({"t": "Link", "c": [["", [], []], [word("x")], ["file:///etc/passwd", ""]]}, "GB612"),
])
def test_raw_code_pictures_and_foreign_schemes_are_refused(tmp_path, node, code):
    with pytest.raises(UnsafeContent) as caught:
        write(tmp_path, with_blocks(paragraph(node)))
    assert [item.code for item in caught.value.problems] == [code]


def test_refused_book_leaves_no_file(tmp_path):
    with pytest.raises(UnsafeContent):
        write(tmp_path, with_blocks({"t": "RawBlock", "c": ["typst", "x"]}))
    assert not (tmp_path / "report.pdf").exists()


def test_family_that_typst_does_not_know_is_a_problem(tmp_path, monkeypatch):
    from greenbook.publishing import pdf

    known = tokens(HOUSE / "templates" / "style")
    families = {**known.tree["families"], "body": {"en": ["Source Serif 4", "Noto Serif SC", "SimSun"]}}
    monkeypatch.setattr(pdf, "read_tokens", lambda folder: Tokens({**known.tree, "families": families}))
    monkeypatch.setattr(pdf, "glyph_problems", lambda book, tokens: [])
    with pytest.raises(EnvironmentMissing) as caught:
        write(tmp_path, with_blocks(paragraph(word("x"))))
    assert {item.code for item in caught.value.problems} == {"GB703"}
