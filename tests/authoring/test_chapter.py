"""The six verbs, run as a kernel in a build runs them."""

import json

import pytest

from greenbook import average_rate, count, growth, level_table
from greenbook.authoring.chapter import open_chapter
from greenbook.authoring.mistakes import AuthoringError
from greenbook.records import CaseRecord, FindingRecord, LoadRecord, OpeningRecord, Refusal, ValueRecord

CHANGES = {"zh": "修订", "en": "a revision"}


def refused(code, word=""):
    return pytest.raises(AuthoringError, match=rf"^{code}: found .*{word}")


def test_opening_and_loading_leave_their_records(chapter, records):
    chapter.load("steel")
    chapter.load("later")
    assert records() == [
        OpeningRecord("steel", "full-2025", "2025-12-14"),
        LoadRecord("steel", False, ("t2026",)),
        LoadRecord("later", True),
    ]


def test_in_a_build_an_output_holds_the_record_and_nothing_else(chapter, shown):
    chapter.value("latest", chapter.load("steel").latest)
    assert [list(bundle) for bundle in shown] == [
        [f"application/vnd.greenbook.{kind}+json"] for kind in ("opening", "load", "value")
    ]


def test_in_plain_jupyter_there_is_something_to_look_at(chapter, shown, monkeypatch):
    monkeypatch.delenv("GREENBOOK_SLICES")
    held = chapter.load("steel")
    assert {"text/plain", "text/html"} <= set(shown[-1])

    @chapter.figure("output", uses=[held])
    def draw(ax, label):
        ax.plot(held.years, label.values(held))

    assert shown[-1]["image/png"].startswith("iVBOR")


def test_edition_of_the_notebook_must_be_that_of_the_build(slices, shown):
    with refused("GB471", "interim"):
        open_chapter("steel", "interim-2025-06")
    assert open_chapter("steel", "full-2025").opening.as_of == "2025-12-14"


def test_without_a_project_opening_says_so(tmp_path, monkeypatch):
    monkeypatch.delenv("GREENBOOK_SLICES", raising=False)
    monkeypatch.chdir(tmp_path)
    with refused("GB470"):
        open_chapter("steel")


def test_unknown_indicator_is_answered_with_the_near_name(chapter):
    with pytest.raises(AuthoringError, match="write cement"):
        chapter.load("cemnt")


def test_value_travels_with_lineage(chapter, records):
    held = chapter.load("steel")
    chapter.value("output_latest", held.latest)
    chapter.value("output_growth", growth(held))
    latest, change = records()[-2:]
    assert (
        isinstance(latest, ValueRecord)
        and latest.name == "output_latest"
        and latest.scope["en"] == "above designated size"
    )
    assert change.form == "growth" and len(change.inputs) == 2 and change.formula.startswith("steel[2024]")


def test_absent_value_is_a_record_with_its_reason(chapter, records):
    chapter.value("output_growth", growth(chapter.load("cement"), 2020, 2016))
    record = records()[-1]
    assert record.value is None and record.refusal.method == "G1" and "2018" in record.refusal.reason["en"]


def test_value_may_be_shown_in_other_units(chapter, records):
    chapter.value("output_latest", chapter.load("steel").latest, show={"zh": "万吨@0", "en": "Mt@1"})
    assert records()[-1].show == {"zh-Hans": "万吨@0", "en": "Mt@1"}
    with refused("GB478", "GW"):
        chapter.value("output_other", chapter.load("steel").latest, show={"zh": "GW@0", "en": "GW@0"})


@pytest.mark.parametrize("thing", [3.0, 3, "3", None])
def test_bare_number_is_no_value(chapter, thing):
    with refused("GB478", "bare"):
        chapter.value("output", thing)


def test_name_given_twice_names_both_lines(chapter):
    held = chapter.load("steel")
    chapter.value("output_latest", held.latest)
    with pytest.raises(AuthoringError) as error:
        chapter.value("output_latest", held.highest)
    assert "held.latest" in str(error.value) and "held.highest" in str(error.value)


def test_value_and_figure_may_share_a_name(chapter):
    held = chapter.load("steel")
    chapter.value("output", held.latest)
    chapter.table("output", level_table(held))


@pytest.mark.parametrize("name", ["output-latest", "Output", "2024", "", "a b"])
def test_value_name_must_be_a_name_of_prose(chapter, name):
    with refused("GB472"):
        chapter.value(name, chapter.load("steel").latest)


def test_count_is_a_value(chapter, records):
    found = chapter.load("policies").of(kind="document")
    chapter.value(
        "policies", count(found, "policies", {"zh": "政策", "en": "policies"}, counter={"zh": "项", "en": ""})
    )
    assert records()[-1].value == 1 and records()[-1].inputs == ("count:policies",)
    assert (
        count(found, "policies", {"zh": "政策", "en": "policies"}, counter={"zh": "项", "en": "policies"}).text(
            "zh-Hans"
        )
        == "1项"
    )


def test_policy_has_a_day_that_prints_itself(chapter):
    law, plan = chapter.load("policies").named("law"), chapter.load("policies").named("plan")
    assert plan.day.text("zh-Hans") == "2024年5月29日" and law.day.text("en") == "April 2025"
    assert plan.day.record("x").inputs == ("policy:plan",) and plan.day.year == 2024


def test_policy_of_no_edition_is_told_from_one_that_is_not_public_yet(chapter):
    held = chapter.load("policies")
    assert [policy.id for policy in held.of(ids=["plan", "plan_2026"])] == ["plan"]
    for ask in (lambda: held.of(ids=["plan", "plan_2025"]), lambda: held.of(kind="document").named("plan_2025")):
        with refused("GB474", "write plan_2026"):
            ask()
    with refused("GB474", "not public"):
        held.named("plan_2026")


def test_finding_travels_with_its_values_and_figure(chapter, records):
    held = chapter.load("steel")
    latest = held.latest
    chapter.value("output_latest", latest)
    chapter.finding(
        "peak", values=[latest, "output_latest"], figure="output", strength="A/yes", wording="fact", changes=CHANGES
    )
    assert records()[-1] == FindingRecord(
        "peak", ("output_latest",), "output", "A/yes", "fact", {"zh-Hans": "修订", "en": "a revision"}
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"strength": "A"}, "GB475"),
        ({"strength": "D/yes"}, "GB475"),
        ({"wording": "causal"}, "GB476"),
        ({"changes": None}, "GB490"),
        ({"values": ["other"]}, "GB491"),
        ({"wording": "trend", "values": ["share_latest"]}, "GB477"),
    ],
)
def test_finding_that_claims_too_much_is_refused(chapter, words, code):
    chapter.value("share_latest", chapter.load("share").at(2022))
    chapter.value("output_latest", chapter.load("steel").latest)
    with refused(code):
        chapter.finding("peak", **{"values": ["output_latest"], "strength": "A/yes", "changes": CHANGES, **words})


def test_trend_that_the_last_point_alone_makes_is_refused():
    from greenbook.authoring.claims import bears_a_trend
    from series_by_hand import series

    assert bears_a_trend(series({2019: 1, 2020: 2, 2021: 3, 2022: 4, 2023: 5}))
    assert not bears_a_trend(series({2019: 3, 2020: 2, 2021: 3, 2022: 2, 2023: 5}))
    assert not bears_a_trend(
        series({2019: 1, 2020: 2, 2021: 3, 2022: 4, 2023: 5}, breaks=[{"year": 2021, "reason": {"zh-Hans": "x"}}])
    )


def test_case_must_be_one_of_the_catalog(chapter, records):
    chapter.case("works")
    assert records()[-1] == CaseRecord("works")
    with refused("GB474", "park"):
        chapter.case("park")


def test_table_without_rows_leaves_its_refusals(chapter, records):
    chapter.table("level", level_table(chapter.load("later")))
    assert not any(type(record).__name__ == "TableRecord" for record in records())


def test_figure_of_nothing_leaves_the_reasons_and_is_not_drawn(chapter, records):
    series = chapter.load("steel").index(1990)

    @chapter.figure("index", uses=[series])
    def draw(ax, label):
        raise AssertionError("drawn")

    assert isinstance(records()[-1], Refusal) and records()[-1].method == "G3"


def test_two_runs_give_the_same_records(slices, shown):
    for _ in range(2):
        chapter = open_chapter("steel")
        held = chapter.load("steel")
        chapter.value("output_growth", growth(held))
        chapter.value("average", average_rate(held, 2015, 2020))

        @chapter.figure("output", uses=[held])
        def draw(ax, label, held=held):
            ax.plot(held.years, label.values(held))

    half = len(shown) // 2
    assert json.dumps(shown[:half]) == json.dumps(shown[half:])
