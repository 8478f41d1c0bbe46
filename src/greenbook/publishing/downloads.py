"""What a reader can take away from a figure: a path SVG that needs no font, and a PNG made from it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from greenbook.composition.book import Book
from greenbook.execution.key import FONTS
from greenbook.publishing.kept import keep, makers, recall
from greenbook.publishing.outlines import outlined

WIDTH = "16cm"
DENSITY = 220.0
AT_ONCE = 2
"""Pictures in one run of Typst, which keeps the pixels of its last ten runs: of 16 at once they take 500 MB."""
SUFFIXES = (".svg", ".png")


def write_figures(book: Book, folder: Path, cache: Path) -> None:
    """Writes `<figure>.svg` and `<figure>.png` for every figure of `book`; both are kept in `cache` by content."""
    figures = {figure.id: figure.svg for section in book.sections if section.document
               for figure in section.document.figures}
    folder.mkdir(parents=True, exist_ok=True)
    fresh = [name for name in sorted(figures) if not _taken(folder / name, figures[name], book.language, cache)]
    for start in range(0, len(fresh), AT_ONCE):
        _draw({name: figures[name] for name in fresh[start:start + AT_ONCE]}, folder, book.language, cache)


def _taken(path: Path, svg: str, language: str, cache: Path) -> bool:
    """Writes the kept files of a figure; False where one of them is not kept or is damaged."""
    found = {suffix: recall(cache, _question(svg, language, suffix)) for suffix in SUFFIXES}
    for suffix, content in found.items():
        if content is None:
            return False
        path.with_name(path.name + suffix).write_bytes(content)
    return True


def _draw(figures: dict[str, str], folder: Path, language: str, cache: Path) -> None:
    paths = [outlined(svg, language) for svg in figures.values()]
    for (name, svg), path, picture in zip(figures.items(), paths, pictures(paths), strict=True):
        for suffix, content in zip(SUFFIXES, (path.encode(), picture), strict=True):
            keep(cache, _question(svg, language, suffix), content)
            (folder / f"{name}{suffix}").write_bytes(content)


def _question(svg: str, language: str, suffix: str) -> str:
    made_by = makers(("downloads", "outlines", "typefaces"), ("typst", "uharfbuzz", *FONTS))
    return "\0".join([made_by, language, suffix, svg])


def pictures(svgs: list[str]) -> list[bytes]:
    """Each of `svgs` as a PNG on white, in one run of Typst: a page a picture."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        for place, svg in enumerate(svgs):
            (Path(folder) / f"{place}.svg").write_text(svg, "utf-8")
        pages = "\n#pagebreak()\n".join(f'#image("{place}.svg", width: {WIDTH})' for place in range(len(svgs)))
        source = Path(folder) / "figures.typ"
        source.write_text(f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}\n", "utf-8")
        made = typst.compile(str(source), format="png", ppi=DENSITY, ignore_system_fonts=True)
    return made if isinstance(made, list) else [made]
