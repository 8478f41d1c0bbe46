"""RV-28: signs between numbers in Chinese, and one quantity in the units of each language."""

import dataclasses

import pytest
from chapters_by_hand import UNITS, a_document, a_value, par, text

from greenbook.composition.reread import unreadable
from greenbook.composition.signs import misjoined

POWER = a_value(value=3600.0, unit="GW", show={"zh-Hans": "亿千瓦@0", "en": "GW@0"})


@pytest.mark.parametrize("words", [
    "2016—2020年", "63%～68%", "见图3-1", "表3-12", "2024-05-23", "ISO 14064-1:2018", "GB/T 7714—2015", "PM2.5",
    "发改环资〔2024〕730号", "2016年的63%", "到2020年升至68%"])
def test_rv_28_signs_of_the_house_are_accepted(words):
    assert list(misjoined(words)) == []


@pytest.mark.parametrize(("words", "found", "instead"), [
    ("2016-2020年增长", "2016-2020", "2016—2020"), ("2016–2020年", "2016–2020", "2016—2020"),
    ("2016～2020年", "2016～2020", "2016—2020"), ("占63-68%", "63-68%", "63%～68%"),
    ("占63%—68%", "63%—68%", "63%～68%"),
    ("占63～68%", "63～68%", "63%～68%"), ("见图3—1", "图3—1", "图3-1"), ("表3–12", "表3–12", "表3-12")])
def test_rv_28_other_signs_are_refused_with_what_to_write(words, found, instead):
    ((wrong, _, right),) = misjoined(words)
    assert (wrong, right) == (found, instead)


def test_rv_28_a_wrong_sign_in_a_chapter_is_a_problem_of_its_paragraph(composed):
    composition = composed(a_document(blocks=[par("steel.use-1", text("占63-68%"))]), languages=("zh-Hans",))
    assert [str(problem) for problem in composition.problems if problem.code == "GB549"] == [
        'notebooks/steel.ipynb:steel.use-1: GB549: found "63-68%"; expected ～ between per cents, each with its sign; '
        "write 63%～68%"]


@pytest.mark.parametrize(("words", "language", "unit"), [
    ("36亿千瓦", "zh-Hans", "亿千瓦@0"), ("3,600 GW", "en", "GW@0"), ("3.6 TW", "en", "TW@1")])
def test_rv_28_one_power_in_three_units_is_accepted(within, words, language, unit):
    units = {**{name: UNITS[name] for name in UNITS}, "TW": _terawatt()}
    record = a_value(value=3600.0, unit="GW", show={"zh-Hans": unit, "en": unit})
    assert unreadable(words, record, language, type(UNITS)(units), False) == ""
    number = float("".join(sign for sign in words if sign in "0123456789."))
    within("RV-28", float(type(UNITS)(units).convert(3600.0, "GW", unit.split("@")[0])), number)


def _terawatt():
    words = {"zh-Hans": "太瓦", "en": "TW"}
    return dataclasses.replace(UNITS["GW"], id="TW", factor=UNITS["GW"].factor * 1000, words=words)


@pytest.mark.parametrize("words", ["360 million kW", "360 GW", "36 GW", "3,600 MW", "36,000 GW"])
def test_rv_28_the_slip_of_the_machine_summary_is_refused(words):
    assert unreadable(words, POWER, "en", UNITS, False)
