"""The pages of the site in one language: which there are, where each anchor lives, what stands beside the text."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from greenbook.composition.book import Book, Section
from greenbook.errors import Problem
from greenbook.publishing.fragments import Fragment, fragment, ids_in, rows_of
from greenbook.publishing.rows import PAGE

_LINK = re.compile(r'(<a\b[^<>]*? href=")#([^"]+)(")')
COLOPHONS = ("copyright.edition", "about", "colophon")
LISTS = {"figures": "figure", "tables": "table"}


@dataclass
class Site:
    """All sections of a book as fragments, with the section that owns each anchor, and its findings in brief."""

    book: Book
    fragments: dict[str, Fragment] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    briefs: dict[str, Markup] = field(default_factory=dict)

    def href(self, anchor: str, current: str) -> str:
        """The address of `anchor` from the page of section `current`; KeyError where no page has it."""
        if anchor == current:
            return f"#{anchor}"
        owner = self.owners[anchor]
        if anchor in (owner, f"ch-{owner}"):
            return f"{owner}.html"
        return f"#{anchor}" if owner == current else f"{owner}.html#{anchor}"

    def linked(self, html: str, current: str) -> Markup:
        """`html` with each `#anchor` leading to its page."""
        def address(match: re.Match[str]) -> str:
            known = match[2] in self.owners
            return f"{match[1]}{self.href(match[2], current) if known else '#' + match[2]}{match[3]}"

        return Markup(_LINK.sub(address, html))

    def flat(self, html: str) -> Markup:
        """`html` for the single file, where a chapter's anchor is that of its section."""
        chapters = {f"ch-{section.id}": section.id for section in self.book.sections}
        return Markup(_LINK.sub(lambda match: f"{match[1]}#{chapters.get(match[2], match[2])}{match[3]}", html))

    @property
    def colophon(self) -> str:
        """The anchor where edition, versions and commit are stated; empty where there is none."""
        return next((anchor for anchor in COLOPHONS if anchor in self.owners), "")

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that are pages: those without words are places in the printed book (its contents)."""
        return tuple(section for section in self.book.sections
                     if section.blocks or section.kind != "matter" or section.id in LISTS)


def read_site(book: Book, cache: Path, sources: frozenset[str] = frozenset(), before: Site | None = None) -> Site:
    """Every section of `book` as a fragment. `sources` are the chapters whose notebook page is published.

    Fragments of `before`, a site made with the same `sources`, are taken over where nothing they are made of changed.
    """
    site, rows = Site(book), rows_of(book)
    same = _unchanged(before, book, rows)
    if before and _around(before.book) == _around(book) and before.book.findings == book.findings:
        site.briefs = dict(before.briefs)
    for section in site.sections:
        site.fragments[section.id] = same[section.id] if section.id in same else fragment(
            book, section, rows, cache, source=section.id in sources)
        for name in _anchors(section, site.fragments[section.id]):
            site.owners.setdefault(name, section.id)
        site.owners |= {row.id: f"{section.id}{PAGE}" for row in section.numbers}
    return site


def _unchanged(before: Site | None, book: Book, rows: frozenset[str]) -> dict[str, Fragment]:
    """The fragments of `before` that are those of `book` too: their section and all they see of the book are equal."""
    if not before or _around(before.book) != _around(book) or rows_of(before.book) != rows:
        return {}
    old = {section.id: section for section in before.sections}
    return {section.id: before.fragments[section.id] for section in book.sections
            if section.id in before.fragments and old[section.id] == section}


def _around(book: Book) -> tuple[Any, ...]:
    """What a section sees of its book: everything but the contents of the sections."""
    outside = dataclasses.replace(book, sections=(), findings=())
    return outside, [(section.id, section.kind, section.title, section.label, section.number, section.part)
                     for section in book.sections]


def dangling(site: Site) -> list[Problem]:
    """What must not be published: refused contents, and links to anchors that no page has."""
    problems = [problem for made in site.fragments.values() for problem in made.problems]
    for name, made in sorted(site.fragments.items()):
        missing = sorted({target for _, target, _ in _LINK.findall(made.html)} - set(site.owners))
        problems += [Problem(name, site.book.language, "GB581", f"found a link to #{target}",
                             "an anchor of the book", "mend the reference") for target in missing]
    return problems


def _anchors(section: Section, made: Fragment) -> list[str]:
    ids = [section.id, f"ch-{section.id}", f"{section.id}.numbers", *ids_in(section.blocks)]
    return ids + re.findall(r' id="([^"]+\.fn(?:ref)?-\d+)"', made.html)


def groups(site: Site, current: str, extra: Mapping[str, str]) -> list[dict[str, Any]]:
    """The contents: matter before, parts with their chapters, matter after; `extra` are pages of the site's own."""
    book = site.book
    front = [_entry(site, section, current) for section in _outside(site, before=True)]
    back = [_entry(site, section, current) for section in _outside(site, before=False)]
    own = [{"href": f"{name}.html", "title": title, "current": name == current, "number": "", "headings": ()}
           for name, title in extra.items()]
    made = [{"title": "", "href": "", "entries": own + front}]
    made += [_part(site, part, current) for part in book.sections if part.kind == "part"]
    made.append({"title": book.words["back_matter"], "href": "", "entries": back})
    return [group for group in made if group["entries"]]


def _part(site: Site, part: Section, current: str) -> dict[str, Any]:
    inside = [section for section in site.book.sections
              if section.kind == "chapter" and section.part == (part.part or part.id)]
    return {"title": part.title, "label": part.label, "href": f"{part.id}.html", "current": part.id == current,
            "entries": [_entry(site, section, current) for section in inside]}


def _outside(site: Site, *, before: bool) -> list[Section]:
    """What belongs to no part, before the first part or after it; in a book without parts chapters stand between."""
    inner = [index for index, section in enumerate(site.sections) if section.kind == "part" or section.part]
    first = inner[0] if inner else len(site.sections)
    return [section for index, section in enumerate(site.sections)
            if section.kind != "part" and not section.part and (index < first) == before]


def _entry(site: Site, section: Section, current: str) -> dict[str, Any]:
    headings = [item for item in site.fragments[section.id].headings if item.level == 2]
    return {"href": f"{section.id}.html", "title": section.title, "current": section.id == current,
            "number": section.number or "", "headings": headings}
