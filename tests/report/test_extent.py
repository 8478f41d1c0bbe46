"""How the real book measures up to what is asked of it, where that can be read from its manifest."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "bench"))

from book_table import FIGURES, TABLES, VALUES, examine
from overlap import shared_runs, shared_sentences

from greenbook.publishing.extent import length


@pytest.fixture(scope="module")
def examined(manifest, report):
    return examine(manifest, report)


def test_book_has_the_pages_figures_tables_and_values_asked_of_it(examined):
    assert [what for what in examined.faults.get("book", ())] == []


def test_every_figure_and_table_is_cited_by_a_sentence_of_its_chapter(manifest):
    assert [item["id"] for kind in ("figures", "tables") for item in manifest[kind] if not item["cited_in"]] == []
    assert len(manifest["figures"]) >= FIGURES and len(manifest["tables"]) >= TABLES


def test_english_is_as_long_as_a_translation_is_and_no_two_chapters_are_alike(examined):
    found = [what for told in examined.faults.values() for what in told]
    assert [what for what in found if "÷" in what or "shares" in what] == []


def test_values_of_sentences_and_tables_are_counted_once_each(examined):
    line = next(line for line in examined.lines if line.startswith("values bound"))
    assert int(line.split(": ")[1].split()[0]) >= VALUES


@pytest.mark.parametrize(("words", "language", "count"), [
    ("粗钢产量", "zh-Hans", 4), ("2024年，增长1.7%。", "zh-Hans", 7), ("CO₂排放", "zh-Hans", 3),
    ("down 1.7% in 2024", "en", 4), ("iron — and steel", "en", 3)])
def test_length_is_that_of_a_word_processor(words, language, count):
    assert length(words, language) == count


def test_overlap_of_equal_chapters_is_whole_and_of_unlike_ones_nothing():
    one = "本章的指标口径来源和证据等级都列在下面的表格之中。"
    assert shared_runs({"a": one, "b": one}, "zh") == [(1.0, "a", "b")]
    assert shared_runs({"a": one, "b": "粗钢产量在各个时期的年均增速见于另一张表格里面。"}, "zh")[0][0] == 0
    assert list(shared_sentences({"a": one, "b": f"开头。{one}", "c": "别的。"}, "zh").values()) == [["a", "b"]]
