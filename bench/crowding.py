"""What stands in the way of what in the charts: counts over every figure of the book, in three languages.

`python bench/crowding.py [edition] [--pictures folder]` runs the code cells of every notebook in this process, draws
each figure once a language and measures the drawn words with matplotlib's own renderer, not with the estimates that
place them. Prints one line a fault and the counts; exit 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from measured_words import Fault, faults

from greenbook.documents.traditional import Converter
from greenbook.style import finishing

ROOT = Path(__file__).parents[1]
KINDS = ("words on words", "words over the edge", "words on a mark", "words on a line", "words on a break", "empty key")


@dataclass(frozen=True)
class Seen:
    """A figure's faults in one language."""

    chapter: str
    figure: str
    language: str
    faults: tuple[Fault, ...]


def looked_at(chapters: list[str], edition: str | None = None, pictures: Path | None = None) -> Iterator[Seen]:
    """Every figure of `chapters` (names of notebooks), drawn in zh-Hans, en and zh-Hant, with its faults."""
    for chapter in chapters:
        for figure, language, found in _drawn(chapter, edition, pictures):
            yield Seen(chapter, figure, language, tuple(found))


def chapters_of(root: Path = ROOT) -> list[str]:
    """The names of the notebooks that are chapters."""
    return sorted(path.stem for path in (root / "notebooks").glob("[a-z]*.ipynb"))


def _drawn(chapter: str, edition: str | None, pictures: Path | None) -> list[tuple[str, str, list[Fault]]]:
    """Runs the notebook's code with `finish` listened to."""
    from greenbook.authoring import figure as author

    kept: list[tuple[str, str, list[Fault]]] = []
    real, draw, name = finishing.finish, author._draw_once, [""]

    def once(prefix: str, *arguments: Any) -> Any:
        name[0] = prefix
        return draw(prefix, *arguments)

    def finish(axes: Any, label: Any, series: Any) -> None:
        real(axes, label, series)
        for language, picture in _languages(axes[0].figure, label.language):
            kept.append((name[0], language, faults(picture)))
            if pictures:
                _keep(picture, pictures / language / "figures" / f"{name[0].replace('.', '.fig-', 1)}.png")

    before = finishing.finish, author._draw_once, author.in_build
    finishing.finish, author._draw_once, author.in_build = finish, once, lambda: True  # no picture for Jupyter
    try:
        _run(chapter, edition)
    finally:
        finishing.finish, author._draw_once, author.in_build = before
    return kept


def _run(chapter: str, edition: str | None) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / f"{chapter}.ipynb", as_version=4)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, chapter, "exec"), names)
            if "parameters" in cell.metadata.get("tags", []):
                names["edition"] = edition


def _languages(figure: Any, language: str) -> Iterator[tuple[str, Any]]:
    """The drawing, and after a Chinese one the same with its words and face exchanged, as publishing does; the words at
    ticks, which matplotlib writes anew, stay: a character of either face is one em wide."""
    yield language, figure
    if language != "zh-Hans":
        return
    from matplotlib.text import Text

    converter = Converter.of(ROOT / "templates")
    ticks = {id(text) for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for text in axis.findobj(Text)}
    kept = [(text, text.get_text(), text.get_fontfamily()) for text in figure.findobj(Text)
            if text.get_text() and id(text) not in ticks]
    for text, words, families in kept:
        text.set_text(converter.quietly(words))
        text.set_fontfamily([family.replace(" SC", " TC") for family in families])
    yield "zh-Hant", figure
    for text, words, families in kept:
        text.set_text(words)
        text.set_fontfamily(families)


def _keep(figure: Any, path: Path) -> None:
    from greenbook.style.drawing import png_of

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png_of(figure))


def main() -> int:
    """Prints the faults and counts; 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", nargs="?")
    parser.add_argument("--chapter", action="append")
    parser.add_argument("--pictures", type=Path)
    chosen = parser.parse_args()
    os.chdir(ROOT)
    counts: Counter[tuple[str, str]] = Counter()
    figures = set()
    for seen in looked_at(chosen.chapter or chapters_of(), chosen.edition, chosen.pictures):
        figures.add((seen.figure, seen.language))
        for fault in seen.faults:
            counts[fault.kind, seen.language] += 1
            print(f"{seen.figure} {seen.language}: {fault}")
    for kind in KINDS:
        print(kind, {language: counts[kind, language] for language in ("zh-Hans", "zh-Hant", "en")})
    print(f"{len(figures)} drawings")
    return 1 if counts else 0


if __name__ == "__main__":
    sys.exit(main())
