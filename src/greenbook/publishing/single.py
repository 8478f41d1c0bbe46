"""report-<language>.html: the whole book in one file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from greenbook.composition.book import Book
from greenbook.errors import error_of
from greenbook.project import Project
from greenbook.publishing import safety
from greenbook.publishing.assets import book_css, scripts
from greenbook.publishing.html import DRAFT, WebOptions, fonts_of, prepared
from greenbook.publishing.pages import LISTS, Site, groups
from greenbook.publishing.stitching import Stitcher
from greenbook.publishing.webfonts import font_css

_FILES = re.compile(r'<ul class="files".*?</ul>', re.DOTALL)
PAGES = re.compile(r'href="([\w.-]+)\.html(?:#([^"]+))?"')


def write_single(book: Book, books: Mapping[str, Book], project: Project, target: Path,
                 options: WebOptions = DRAFT, site: Site | None = None) -> Path:
    """Writes `report-<language>.html` into `target` and returns its path; raises as `html.write_site`."""
    site = site or prepared(book, project, options)
    stitcher = Stitcher(site, books, project)
    script = Markup(scripts(project, "theme.js", "book.js"))
    bare = _stitched(stitcher, "", "", script)
    fonts = fonts_of({"report": bare}, book, project, options.quality)
    addresses = {font.file: data_uri("font/woff2", font.data) for font in fonts}
    styles = Markup(font_css(fonts, addresses, spare=False) + book_css(project))
    html = _stitched(stitcher, policy_of(styles, script), styles, script)
    if problems := safety.check_page(html, f"report-{book.language}.html", book.language, inline=True):
        raise error_of(problems)
    path = target / f"report-{book.language}.html"
    path.write_text(html, "utf-8")
    return path


def _stitched(stitcher: Stitcher, policy: str, styles: str, script: str) -> str:
    common = stitcher.common("index", policy)
    pages = [stitcher.section(section, section.id) for section in stitcher.site.sections]
    for page in pages:
        page["lists"] = stitcher.lists("", LISTS[page["id"]]) if page["id"] in LISTS else []
        page["html"] = stitcher.site.flat(without_files(stitcher.site.fragments[page["id"]].html))
    template = stitcher.templates.get_template("single.html")
    findings = [stitcher.finding(line, "index") for line in stitcher.book.findings]
    html = template.render(**common | {"pages": pages, "page": {"title": stitcher.book.title}, "highlights": findings,
                                       "single": True,
                                       "has_findings": "findings" in {page["id"] for page in pages},
                                       "groups": groups(stitcher.site, "", {}), "home": "#top",
                                       "styles": styles, "scripts": script, "languages": []})
    return PAGES.sub(_inside, html)


def _inside(match: re.Match[str]) -> str:
    """A link to a page of the site leads to its place in this file."""
    return f'href="#{match[2] or ("top" if match[1] == "index" else match[1])}"'


def without_files(html: str) -> str:
    """`html` without the lists of files to download, which a file that stands alone cannot offer."""
    return _FILES.sub("", html)


def policy_of(styles: str, script: str) -> str:
    """The policy of a file that holds all it needs: these styles, this script, and nothing from elsewhere."""
    return (f"default-src 'none'; style-src {_hash(styles)}; script-src {_hash(script)}; img-src data:; "
            "font-src data:; base-uri 'none'; form-action 'none'")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def data_uri(kind: str, data: bytes) -> str:
    """`data` as an address in CSS, with its quotes."""
    return f'"data:{kind};base64,{base64.b64encode(data).decode()}"'
