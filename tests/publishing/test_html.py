"""The site and the single file of the factory's book, read back as a browser reads them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from factory import a_book, books

from greenbook.errors import EnvironmentMissing, UnsafeContent
from greenbook.project import Project
from greenbook.publishing.html import WebOptions, write_site
from greenbook.publishing.single import write_single


class Page(HTMLParser):
    """Ids, links and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in values.items()]
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values.get("href", ""))


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    return Project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def site(project, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("site")
    every = books()
    for book in every.values():
        made = write_site(book, every, project, target, WebOptions())
        write_single(book, every, project, target, site=made)
    return target


def pages(site: Path) -> dict[str, Page]:
    return {path.relative_to(site).as_posix(): Page(path.read_text("utf-8"))
            for path in sorted(site.glob("*/*.html")) if path.parent.name != "search"}


def test_site_has_a_page_for_each_section_in_each_language(site):
    names = {"index", "preface", "findings", "lists", "traditional", "steel", "emerging", "pv", "about", "search"}
    names |= {"steel-numbers", "pv-numbers"}
    for language in books():
        assert {path.stem for path in (site / language).glob("*.html")} == names


def test_every_link_of_the_site_leads_to_a_file_and_an_anchor_that_exist(site):
    made = pages(site)
    for name, page in made.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            target = (site / name).parent / file if file else site / name
            if file.startswith(("../data/", "../source/")):
                continue
            assert target.exists(), f"{name}: {link}"
            if anchor:
                assert anchor in made[target.resolve().relative_to(site.resolve()).as_posix()].ids, f"{name}: {link}"


def test_no_page_repeats_an_id(site):
    for name, page in pages(site).items():
        assert len(page.ids) == len(set(page.ids)), name


def test_no_page_has_inline_style_script_or_foreign_address(site):
    for name, page in pages(site).items():
        names = {attribute for _, attribute, _ in page.attributes}
        assert "style" not in names and not any(item.startswith("on") for item in names), name
        assert "style" not in page.tags, name
        assert not [value for _, attribute, value in page.attributes
                    if attribute in ("src", "href") and re.match(r"(?:https?:)?//", value)], name


def test_each_page_has_one_first_heading_one_main_and_a_language(site):
    for name, page in pages(site).items():
        assert page.tags.count("h1") == 1 and page.tags.count("main") == 1, name
        tag = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}[name.partition("/")[0]]
        assert ("html", "lang", tag) in page.attributes


def test_value_in_prose_links_to_its_row_on_the_page_of_the_chapter_s_numbers(site):
    made = pages(site)
    assert "steel-numbers.html#steel.num.output_latest" in made["zh-Hans/steel.html"].links
    assert "steel.num.output_latest" in made["zh-Hans/steel-numbers.html"].ids


def test_script_of_a_chapter_s_numbers_brings_the_rows_of_their_page(site):
    for language in books():
        text = (site / language / "assets" / "steel-numbers.js").read_text("utf-8")
        data = json.loads(text.partition("] = ")[2].removesuffix(";\n"))
        page = (site / language / "steel-numbers.html").read_text("utf-8")
        parts = re.split(r'(?<=<span class="from">)(\d+)(?=</span>)', data["rows"])
        rows = "".join(data["releases"][int(part)] if place % 2 else part for place, part in enumerate(parts))
        assert rows.strip() in page and Page(rows).ids == [name for name in Page(page).ids if ".num." in name]


def test_reference_to_another_chapter_leads_to_its_page(site):
    assert "pv.html" in pages(site)["en/steel.html"].links


def test_same_paragraph_has_the_same_anchor_in_every_language(site):
    made = pages(site)
    prose = [{name for name in made[f"{language}/steel.html"].ids if name.startswith("steel.") and ".num." not in name
              and "fig-output." not in name} for language in books()]
    assert prose[0] == prose[1] == prose[2]


def test_chart_is_inlined_and_named_by_its_alternative_text(site):
    page = pages(site)["en/steel.html"]
    assert ("svg", "aria-label", "Line chart of steel output") in page.attributes
    assert ("svg", "role", "img") in page.attributes and "foreignobject" not in page.tags


def test_table_cells_carry_scopes_and_no_width(site):
    page = pages(site)["zh-Hans/steel.html"]
    assert ("th", "scope", "col") in page.attributes and ("th", "scope", "row") in page.attributes
    assert "col" not in page.tags


@pytest.mark.parametrize(("language", "unit"), [("zh-Hans", "单位：万亿千瓦时"), ("zh-Hant", "單位：萬億千瓦時"),
                                                ("en", "Unit: TWh")])
def test_unit_of_a_table_stands_in_the_words_of_its_edition(site, language, unit):
    page = (site / language / "steel.html").read_text("utf-8")
    assert f'<p class="unit">{unit}</p>' in "".join(line.strip() for line in page.splitlines())


def test_figure_is_cited_in_the_characters_of_its_edition(site):
    cited = {name: (site / name / "steel.html").read_text("utf-8") for name in ("zh-Hans", "zh-Hant")}
    assert "。见" in cited["zh-Hans"] and "。見" in cited["zh-Hant"] and "。见" not in cited["zh-Hant"]


def test_two_writings_of_a_book_have_the_same_bytes(project, site, tmp_path):
    every = books()
    cold = Project(tmp_path / "elsewhere")
    write_site(every["en"], every, cold, tmp_path / "again", WebOptions())
    for path in sorted((tmp_path / "again" / "en").rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (site / "en" / path.relative_to(tmp_path / "again" / "en")).read_bytes(), path


def test_single_file_holds_everything_and_its_policy_names_its_own_blocks(site):
    text = (site / "report-zh-Hans.html").read_text("utf-8")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    for block in (style, script):
        assert base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() in text
    page = Page(text)
    assert not [link for link in page.links if not link.startswith("#")]
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert "url(\"data:font/woff2" in style and len(page.ids) == len(set(page.ids))


def test_search_list_of_a_disk_copy_names_headings_figures_and_indicators(site):
    text = (site / "en" / "assets" / "search-list.js").read_text("utf-8")
    for words in ("Level and structure", "Figure 3-1", "Crude steel output", "steel.html#steel.fig-output"):
        assert words in text


def test_full_text_index_is_written_for_each_language(site):
    for language in books():
        assert (site / language / "search" / "pagefind.js").is_file()
        assert list((site / language / "search" / "fragment").iterdir())


def test_figures_to_download_need_no_font(site):
    svg = (site / "zh-Hans" / "figures" / "steel.fig-output.svg").read_text("utf-8")
    assert "<text" not in svg and "font-family" not in svg and "<path" in svg
    assert (site / "zh-Hans" / "figures" / "steel.fig-output.png").read_bytes().startswith(b"\x89PNG")


def test_character_that_no_face_has_is_named_with_its_section(project, tmp_path):
    with pytest.raises(EnvironmentMissing, match=r"preface:en: GB711: found 𫠚 \(U\+2B81A\)"):
        write_site(a_book("en", about="The rare 𫠚."), books(), project, tmp_path, WebOptions(searchable=False))


@pytest.mark.parametrize("hostile", [
    "[x](javascript:alert(1))", "[x](file:///etc/passwd)", "![x](http://127.0.0.1/x.png)", "[x](data:text/html,x)",
])
def test_link_or_picture_from_outside_is_refused(project, tmp_path, hostile):
    with pytest.raises(UnsafeContent, match=r"GB60[12]"):
        write_site(a_book("en", about=hostile), books(), project, tmp_path, WebOptions(searchable=False))


@pytest.mark.parametrize("hostile", [
    "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "{{7*7}}", "{% raw %}", "#panic()", "</style>",
    'a" onclick="x', "<!--", "]]>", "${7*7}", "&lt;b&gt;",
])
def test_hostile_words_are_shown_letter_for_letter(project, tmp_path, hostile):
    from dataclasses import replace

    book = a_book("en")
    section = replace(book.sections[0], title=hostile, blocks=({"t": "Para", "c": [{"t": "Str", "c": hostile}]},))
    book = replace(book, title=hostile, sections=(section, *book.sections[1:]))
    write_site(book, {"en": book}, project, tmp_path, WebOptions(searchable=False, downloads=False))
    page = Text((tmp_path / "en" / "preface.html").read_text("utf-8"))
    assert page.text.count(hostile) >= 4 and "onclick" not in page.names and "onerror" not in page.names


class Text(HTMLParser):
    """What a reader sees, and the attributes there are."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.names = "", set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data
