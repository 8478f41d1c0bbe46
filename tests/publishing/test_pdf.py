"""The printed book of the factory, read back as readers, assistive technology and machines read it."""

from __future__ import annotations

import dataclasses
import datetime
import re
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from factory_print import print_book
from read_aloud import errors

from greenbook.composition.book import Book
from greenbook.project import HOUSE, Project
from greenbook.publishing import tree
from greenbook.publishing.pdf import write_pdf

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
FACES = re.compile(
    r"NotoSerif[ST]C|NotoSans[ST]C|NotoSansCJK[st]c|NotoSans-|NotoSansItalic|SourceSerif4|NewCMMath|DejaVuSansMono")


def project(tmp_path: Path) -> Project:
    (tmp_path / "templates").exists() or (tmp_path / "templates").symlink_to(HOUSE / "templates")
    return Project(tmp_path)


def write(tmp_path: Path, book: Book, name: str = "report.pdf") -> Path:
    return write_pdf(book, project(tmp_path), tmp_path / name).path


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("print")
    made = {language: write(folder, print_book(language), f"{language}.pdf") for language in LANGUAGES}
    return {**made, "draft": write(folder, print_book("en", draft=True), "draft.pdf")}


def pages(path: Path) -> list[str]:
    return [page.get_text() for page in pymupdf.open(path)]


def characters(text: str) -> str:
    return re.sub(r"\s|\xad", "", text)


@pytest.mark.parametrize("name", [*LANGUAGES, "draft"])
def test_pdf_has_no_error_for_assistive_technology(printed, name):
    book = print_book("en", draft=True) if name == "draft" else print_book(name)
    assert errors(printed[name], book) == []


@pytest.mark.parametrize("broken", ["language", "alternative text", "title"])
def test_pdf_robbed_of_its_words_is_caught_by_the_same_check(printed, tmp_path, broken):
    with pikepdf.open(printed["en"]) as pdf:
        if broken == "language":
            del pdf.Root.Lang
        elif broken == "title":
            del pdf.Root.Metadata
            pdf.Root.ViewerPreferences.DisplayDocTitle = False
        else:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary) and item.get("/S") in ("/Figure", "/Formula"):
                    for key in {"/Alt", "/ActualText"} & set(item.keys()):
                        del item[key]
        pdf.save(tmp_path / "mutant.pdf")
    assert errors(tmp_path / "mutant.pdf", print_book("en"))


def test_pdf_set_twice_is_the_same_byte_for_byte(printed, tmp_path):
    assert write(tmp_path, print_book("zh-Hans")).read_bytes() == printed["zh-Hans"].read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_declares_its_standards_title_language_publisher_and_date(printed, language):
    book = print_book(language)
    with pikepdf.open(printed[language]) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:title"] == book.title and meta["dc:creator"] == [book.publisher]
        assert meta["pdfuaid:part"] == "1" and (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert str(pdf.Root.Lang).startswith(language[:2])
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20251214000000")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_embeds_shipped_faces_only(printed, language):
    with pikepdf.open(printed[language]) as pdf:
        names = {str(item.BaseFont) for item in pdf.objects
                 if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"}
    assert names and all(FACES.search(name) for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_prints_every_character_of_the_book(printed, language):
    text = characters("".join(pages(printed[language])))
    for section in print_book(language).sections:
        for node in tree.nodes(section.blocks):
            if node["t"] == "Str":
                assert characters(node["c"]) in text, node["c"]


def test_bookmarks_hold_parts_with_their_chapters_and_sections(printed):
    levels = {title: level for level, title, _ in pymupdf.open(printed["en"]).get_toc()}
    assert levels["Part 1 Traditional industries"] == 1
    assert levels["Chapter 3 Iron and steel"] == 2
    assert levels["3.1 Level and structure"] == 3


def test_contents_give_the_page_on_which_each_chapter_opens(printed):
    document = pymupdf.open(printed["en"])
    openings = {title: page for _, title, page in document.get_toc()}
    listed = next(text for text in pages(printed["en"]) if text.startswith("Contents"))
    first = openings["Part 1 Traditional industries"]
    for words in ("Chapter 3 Iron and steel", "Chapter 4 Photovoltaics"):
        name, folio = words.split(" ", 2)[2], openings[words] - first + 1
        assert re.search(rf"{re.escape(name)}\s*[.\s]*\b{folio}\b", listed), words


def test_index_of_numbers_gives_the_page_on_which_a_number_stands(printed):
    texts = pages(printed["en"])
    sentence = "Crude steel output was 1,005 Mt"
    where = next(number for number, text in enumerate(texts) if sentence in " ".join(text.split()))
    first = next(number for number, text in enumerate(texts) if text.startswith("Part 1"))
    index = " ".join(next(text for text in texts if text.startswith("Index of numbers")).split())
    assert re.search(rf"1,005 Mt Crude steel output, 2024 .*?Communiqué 2024 {where - first + 1}\b", index)
    assert "2 numbers in the table" in index


def test_long_table_repeats_its_head_and_says_that_it_goes_on(printed):
    texts = pages(printed["zh-Hans"])
    following = next(text for text in texts if "续表3-2" in characters(text))
    assert "指标5" in characters(following) and "表3-2" in characters(following)
    assert sum("续表3-2" in characters(text) for text in texts) == 1


@pytest.mark.parametrize("columns", [2, 8])
def test_table_of_few_but_tall_rows_stays_within_its_pages(tmp_path, columns):
    """Eight columns turn the page, which is lower."""
    words = "a long account of what was measured, where, by whom and in which year it was published "
    rows = [f"| Row {n} | " + " | ".join([*(words for _ in range(columns - 2)), words * (12 // columns) + f"end{n}."])
            + " |" for n in range(12)]
    rule = "|" + "---|" * columns
    table = "\n".join(["| " + " | ".join(["Name", *(f"Head {n}" for n in range(1, columns))]) + " |", rule, *rows])
    more = f"\n\n::: {{#steel.tbl-tall .table}}\n::: caption\nTall rows\n:::\n\n{table}\n\n:::\n"
    with pymupdf.open(write(tmp_path, print_book("en", more=more))) as book:
        found = {word[4]: (page.number, word[3], page.rect.height) for page in book for word in page.get_text("words")
                 if re.fullmatch(r"end\d+\.", word[4])}
    assert len(found) == 12 and len({page for page, _, _ in found.values()}) > 1
    assert all(foot < height - 50 for _, foot, height in found.values())


def test_wide_table_turns_its_page(printed):
    turned = [page.get_text() for page in pymupdf.open(printed["en"]) if page.rect.width > page.rect.height]
    assert len(turned) == 1 and "Table 3-3" in turned[0]


def test_figure_stands_on_one_page_with_its_caption_and_source(printed):
    text = next(text for text in pages(printed["en"]) if "Figure 3-1" in text and "Peak CO₂" in text)
    assert "plateau" in text and "Sources: National Bureau of Statistics, Statistical Communiqué 2024" in text


def test_draft_carries_watermark_stamp_paragraph_names_and_gaps(printed):
    texts = [" ".join(text.split()) for text in pages(printed["draft"])]
    chapter = next(text for text in texts if "Crude steel output was" in text)
    assert "Internal draft for comment" in chapter and "level-1" in chapter
    assert "full-2025 · released · Version 1.0 · 0123abc · 2025-12-14" in chapter
    assert re.search(rf"Page \d+ of {len(texts)}", chapter)
    assert any("The caption of the figure on energy per tonne is missing." in text for text in texts)


def test_release_carries_no_mark_of_a_draft(printed):
    text = "".join(pages(printed["en"]))
    assert "Internal draft" not in text and "level-1" not in text and "Page 1 of" not in text


def test_interim_edition_has_a_cover_of_its_own(tmp_path, printed):
    book = print_book("en")
    edition = dataclasses.replace(book.edition, id="interim", as_of=datetime.date(2025, 6, 30), name={"en": "Interim"})
    interim = pymupdf.open(write(tmp_path, dataclasses.replace(book, edition=edition)))[0]
    full = pymupdf.open(printed["en"])[0]
    assert "Interim" in interim.get_text() and "30 June 2025" in interim.get_text()
    assert interim.get_pixmap(dpi=30).samples != full.get_pixmap(dpi=30).samples
