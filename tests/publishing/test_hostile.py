"""Sixty hostile strings in every sink: shown as they are written; nothing runs, is fetched, or leaks. HTML and PDF."""

from __future__ import annotations

import base64
import http.server
import threading
from collections import Counter

import pikepdf
import pymupdf
import pytest
from hostile import strings
from hostile_book import SINKS_IN_TEXT, hostile_book
from playwright.sync_api import sync_playwright

from building import bench
from greenbook.project import Project
from greenbook.publishing.html import WebOptions, write_site
from greenbook.publishing.pdf import write_pdf
from greenbook.publishing.single import write_single

SECRET = "canary-7f3a91-must-stay-unread"


@pytest.fixture(scope="module")
def listener():
    """The address of a server that nobody may ask, and what it was asked."""
    asked = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *words):
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def made(tmp_path_factory, listener):
    """The strings, and the folder of the site, the single file and the PDF that hold them."""
    folder = tmp_path_factory.mktemp("hostile")
    canary = folder / "canary.txt"
    canary.write_text(SECRET)
    found = strings(str(canary), listener[0])
    book, project, target = hostile_book(found), Project(folder), folder / "site"
    site = write_site(book, {"en": book}, project, target, WebOptions(searchable=False, downloads=False))
    write_single(book, {"en": book}, project, target, site=site)
    write_pdf(book, project, target / "report-en.pdf")
    return found, target


def bare(text: str) -> str:
    return bench("fidelity").bare(text)


def test_there_are_sixty_different_strings(made):
    assert len(set(made[0])) == 60


@pytest.mark.parametrize("name", ["en/steel.html", "en/references.html", "report-en.html"])
def test_browser_shows_each_string_and_runs_and_asks_nothing(made, listener, name):
    found, target = made
    troubles, dialogs = [], []
    with bench("pages").served(target) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=bench("pages").CHROMIUM, args=bench("pages").FLAGS)
        page = browser.new_page()
        bench("pages").watched(page, site, troubles)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(f"{site}/{name}")
        page.wait_for_load_state("load")
        text = bare(page.evaluate("document.body.textContent"))
        labels = page.evaluate("[...document.querySelectorAll('svg[aria-label]')].map(it => it.ariaLabel)")
        owned = page.evaluate("window.owned")
        browser.close()
    least = 1 if "references" in name else SINKS_IN_TEXT
    assert {string: text.count(bare(string)) for string in found if text.count(bare(string)) < least} == {}
    assert "references" in name or set(found) <= set(labels)
    assert (owned, troubles, dialogs, listener[1]) == (None, [], [], [])


def test_pdf_shows_each_string_and_holds_no_action(made, listener):
    found, target = made
    with pymupdf.open(target / "report-en.pdf") as document:
        text = bare("".join(page.get_text(clip=bench("fidelity").inner(page.rect)) for page in document))
    assert {string: text.count(bare(string)) for string in found if text.count(bare(string)) < 12} == {}
    with pikepdf.open(target / "report-en.pdf") as document:
        dictionaries = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
        actions = Counter(str(item.S) for item in dictionaries if "/S" in item and "/Type" in item
                          and item.Type == "/Action")
        spoken = {str(item.Alt) for item in dictionaries if "/Alt" in item}
        links = {str(item.URI) for item in dictionaries if "/URI" in item}
        assert not {"/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFile"} & {
            key for item in dictionaries for key in item} and "/OpenAction" not in document.Root
    assert set(actions) <= {"/URI", "/GoTo"} and links <= {"https://example.org", "https://example.org/gb"}
    assert set(found) <= spoken and listener[1] == []


def test_no_file_holds_what_the_canary_says(made):
    plain = SECRET.encode()
    shapes = [plain, base64.b64encode(plain), SECRET.encode("utf-16-le"), SECRET.encode("utf-16-be")]
    files = [path for path in made[1].rglob("*") if path.is_file()]
    assert len(files) > 10
    with pikepdf.open(made[1] / "report-en.pdf") as document:
        streams = b"".join(item.read_bytes() for item in document.objects if isinstance(item, pikepdf.Stream)
                           and item.get("/Type") != "/XObject")
    assert not [path.name for path in files if any(shape in path.read_bytes() for shape in shapes)]
    assert not any(shape in streams for shape in shapes)
