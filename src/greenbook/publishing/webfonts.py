"""Web fonts of one language: each face cut to the characters that the whole site shows, as WOFF2, and cached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.publishing.kept import keep, makers, recall
from greenbook.publishing.typefaces import ROLES, WebFace, digest, slanted, stack, taken
from greenbook.publishing.woff2 import woff2

UPRIGHT = ("vhea", "vmtx", "VORG")
UNSEEN = frozenset("\n\t\r\u200b\u2060\ufeff\u00ad")


@dataclass(frozen=True)
class WebFont:
    """A cut face as it is published, and the characters it has."""

    face: WebFace
    data: bytes
    characters: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        return f"{self.face.name}.woff2"


def web_fonts(texts: Mapping[str, Mapping[str, frozenset[str]]], language: str, cache: Path,
              *, quality: int) -> tuple[WebFont, ...]:
    """The fonts that show `texts`: section → role (serif, sans, bold, italic) → characters.

    `quality` is Brotli's. Raises EnvironmentMissing naming character and section where no face has a glyph.
    """
    check(texts, language)
    wanted: dict[WebFace, set[str]] = {}
    everything = frozenset().union(*(texts[name][role] for name in texts for role in texts[name] if role in ROLES))
    for role in ROLES:
        shown = everything if role == "sans" else _shown(texts, role)
        _share(stack(role, language), language, shown - UNSEEN, wanted)
    _share((slanted(),), language, _shown(texts, "italic") - UNSEEN, wanted)
    for other in ("zh-Hans", "zh-Hant"):
        _share(stack("sans", other), other, _shown(texts, other) - UNSEEN, wanted)
    faces = sorted(wanted.items(), key=lambda item: item[0].name)
    return tuple(WebFont(face, _cut(face, characters, cache, quality), frozenset(characters))
                 for face, characters in faces if characters)


def _shown(texts: Mapping[str, Mapping[str, frozenset[str]]], role: str) -> frozenset[str]:
    return frozenset().union(*(roles.get(role, frozenset()) for roles in texts.values()))


def _share(faces: tuple[WebFace, ...], language: str, left: frozenset[str], wanted: dict[WebFace, set[str]]) -> None:
    """Gives each character to the first face that has it."""
    for face in faces:
        found = taken(face, language, left)
        wanted.setdefault(face, set()).update(found)
        left -= found


def check(texts: Mapping[str, Mapping[str, frozenset[str]]], language: str) -> None:
    """Raises EnvironmentMissing where a character has no glyph in the faces of its role, with its first section."""
    problems: dict[str, Problem] = {}
    for section, roles in sorted(texts.items()):
        for role in ROLES:
            left = roles.get(role, frozenset()) - UNSEEN
            for face in stack(role, language):
                left -= taken(face, language, left)
            for character in sorted(left):
                problems.setdefault(character, _missing(section, language, role, character))
    if problems:
        raise EnvironmentMissing(problems.values())


def _missing(section: str, language: str, role: str, character: str) -> Problem:
    families = ", ".join(face.family for face in stack(role, language))
    return Problem(section, language, "GB711", f"found {character} (U+{ord(character):04X})",
                   f"a character of {families}", "write another character, or add a face that has it")


def _cut(face: WebFace, characters: Iterable[str], cache: Path, quality: int) -> bytes:
    """`face` with the glyphs of `characters` alone, from the cache where it was cut before."""
    points = sorted(map(ord, characters))
    asked = (digest(face.path), face.index, sorted(face.pins.items()), quality, points)
    question = makers(("webfonts", "woff2"), ("uharfbuzz", "brotli")) + repr(asked)
    data = recall(cache, question)
    if data is None:
        data = woff2(_subset(face, points), quality)
        keep(cache, question, data)
    return data


def _subset(face: WebFace, points: list[int]) -> bytes:
    import uharfbuzz as hb

    whole = hb.Face(hb.Blob.from_file_path(str(face.path)), face.index)
    cut = hb.SubsetInput()
    cut.unicode_set.update(points)
    cut.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in UPRIGHT)
    cut.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DOWNGRADE_CFF2
    for axis, place in face.pins.items():
        if isinstance(place, tuple):
            cut.set_axis_range(whole, axis, *place)
        else:
            cut.pin_axis_location(whole, axis, place)
    return cut.subset(whole).blob.data


def font_css(fonts: Iterable[WebFont], source: Mapping[str, str], *, spare: bool = True, apart: bool = False) -> str:
    """The `@font-face` rules; `source` gives each file's address (a path, or a data URI).

    `apart` names the characters of each: the fonts of several languages then stand side by side under one family.

    A heavy Chinese face holds headings only. With `spare` its family has the regular face under the same weight
    too: a character met elsewhere (in a search hit) is then light, and never in a face of the reader's system.
    """
    fonts = tuple(fonts)
    plain = {font.face.family: font for font in fonts if font.face.weight == "400"}
    rules = []
    for font in fonts:
        face, ranges = font.face, f"unicode-range:{_ranges(font.characters)};" if apart else ""
        if spare and face.weight == "700" and face.family in plain:
            rules.append(_rule(face, source[plain[face.family].file], ""))
            ranges = f"unicode-range:{_ranges(font.characters)};"
        rules.append(_rule(face, source[font.file], ranges))
    return "".join(rules)


def _rule(face: WebFace, address: str, ranges: str) -> str:
    return (f'@font-face{{font-family:"{face.family}";font-style:{"italic" if face.italic else "normal"};'
            f"font-weight:{face.weight};font-display:swap;{ranges}src:url({address}) format(\"woff2\")}}\n")


def _ranges(characters: Iterable[str]) -> str:
    """Characters as the ranges of CSS: U+4E00-4E03,U+4E07."""
    spans: list[list[int]] = []
    for point in sorted(map(ord, characters)):
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in spans)
