"""Numbers read back from their words, and compared between languages."""

from dataclasses import replace

import pytest
from chapters_by_hand import UNITS, a_document, a_value, text

from greenbook.composition.reread import undated, unreadable
from greenbook.language import dated, printed
from greenbook.records import ValueRecord

GROWTH = dict(unit="%", show={"zh-Hans": "%@1", "en": "%@1"}, form="growth")
POWER = dict(unit="GW", show={"zh-Hans": "亿千瓦@0", "en": "GW@0"})
RECORDS = [
    a_value(),
    a_value(value=-3.2),
    a_value(value=1019.0813, bound="over"),
    a_value(as_at="2024-09"),
    a_value(as_at="2024-09-07"),
    a_value(as_at="2024-01/2024-06"),
    a_value(value=-1.7, **GROWTH),
    a_value(value=0.0, **GROWTH),
    a_value(value=5.04, **GROWTH),
    a_value(value=3600.0, **POWER),
    a_value(value=15000.0, unit="CNY billion", show={"zh-Hans": "亿元@0", "en": "CNY billion@0"}),
    a_value(value=18.9, unit="%", show={"zh-Hans": "%@1", "en": "%@1"}, form="share", bound="about"),
    a_value(value=2.5, unit="%", show={"zh-Hans": "%@1", "en": "%@1"}, form="points"),
    a_value(
        value=457.0, unit="GW", show={"zh-Hans": "GW@0", "en": "GW@0"}, counter={"zh-Hans": "家", "en": "firms"}
    ),
]
NAMED = {"ids": lambda record: f"{record.form} {record.value} {record.bound} {record.as_at}"}


@pytest.mark.parametrize("record", RECORDS, **NAMED)
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_number_as_it_is_printed_reads_back_as_the_stored_one(record, language):
    assert unreadable(printed(record, language, UNITS), record, language, UNITS, False) == ""


@pytest.mark.parametrize("record", RECORDS, **NAMED)
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_year_beside_a_number_is_told_and_that_of_another_year_found(record, language):
    text = dated(record, language, UNITS)
    assert "2024" in text and undated(text, record, language) == printed(record, language, UNITS)
    assert undated(text.replace("2024", "2023"), record, language) is None
    assert undated(printed(record, language, UNITS), record, language) is None


@pytest.mark.parametrize(
    ("words", "language", "as_at"),
    [
        ("10.05亿吨（截至5月末）", "zh-Hans", "2024-09"),
        ("10.05亿吨（截至2月30日）", "zh-Hans", "2024-06-30"),
        ("1—9月10.05亿吨", "zh-Hans", "2024-01/2024-06"),
        ("10.05亿吨（截至9月末）", "zh-Hans", ""),
        ("1,005 Mt at the end of May", "en", "2024-09"),
        ("1,005 Mt as of 7 June", "en", "2024-09-07"),
    ],
)
def test_number_of_another_moment_is_found(words, language, as_at):
    assert unreadable(words, a_value(as_at=as_at), language, UNITS, False).startswith("not as at ")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("100.5亿吨", "zh-Hans"),
        ("10.06亿吨", "zh-Hans"),
        ("10.05百万吨", "zh-Hans"),
        ("10.05", "zh-Hans"),
        ("100 Mt", "en"),
        ("1,006 Mt", "en"),
        ("1,005 kt", "en"),
        ("−1,005 Mt", "en"),
        ("a lot", "en"),
    ],
)
def test_number_in_another_size_unit_or_sign_is_found(words, language):
    assert unreadable(words, a_value(), language, UNITS, False)


def test_trap_of_the_yi_is_found():
    """36亿千瓦 is 3,600 GW; a machine once wrote 360."""
    target = a_value("target", 3600.0, **POWER)
    assert unreadable("36亿千瓦", target, "zh-Hans", UNITS, False) == ""
    assert unreadable("3,600 GW", target, "en", UNITS, False) == ""
    assert unreadable("360 GW", target, "en", UNITS, False) == "not 3600 GW"


def test_half_a_unit_of_the_last_digit_is_allowed_and_no_more():
    record = a_value(value=1004.5)
    assert unreadable("1,005 Mt", record, "en", UNITS, False) == ""
    assert unreadable("1,005 Mt", a_value(value=1004.49), "en", UNITS, False)


def test_direction_word_against_the_sign_is_found():
    record = a_value(value=-1.7, **GROWTH)
    assert unreadable("增长1.7%", record, "zh-Hans", UNITS, False)


@pytest.mark.parametrize(
    ("words", "right"),
    [("2025年9月24日", True), ("24 September 2025", True), ("2025年9月25日", False), ("24 October 2025", False)],
)
def test_date_is_compared_in_either_language(words, right):
    record = ValueRecord("when", 0.0, "", {}, form="date", period="2025-09-24")
    assert (unreadable(words, record, "zh-Hans", UNITS, False) == "") is right


def wrong(document, words):
    shown = tuple(replace(item, text=words) for item in document.shown)
    span = {"t": "Span", "c": [["", ["value"], [["name", "steel.output"]]], [text(words)]]}
    blocks = list(document.blocks)
    blocks[1] = {"t": "Div", "c": [blocks[1]["c"][0], [{"t": "Para", "c": [span]}]]}
    return replace(document, shown=shown, blocks=tuple(blocks))


def test_mismatch_names_both_languages_and_places(composed):
    composition = composed(a_document(), wrong(a_document(language="en"), "100 Mt"))
    (problem,) = composition.problems
    assert str(problem) == (
        'notebooks/steel.ipynb:level-zh: GB551: found "100 Mt" for steel.output at steel.level-1 in en: '
        'not 1005.0913 Mt; the number that zh-Hans prints at steel.level-1: "10.05亿吨"; '
        "use the value's name in both languages and check the indicator's show"
    )


def test_traditional_text_with_other_digits_than_simplified_is_found(composed, found):
    composition = composed(
        a_document(), wrong(a_document(language="zh-Hant"), "10.50億噸"), languages=("zh-Hans", "zh-Hant")
    )
    assert found(composition) == [("GB552", 'found "10.50億噸" for steel.output at steel.level-1 in zh-Hant')]


def test_text_in_the_blocks_that_was_not_announced_is_found(composed, found):
    document = wrong(a_document(), "10.50亿吨")
    composition = composed(replace(document, shown=a_document().shown), languages=("zh-Hans",))
    assert found(composition) == [("GB553", 'found "10.50亿吨" for steel.output in zh-Hans')]


def test_year_filter_must_print_the_period(composed, found):
    document = a_document()
    shown = (*document.shown, replace(document.shown[0], filter="year", text="2023"))
    assert ("GB551", 'found "2023" for steel.output at steel.level-1 in zh-Hans: not 2024') in found(
        composed(replace(document, shown=shown), languages=("zh-Hans",))
    )
