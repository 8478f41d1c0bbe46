"""The faces the report is set in. All come with the dependencies; system fonts are never used."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.style.tokens import read_yaml, style_folder, tokens

# family → package, file in it, index in a collection
SHIPPED = {
    "Noto Sans SC": ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf", 0),
    "Noto Serif SC": ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", 0),
    "Noto Sans TC": ("pylopdf_fonts_zh_tw", "NotoSansTC-Regular.otf", 0),
    "Noto Serif TC": ("pylopdf_fonts_zh_tw", "NotoSerifTC-Regular.otf", 0),
    "Noto Sans": ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", 0),
    "Source Serif 4": ("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf", 0),
    "Source Serif 4 Italic": ("fontpkg_source_serif_4", "files/SourceSerif4-Italic[opsz,wght].ttf", 0),
    # variable, with real weights: Typst reads it, matplotlib would see its thinnest weight only
    "Noto Sans CJK SC": ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", 2),
    "Noto Sans CJK TC": ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", 3),
}
LANGUAGES = ("zh-Hans", "en", "zh-Hant")
ROLES = ("body", "heading", "page", "chart")


@dataclass(frozen=True)
class Face:
    """One face: its file, the family's name, its index in a collection, and the file's recorded sha256."""

    path: Path
    family: str
    index: int
    sha256: str


def face(family: str) -> Face:
    """The shipped face of `family`; raises EnvironmentMissing where its package is not installed."""
    package, file, index = SHIPPED[family]
    spec = find_spec(package)
    path = Path(spec.submodule_search_locations[0]) / file if spec and spec.submodule_search_locations else None
    if path is None or not path.is_file():
        raise EnvironmentMissing(
            [
                Problem(
                    "fonts",
                    "",
                    "GB701",
                    f"found no face of {family}",
                    f"expected {file} of {package}",
                    "install requirements.lock",
                )
            ]
        )
    return Face(path, family, index, recorded().get(family, ""))


@cache
def faces() -> dict[str, dict[str, tuple[Face, ...]]]:
    """Role → language → the faces, in the order in which a glyph is looked for."""
    chosen = tokens()
    return {
        role: {language: tuple(map(face, chosen.families(role, language))) for language in LANGUAGES} for role in ROLES
    }


@cache
def recorded() -> dict[str, str]:
    """Family → sha256 of its file, as written down in faces.yml."""
    return {family: entry["sha256"] for family, entry in read_yaml(style_folder() / "faces.yml").items()}


def changed_faces() -> tuple[str, ...]:
    """The families whose installed file is not the one written down in faces.yml."""
    return tuple(
        family
        for family in SHIPPED
        if hashlib.sha256(face(family).path.read_bytes()).hexdigest() != recorded().get(family)
    )
