"""The books of a preview in memory: each page is made when it is asked for, and only what changed is made again.

Pages go through the checks of a published edition. The press is held open, so that Typst sets anew only what changed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from greenbook.composition.book import Book
from greenbook.errors import GreenbookError, Problem, error_of
from greenbook.order import Task
from greenbook.project import Project
from greenbook.publishing import safety, search, typefaces
from greenbook.publishing.assets import shared_assets
from greenbook.publishing.glyphs import roles_of
from greenbook.publishing.heldpress import HeldPress
from greenbook.publishing.html import font_files
from greenbook.publishing.pages import Site, dangling, read_site
from greenbook.publishing.proof import glyph_problems
from greenbook.publishing.rows import PAGE
from greenbook.publishing.stitching import Stitcher
from greenbook.publishing.webfonts import web_fonts
from greenbook.style import tokens

Roles = dict[str, frozenset[str]]


def shelf_of(task: Task) -> Shelf:
    """The shelf in the task's memory, made where there is none."""
    return task.memory.setdefault("shelf", Shelf(task.project))


@dataclass
class _Stand:
    """One language: its site, what stitches it, the pages made so far, the characters that its fonts must have."""

    site: Site
    stitcher: Stitcher
    pages: dict[str, bytes] = field(default_factory=dict)
    roles: Roles = field(default_factory=dict)
    fonts: dict[str, bytes] = field(default_factory=dict)


class Shelf:
    """What a preview shows. One thread puts books on it, others read files from it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.books: dict[str, Book] = {}
        self.press = HeldPress(project)
        self._stands: dict[str, _Stand] = {}
        self._lock = threading.RLock()

    def take(self, books: dict[str, Book]) -> None:
        """Puts `books` in the place of those of the same languages; raises for what cannot be shown at all."""
        with self._lock:
            tokens.forget()
            typefaces.stack.cache_clear()
            every = {**self.books, **books}
            sites = {}
            for language, book in books.items():
                before = self._stands.get(language)
                sites[language] = read_site(book, self.project.cache / "html", before=before.site if before else None)
                if problems := dangling(sites[language]):
                    raise error_of(problems)
            self.books = every
            for language, site in sites.items():
                old = self._stands.get(language)
                self._stands[language] = _Stand(site, Stitcher(site, every, self.project), {},
                                                old.roles if old else {}, old.fonts if old else {})

    def file(self, path: str) -> bytes | None:
        """The file at `path` of the site, made now where it was not asked for since the last change; None for no such.

        Raises GreenbookError where the page or the PDF must not or cannot be shown.
        """
        with self._lock:
            for find in (self._shared, self._page, self._asset):
                if (found := find(*path.split("/"))) is not None:
                    return found
        language = path.removeprefix("report-").removesuffix(".pdf")
        return self.press.printed(self.books[language]) if path == f"report-{language}.pdf" and language in self.books \
            else None

    def problems(self) -> list[Problem]:
        """What is wrong with pages, also those that nobody has asked for; makes them all."""
        found: list[Problem] = []
        for language, stand in list(self._stands.items()):
            for name in stand.stitcher.names:
                try:
                    self.file(f"{language}/{name}.html")
                except GreenbookError as error:
                    found += error.problems
            style = tokens.tokens(self.project.templates / "style")
            found += glyph_problems(self.books[language], style)
        return sorted(set(found))

    def _shared(self, *parts: str) -> bytes | None:
        return shared_assets(self.project).get(parts[1]) if len(parts) == 2 and parts[0] == "assets" else None

    def _page(self, *parts: str) -> bytes | None:
        if len(parts) != 2 or parts[0] not in self._stands or not parts[1].endswith(".html"):
            return None
        stand, name = self._stands[parts[0]], parts[1].removesuffix(".html")
        if name not in stand.stitcher.names:
            return None
        if name not in stand.pages:
            html = stand.stitcher.page(name)
            if problems := safety.check_page(html, name, parts[0]):
                raise error_of(problems)
            self._shows(stand, parts[0], name, roles_of(html))
            stand.pages[name] = html.encode()
        return stand.pages[name]

    def _shows(self, stand: _Stand, language: str, name: str, roles: Roles) -> None:
        """Has the fonts cut anew where the page `name` shows a character that they lack."""
        known = dict(stand.roles)
        words = roles_of(f"<nav>{''.join(self.books[language].words.values())}0123456789×¶§</nav>")
        for more in (roles, words):
            for role, characters in more.items():
                known[role] = known.get(role, frozenset()) | characters
        if known != stand.roles:
            web_fonts({name: roles}, language, self.project.cache / "fonts", quality=1)  # refuses, naming the page
            stand.roles, stand.fonts = known, {}

    def _asset(self, *parts: str) -> bytes | None:
        if len(parts) != 3 or parts[0] not in self._stands or parts[1] != "assets":
            return None
        stand = self._stands[parts[0]]
        if parts[2] == "search-list.js":
            return search.embedded_list(stand.site).encode()
        for section in stand.stitcher.counted:
            if parts[2] == f"{section.id}{PAGE}.js":
                return stand.stitcher.script(section).encode()
        if not stand.fonts:
            cut: Any = web_fonts({"site": stand.roles}, parts[0], self.project.cache / "fonts", quality=1)
            stand.fonts = font_files(cut)
        return stand.fonts.get(parts[2])
