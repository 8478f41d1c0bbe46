"""The PDFs of the real book: faces, text, bookmarks, contents, standards."""

import re
import subprocess

import outloud
import pikepdf
import pymupdf
import pytest

LANGUAGES = ("zh-Hans", "en", "zh-Hant")


def output(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=LANGUAGES)
def pdf(request, report):
    return request.param, report / f"report-{request.param}.pdf"


@pytest.fixture(scope="module")
def text(pdf):
    return re.sub(r"\s+", "", output("pdftotext", str(pdf[1]), "-"))


def test_every_face_is_embedded_as_a_subset(pdf):
    rows = output("pdffonts", str(pdf[1])).splitlines()[2:]
    assert len(rows) >= 3
    for row in rows:
        embedded, subset, unicode = row.split()[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), row


def test_only_shipped_faces_are_used(pdf):
    for row in output("pdffonts", str(pdf[1])).splitlines()[2:]:
        name = row.split()[0].partition("+")[2]
        assert re.match(r"(NotoSans|NotoSerif|SourceSerif|NewCMMath)", name), name


def test_titles_of_all_chapters_stand_in_text_and_bookmarks(pdf, text, manifest):
    language, path = pdf
    with pikepdf.open(path) as document, document.open_outline() as outline:
        def titles(items):
            for item in items:
                yield re.sub(r"\s+", "", item.title)
                yield from titles(item.children)

        bookmarks = "\n".join(titles(outline.root))
    for chapter in manifest["chapters"]:
        title = re.sub(r"\s+", "", chapter["title"][language])
        assert title in bookmarks, title
        assert title in text, title


def test_sentences_of_the_notebooks_can_be_extracted(text, pdf, manifest):
    """The findings are whole sentences of the notebooks; their words must come out of the PDF as they went in."""
    language, _ = pdf
    findings = [finding["text"][language] for finding in manifest["findings"]]
    assert len(findings) >= 6
    for finding in findings:
        longest = max(re.split(r"[\s\d，。；：、,.;:（）()%]+", finding), key=len)
        assert longest in text, longest


def test_contents_state_the_page_of_each_chapter(pdf):
    language, path = pdf
    with pikepdf.open(path) as document:
        assert "/PageLabels" in document.Root and str(document.Root.Lang)[:2] == language[:2]
    front = output("pdftotext", "-layout", "-f", "1", "-l", "60", str(path), "-")
    head = {"zh-Hans": "目录", "en": "Contents", "zh-Hant": "目錄"}[language]
    lines = "".join(re.split(rf"(?m)^\s*{head}\s*$", front)[1:]).splitlines()  # it is the running head besides
    assert sum(bool(re.search(r"\S.*?[.\s…·]{2,}\d+\s*$", line)) for line in lines) >= 22


def test_key_findings_are_a_spread_and_the_summary_takes_two_pages(pdf):
    language, path = pdf
    pages = output("pdftotext", "-l", "30", str(path), "-").split("\f")
    first = [page.strip().splitlines()[0].strip() if page.strip() else "" for page in pages]
    titles = {"zh-Hans": ("核心观点", "摘要", "阅读说明"),
              "en": ("Key findings", "Executive summary", "Reader’s guide"),
              "zh-Hant": ("核心觀點", "摘要", "閱讀說明")}[language]
    findings, summary, guide = (first.index(title) for title in titles)
    assert (findings + 1) % 2 == 0, "the spread opens on a left page"
    assert summary - findings == 2 and guide - summary <= 2


def test_document_claims_both_standards_and_is_tagged(pdf):
    with pikepdf.open(pdf[1]) as document:
        with document.open_metadata() as metadata:
            assert metadata.get("pdfuaid:part") == "1"
            assert (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) == ("2", "A")
        assert document.Root.MarkInfo.Marked and "/StructTreeRoot" in document.Root


def test_gate_for_accessibility_finds_no_error(pdf, text):
    """outloud takes eight words for prose: a table's head repeated on its next page is an artifact, as it must be.

    Such a line is let pass where the same words stand in the book a second time, which is where they are read.
    """
    errors = [item for item in outloud.check(str(pdf[1])).findings if item.severity == "error"]
    for item in errors:
        words = re.sub(r"\s+", "", str(item.evidence))[:24]
        assert item.rule == "TAG-002" and text.count(words) > 1, item


def test_report_has_no_watermark(text):
    assert "内部征求意见稿" not in text and "內部徵求意見稿" not in text


def test_no_words_stand_outside_the_margins(pdf):
    """Only a mark that hangs may: its blank half on the right, an opening quote of a title on the left."""
    margin, hanging, quote, outside = 22.5 / 25.4 * 72, 6, 13, []
    with pymupdf.open(pdf[1]) as document:
        for page in document:
            if page.number == 0 or page.rect.width > page.rect.height:  # the cover; a table that is turned
                continue
            left, right = margin - quote, page.rect.width - margin + hanging
            outside += [(page.number + 1, words) for x0, _, x1, _, words, *_ in page.get_text("words")
                        if x0 < left or x1 > right]
    assert outside == []
