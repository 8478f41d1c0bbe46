"""zh-Hant: characters only, phrases over the cuts of markup, the house's overrides, the reviewer's list."""

import pytest
from chapters import SVG, a_figure, a_value, captioned, code, read, twins

from greenbook.documents import pandoc, tree
from greenbook.documents.locale import read_words, traditional_words
from greenbook.documents.traditional import ONE_TO_MANY, Converter, LengthChangedError, Reviewed
from greenbook.documents.wordlist import read_table
from greenbook.project import HOUSE

TEMPLATES = HOUSE / "templates"
HOUSE_CONVERTER = Converter.of(TEMPLATES)


def converted(markdown):
    blocks = HOUSE_CONVERTER.blocks(pandoc.parse(markdown)["blocks"])
    return tree.plain(blocks)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        # brief, 5.4
        ("干法水泥", "乾法水泥"),
        ("台账", "台賬"),
        ("减污降碳协同增效", "減污降碳協同增效"),
        ("机制纸及纸板", "機製紙及紙板"),
        ("信息、数据、质量、硅、优化、激光", "信息、數據、質量、硅、優化、激光"),
        ("“十四五”", "“十四五”"),
        # trial, 24
        ("里程碑", "里程碑"),
        ("达标准入", "達標准入"),
        ("标准入库", "標準入庫"),
        ("市场准入", "市場准入"),
        ("干法熄焦", "乾法熄焦"),
        ("复合材料", "複合材料"),
        # one-to-many characters in this book's own phrases
        ("增长发展", "增長發展"),
        ("污染发生", "污染發生"),
        ("印染发展", "印染發展"),
        ("保护发展", "保護發展"),
        ("若干个", "若干個"),
        ("头发", "頭髮"),
        ("余热余压", "餘熱餘壓"),
        ("关系、系统、联系", "關係、系統、聯繫"),
        ("机制、制造、制度", "機制、製造、制度"),
        ("以后、皇后", "以後、皇后"),
        ("面向、面粉", "面向、麵粉"),
        ("10.05亿吨", "10.05億噸"),
        ("恢复、重复", "恢復、重複"),
        ("局限", "局限"),
        ("折合", "折合"),
    ],
)
def test_phrase_is_converted_as_this_house_writes_it(simplified, traditional):
    assert HOUSE_CONVERTER.text(simplified) == traditional


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("里**程**碑", "里程碑"),
        ("干[法]{.value name=x}熄焦", "乾法熄焦"),
        ("*复*合材料", "複合材料"),
        ("达标[准](#x)入", "達標准入"),
        ("甲[^1]\n\n[^1]: 里*程*碑", "甲"),
        ("标准 入口", "標準 入口"),
    ],
)
def test_phrase_cut_by_markup_is_still_a_phrase(markdown, words):
    assert converted(markdown) == words


def test_ids_targets_code_and_formulas_stay():
    before = pandoc.parse("`标准`$标准$[标准](#标准){#标准} [值]{.value name=标准}")["blocks"]
    after = HOUSE_CONVERTER.blocks(before)
    nodes = {node["t"]: node.get("c") for node in tree.nodes(after)}
    assert nodes["Code"][1] == "标准" and nodes["Math"][1] == "标准"
    assert nodes["Link"] == [["标准", [], []], [{"t": "Str", "c": "標準"}], ["#标准", ""]]
    assert nodes["Span"][0][2] == [["name", "标准"]]


def test_blocks_given_stay_as_they_were():
    blocks = pandoc.parse("标准")["blocks"]
    HOUSE_CONVERTER.blocks(blocks)
    assert tree.plain(blocks) == "标准"


def test_words_in_tables_and_lists_convert():
    assert converted("- 标准\n\n> 机制\n\n甲\n:   面粉") == "標準\n機制\n甲\n麵粉"


def test_override_of_another_length_is_refused():
    with pytest.raises(LengthChangedError):
        Converter({"干法": "乾"})


def test_overrides_of_the_house_keep_length_and_change_something():
    table = read_table(TEMPLATES / "locale" / "traditional.yml")
    plain = Converter()
    assert all(len(phrase) == len(instead) for phrase, instead in table.items())
    same = [phrase for phrase, instead in table.items() if plain.text(phrase) == instead]
    # These are right by themselves and stand here for the phrases that they protect inside longer ones.
    assert all(phrase in "里程碑准入若干局限标准入" or phrase.startswith(("发", "干", "复", "制")) for phrase in same)


def test_review_lists_changed_one_to_many_characters_with_their_place():
    converter = Converter.of(TEMPLATES)
    converter.blocks(pandoc.parse("恢复里程碑")["blocks"], "steel.level-1")
    assert converter.review == [Reviewed("复", "復", "恢复里程碑", "恢復里程碑", "steel.level-1")]
    assert frozenset("干制系里后面发复余表准") == ONE_TO_MANY


def test_chapter_in_traditional_characters_keeps_ids_and_numbers(tmp_path):
    cells = (
        code(a_value()),
        *twins(
            "level", "## 规模 {#scale}\n\n产量{{ output_latest }}。", "## Scale {#scale}\n\nOutput {{ output_latest }}."
        ),
        *captioned(a_figure()),
    )
    reading = read(tmp_path, *cells)
    simplified, traditional = reading.documents["zh-Hans"], reading.documents["zh-Hant"]
    assert (traditional.language, traditional.title) == ("zh-Hant", "鋼鐵")
    assert tree.plain(traditional.blocks).startswith("規模\n產量10.05億噸。\n產量見頂")
    assert [item.name for item in traditional.shown] == [item.name for item in simplified.shown]
    assert traditional.blocks[0]["c"][1] == simplified.blocks[0]["c"][1]
    assert traditional.values == simplified.values and traditional.references == simplified.references
    assert {item.place for item in reading.review} == {"steel.fig-output"}


def test_drawing_changes_words_and_face_and_nothing_else(tmp_path):
    drawing = read(tmp_path, *captioned(a_figure())).documents["zh-Hant"].figures[0].svg
    assert drawing == SVG.replace("Noto Sans SC", "Noto Sans TC").replace("复合材料", "複合材料").replace(
        "粗钢产量", "粗鋼產量"
    )


def test_languages_asked_for_are_those_given_back(tmp_path):
    cells = twins("level", "甲", "one")
    assert list(read(tmp_path, *cells, languages=("zh-Hant",)).documents) == ["zh-Hant"]
    assert list(read(tmp_path, *cells, languages=("en",)).documents) == ["en"]


def test_interface_words_in_traditional_characters_are_the_conversion_of_the_simplified():
    checked_in = (TEMPLATES / "locale" / "zh-Hant.yml").read_text("utf-8")
    assert checked_in == traditional_words(TEMPLATES), "run: python -m greenbook.documents.locale templates"


def test_interface_words_have_the_same_keys_in_every_language():
    keys = {language: set(read_words(TEMPLATES, language)) for language in ("zh-Hans", "en", "zh-Hant")}
    assert keys["zh-Hans"] == keys["en"] == keys["zh-Hant"]
