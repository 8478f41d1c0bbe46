"""Normalised SVG: the same chart, the same bytes, and nothing that a content-security policy would refuse.

matplotlib writes a `<style>` that would leak into the page, `style` attributes that
the policy blocks, ids that repeat from chart to chart, and a date.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
PLACES = 3
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
NUMERIC = frozenset(
    (
        "d",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "width",
        "height",
        "points",
        "transform",
        "viewBox",
        "stroke-width",
        "stroke-dasharray",
        "stroke-dashoffset",
        "font-size",
        "opacity",
        "fill-opacity",
        "stroke-opacity",
    )
)
# what the removed <style>*{…}</style> said, and presentation attributes inherit
INHERITED = {"stroke-linejoin": "round", "stroke-linecap": "butt"}

ElementTree.register_namespace("", SVG)


def normalised(svg: str, prefix: str) -> str:
    """`svg` of matplotlib without metadata, `<style>`, `style` attributes and unused ids; ids begin with `prefix`,
    numbers have three places, the size is in `viewBox`, and the root is an image for assistive technology."""
    root = ElementTree.fromstring(svg)
    _drop(root)
    used = _references(root, prefix)
    for element in root.iter():
        _attributes(element, used)
    shown = {name: value for name, value in root.attrib.items() if name not in ("width", "height", "version")}
    root.attrib.clear()
    root.attrib.update(sorted({**shown, **INHERITED, "role": "img"}.items()))
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _drop(element: ElementTree.Element) -> None:
    """Removes metadata, style sheets, comments, white space, and groups and definitions that are left empty."""
    element.text = (element.text or "").strip() or None
    element.tail = None
    for child in list(element):
        _drop(child)
        name = child.tag.removeprefix(f"{{{SVG}}}") if isinstance(child.tag, str) else ""
        if name in ("", "metadata", "style") or (name in ("g", "defs") and not len(child)):
            element.remove(child)


def _references(root: ElementTree.Element, prefix: str) -> dict[str, str]:
    """Old id → new id for the ids that something refers to, numbered in the order of the document."""
    text = " ".join(value for element in root.iter() for value in element.attrib.values() if "#" in value)
    wanted = set(re.findall(r"#([\w.-]+)", text))
    ids = [element.attrib["id"] for element in root.iter() if element.get("id") in wanted]
    return {name: f"{prefix}.{place}" for place, name in enumerate(dict.fromkeys(ids), 1)}


def _attributes(element: ElementTree.Element, used: dict[str, str]) -> None:
    found: dict[str, str] = {}
    for name, value in element.attrib.items():
        if name == "style":
            found.update(_presentation(value))
        elif name == "id":
            if value in used:
                found["id"] = used[value]
        elif name == f"{{{XLINK}}}href":
            found["href"] = f"#{used[value[1:]]}"
        elif name == "clip-path":
            found[name] = f"url(#{used[value[5:-1]]})"
        elif not (name == "transform" and value.startswith("rotate(-0 ")):
            found[name] = value
    element.attrib.clear()
    element.attrib.update(
        {name: _rounded(value) if name in NUMERIC else value for name, value in sorted(found.items())}
    )


def _presentation(style: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in style.split(";") if declaration.strip())
    return {
        name.strip(): value.strip().removesuffix("px") if name.strip() == "font-size" else value.strip()
        for name, _, value in pairs
    }


def _rounded(value: str) -> str:
    def place(match: re.Match[str]) -> str:
        text = f"{float(match[0]):.{PLACES}f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text

    return NUMBER.sub(place, " ".join(value.split()))
