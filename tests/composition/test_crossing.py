"""References get their words; one into a chapter that is not built leads nowhere."""

from types import SimpleNamespace

from greenbook.composition.crossing import Register, filled
from greenbook.composition.tree import para, plain, reference

OPEN = SimpleNamespace(open={0})


def inline(register):
    (block,) = filled((para(reference("ch-pv")),), OPEN, register)
    return block["c"][0]


def test_reference_to_a_chapter_of_the_book_is_a_link_with_its_number():
    node = inline(Register({"ch-pv": "第十六章"}))
    assert node["t"] == "Link" and plain(node) == "第十六章"


def test_reference_to_a_chapter_left_out_keeps_its_words_and_is_no_link():
    node = inline(Register({"ch-pv": "第十六章"}, absent=frozenset({"pv"})))
    assert node["t"] == "Span" and plain(node) == "第十六章"
