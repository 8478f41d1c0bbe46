"""Charts in the house style: shipped faces only, fixed sizes, normalised SVG."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from greenbook.style.drawing import MissingGlyphError, house_style, new_figure, svg_of
from greenbook.style.svg import normalised
from greenbook.style.tokens import tokens


def drawn(language="zh-Hans", prefix="steel.output", size="wide", title="峰值 CO₂ −3"):
    with house_style(language):
        figure, axes = new_figure(size)
        axes.plot([2020, 2021, 2022], [1, 2, -3], marker="o")
        axes.set_title(title)
        return svg_of(figure, prefix)


def test_drawing_twice_gives_the_same_bytes():
    assert drawn() == drawn()


def test_svg_holds_nothing_a_content_policy_refuses():
    svg = drawn()
    assert "style=" not in svg and "<style" not in svg and "metadata" not in svg and "<!DOCTYPE" not in svg
    assert "xlink" not in svg and "\n<" not in svg.strip()


def test_svg_root_is_an_image_sized_by_its_view_box():
    root = ElementTree.fromstring(drawn())
    assert root.get("role") == "img" and root.get("width") is None and root.get("height") is None
    width, height = map(float, root.get("viewBox").split()[2:])
    assert width == pytest.approx(165 / 25.4 * 72, abs=0.01) and height == pytest.approx(88 / 25.4 * 72, abs=0.01)


def test_svg_ids_are_prefixed_and_all_referred_to():
    svg = drawn()
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert ids and all(name.startswith("steel.output.") for name in ids) and len(set(ids)) == len(ids)
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)) == set(ids)


def test_svg_numbers_have_three_places_and_text_stays_text():
    svg = drawn()
    assert not re.search(r'(?<=[" ])-?\d+\.\d{4,}', svg)
    assert ">峰值 CO₂ −3<" in svg and ">−3<" in svg


def test_svg_names_shipped_families_only():
    families = set(re.findall(r'font-family="([^"]+)"', drawn())) | set(
        re.findall(r'font-family="([^"]+)"', drawn("en"))
    )
    named = {name.strip(" '") for line in families for name in line.split(",")}
    assert named == {"Noto Sans SC", "Noto Sans"}


def test_traditional_drawing_is_the_simplified_one_with_its_face_and_words_exchanged():
    with house_style("zh-Hant"):
        figure, axes = new_figure("wide")
        axes.plot([2020, 2021, 2022], [1, 2, -3], marker="o")
        axes.set_title("鋼鐵產量")
        real = svg_of(figure, "steel.output")
    derived = drawn(title="钢铁产量").replace("钢铁产量", "鋼鐵產量").replace("Noto Sans SC", "Noto Sans TC")
    assert derived == real


def test_missing_glyph_names_the_character():
    with pytest.raises(MissingGlyphError, match=r"U\+13000"):
        drawn(title="\U00013000")


@pytest.mark.parametrize("words", [{"fontfamily": "Arial"}, {"fontweight": "bold"}])
def test_missing_face_is_told_every_time(words):
    for _ in range(2):
        with pytest.raises(MissingGlyphError, match="face"), house_style("en"):
            figure, axes = new_figure("narrow")
            axes.set_title("x", **words)
            svg_of(figure, "x")


def test_smallest_words_are_seven_points_in_print():
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', drawn())) >= 7
    assert tokens().size("chart_small") - 0.5 >= 7


def test_year_axis_has_whole_years():
    assert re.findall(r">(20\d\d(?:\.\d)?)<", drawn()) == ["2020", "2021", "2022"]


def test_narrow_and_panels_have_their_widths():
    assert 'viewBox="0 0 226.772 ' in drawn(size="narrow")
    with house_style("en"):
        figure, axes = new_figure("wide", (2, 3))
        assert axes.shape == (2, 3) and 'viewBox="0 0 467.717 ' in svg_of(figure, "x")


def test_normalising_is_stable():
    once = drawn()
    assert normalised(once, "steel.output") == once
