"""tokens.yml: every role complete, colours legible, no hex value in a module."""

import re
from pathlib import Path

import pytest

from greenbook.style.fonts import ROLES, SHIPPED, changed_faces, face, faces
from greenbook.style.tokens import tokens

ROOT = Path(__file__).parents[2]
PARTS = {
    "general": "#000000",
    "traditional": "#D55E00",
    "green": "#009E73",
    "emerging": "#0072B2",
    "support": "#CC79A7",
}


def opened(item):
    from fontTools.ttLib import TTFont

    return TTFont(item.path, lazy=True, fontNumber=item.index if item.path.suffix == ".ttc" else -1)


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_parts_have_the_colours_and_cues_of_the_brief():
    assert {part: tokens().colour(part) for part in PARTS} == PARTS
    assert len(set(tokens().cues["parts"].values())) == 5


def test_every_colour_has_a_light_and_a_dark_value():
    for role, themes in tokens().colours.items():
        assert set(themes) == {"light", "dark"}, role
        assert all(re.fullmatch("#[0-9A-Fa-f]{6}", value) for value in themes.values()), role


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_and_words_stand_out_from_the_paper(theme):
    paper = tokens().colour("paper", theme)
    for role in ("text", "accent", "muted"):
        assert contrast(tokens().colour(role, theme), paper) >= 4.5, role
    for role in (*PARTS, "target", "other"):
        assert contrast(tokens().colour(role, theme), paper) >= 3.0, role


def test_two_series_never_share_both_line_and_marker():
    looks = [tokens().series(place) for place in range(5)]
    assert len({look[1:] for look in looks}) == 5 and len({look[0] for look in looks}) == 5


def test_unknown_role_names_those_there_are():
    with pytest.raises(KeyError, match="accent"):
        tokens().colour("chartreuse")


def test_no_module_or_notebook_holds_a_hex_colour():
    sources = [
        *(ROOT / "src/greenbook/style").glob("*.py"),
        *(ROOT / "src/greenbook/authoring").glob("*.py"),
        *(ROOT / "notebooks").glob("*.ipynb"),
    ]
    found = [path.name for path in sources if re.search(r"[\"']#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))]
    assert found == []


def test_every_family_of_the_tokens_is_shipped_and_every_role_has_the_subscript():
    for role, languages in faces().items():
        for language, held in languages.items():
            characters = set()
            for item in held:
                assert item.path.is_file() and item.sha256, (role, language)
                with opened(item) as font:
                    characters |= set(font.getBestCmap())
            assert {ord(character) for character in "₂⁻−峰A"} <= characters, (role, language)
    assert set(faces()) == set(ROLES)


def test_collection_index_is_the_family_it_says():
    for family in SHIPPED:
        with opened(face(family)) as font:
            assert font["name"].getDebugName(1) == family.removesuffix(" Italic")


def test_faces_are_those_written_down():
    assert changed_faces() == ()
