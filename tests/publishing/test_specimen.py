"""The specimen book holds every element once: its pages are those of the golden pictures, byte for byte.

A picture that differs is written aside and named with its place. Where the change is meant, look at it, run
`.venv/bin/python tests/specimen.py`, and commit the pictures alone.
"""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from building import ROOT
from specimen import GOLDEN, composed, pictures

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
ASIDE = ROOT / "_build" / "golden"


@pytest.fixture(scope="module")
def specimen(tmp_path_factory):
    return composed(tmp_path_factory.mktemp("specimen") / "book")


def where(old: bytes, new: bytes) -> str:
    """How much of a page differs, and in which box, in pixels from the top left."""
    before, after = (Image.open(io.BytesIO(data)).convert("RGB") for data in (old, new))
    if before.size != after.size:
        return f"size {before.size} → {after.size}"
    changed = ImageChops.difference(before, after).convert("L").point(lambda value: 255 if value else 0)
    share = changed.histogram()[255] / (changed.width * changed.height)
    return f"{share:.1%} of the page, within {changed.getbbox()}"


def differing(language: str, made: dict[str, bytes], folder=None) -> list[str]:
    """A line for each picture that is not the golden one; the new picture is written aside."""
    found = []
    for name, picture in made.items():
        path = GOLDEN / language / f"{name}.png"
        old = path.read_bytes() if path.exists() else b""
        if old != picture:
            aside = (folder or ASIDE) / language / path.name
            aside.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(picture)
            found.append(f"{language} {name}: {where(old, picture) if old else 'no golden picture'}; see {aside}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_those_of_the_golden_pictures(specimen, language, tmp_path):
    made = pictures(specimen, language, tmp_path / "laid out")
    assert differing(language, made) == []
    assert {path.stem for path in (GOLDEN / language).glob("*.png")} == made.keys() and len(made) >= 8


def test_a_changed_page_is_named_with_its_place_and_written_aside(tmp_path):
    picture = Image.open(GOLDEN / "en" / "cover.png").convert("RGB")
    picture.putpixel((20, 30), (255, 0, 0))
    changed = io.BytesIO()
    picture.save(changed, "PNG")
    line, = differing("en", {"cover": changed.getvalue()}, tmp_path)
    assert line.startswith("en cover: 0.0% of the page, within (20, 30, 21, 31)")
    assert (tmp_path / "en" / "cover.png").read_bytes() == changed.getvalue()
