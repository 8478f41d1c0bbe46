"""The faces of the web edition: the families of the house style by role, and how each is cut for the web.

A family list is tried from left to right for each character. In Chinese the quotation marks, dashes and dots that
both scripts share belong to the Chinese face, so the Latin subset of the body leaves them out.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from greenbook.style.fonts import face
from greenbook.style.tokens import tokens

SHARED_MARKS = frozenset("“”‘’—…·‧")
ROLES = {"serif": "body", "sans": "page", "bold": "page"}
BOLD = {"Noto Sans SC": "Noto Sans CJK SC", "Noto Sans TC": "Noto Sans CJK TC"}
PINS: dict[str, dict[str, float | tuple[float, float]]] = {
    "Source Serif 4": {"opsz": 14, "wght": (400, 700)},
    "Source Serif 4 Italic": {"opsz": 14, "wght": (400, 700)},
    "Noto Sans": {"wdth": 100, "wght": (400, 700)},
    "Noto Sans CJK SC": {"wght": 700},
    "Noto Sans CJK TC": {"wght": 700},
}


@dataclass(frozen=True)
class WebFace:
    """A face: family, weight and slant as the style sheet names them, its file, and where its axes are pinned."""

    family: str
    weight: str
    path: Path
    index: int = 0
    italic: bool = False
    pins: dict[str, float | tuple[float, float]] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """A name for its file: noto-serif-sc-400."""
        style = "-italic" if self.italic else ""
        return f"{self.family.lower().replace(' ', '-')}-{self.weight.replace(' ', '-')}{style}"


@functools.cache
def web_face(family: str, *, bold: bool = False) -> WebFace:
    """The shipped face of `family` as the web needs it; `bold` takes the heavy one of a Chinese sans."""
    source = BOLD.get(family, family) if bold else family
    pins, shipped = PINS.get(source, {}), face(source)
    weight = "700" if source in BOLD.values() else "400 700" if isinstance(pins.get("wght"), tuple) else "400"
    return WebFace(family.removesuffix(" Italic"), weight, shipped.path, shipped.index,
                   family.endswith(" Italic"), pins)


@functools.cache
def stack(role: str, language: str) -> tuple[WebFace, ...]:
    """The faces of `role` (serif, sans, bold) in `language`, in the order in which they are tried."""
    families = tokens().families(ROLES[role], language)
    return tuple(web_face(family, bold=role == "bold") for family in families)


def slanted() -> WebFace:
    """The face of emphasis in Latin text."""
    return web_face("Source Serif 4 Italic")


def family_list(role: str, language: str) -> str:
    """The families of `role` as CSS writes them; the sans list ends each, as the last resort."""
    names = [item.family for item in (*stack(role, language), *stack("sans", language))]
    return ", ".join(f'"{name}"' for name in dict.fromkeys(names))


def taken(item: WebFace, language: str, characters: frozenset[str]) -> frozenset[str]:
    """Those of `characters` that `item` has and sets in `language`."""
    shared = language != "en" and item.family == "Source Serif 4"
    own = characters - SHARED_MARKS if shared else characters
    return frozenset(character for character in own if ord(character) in covered(item.path, item.index))


@functools.cache
def covered(path: Path, index: int) -> frozenset[int]:
    """The code points for which the face at `path` has a glyph."""
    import uharfbuzz as hb

    return frozenset(hb.Face(hb.Blob.from_file_path(str(path)), index).unicodes)


@functools.cache
def digest(path: Path) -> str:
    """The sha256 of a font file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
