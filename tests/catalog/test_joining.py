"""From a record's key to what is printed about it."""

import dataclasses
import datetime

import pytest

from greenbook.catalog.citing import source_words
from greenbook.catalog.joining import describe_input

DATE = datetime.date(2025, 6, 30)


def test_observation_is_described_with_its_source_and_place(book):
    view = book.read().at(DATE)
    assert describe_input(view, "crude_steel_output|CN|2022|||2023-01-31|bcfc4f44") == {
        "kind": "observation", "indicator": "crude_steel_output",
        "label": {"zh-Hans": "粗钢产量", "en": "Crude steel output"}, "region": "CN", "year": 2022, "value": 1018.0,
        "unit": "Mt", "status": "final", "bound": "", "as_at": "", "vintage": "", "released": "2023-01-31",
        "estimated": True, "note": "", "source": "NBS",
        "issuer": {"zh-Hans": "国家统计局", "en": "National Bureau of Statistics of China"},
        "issuer_short": {"zh-Hans": "国家统计局", "en": "NBS"},
        "release": {"zh-Hans": "主要产品产量", "en": "Output of main products"},
        "printed": {"zh-Hans": "国家统计局：主要产品产量，2025年1月21日发布",
                    "en": "National Bureau of Statistics of China, Output of main products, 21 January 2025"},
        "verified": False, "file": "data/observations/steel.csv", "line": 2,
    }


def test_target_is_described_with_its_document_and_place(book):
    found = describe_input(book.read().at(DATE), "target:steel_cap_2025")
    assert (found["kind"], found["policy"], found["value"], found["unit"], found["year"], found["bound"]) == (
        "target", "steel_plan_2024", 10.0, "亿吨", 2025, "at_most")
    assert found["printed"]["zh-Hans"] == "国家发展和改革委员会《钢铁行业节能降碳专项行动计划》，2024年6月发布"
    assert (found["file"], found["line"]) == ("data/targets.csv", 2)


def test_policy_count_and_simulation_are_described(book):
    view = book.read().at(DATE)
    assert describe_input(view, "policy:steel_plan_2024")["label"]["en"] == "Action plan for steel"
    assert describe_input(view, "count:policies") == {"kind": "count", "id": "policies"}
    assert describe_input(view, "simulation:weights") == {"kind": "simulation", "id": "weights"}
    assert describe_input(view, "assumption:ceiling=62.5 %") == {
        "kind": "assumption", "id": "ceiling", "value": 62.5, "unit": "%"}


@pytest.mark.parametrize("key", ["target:none", "policy:none", "crude_steel_output|CN|2022|||2023-01-31|00000000"])
def test_key_of_nothing_is_refused(book, key):
    with pytest.raises(KeyError):
        describe_input(book.read().at(DATE), key)


def test_input_not_public_by_the_date_is_refused(book):
    catalog = book.read()
    key = next(row.key for row in catalog.observations if row.vintage)
    assert describe_input(catalog.at(datetime.date(2025, 12, 31)), key)["value"] == 1005.1
    with pytest.raises(KeyError):
        describe_input(catalog.at(DATE), key)


@pytest.mark.parametrize(("changes", "zh", "en"), [
    ({}, "国家统计局：主要产品产量，2025年1月21日发布",
     "National Bureau of Statistics of China, Output of main products, 21 January 2025"),
    ({"body": None}, "转引：主要产品产量，2025年1月21日发布", "as reported: Output of main products, 21 January 2025"),
    ({"title_is_original": True}, "国家统计局《主要产品产量》，2025年1月21日发布",
     "National Bureau of Statistics of China, Output of main products, 21 January 2025"),
    ({"title_is_original": True, "release_zh": "《中国统计》2025年"}, "国家统计局《中国统计》2025年，2025年1月21日发布",
     "National Bureau of Statistics of China, Output of main products, 21 January 2025"),
    ({"published_precision": "month"}, "国家统计局：主要产品产量，2025年1月发布",
     "National Bureau of Statistics of China, Output of main products, January 2025"),
    ({"published": "2025", "published_precision": "year"}, "国家统计局：主要产品产量，2025年发布",
     "National Bureau of Statistics of China, Output of main products, 2025"),
])
def test_source_is_printed_by_issuer_release_and_known_date(book, changes, zh, en):
    source = dataclasses.replace(book.read().sources["NBS"], **changes)
    assert (source_words(source, "zh-Hans"), source_words(source, "en")) == (zh, en)


def test_short_source_takes_the_short_name(book):
    assert source_words(book.read().sources["NBS"], "en", short=True) == "NBS, Output of main products, 21 January 2025"
