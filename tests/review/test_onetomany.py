"""The list of characters with several traditional forms: what it holds, what it lacks, what contradicts it."""

import csv
import io

from greenbook.documents.traditional import Converter
from greenbook.project import HOUSE
from greenbook.review.onetomany import judged, listed, occurrences, read_cases

CONVERTER = Converter.of(HOUSE / "templates")
TEXTS = [("steel", "粗钢发展以后，皇后里程表"), ("pv", "发展干燥设备")]


def rows(found, before=()):
    return list(csv.DictReader(io.StringIO(listed(found, before))))


def test_every_occurrence_is_held_by_a_word_of_the_list():
    found = occurrences(TEXTS, CONVERTER)
    assert judged(rows(found), found) == ([], [])
    own = next(row for row in rows(found) if row["simplified"] == "发展")
    assert (own["traditional"], own["count"], own["chapters"], own["reviewed_by"]) == ("發展", "2", "pv steel", "")


def test_a_case_that_the_list_lacks_is_named():
    known = rows(occurrences(TEXTS, CONVERTER))
    assert judged(known, occurrences([("nev", "复核结果")], CONVERTER))[0] == ["复核"]


def test_a_conversion_against_a_decision_is_a_problem():
    known = [{"simplified": "煤制", "traditional": "煤製", "reviewed_by": ""}]
    plain = Converter()
    (problem,) = judged(known, occurrences([("petrochem", "煤制燃料")], plain))[1]
    assert str(problem) == ('templates/house/one-to-many.csv:煤制: GB597: found "煤制" for "煤制" in petrochem; '
                            'expected "煤製", as decided; add an override to templates/locale/traditional.yml')
    assert judged(known, occurrences([("petrochem", "煤制燃料")], CONVERTER))[1] == []


def test_signatures_are_kept_and_nobody_is_invented():
    found = occurrences(TEXTS, CONVERTER)
    signed = [{**row, "reviewed_by": "甲" if row["simplified"] == "发展" else ""} for row in rows(found)]
    assert [row["simplified"] for row in rows(found, signed) if row["reviewed_by"]] == ["发展"]
    assert {row["reviewed_by"] for row in read_cases(HOUSE / "templates")} == {""}


def test_words_that_conversion_gets_wrong_are_mended():
    assert CONVERTER.text("化学制品制造业，煤制燃料，更复杂的系列报告") == "化學製品製造業，煤製燃料，更複雜的系列報告"
