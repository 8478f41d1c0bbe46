"""Each feature of the web edition in a real browser, on the real book: one test a feature."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import sync_playwright

from building import bench

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
WORDS = {"zh-Hans": "粗钢产量", "en": "crude steel output", "zh-Hant": "粗鋼產量"}
STEEL = "{}/steel.html"


@pytest.fixture(scope="module")
def site(report):
    with bench("pages").served(report.resolve()) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=bench("pages").CHROMIUM, args=bench("pages").FLAGS)
        yield chromium
        chromium.close()


@contextlib.contextmanager
def opened(browser, address, **wishes):
    """A page of its own at `address`, loaded."""
    context = browser.new_context(**{"reduced_motion": "reduce", **wishes})
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("load")
    try:
        yield page
    finally:
        context.close()


def searched(page, words):
    page.locator("#query").fill(words)
    page.locator("#hits li a").first.wait_for(timeout=9000)
    return page.locator("#hits li a").first


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_over_http_lands_on_the_paragraph_that_has_the_words(browser, site, language):
    with opened(browser, f"{site}/{language}/search.html") as page:
        searched(page, WORDS[language]).click()
        page.wait_for_load_state("load")
        place = unquote(page.url.partition("#")[2])
        assert place and page.evaluate("id => document.getElementById(id) !== null", place)
        words = page.evaluate("id => document.getElementById(id).textContent", place)
        assert WORDS[language].lower() in re.sub(r"\s+", " ", words).lower()


def test_search_puts_prose_before_tables_and_parts_their_cells(browser, site):
    with opened(browser, f"{site}/zh-Hans/search.html") as page:
        searched(page, "碳排放")
        places = [unquote(link.get_attribute("href")) for link in page.locator("#hits li a").all()]
        tabled = {name: [".tbl-" in place for place in places if place.startswith(name)]
                  for name in {place.partition("#")[0] for place in places}}
        assert all(kinds == sorted(kinds) for kinds in tabled.values()) and any(map(any, tabled.values()))
        hit = next(item for item in page.locator("#hits li").all()
                   if ".tbl-" in unquote(item.locator("a").get_attribute("href")))
        assert " " in hit.locator("p").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_of_a_book_from_a_disk_finds_headings_figures_tables_and_indicators(browser, report, language):
    with opened(browser, f"file://{report.resolve()}/{language}/search.html") as page:
        link = searched(page, WORDS[language])
        assert "steel" in link.get_attribute("href")
        link.click()
        page.wait_for_load_state("load")
        assert page.evaluate("document.querySelector(':target') !== null")


@pytest.mark.parametrize("language", ["zh-Hant"])
def test_table_of_a_chart_and_its_file_hold_the_numbers_drawn(browser, site, language):
    with opened(browser, f"{site}/{STEEL.format(language)}") as page:
        figure = page.locator("figure.chart").first
        figure.locator("details.points summary").click()
        cells = [cell.inner_text() for cell in figure.locator("details.points tbody td").all()]
        assert len(cells) >= 10 and all(re.search(r"\d", cell) or cell for cell in cells)
        address = figure.locator("ul.files a[href$='.csv']").evaluate("link => link.href")
        rows = list(csv.DictReader(io.StringIO(page.request.get(address).text().removeprefix("\ufeff"))))
        assert len(rows) >= len(cells)


@pytest.mark.parametrize("language", ["zh-Hans"])
def test_picture_of_a_figure_is_downloaded_in_both_forms(browser, site, language):
    with opened(browser, f"{site}/{STEEL.format(language)}") as page:
        links = page.locator("figure.chart").first.locator("ul.files a")
        addresses = {link.evaluate("link => link.href") for link in links.all()}
        for end, head in ((".png", b"\x89PNG"), (".svg", b"<svg")):
            address, = (item for item in addresses if item.endswith(end))
            answer = page.request.get(address)
            assert answer.ok and head in answer.body()[:200]


@pytest.mark.parametrize("language", ["en"])
def test_citation_of_a_figure_is_copied_with_its_address(browser, site, language):
    with opened(browser, f"{site}/{STEEL.format(language)}", permissions=["clipboard-read", "clipboard-write"]) as page:
        figure = page.locator("figure.chart").first
        figure.locator("button.cite").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(figure.locator(".no").inner_text()) and copied.endswith(
            f"/{language}/steel.html#{figure.get_attribute('id')}")


def test_each_paragraph_and_figure_has_a_link_to_itself(browser, site):
    with opened(browser, f"{site}/{STEEL.format('en')}") as page:
        wanted = page.evaluate("[...document.querySelectorAll('.prose p[id], .prose figure[id]')].map(it => it.id)")
        linked = page.evaluate("[...document.querySelectorAll('a.pilcrow')].map(it => it.hash.slice(1))")
        assert len(wanted) > 20 and set(wanted) <= set(linked)


def test_citation_in_the_text_leads_to_its_entry_and_back(browser, site):
    with opened(browser, f"{site}/zh-Hans/methods.html") as page:
        page.locator(".prose sup a[href*='references.html#']").first.click()
        page.wait_for_load_state("load")
        assert page.evaluate("document.querySelector(':target').textContent.length") > 20
        page.go_back()
        page.wait_for_load_state("load")
        assert "/methods.html" in page.url


def test_theme_changes_page_and_charts_and_is_kept(browser, site):
    colour = "getComputedStyle(document.querySelector('.plot text')).fill"
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with opened(browser, f"{site}/{STEEL.format('en')}", color_scheme="light") as page:
        before = page.evaluate(colour), page.evaluate(ground)
        page.locator("button.theme").click()
        after = page.evaluate(colour), page.evaluate(ground)
        assert before[0] != after[0] and before[1] != after[1]
        page.goto(f"{site}/{STEEL.format('zh-Hans')}")
        assert (page.evaluate(colour), page.evaluate(ground)) == after


def test_system_s_dark_mode_is_followed(browser, site):
    with opened(browser, f"{site}/{STEEL.format('zh-Hant')}", color_scheme="dark") as page:
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_card_of_a_number_works_by_keyboard_and_gives_the_focus_back(browser, site):
    with opened(browser, f"{site}/{STEEL.format('en')}") as page:
        number = page.locator("a.v").nth(1)
        number.focus()
        page.keyboard.press("Enter")
        card = page.locator(".card")
        card.wait_for(timeout=3000)
        assert "Mt" in card.inner_text() or "%" in card.inner_text()
        page.keyboard.press("Escape")
        card.wait_for(state="detached", timeout=3000)
        assert number.evaluate("link => link === document.activeElement")


def test_card_of_a_number_works_by_touch_and_stays_on_a_phone(browser, site):
    phone = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
    with opened(browser, f"{site}/{STEEL.format('zh-Hans')}", **phone) as page:
        page.locator("a.v").first.tap()
        box = page.locator(".card").bounding_box(timeout=3000)
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_language_switch_keeps_the_paragraph(browser, site):
    with opened(browser, f"{site}/{STEEL.format('zh-Hans')}") as page:
        page.evaluate("document.getElementById('steel.targets').scrollIntoView()")
        page.wait_for_timeout(700)
        page.locator("a.language[hreflang='en']").evaluate("link => link.click()")  # the driver's own click scrolls
        page.wait_for_url("**/en/steel.html*")
        assert unquote(page.url.partition("#")[2]).startswith("steel.targets")


def test_contents_stay_beside_the_text_and_mark_the_place(browser, site):
    with opened(browser, f"{site}/{STEEL.format('en')}", viewport={"width": 1300, "height": 800}) as page:
        page.evaluate("document.getElementById('steel.limits').scrollIntoView()")
        page.locator(".contents .inside a.now[href$='steel.limits']").wait_for(timeout=4000)
        box = page.locator("nav.contents").bounding_box()
        assert 0 <= box["y"] < 200


def test_reader_turns_from_chapter_to_chapter_and_back(browser, site):
    with opened(browser, f"{site}/{STEEL.format('en')}") as page:
        page.locator(".turn .next").click()
        page.wait_for_load_state("load")
        assert "/nonferrous.html" in page.url
        page.locator(".turn .previous").click()
        page.wait_for_load_state("load")
        assert "/steel.html" in page.url


def test_print_leaves_out_what_is_of_no_use_on_paper(browser, site):
    with opened(browser, f"{site}/{STEEL.format('zh-Hans')}", color_scheme="dark") as page:
        page.emulate_media(media="print")
        for name in (".top", "nav.contents", ".turn", ".tools"):
            assert not page.locator(name).first.is_visible(), name
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") in (
            "rgb(253, 253, 251)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_motion_is_reduced_where_the_reader_asks(browser, site):
    for wish, wanted in (("reduce", "auto"), ("no-preference", "smooth")):
        with opened(browser, f"{site}/{STEEL.format('en')}", reduced_motion=wish) as page:
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == wanted
