"""The reviewers' draft of the small book, by the real command: what it carries that a report does not."""

import json
import re
import shutil
import subprocess

import pytest

from building import run_build

NUMBER = "crude_steel_output,CN,2024"


class Drafts:
    """A book of which drafts are made one after another; `folder` holds the last."""

    def __init__(self, root):
        self.root = root
        self.folder = root / "_build" / "full-2025-draft-part"

    def make(self):
        done = run_build("draft", "--language", "zh-Hans", "--language", "en", project=self.root)
        assert done.returncode == 0, done.stderr
        return {page: self.text(page) for page in ("en/changes", "zh-Hans/changes", "en/steel", "zh-Hans/steel")}

    def text(self, page):
        """The words of a page, tags left out."""
        html = (self.folder / f"{page}.html").read_text("utf-8")
        return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main")[0]).split())

    def change(self, cells, gone=()):
        path = self.root / "notebooks" / "steel.ipynb"
        tree = json.loads(path.read_text("utf-8"))
        assert {*cells, *gone} <= {cell["id"] for cell in tree["cells"]}
        tree["cells"] = [cell for cell in tree["cells"] if cell["id"] not in gone]
        for cell in tree["cells"]:
            old, new = cells.get(cell["id"], ("", ""))
            source = "".join(cell["source"])
            assert old in source
            cell["source"] = source.replace(old, new, 1).splitlines(keepends=True)
            if cell["id"].startswith("scope-"):
                cell["metadata"]["tags"].append("if-later")
        path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")


@pytest.fixture(scope="module")
def drafts(small, tmp_path_factory):
    """The pages of a first draft, those of a second with changes and gaps, and its folder."""
    folder = tmp_path_factory.mktemp("draft") / "book"
    shutil.copytree(small, folder, symlinks=True)
    book = Drafts(folder)
    first = book.make()
    book.change({
        "data": ("chapter.value(", 'chapter.value("later", output.at(2030))\nchapter.value('),
        "limits-zh": ("本章不对未来产量作预测", "本章只说已经公布的年份"),
        "limits-en": ("This chapter does not forecast", "This chapter never forecasts"),
        "tbl-growth": ("(2020, 2023)", "(2020, 2023), (2023, 2026)"),
    }, gone=("fig-output-en", "level-en"))
    data = folder / "data" / "observations" / "steel.csv"
    text, count = re.subn(rf"(?m)^({NUMBER}),[\d.]+", r"\1,990.2", data.read_text("utf-8"))
    assert count == 1
    data.write_text(text, "utf-8")
    return first, book.make(), book.folder


def test_first_draft_says_that_there_is_none_to_compare_it_with(drafts):
    assert "This is the first draft" in drafts[0]["en/changes"] and "这是第一稿" in drafts[0]["zh-Hans/changes"]


def test_changed_number_stands_with_its_old_and_new_form(drafts):
    assert re.search(r"steel\.output_latest .*1,005 Mt.* 990 Mt", drafts[1]["en/changes"])
    assert re.search(r"steel\.output_latest .*10\.05亿吨.*9\.90亿吨", drafts[1]["zh-Hans/changes"])


def test_changed_sentence_stands_with_its_paragraph_and_an_unchanged_one_does_not(drafts):
    told = drafts[1]["zh-Hans/changes"]
    assert "steel.limits-1 本章不对未来产量作预测。 本章只说已经公布的年份。" in told
    assert "各年数值取自首次公布数" not in told and "steel.finding-output-1" not in told
    assert "This chapter does not forecast" in drafts[1]["en/changes"]


def test_what_a_condition_leaves_out_is_listed(drafts):
    assert "scope-zh if-later" in drafts[1]["zh-Hans/changes"] and "if-later" not in drafts[0]["zh-Hans/changes"]


def test_missing_caption_and_twin_are_gaps_in_their_places(drafts):
    steel = drafts[1]["en/steel"]
    assert "Gap: steel.fig-output has no caption." in steel and "The English text of level is missing." in steel
    assert "Gap" not in drafts[1]["zh-Hans/steel"] and "has no caption" not in drafts[0]["en/steel"]


def test_refusal_stands_among_the_limits(drafts):
    assert "粗钢产量没有2026年的数据" in drafts[1]["zh-Hans/steel"]


def test_page_carries_the_stamp_and_the_names_of_paragraphs(drafts):
    html = (drafts[2] / "zh-Hans" / "steel.html").read_text("utf-8")
    assert re.search(r'class="stamp"[^>]*>内部征求意见稿 · full-2025 · 草稿 · 版本 0\.1 · ', html)
    assert '<a class="par-id" href="#steel.limits-1">limits-1</a>' in html


def test_fact_sheet_gives_each_number_its_source_line_and_a_box(drafts):
    sheet = drafts[2] / "zh-Hans" / "facts-steel.html"
    words = " ".join(re.sub(r"<[^>]+>", " ", sheet.read_text("utf-8")).split())
    assert "事实核对表：第一章 钢铁" in words
    assert re.search(r"9\.90亿吨 粗钢产量；2024；[^;]*data/observations/steel\.csv:21 [^□]*□", words)


def sheets(folder, language, option):
    """The text of each page of the printed draft."""
    return subprocess.run(["pdftotext", option, str(folder / f"report-{language}.pdf"), "-"],
                          capture_output=True, text=True, check=True).stdout.split("\f")


@pytest.mark.parametrize(("language", "mark", "page", "line"), [
    ("en", "Internaldraftfor", r"Page{}of\d\d", r"finding-output-1\d{3}Crudesteel"),
    ("zh-Hans", "内部征求意见稿", r"第{}页，共\d\d页", r"finding-output-1\d{2}2024年粗钢")])
def test_printed_draft_carries_watermark_stamp_pages_lines_and_paragraph_names(drafts, language, mark, page, line):
    [(number, flowing)] = [(number, sheet) for number, sheet in enumerate(sheets(drafts[2], language, "-raw"), start=1)
                           if "finding-output-1" in sheet]
    [rows] = [sheet for sheet in sheets(drafts[2], language, "-layout") if "finding-output-1" in sheet]
    assert mark in "".join(flowing.split()) and "full-2025" in flowing
    assert re.search(page.format(number), "".join(flowing.split())) and re.search(line, "".join(rows.split()))


def test_list_of_tables_in_print_names_numbered_tables_alone(drafts):
    [listed] = [sheet for sheet in sheets(drafts[2], "en", "-layout") if re.search(r"(?m)^ *List of tables *$", sheet)]
    numbered = [line for line in listed.splitlines() if re.match(r"\s*Table \S+ ", line)]
    bare = [line for line in listed.splitlines() if re.fullmatch(r"\s*[ivxl\d]+\s*", line)]
    assert len(numbered) > 8 and len(bare) == 1  # the number of the page itself
