"""Web fonts: what is cut, what is written, what is missing."""

from __future__ import annotations

import io

import pytest

from greenbook.errors import EnvironmentMissing
from greenbook.publishing.glyphs import roles_of
from greenbook.publishing.typefaces import stack
from greenbook.publishing.webfonts import check, font_css, web_fonts


def cut(tmp_path, text="2024年CO₂排放下降1.7%。“峰值”", language="zh-Hans"):
    characters = frozenset(text)
    return web_fonts({"steel": {"serif": characters, "bold": frozenset("峰值")}}, language, tmp_path, quality=5)


def test_cut_faces_open_as_woff2_and_hold_the_characters(tmp_path):
    from fontTools.ttLib import TTFont

    held = set()
    for font in cut(tmp_path):
        face = TTFont(io.BytesIO(font.data))
        assert face.flavor == "woff2"
        assert len(face.getGlyphOrder()) < 80
        held |= {chr(point) for point in face.getBestCmap()}
    assert set("2024年CO₂排放下降1.7%。“峰值”") <= held


def test_quotation_marks_of_chinese_text_come_from_the_chinese_face(tmp_path):
    fonts = {font.face.family: font for font in cut(tmp_path) if font.face.weight != "700"}
    assert "“" in fonts["Noto Serif SC"].characters and "“" not in fonts["Source Serif 4"].characters


def test_heavy_face_is_static_and_holds_headings_only(tmp_path):
    from fontTools.ttLib import TTFont

    heavy = next(font for font in cut(tmp_path) if font.face.weight == "700")
    face = TTFont(io.BytesIO(heavy.data))
    assert heavy.characters == frozenset("峰值") and "fvar" not in face and face["OS/2"].usWeightClass == 700


def test_second_cut_of_the_same_characters_comes_from_the_cache(tmp_path):
    first = cut(tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert cut(tmp_path) == first and {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == stamps


def test_style_sheet_has_the_regular_face_in_reserve_under_the_heavy_one(tmp_path):
    fonts = cut(tmp_path)
    css = font_css(fonts, {font.file: f'"{font.file}"' for font in fonts})
    heavy = [rule for rule in css.splitlines() if "font-weight:700" in rule]
    assert len(heavy) == 2 and "noto-sans-sc-400.woff2" in heavy[0] and "unicode-range:U+503C,U+5CF0" in heavy[1]


def test_simplified_character_in_the_traditional_edition_is_named():
    with pytest.raises(EnvironmentMissing, match=r"steel:zh-Hant: GB711: found 产 \(U\+4EA7\)"):
        check({"steel": {"serif": frozenset("粗鋼产量")}}, "zh-Hant")


def test_roles_of_a_page_tell_heading_table_and_prose_apart():
    roles = roles_of('<html lang="zh-CN"><h2>题</h2><p>文<em>重</em></p><table><td>表</td></table>'
                     "<svg><text>图</text></svg>")
    assert roles["bold"] == {"题"} and {"文", "重"} <= roles["serif"]
    assert {"表", "图", "题"} <= roles["sans"] and "表" not in roles["serif"]


def test_name_of_another_language_asks_for_that_language_s_face():
    roles = roles_of('<html lang="zh-TW"><nav><a lang="zh-CN">简</a>繁</nav>')
    assert roles["zh-Hans"] == {"简"} and roles["sans"] == {"繁"}


def test_stack_of_a_role_follows_the_house_style():
    assert [face.family for face in stack("serif", "zh-Hant")] == ["Source Serif 4", "Noto Serif TC", "Noto Sans"]
