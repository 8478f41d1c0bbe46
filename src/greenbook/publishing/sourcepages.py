"""source/<chapter>.html: the notebook of a chapter as it ran, once an edition, offline and harmless.

nbconvert walks the notebook with a template of ours. Prose is that of the source notebook, outputs are those of the
executed one, joined by cell id.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.composition.book import Book
from greenbook.errors import error_of
from greenbook.execution.imports import imported
from greenbook.project import Project
from greenbook.publishing import safety
from greenbook.publishing.glyphs import roles_of
from greenbook.publishing.outputs import shown
from greenbook.publishing.stitching import ICON, POLICY, TAGS
from greenbook.publishing.webfonts import font_css, web_fonts


@dataclass(frozen=True)
class SourcePage:
    """What one page is made of: the chapter's slug, its source notebook and the executed one."""

    slug: str
    source: Path
    executed: Path


def write_sources(chapters: Iterable[SourcePage], book: Book, project: Project, target: Path, *, quality: int) -> None:
    """Writes `source/<slug>.html` for each chapter, with fonts and style of their own, in the words of `book`.

    Raises UnsafeContent where a page would hold what must not be published.
    """
    exporter = _exporter(project)
    pages = {chapter.slug: _page(exporter, chapter, book) for chapter in chapters}
    if problems := safety.check_pages(pages, "source"):
        raise error_of(problems)
    folder = target / "source"
    folder.mkdir(parents=True, exist_ok=True)
    for slug, html in pages.items():
        (folder / f"{slug}.html").write_text(html, "utf-8")
    texts = {slug: {"sans": roles["sans"] | roles["serif"], "bold": roles["bold"]}
             for slug, html in pages.items() for roles in [roles_of(html)]}
    # What authors write is zh-Hans or English, also where the book is zh-Hant.
    fonts = web_fonts(texts, source_language(book.language), project.cache / "fonts", quality=quality)
    for font in fonts:
        (folder / font.file).write_bytes(font.data)
    (folder / "fonts.css").write_text(font_css(fonts, {font.file: f'"{font.file}"' for font in fonts}), "utf-8")
    (target / "assets").mkdir(exist_ok=True)
    (target / "assets" / "source.css").write_text(_code_css(), "utf-8")


def _page(exporter: Any, chapter: SourcePage, book: Book) -> str:
    nbformat = imported("nbformat")
    notebook = nbformat.read(chapter.source, as_version=4)
    exporter.outputs = outputs_of(chapter.executed)
    title = next((section.title for section in book.sections if section.id == chapter.slug), chapter.slug)
    exporter.greenbook.update(slug=chapter.slug, words=book.words, language=book.language)
    about = {"words": book.words, "slug": chapter.slug, "title": title, "language": book.language,
             "tag": TAGS[source_language(book.language)], "policy": POLICY, "icon": ICON}
    html, _ = exporter.from_notebook_node(notebook, resources={"greenbook": about})
    return html


def source_language(language: str) -> str:
    """The language in which a notebook's page is set where the book is in `language`."""
    return "zh-Hans" if language == "zh-Hant" else language


def outputs_of(executed: Path) -> dict[str, list[Any]]:
    """The outputs of an executed notebook by cell id; they are as the build wrote them, so nothing checks them anew."""
    ran = json.loads(executed.read_bytes())
    return {cell["id"]: cell["outputs"] for cell in ran["cells"] if cell["cell_type"] == "code"}


def _exporter(project: Project) -> Any:
    imported("nbconvert.exporters")  # without its grammar; the ordinary import below finds it there
    from nbconvert.exporters import TemplateExporter

    class SourceExporter(TemplateExporter):
        """Our template; `coloured` and `shown` are its only filters that write HTML."""

        file_extension = ".html"
        template_name = "source"
        greenbook: dict[str, Any] = {}
        outputs: dict[str, list[Any]] = {}

        def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
            """The notebook with its outputs, which thus pass none of the exporter's copies; no preprocessor runs."""
            for cell in nb.cells:
                if cell.cell_type == "code":
                    cell.outputs = self.outputs.get(cell.id, [])
            return nb, resources

    made = SourceExporter(extra_template_basedirs=[str(project.templates / "html")])
    made.register_filter("coloured", _coloured)
    made.register_filter("shown", lambda output: shown(output, made.greenbook["slug"], made.greenbook["words"],
                                                       made.greenbook["language"]))
    return made


def _coloured(source: str) -> str:
    from pygments import highlight

    return highlight(source, *_painter())


@functools.cache
def _painter() -> tuple[Any, Any]:
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return PythonLexer(), HtmlFormatter(nowrap=True)


def _code_css() -> str:
    """Colours of code in both themes: of pygments' own styles those whose contrast suffices on the pages' surfaces."""
    from pygments.formatters import HtmlFormatter

    def rules(style: str, scope: str) -> str:
        lines = HtmlFormatter(style=style).get_style_defs(f"{scope} .code").splitlines()
        return "\n".join(line for line in lines if f"{scope} .code ." in line)

    dark = rules("github-dark", ":root:not([data-theme=light])")
    return (f"{rules('xcode', ':root')}\n@media (prefers-color-scheme:dark){{\n{dark}\n}}\n"
            f"{rules('github-dark', ':root[data-theme=dark]')}\n")
