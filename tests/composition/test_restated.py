"""The findings of two editions, one by one: new, gone, with other figures, reworded, of another class."""

import json
from types import SimpleNamespace

import pytest
from chapters_by_hand import a_document, a_finding

from greenbook.composition.restated import Kept, kept_findings, restated_blocks, since
from greenbook.composition.tree import plain
from greenbook.composition.words import Voice
from greenbook.documents.locale import read_words
from greenbook.project import HOUSE

THEN = {"level": "产量为10亿吨（见）", "share": "占比为5%（见和）", "cause": "产量下降",
        "gone": "价格为3元", "class": "或已达峰"}
NOW = {"level": "产量为11亿吨（见）", "share": "占比为5%（见）", "cause": "产量回落",
       "fresh": "库存增加", "class": "或已达峰"}


def manifest(findings):
    return {"findings": [{"id": f"steel.finding-{name}", "chapter": "steel", "strength": "A/yes",
                          "wording": a_finding().record.wording,
                          "text": {"zh-Hans": text, "en": text}, "values": []} for name, text in findings.items()]}


@pytest.fixture
def kept(tmp_path):
    (tmp_path / "interim.json").write_text(kept_findings(manifest(THEN)), "utf-8")
    strength = {"class": "B/partly"}
    findings = [a_finding(name=name, words=words, strength=strength.get(name, "A/yes")) for name, words in NOW.items()]
    book = SimpleNamespace(chapters=lambda language: iter([a_document(findings=findings)]))
    return since(tmp_path, "interim", book, "zh-Hans")


def test_each_finding_that_differs_is_told_with_what_changed(kept):
    assert {item.id.removeprefix("steel.finding-"): item.how for item in kept.restated} == {
        "level": "number", "cause": "words", "fresh": "new", "gone": "gone", "class": "class"}
    assert kept.same == 1 and kept.count("new", "gone") == 2


def test_table_prints_both_texts_without_empty_references(kept):
    (blocks,) = restated_blocks(kept, Voice("zh-Hans", read_words(HOUSE / "templates", "zh-Hans")))
    told = plain(blocks)
    assert "产量为10亿吨产量为11亿吨数值更新" in told and "价格为3元—不再列出" in told and "（见" not in told


def test_without_a_kept_edition_nothing_is_compared(tmp_path):
    book = SimpleNamespace(chapters=lambda language: iter([a_document()]))
    assert since(tmp_path, "interim", book, "en") == Kept() == since(None, "interim", book, "en")


def test_kept_file_has_a_line_a_finding():
    text = kept_findings(manifest(THEN))
    assert len(text.splitlines()) == len(THEN) + 2 and json.loads(text)[0]["id"] == "steel.finding-level"
