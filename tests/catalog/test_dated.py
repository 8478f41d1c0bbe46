"""What an indicator says of itself is held to the edition's date as its figures are."""

import datetime

from greenbook.catalog.dated import MIXED, as_known
from greenbook.catalog.entries import Break, IndicatorEntry, Observation

LATER = {"zh-Hans": "2025年起统计接口数", "en": "from 2025 connectors are counted"}
EARLIER = {"zh-Hans": "2020年为修订数", "en": "2020 is revised"}


def entry(**words):
    return IndicatorEntry("chargers", "nev", {"zh-Hans": "充电桩", "en": "Chargers"}, "Mt", {}, "stock", **words)


def row(year, released):
    return Observation("chargers", "CN", year, 1.0, "final", "", "", "", "S", datetime.date.fromisoformat(released),
                       False, "", "data/observations/nev.csv", 2, f"chargers|CN|{year}")


ROWS = (row(2024, "2025-01-31"), row(2025, "2026-01-31"))
FULL, REVIEW = datetime.date(2025, 12, 14), datetime.date(2026, 6, 30)


def test_note_on_a_year_whose_figure_is_not_public_is_left_out():
    assert as_known(entry(note=LATER), ROWS, FULL).note == {}
    assert as_known(entry(note=LATER), ROWS, REVIEW).note == LATER


def test_note_on_a_year_that_is_over_stays():
    assert as_known(entry(note=EARLIER), ROWS, FULL).note == EARLIER


def test_indicator_without_a_public_figure_keeps_no_note():
    assert as_known(entry(note=EARLIER), ROWS, datetime.date(2024, 6, 30)).note == {}


def test_reason_for_points_only_is_said_in_general_words_rather_than_lost():
    assert as_known(entry(points_only=LATER), ROWS, FULL).points_only == MIXED
    assert as_known(entry(points_only=LATER), ROWS, REVIEW).points_only == LATER


def test_break_of_a_year_to_come_is_unknown():
    cuts = (Break(2018, EARLIER), Break(2025, {"zh-Hans": "口径变化", "en": "scope changed"}))
    assert [cut.year for cut in as_known(entry(breaks=cuts), ROWS, FULL).breaks] == [2018]
    assert [cut.year for cut in as_known(entry(breaks=cuts), ROWS, REVIEW).breaks] == [2018, 2025]
