"""A real browser opens the site in each language, over http and from disk."""

import functools
import http.server
import threading

import pytest
from playwright.sync_api import sync_playwright

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
KINDS = ("index.html", "steel.html", "findings.html", "figures.html", "glossary.html")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """The site over http, as any plain server gives it."""

    def log_message(self, *words):
        """Says nothing: the test reads the browser's log, not the server's."""


@pytest.fixture(scope="module")
def served(report):
    handler = functools.partial(Quiet, directory=str(report.resolve()))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=["http", "disk"])
def site(request, served, report):
    return served if request.param == "http" else f"file://{report.resolve()}"


@pytest.fixture
def page(browser, site):
    """A page that fails the test for any console error and any request out of the folder."""
    opened = browser.new_page()
    opened.troubles = []
    opened.on("console", lambda message: opened.troubles.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: opened.troubles.append(str(error)))
    opened.on("request", lambda request: None if request.url.startswith((site, "data:", "blob:"))
              else opened.troubles.append(f"request to {request.url}"))
    yield opened
    opened.close()
    assert opened.troubles == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_without_error_and_without_a_request_beyond_the_folder(page, site, language):
    for kind in KINDS:
        page.goto(f"{site}/{language}/{kind}")
        page.wait_for_load_state("load")
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollWidth <= innerWidth + 1)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_switch_keeps_the_chapter(page, site, language):
    other = LANGUAGES[LANGUAGES.index(language) - 1]
    page.goto(f"{site}/{language}/steel.html")
    page.locator(f'a[hreflang^="{other[:2]}"][href*="/{other}/"], a[href*="{other}/steel.html"]').first.click()
    page.wait_for_load_state("load")
    assert f"/{other}/steel.html" in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_of_a_number_opens_by_click_and_closes_by_key(page, site, language):
    page.goto(f"{site}/{language}/steel.html")
    page.wait_for_load_state("load")
    number = page.locator("a.v").first
    number.click()
    card = page.locator(".card:visible, [role=dialog]:visible, [popover]:visible").first
    card.wait_for(timeout=3000)
    assert len(card.inner_text()) > 20
    page.keyboard.press("Escape")
    card.wait_for(state="hidden", timeout=3000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_single_file_needs_nothing_else(browser, report, language, tmp_path):
    alone = tmp_path / "report.html"
    alone.write_bytes((report / f"report-{language}.html").read_bytes())
    page = browser.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"file://{alone}")
    page.wait_for_load_state("load")
    assert [url for url in requests if not url.startswith("data:")] == [f"file://{alone}"]
    assert page.locator("h1").count() >= 1
    page.close()
