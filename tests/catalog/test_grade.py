"""The evidence grade at a date."""

import dataclasses
import datetime

import pytest

from greenbook.catalog.entries import Break, IndicatorEntry, Observation, Source
from greenbook.catalog.grade import grade

ENTRY = IndicatorEntry("x", "steel", {}, "Mt", {}, "flow")
SOURCE = Source("S", "", "", "", False, "2025", "year", "official", "", "", False, "", "")


def rows(count, **changes):
    day = datetime.date(2025, 1, 1)
    base = Observation("x", "CN", 2000, 1.0, "final", "", "", "", "S", day, False, "", "f", 1, "k")
    return [dataclasses.replace(base, year=2010 + number, **changes) for number in range(count)]


def graded(entry, observations, kind="official"):
    return grade(entry, observations, {"S": dataclasses.replace(SOURCE, kind=kind)})


@pytest.mark.parametrize(("count", "kind", "expected"), [
    (10, "official", "A"), (10, "dataset", "A"), (9, "official", "B"), (10, "news", "B"), (10, "paper", "B"),
    (3, "news", "B"), (2, "official", "C"), (0, "official", "C"),
])
def test_grade_follows_length_and_source(count, kind, expected):
    assert graded(ENTRY, rows(count), kind) == expected


@pytest.mark.parametrize("changes", [
    {"breaks": (Break(2014, {}),)}, {"not_official": True}, {"points_only": {"zh-Hans": "点", "en": "points"}}])
def test_break_model_estimate_or_mixture_keeps_a_long_series_from_a(changes):
    assert graded(dataclasses.replace(ENTRY, **changes), rows(10)) == "B"


def test_vintages_are_comparable_only_in_a_series_of_first_published_values():
    mixed = rows(10)[:5] + rows(10, vintage="V2")[5:]
    assert graded(ENTRY, mixed) == "B"
    assert graded(dataclasses.replace(ENTRY, first_published={"zh-Hans": "首次", "en": "first"}), mixed) == "A"


@pytest.mark.parametrize("changes", [{"status": "projected"}, {"bound": "over"}])
def test_projections_and_bounds_are_no_numeric_points(changes):
    assert graded(ENTRY, rows(12, **changes)) == "C"


def test_regions_and_points_of_the_year_do_not_add_up():
    assert graded(ENTRY, rows(5) + rows(5, region="CN-BJ")) == "B"
    assert graded(ENTRY, [*rows(9), dataclasses.replace(rows(1)[0], year=2025, as_at="2025-09")]) == "B"
