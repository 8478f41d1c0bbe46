"""Names at the ends of lines: wrapped evenly, never on top of each other."""

import pytest

from greenbook.style.ends import apart, em, wrapped


def test_labels_that_would_overlap_are_moved_apart():
    placed = apart([50, 51, 90], [10, 10, 10])
    assert placed[0] == 50 and placed[1] - placed[0] >= 10 and placed[2] == 90


def test_labels_pushed_over_the_top_are_taken_down_again():
    placed = apart([95, 96, 97], [10, 10, 10], top=100)
    assert placed == [75, 85, 95]


@pytest.mark.parametrize("text", ["化石二氧化碳排放总量", "Installed capacity, grid-connected solar",
                                  "CO₂ 排放强度与能耗"])
def test_wrapped_words_lose_no_character_and_keep_to_the_room(text):
    rows = wrapped(text, 9).split("\n")
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert all(em(row) <= 10 for row in rows)


def test_chinese_is_wrapped_evenly_and_short_words_are_left_alone():
    assert wrapped("化石二氧化碳排放总量", 9) == "化石二氧化碳\n排放总量"
    assert wrapped("粗钢产量", 9) == "粗钢产量"
