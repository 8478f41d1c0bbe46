"""Pieces of the web edition: safety gate, outlined charts, tables of points, outputs of notebooks."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree

import nbformat
import pytest
from factory import a_book, drawing, points, words

from greenbook.project import Project
from greenbook.publishing.charts import points_table
from greenbook.publishing.outlines import outlined
from greenbook.publishing.outputs import shown
from greenbook.publishing.safety import check_page
from greenbook.publishing.sourcepages import SourcePage, write_sources
from greenbook.records import FigureRecord, ValueRecord, mime, to_json


@pytest.mark.parametrize("html", [
    "<script>x</script>", '<script src="https://a.b/c.js"></script>', "<p onclick=x>", "<iframe src=x>", "<form>",
    '<a href="javascript:x">', '<a href="jAvA\tscript:x">',
    '<base href="/">', '<meta http-equiv="refresh" content="0">',
    "<style>@import url(x)</style>", '<p style="color:red">', '<img src="//a.b/c.png">', '<img src="http://a.b/c.png">',
    "<svg><foreignObject></foreignObject></svg>", '<svg><image href="http://a.b/x.png"/></svg>',
    '<svg><use xlink:href="http://a.b/x"/></svg>', '<link rel="stylesheet" href="https://a.b/c.css">', "<object>",
])
def test_page_that_could_run_or_fetch_is_refused(html):
    assert check_page(html, "steel", "en")


@pytest.mark.parametrize("html", [
    '<a href="pv.html#pv.level">', '<a href="https://example.org/">', '<a href="#steel.num.output">',
    '<svg><use href="#steel.1"/></svg>', '<script src="../assets/book.js"></script>',
    '<a href="../data/steel.fig-output.csv">',
])
def test_page_of_our_own_elements_passes(html):
    assert check_page(html, "steel", "en") == []


@pytest.mark.parametrize("language", ["zh-Hans", "en", "zh-Hant"])
def test_outlined_chart_has_paths_for_every_text(language):
    svg = drawing(language, "steel")
    texts = svg.count("<text")
    root = ElementTree.fromstring(outlined(svg, language))
    paths = [path for path in root.iter("{http://www.w3.org/2000/svg}path") if "scale" in (path.get("transform") or "")]
    assert texts and len(paths) == texts and all(path.get("d", "").startswith("M") for path in paths)


def test_points_table_shows_the_numbers_drawn_in_the_language():
    chinese, english = (points_table(points(), language, words(language)) for language in ("zh-Hans", "en"))
    assert '<th scope="row">2024</th><td class="a-right">10.05</td>' in chinese and "亿吨" in chinese
    assert '<td class="a-right">1,005</td>' in english and "Mt" in english
    named = tuple(replace(point, label={"zh-Hans": "粗钢产量", "en": "Steel output"}) for point in points())
    assert ">粗鋼產量 <" in points_table(named, "zh-Hant", words("zh-Hant"))
    other = tuple(replace(point, series="pig_iron") for point in named)
    assert ">pig_iron <" in points_table((*named, *other), "en", words("en"))  # two that share a label keep their ids
    assert ">Steel output <" in points_table(named, "en", words("en")) and ">crude_steel_output <" in english
    assert "億噸" in points_table(points(), "zh-Hant", words("zh-Hant"))


def output(data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def test_record_in_a_notebook_is_told_in_one_line():
    record = ValueRecord("output_latest", 1005.1, "Mt", {}, period="2024", inputs=("crude_steel_output|CN|2024",))
    html = shown(output({mime(record): to_json(record)}), "steel", words("en"), "en")
    assert "output_latest = 1005.1 Mt (2024) ← crude_steel_output|CN|2024" in html


def test_figure_in_a_notebook_has_the_anchor_of_its_figure():
    record = FigureRecord("output", {"en": "<svg></svg>"}, "wide", (), (), ())
    assert 'id="steel.fig-output"' in shown(output({mime(record): to_json(record)}), "steel", words("en"), "en")


def test_html_output_of_a_notebook_is_cleaned():
    hostile = '<table onclick=x><td style="a">1<script>x</script></td></table>'
    html = shown(output({"text/html": hostile}), "s", words("en"), "en")
    assert html == "<table><tbody><tr><td>1</td></tr></tbody></table>"


def test_output_of_an_unlisted_kind_is_named_and_left_out():
    html = shown(output({"application/javascript": "alert(1)"}), "s", words("en"), "en")
    assert "application/javascript" in html and "alert" not in html


def test_source_page_beside_a_traditional_book_has_the_glyphs_of_what_authors_write(tmp_path):
    source = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("规模以上", id="level-zh")])
    (tmp_path / "source.ipynb").write_text(json.dumps(source), "utf-8")
    page = SourcePage("steel", tmp_path / "source.ipynb", tmp_path / "source.ipynb")
    write_sources([page], a_book("zh-Hant"), Project(tmp_path), tmp_path / "out", quality=1)
    html = (tmp_path / "out" / "source" / "steel.html").read_text("utf-8")
    assert "规模以上" in html and 'lang="zh-CN"' in html


def test_source_page_has_prose_of_the_source_and_outputs_of_the_run(tmp_path):
    source = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_markdown_cell("new {{ words }} <b>", id="level-en"),
        nbformat.v4.new_code_cell("x = 1", id="open")])
    ran = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_markdown_cell("old", id="level-en"),
        nbformat.v4.new_code_cell("x = 1", id="open", outputs=[nbformat.v4.new_output("stream", text="<printed>")])])
    for name, notebook in (("source", source), ("ran", ran)):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(notebook), "utf-8")
    page = SourcePage("steel", tmp_path / "source.ipynb", tmp_path / "ran.ipynb")
    write_sources([page], a_book("en"), Project(tmp_path), tmp_path / "out", quality=1)
    html = (tmp_path / "out" / "source" / "steel.html").read_text("utf-8")
    assert "new {{ words }} &lt;b&gt;" in html and "old" not in html and "&lt;printed&gt;" in html
    assert 'id="cell-open"' in html and check_page(html, "steel", "source") == []
