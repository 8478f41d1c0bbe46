"""The site in one language: a page a section, index, key findings, lists, search, fonts, figures to download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from greenbook.composition.book import Book
from greenbook.errors import error_of
from greenbook.project import Project
from greenbook.publishing import safety, search
from greenbook.publishing.assets import shared_assets
from greenbook.publishing.downloads import write_figures
from greenbook.publishing.glyphs import roles_of
from greenbook.publishing.pages import Site, dangling, read_site
from greenbook.publishing.stitching import Stitcher
from greenbook.publishing.webfonts import WebFont, font_css, web_fonts

DRAFT_QUALITY = 9


@dataclass(frozen=True)
class WebOptions:
    """`sources` are the chapters whose notebook pages are published; `quality` is Brotli's for the fonts."""

    sources: frozenset[str] = frozenset()
    quality: int = DRAFT_QUALITY
    searchable: bool = True
    downloads: bool = True


DRAFT = WebOptions()


def write_site(book: Book, books: Mapping[str, Book], project: Project, target: Path,
               options: WebOptions = DRAFT, site: Site | None = None) -> Site:
    """Writes `<language>/` and the shared `assets/` into `target`; returns the fragments for `write_single`.

    Raises UnsafeContent where a page holds what must not be published, CompositionRefused for dangling links,
    EnvironmentMissing for a character that no shipped face has.
    """
    site = site or prepared(book, project, options)
    stitcher = Stitcher(site, books, project)
    pages = stitcher.pages()
    if problems := safety.check_pages(pages, book.language):
        raise error_of(problems)
    folder = target / book.language
    _write(folder, {f"{name}.html": text.encode() for name, text in pages.items()})
    fonts = fonts_of(pages, book, project, options.quality)
    _write(folder / "assets", font_files(fonts))
    _write(target / "assets", shared_assets(project))
    scripts = {"search-list.js": search.embedded_list(site), **stitcher.scripts()}
    _write(folder / "assets", {name: text.encode() for name, text in scripts.items()})
    if options.downloads:
        write_figures(book, folder / "figures", project.cache / "figures")
    if options.searchable:
        search.index(folder)
    return site


def prepared(book: Book, project: Project, options: WebOptions = DRAFT) -> Site:
    """The fragments of `book`, checked; raises as `write_site`."""
    site = read_site(book, project.cache / "html", options.sources)
    if problems := dangling(site):
        raise error_of(problems)
    return site


def fonts_of(pages: Mapping[str, str], book: Book, project: Project, quality: int) -> tuple[WebFont, ...]:
    """The fonts for `pages` and for the words that the script may add."""
    texts = {name: roles_of(text) for name, text in pages.items()}
    texts["locale"] = roles_of(f"<nav>{''.join(book.words.values())}0123456789×¶§</nav>")
    return web_fonts(texts, book.language, project.cache / "fonts", quality=quality)


def font_files(fonts: tuple[WebFont, ...]) -> dict[str, bytes]:
    """The style sheet of `fonts` and the fonts themselves, by the name of the file."""
    css = font_css(fonts, {font.file: f'"{font.file}"' for font in fonts})
    return {"fonts.css": css.encode(), **{font.file: font.data for font in fonts}}


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


