"""What a reader can take away from a figure: a path SVG that needs no font, and a PNG made from it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from greenbook.composition.book import Book
from greenbook.publishing.outlines import outlined

WIDTH = "16cm"
DENSITY = 220.0
AT_ONCE = 16
"""Pictures in one run of Typst, which holds all their pixels at a time: 16 take 80 MB, 110 took 480 MB."""


def write_figures(book: Book, folder: Path, cache: Path) -> None:
    """Writes `<figure>.svg` and `<figure>.png` for every figure of `book`; both are kept in `cache` by content."""
    figures = {figure.id: figure.svg for section in book.sections if section.document
               for figure in section.document.figures}
    kept = {name: cache / _key(svg, book.language) for name, svg in figures.items()}
    fresh = [name for name in sorted(figures) if not kept[name].with_suffix(".png").exists()]
    _make({name: outlined(figures[name], book.language) for name in fresh}, kept, cache)
    folder.mkdir(parents=True, exist_ok=True)
    for name in figures:
        for suffix in (".svg", ".png"):
            (folder / f"{name}{suffix}").write_bytes(kept[name].with_suffix(suffix).read_bytes())


def _key(svg: str, language: str) -> str:
    return hashlib.sha256(f"{language}\0{WIDTH}\0{DENSITY}\0{svg}".encode()).hexdigest()


def _make(svgs: dict[str, str], kept: dict[str, Path], cache: Path) -> None:
    if not svgs:
        return
    cache.mkdir(parents=True, exist_ok=True)
    names = sorted(svgs)
    for start in range(0, len(names), AT_ONCE):
        some = names[start:start + AT_ONCE]
        for name, picture in zip(some, pictures([svgs[name] for name in some]), strict=True):
            for suffix, data in ((".svg", svgs[name].encode()), (".png", picture)):
                fresh = kept[name].with_suffix(f".{os.getpid()}{suffix}")
                fresh.write_bytes(data)
                os.replace(fresh, kept[name].with_suffix(suffix))


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
