"""The specimen book, composed and laid out, and its pages as pictures made by Typst itself.

    .venv/bin/python tests/specimen.py        renews the golden pictures in tests/books/specimen/golden
"""

from __future__ import annotations

import functools
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from building import BOOKS, bench, copy_book

GOLDEN = BOOKS / "specimen" / "golden"
PPI = 50.0
# What a picture shows → the label whose page it is, and how many pages further on.
SHOWN = {
    "findings": ("findings", 0), "contents": ("contents", 0), "part": ("part-elements-part", 0),
    "opener": ("ch-elements", 0), "dense-table": ("elements.tbl-scope", 0), "figure": ("elements.fig-emissions", 0),
    "formula": ("elements.quote", 0), "long-table": ("grids.tbl-long", 1), "wide-table": ("grids.tbl-wide", 0),
    "words-table": ("grids.tbl-policies", 0), "numbers": ("print-numbers", 0),
}


@dataclass(frozen=True)
class Specimen:
    """The specimen's project and its books by language."""

    project: object
    books: dict


def composed(folder: Path) -> Specimen:
    """The specimen, copied to `folder`, executed and composed."""
    return Specimen(*bench("composed").composed(copy_book("specimen", folder)))


def pictures(specimen: Specimen, language: str, folder: Path, ppi: float = PPI) -> dict[str, bytes]:
    """The chosen pages of the specimen in `language` as PNG, by what they show; laid out in the empty `folder`."""
    compiler = laid_out(specimen, language, folder)
    pages = compiler.compile(format="png", ppi=ppi)
    return {name: pages[number - 1] for name, number in numbers(compiler, len(pages)).items()}


def laid_out(specimen: Specimen, language: str, folder: Path):
    """Typst's compiler over the specimen in `language`, in the shipped faces."""
    import typst

    from greenbook.publishing.pdf import lay_out
    from greenbook.style.tokens import tokens

    folder.mkdir(parents=True)
    lay_out(specimen.books[language], specimen.project, tokens(specimen.project.templates / "style"), folder)
    return typst.Compiler(str(folder / "main.typ"), root=str(folder), font_paths=_fonts(), ignore_system_fonts=True)


def numbers(compiler, count: int) -> dict[str, int]:
    """The page, counted from 1, of each picture."""
    marks = 'query(selector.or(heading, figure)).map(it => (str(it.at("label", default: "")), it.location().page()))'
    at = dict(reversed(json.loads(compiler.eval(marks))))
    chosen = {name: at[label] + further for name, (label, further) in SHOWN.items()}
    return {"cover": 1, "title": 2, **chosen, "colophon": count}


@functools.cache
def _fonts():
    import typst

    from greenbook.publishing import faces

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=faces.folders())


def renew() -> None:
    """Writes every golden picture anew and says which changed."""
    with tempfile.TemporaryDirectory() as name:
        specimen = composed(Path(name) / "book")
        for language in specimen.books:
            for shown, picture in pictures(specimen, language, Path(name) / language).items():
                target = GOLDEN / language / f"{shown}.png"
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.exists() or target.read_bytes() != picture:
                    target.write_bytes(picture)
                    print(f"new: {target.relative_to(BOOKS.parent)}")


if __name__ == "__main__":
    renew()
