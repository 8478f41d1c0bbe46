"""The preview over real HTTP: what it serves, to whom, and what it says when the book does not build."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from building import ROOT, copy_book
from greenbook.errors import Problem
from greenbook.preview.server import listening
from greenbook.preview.site import error_page

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)")


class Client:
    """A browser's part: one site, its cookie, its Host."""

    def __init__(self, port, token):
        self.port, self.cookie = int(port), f"greenbook-preview={token}"

    def get(self, path, method="GET", host=None, cookie=True, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        if cookie:
            connection.putheader("Cookie", self.cookie)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, dict(answer.getheaders()), body

    def until(self, path, seen, seconds=120):
        """The first answer that `seen` accepts."""
        end = time.monotonic() + seconds
        while not seen(found := self.get(path)) and time.monotonic() < end:
            time.sleep(0.05)
        return found


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The small book, previewed by the real command: its folder and a client."""
    folder = copy_book("small", tmp_path_factory.mktemp("preview") / "book")
    command = [sys.executable, str(ROOT / "build.py"), "preview", "--project", str(folder), "--port", "8911"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               preexec_fn=_heeding_interrupts)
    heard = []
    for line in process.stdout:
        heard.append(line)
        if found := ADDRESS.search(line):
            break
    else:
        raise AssertionError("".join(heard))
    yield folder, Client(*found.groups())
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


def _heeding_interrupts():
    """A shell without job control hands its background jobs an ignored Ctrl-C, and this one is to be heard."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def edit(folder, slug, old, new):
    path = folder / "notebooks" / f"{slug}.ipynb"
    text = path.read_text("utf-8")
    assert old in text
    fresh = path.with_name(".saved")
    fresh.write_text(text.replace(old, new, 1), "utf-8")
    os.replace(fresh, path)


def test_page_is_served_with_the_script_that_reloads_it(shown):
    status, headers, body = shown[1].get("/zh-Hans/steel.html")
    assert status == 200 and '<script src="/_preview/reload.js" defer>' in body
    assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer" and headers["x-frame-options"] == "DENY"
    assert "server" not in headers


def test_first_address_brings_a_cookie_and_leaves_the_token_behind(shown):
    client = shown[1]
    token = client.cookie.partition("=")[2]
    status, headers, _ = client.get(f"/en/steel.html?token={token}", cookie=False)
    assert status == 303 and headers["location"] == "/en/steel.html"
    assert "HttpOnly" in headers["set-cookie"] and "SameSite=strict" in headers["set-cookie"]
    assert client.get("//evil.example/?token=" + token, cookie=False)[1]["location"] == "/evil.example/"


@pytest.mark.parametrize("asked", [
    {"host": "evil.example"}, {"host": "evil.example:8911"}, {"host": "127.0.0.1"},
    {"host": "localhost.evil.example:8911"}, {"cookie": False}, {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
])
@pytest.mark.parametrize("path", ["/zh-Hans/steel.html", "/_preview/events", "/_preview/reload.js", "/"])
def test_request_of_another_site_or_without_the_token_gets_nothing(shown, asked, path):
    status, _, body = shown[1].get(path, **asked)
    assert status == 403 and len(body) < 80


def test_wrong_token_opens_nothing(shown):
    assert shown[1].get("/zh-Hans/steel.html?token=guessed", cookie=False)[0] == 403


@pytest.mark.parametrize("path", [
    "/../manifest.json", "/zh-Hans/../../../notebooks/book.yml", "/%2e%2e/%2e%2e/notebooks/book.yml",
    "/..%5cbook.yml", "/zh-Hans/%00", "//etc/passwd", "/etc/passwd", "/.git/config", "/zh-Hans/" + "a" * 5000,
    "/%2e%2e%2f%2e%2e%2fnotebooks%2fbook.yml", "/....//notebooks/book.yml",
])
def test_nothing_outside_the_published_folder_is_served(shown, path):
    assert shown[1].get(path)[0] in (400, 404, 414)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_reading_is_allowed(shown, method):
    assert shown[1].get("/zh-Hans/steel.html", method=method)[0] == 405


def test_saved_sentence_appears_and_a_broken_one_is_told_by_notebook_and_cell_until_it_is_mended(shown):
    folder, client = shown
    book = json.loads((folder / "notebooks" / "steel.ipynb").read_text("utf-8"))
    cell = next(cell for cell in book["cells"] if "zh" in cell["metadata"].get("tags", ())
                and len(cell["metadata"]["tags"]) == 1)
    first = json.dumps("".join(cell["source"]).splitlines()[0], ensure_ascii=False)[1:-1]
    edit(folder, "steel", first, f"预览的新句子。{first}")
    status, _, body = client.until("/zh-Hans/steel.html", lambda answer: "预览的新句子" in answer[2])
    assert status == 200 and "预览的新句子" in body
    edit(folder, "steel", "预览的新句子。", "{{ nothing_of_that_name }}")
    status, _, body = client.until("/zh-Hans/steel.html", lambda answer: answer[0] == 500)
    assert status == 500 and "notebooks/steel.ipynb" in body and cell["id"] in body and "nothing_of_that_name" in body
    edit(folder, "steel", "{{ nothing_of_that_name }}", "")
    assert client.until("/zh-Hans/steel.html", lambda answer: answer[0] == 200)[0] == 200


def test_words_of_a_problem_are_shown_as_text():
    page = error_page([Problem("notebooks/<b>.ipynb", "cell 7", "GB430", "found <script>alert(1)</script>", "", "mend"),
                       "stopped & gone"])
    assert "<script>alert" not in page and "<b>" not in page and "cell 7" in page and "stopped &amp; gone" in page


def test_port_that_listens_already_is_left_to_its_owner_and_the_next_one_taken():
    with listening(8950) as first, listening(first.getsockname()[1]) as second:
        assert second.getsockname()[1] > first.getsockname()[1]


def test_pdf_is_set_on_demand_and_anew_after_an_edit(shown):
    folder, client = shown
    first = client.get("/report-zh-Hans.pdf")
    assert first[0] == 200 and first[1]["content-type"] == "application/pdf" and first[2].startswith("%PDF-1.7")
    assert client.get("/report-zh-Hans.pdf")[2] == first[2]
    book = json.loads((folder / "notebooks" / "steel.ipynb").read_text("utf-8"))
    cell = next(cell for cell in book["cells"] if cell["metadata"].get("tags") == ["zh"])
    line = json.dumps("".join(cell["source"]).splitlines()[0], ensure_ascii=False)[1:-1]
    edit(folder, "steel", line, f"另一句。{line}")
    assert client.until("/report-zh-Hans.pdf", lambda answer: answer[0] == 200 and answer[2] != first[2])[0] == 200


def test_saved_sentence_is_seen_within_three_times_the_limit(shown):
    folder, client = shown
    book = json.loads((folder / "notebooks" / "steel.ipynb").read_text("utf-8"))
    cell = next(cell for cell in book["cells"] if cell["metadata"].get("tags") == ["zh"])
    line = json.dumps("".join(cell["source"]).splitlines()[0], ensure_ascii=False)[1:-1]
    started = time.monotonic()
    edit(folder, "steel", line, f"量一量时间。{line}")
    assert client.until("/zh-Hans/steel.html", lambda answer: "量一量时间" in answer[2])[0] == 200
    assert time.monotonic() - started < 3 * 1.5


def test_a_changed_title_of_the_book_is_seen_on_every_page(shown):
    folder, client = shown
    path = folder / "notebooks" / "book.yml"
    old = path.read_text("utf-8")
    title = re.search(r"zh-Hans: *([^\s,}]+)", old)[1]
    assert title in client.get("/zh-Hans/steel.html")[2]
    path.write_text(old.replace(title, "另一本书", 1), "utf-8")
    try:
        assert client.until("/zh-Hans/steel.html", lambda answer: "另一本书" in answer[2])[0] == 200
    finally:
        path.write_text(old, "utf-8")
    assert client.until("/zh-Hans/steel.html", lambda answer: "另一本书" not in answer[2])[0] == 200
