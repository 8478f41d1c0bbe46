"""An SVG that needs no font: each text becomes the outlines of its glyphs, cut by HarfBuzz from the shipped faces.

A picture opened alone, or in another program, then looks as on the page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.publishing.typefaces import WebFace, covered, stack

SVG = "http://www.w3.org/2000/svg"
KEPT = ("transform", "fill", "fill-opacity", "stroke", "opacity", "id")
ANCHORS = {"middle": 0.5, "end": 1.0}
_NUMBER = re.compile(r"-?[\d.]+")

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def outlined(svg: str, language: str) -> str:
    """`svg` with every `<text>` replaced by paths.

    Raises EnvironmentMissing for a character that none of the language's faces has.
    """
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == f"{{{SVG}}}text":
                parent[place] = _group(child, language)
    return ElementTree.tostring(root, encoding="unicode")


def _group(text: ElementTree.Element, language: str) -> ElementTree.Element:
    group = ElementTree.Element(f"{{{SVG}}}g", {name: value for name in KEPT if (value := text.get(name))})
    group.tail = text.tail
    for words, size, weight, x, y, anchor in _runs(text):
        outline, width = _outline(words, language, weight >= 600)
        x -= ANCHORS.get(anchor, 0.0) * width * size
        scale = _short(size / 1000)
        ElementTree.SubElement(group, f"{{{SVG}}}path", {
            "transform": f"translate({_short(x)} {_short(y)}) scale({scale} -{scale})", "d": outline})
    return group


def _runs(text: ElementTree.Element) -> Iterator[tuple[str, float, int, float, float, str]]:
    """The pieces of a text: words, size, weight, place, anchor; a tspan (of a formula) has its own."""
    if text.text and text.text.strip():
        yield text.text.strip("\n"), *_type(text, text)
    for span in text.iter(f"{{{SVG}}}tspan"):
        if span.text and span.text.strip():
            yield span.text, *_type(span, text)


def _type(piece: ElementTree.Element, text: ElementTree.Element) -> tuple[float, int, float, float, str]:
    def of(name: str, otherwise: str) -> str:
        return piece.get(name) or text.get(name) or otherwise

    weight = {"bold": "700", "normal": "400"}.get(of("font-weight", "400"), of("font-weight", "400"))
    x, y = (float(_NUMBER.findall(of(axis, "0"))[0]) for axis in "xy")
    return float(_NUMBER.findall(of("font-size", "10"))[0]), int(weight), x, y, of("text-anchor", "start")


@functools.lru_cache(maxsize=4096)
def _outline(words: str, language: str, bold: bool) -> tuple[str, float]:
    """Path data of `words`, 1000 units an em, and their width in ems."""
    drawn, pen = [], 0.0
    for character in words:
        data, advance = _glyph(_face(character, language, bold), character)
        if data:
            drawn.append(_moved(data, pen))
        pen += advance
    return "".join(drawn), pen / 1000


def _face(character: str, language: str, bold: bool) -> WebFace:
    for face in stack("bold" if bold else "sans", language):
        if ord(character) in covered(face.path, face.index):
            return face
    raise EnvironmentMissing([Problem("charts", language, "GB711", f"found {character} (U+{ord(character):04X})",
                                      "a character of the shipped faces", "write another character")])


@functools.lru_cache(maxsize=8192)
def _glyph(face: WebFace, character: str) -> tuple[tuple[tuple[str, tuple[float, ...]], ...], float]:
    """The outline of one glyph as (command, coordinates), 1000 units an em, and its advance."""
    font = _font(face.path, face.index, face.pins.get("wght") if isinstance(face.pins.get("wght"), int) else None)
    glyph = font.get_nominal_glyph(ord(character))
    pen = _Pen()
    font.draw_glyph_with_pen(glyph, pen)
    return tuple(pen.drawn), font.get_glyph_h_advance(glyph)


@functools.cache
def _font(path: Path, index: int, weight: int | None):
    import uharfbuzz as hb

    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path)), index))
    font.scale = (1000, 1000)
    if weight:
        font.set_variations({"wght": weight})
    return font


class _Pen:
    """Takes what HarfBuzz draws, in the form of fontTools' pens."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, tuple[float, ...]]] = []

    def moveTo(self, point):  # noqa: N802 — the names are the protocol's
        self.drawn.append(("M", point))

    def lineTo(self, point):  # noqa: N802 — as above
        self.drawn.append(("L", point))

    def qCurveTo(self, *points):  # noqa: N802 — as above
        self.drawn.append(("Q", tuple(number for point in points for number in point)))

    def curveTo(self, *points):  # noqa: N802 — as above
        self.drawn.append(("C", tuple(number for point in points for number in point)))

    def closePath(self):  # noqa: N802 — as above
        self.drawn.append(("Z", ()))


def _moved(drawn: tuple[tuple[str, tuple[float, ...]], ...], pen: float) -> str:
    return "".join(
        command + " ".join(_short(number + (pen if place % 2 == 0 else 0)) for place, number in enumerate(numbers))
        for command, numbers in drawn
    )


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"
