"""Numerals and prefixes."""

import pytest
from chapters_by_hand import an_outline

from greenbook.composition.numbering import chinese, letters, roman


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (3, "三"), (10, "十"), (11, "十一"), (20, "二十"), (22, "二十二"), (99, "九十九")]
)
def test_chapter_number_in_chinese_reads_as_a_chinese_reader_says_it(number, text):
    assert chinese(number) == text


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (5, "V"), (9, "IX"), (14, "XIV")])
def test_part_number_in_english_is_roman(number, text):
    assert roman(number) == text


def test_letters_of_unnumbered_chapters_differ_and_leave_a_to_the_annexes():
    preface, outlook = an_outline().front[0], an_outline().back[0]
    other = type(outlook)("oa", {}, "oa.ipynb", {}, {})
    another = type(outlook)("ao", {}, "ao.ipynb", {}, {})
    assert letters([preface, outlook, other, another]) == {"preface": "P", "outlook": "O", "oa": "OA", "ao": "AO"}
