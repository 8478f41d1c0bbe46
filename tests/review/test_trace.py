"""From a name or a number as printed back to sentence, formula, input, source, date, file and line."""

import json

import pytest

from building import run_build
from greenbook.errors import CommandError
from greenbook.publishing.quoted import _END
from greenbook.review.printed import Place, prints, stands
from greenbook.review.trace import trace


@pytest.mark.parametrize(("text", "wanted", "expected"), [
    ("10.05亿吨", "10.05", True), ("10.05亿吨", "10.05亿吨", True), ("10.05亿吨", "0.05", False),
    ("10.05亿吨", "10.0", False),
    ("10.05亿吨", "05亿吨", False), ("1,005 Mt", "1,005", True), ("1,005 Mt", "005", False), ("1,005 Mt", "1", False),
    ("下降1.7%", "1.7%", True), ("下降1.7%", "下降1.7%", True), ("down 1.7%", "down\n1.7%", True),
    ("−1.7%", "-1.7%", True), ("１.7%", "1.7%", True), ("10.05亿吨", "亿吨", False)])
def test_number_is_found_whole_and_never_as_a_part_of_another(text, wanted, expected):
    assert prints(text, wanted) is expected


def test_words_around_a_number_tell_its_page():
    place = Place("en", "a.b", "Output was 1,005 Mt in 2024, down 1.7% on the year.", "1,005 Mt")
    assert stands(place, "Outputwas1,005Mtin2024,down")
    assert not stands(place, "Consumptionis1,005Mtandmore")


def test_value_whose_words_run_over_the_end_of_a_page_stands_where_its_digits_do():
    place = Place("en", "a.b", "The association said so; another figure, 950 Mt at the end of October.",
                  "950 Mt at the end of October")
    assert stands(place, "Thatisall.Theassociationsaidso;anotherfigure,950Mtattheendof43")
    assert not stands(place, "Thatisall.Theassociationsaidso;anotherfigure,951Mtattheendof43")
    assert not stands(place, "Theassociationsaidso;anotherfigure,950Mtattheendofthemonth,twice43")
    assert not stands(place, "another950Mtattheendof43")


@pytest.mark.parametrize(("text", "count"), [
    ("一句。两句！三句", 3), ("One. Two is 1.5 Mt. Three", 3), ("See no. 3 of it.", 1), ("增至10.05亿吨。", 1)])
def test_sentences_end_at_full_stops_and_never_inside_a_number(text, count):
    assert len([part for part in _END.split(text) if part]) == count


@pytest.fixture(scope="module")
def book(small):
    return small, json.loads((small / "_build/full-2025/manifest.json").read_text("utf-8"))


INPUT = ("  input    crude_steel_output CN 2024 = 1005.0913 Mt; source TR01, released 2025-01-31 (estimated); "
         "data/observations/steel.csv:21")


@pytest.mark.parametrize("wanted", ["output_latest", "steel.output_latest", "10.05亿吨", "10.05", "1,005 Mt"])
def test_name_and_number_lead_to_sentence_formula_input_source_date_file_and_line(book, wanted):
    lines = list(trace(book[0], None, wanted))
    assert lines[0] == "steel.output_latest = 1005.0913 Mt (2024, final)"
    assert any(line.startswith("  printed  ") and ("10.05亿吨，" in line or "1,005 Mt in" in line) for line in lines)
    assert lines[-3:-1] == ["  formula  as published", INPUT]
    assert lines[-1].startswith("edition full-2025, as of 2025-12-14, commit ")


@pytest.mark.parametrize("wanted", ["steel.fig-output", "1-1"])
def test_figure_leads_to_its_points_sources_and_lines(book, wanted):
    lines = list(trace(book[0], None, wanted))
    assert any("drawn points: data/steel.fig-output.csv" in line for line in lines)
    told = "  input    20 observations crude_steel_output 2005–2024; source TR01, released 2006-01-31"
    assert any(line.startswith(told)
               and line.endswith("data/observations/steel.csv:2–21") for line in lines)


def test_page_chooses_among_places_and_language_among_languages(book):
    folder, _ = book
    everywhere = list(trace(folder, None, "10.05"))
    pages = [page for page in range(1, 30) if _traces(folder, "10.05", page)]
    assert pages and all(_traces(folder, "10.05", page) < len(everywhere) for page in pages)
    assert any(line.startswith("  printed  10.05亿吨, zh-Hans") for line in everywhere)
    assert not any("zh-Hans" in line for line in trace(folder, None, "10.05", language="zh-Hant"))


def _traces(folder, wanted, page):
    try:
        return len(list(trace(folder, None, wanted, page, "zh-Hans")))
    except CommandError:
        return 0


def test_every_value_that_is_printed_has_its_sentence(book):
    told = {(item["language"], name, text) for item in book[1]["sentences"] for name, text in item["values"]}
    for value in book[1]["values"]:
        for language, texts in value["shown"].items():
            assert {(language, value["id"], text) for text in texts} <= told


def test_what_is_printed_nowhere_is_refused_by_name(book):
    done = run_build("trace", "output_latst", project=book[0])
    assert done.returncode == 2
    assert done.stderr.startswith('manifest.json: GB213: found nothing that is called or printed as "output_latst"; ')
    assert "write output_latest" in done.stderr
