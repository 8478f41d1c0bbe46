"""Jinja stitches the pages: strict about undefined names, and everything that is not ours escaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from greenbook.composition.book import Book, FindingLine, Section
from greenbook.language import date_text
from greenbook.project import Project
from greenbook.publishing.boxes import strength_words
from greenbook.publishing.fragments import brief, rows_of
from greenbook.publishing.pages import LISTS, Site, groups
from greenbook.publishing.rows import PAGE, data_script, number_rows
from greenbook.publishing.state import edition_name

TAGS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}
POLICY = ("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
          "connect-src 'self'; base-uri 'none'; form-action 'none'")
SEARCH_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'").replace(
    "base-uri", "worker-src 'self' blob:; base-uri")
HIGHLIGHTS = 6
ICON = ("data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20viewBox=%220%200%2016%2016%22%3E"
        "%3Cpath%20fill=%22%230b5d3f%22%20d=%22M3%200h9a2%202%200%200%201%202%202v14H5a2%202%200%200%201-2-2z%22/%3E"
        "%3C/svg%3E")


def environment(project: Project) -> Environment:
    """The templates' environment."""
    return Environment(loader=FileSystemLoader(project.templates / "html"), autoescape=True,
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


class Stitcher:
    """Pages of one language from the fragments of its book."""

    def __init__(self, site: Site, books: Mapping[str, Book], project: Project) -> None:
        self.site, self.book, self.books, self.project = site, site.book, books, project
        self.templates = environment(project)
        self.rows = rows_of(self.book)
        self.own = self._own_pages()

    def pages(self) -> dict[str, str]:
        """Every page by name (without `.html`)."""
        return {name: self.page(name) for name in self.names}

    @property
    def names(self) -> list[str]:
        """The names of the pages, in the order in which a reader turns them; the search stands last."""
        return ["index", *self._order(), *(f"{section.id}{PAGE}" for section in self.counted), "search"]

    @property
    def counted(self) -> list[Section]:
        """The sections that print numbers of the data; each has a page of them."""
        return [section for section in self.site.sections if section.numbers]

    def scripts(self) -> dict[str, str]:
        """For each page of numbers the script that brings its rows to the cards of other pages, by file name."""
        return {f"{section.id}{PAGE}.js": self.script(section) for section in self.counted}

    def script(self, section: Section) -> str:
        """The rows of `section` as a script; see `rows.data_script`."""
        rows = self.templates.get_template("rows.html").render(words=self.book.words,
                                                               page={"numbers": number_rows(section.numbers)})
        return data_script(f"{section.id}{PAGE}", rows)

    def page(self, name: str) -> str:
        """One page."""
        if name == "index":
            return self._render("index.html", "index", **self._front())
        if name == "search":
            return self._render("search.html", name, SEARCH_POLICY, page={"title": self.book.words["search"]})
        if name not in self._order():
            return self._numbers_page(name)
        order = self._order()
        place = order.index(name)
        around = {"previous": self._turn(order, place - 1), "next": self._turn(order, place + 1)}
        return self._own_page(name, around) if name in self.own else self._section_page(name, around)

    def _order(self) -> list[str]:
        return [*self.own, *(section.id for section in self.site.sections)]

    def common(self, current: str, policy: str = POLICY) -> dict[str, Any]:
        """What every template may use."""
        book, colophon = self.book, self.site.colophon
        return {
            "book": book, "words": book.words, "tag": TAGS[book.language], "policy": policy,
            "home": "index.html", "icon": ICON,
            "edition_name": edition_name(book),
            "as_of": date_text(book.edition.as_of.isoformat(), book.language),
            "colophon": self.site.href(colophon, current) if colophon else "", "languages": self._languages(current),
            "groups": groups(self.site, current, self.own),
        }

    def cover(self) -> dict[str, Any]:
        """Key findings for the cover page, with where they stand."""
        findings = [self.finding(line, "index") for line in self.book.findings]
        more = len(findings) if len(findings) > HIGHLIGHTS else 0
        return {"highlights": _spread(findings), "more_findings": more, "findings_href": "findings.html"}

    def finding(self, line: FindingLine, current: str) -> dict[str, Any]:
        """A key finding with its links, for `finding.html`."""
        section = self.book.section(line.section)
        figure = self.book.numbered.get(line.figure)
        if line.id not in self.site.briefs:
            self.site.briefs[line.id] = brief(self.book, section, line.blocks, self.rows,
                                              self.project.cache / "html")
        label = " ".join(part for part in (section.label, section.title) if part)
        return {
            "html": self.site.linked(self.site.briefs[line.id], current), "chapter": label, "section": section.id,
            "href": self.site.href(line.id, current) if line.id in self.site.owners else f"{section.id}.html",
            "strength": strength_words(line.strength, self.book.words),
            "figure": {"href": self.site.href(line.figure, current), "words": figure.words} if figure else None,
        }

    def section(self, section: Section, current: str) -> dict[str, Any]:
        """A section for the templates, without its neighbours."""
        part = next((item for item in self.book.sections if item.kind == "part" and item is not section
                     and section.part and section.part in (item.part, item.id)), None)
        return {
            "id": section.id, "kind": section.kind, "title": section.title, "label": section.label,
            "grade": section.grade, "html": self.site.linked(self.site.fragments[section.id].html, current),
            "part": {"href": f"{part.id}.html", "title": part.title} if part else None,
            "numbers": number_rows(section.numbers), "chapters": self._chapters(section, current),
        }

    def _front(self) -> dict[str, Any]:
        return {"page": {"title": self.book.title}, **self.cover()}

    def _section_page(self, name: str, around: dict[str, Any]) -> str:
        section = self.book.section(name)
        page = {**self.section(section, name), **around}
        if section.id in LISTS and not section.blocks:
            return self._render("lists.html", name, page={**page, "lists": self.lists(name, LISTS[section.id])})
        return self._render("part.html" if section.kind == "part" else "section.html", name, page=page)

    def _numbers_page(self, name: str) -> str:
        section = self.book.section(name.removesuffix(PAGE))
        page = {**self.section(section, name), "id": name, "kind": "numbers-page", "chapter": f"{section.id}.html"}
        return self._render("numbers-page.html", name, page=page)

    def _own_page(self, name: str, around: dict[str, Any]) -> str:
        page = {"id": name, "kind": "matter", "title": self.own[name], "label": "", "grade": "", "part": None, **around}
        if name == "findings":
            return self._render("findings.html", name, page={**page, "findings": self._findings(name)})
        return self._render("lists.html", name, page={**page, "lists": self.lists(name, "figure", "table")})

    def _own_pages(self) -> dict[str, str]:
        """Pages that the site makes of what the book knows, where the book has no section of that name."""
        words, taken = self.book.words, {section.id for section in self.book.sections}
        wanted = {"findings": words["key_findings"] if self.book.findings else "",
                  "lists": "" if taken & set(LISTS) or not self.book.numbered else words["lists"]}
        return {name: title for name, title in wanted.items() if title and name not in taken}

    def _findings(self, current: str) -> list[dict[str, Any]]:
        made: dict[str, list[dict[str, Any]]] = {}
        for line in self.book.findings:
            entry = self.finding(line, current)
            made.setdefault(entry["chapter"], []).append(entry)
        return [{"title": title, "entries": entries} for title, entries in made.items()]

    def lists(self, current: str, *kinds: str) -> list[dict[str, Any]]:
        """The lists of figures or tables; one alone needs no title beside the page's."""
        return [{"title": self.book.words[f"list_of_{kind}s"] if len(kinds) > 1 else "", "entries": [
            {"href": self.site.href(item.id, current), "words": item.words, "title": item.title}
            for item in self.book.numbered.values() if item.kind == kind and item.id in self.site.owners
        ]} for kind in kinds]

    def _chapters(self, part: Section, current: str) -> list[dict[str, Any]]:
        """The chapters of a part with the first of their findings."""
        first: dict[str, FindingLine] = {}
        for line in self.book.findings:
            first.setdefault(line.section, line)
        inside = [section for section in self.book.sections
                  if section.kind == "chapter" and section.part == (part.part or part.id)]
        return [{"href": f"{section.id}.html", "label": section.label, "title": section.title,
                 "finding": self.finding(first[section.id], current)["html"] if section.id in first else ""}
                for section in (inside if part.kind == "part" else ())]

    def _turn(self, order: list[str], place: int) -> dict[str, str] | None:
        if not 0 <= place < len(order):
            return None
        name = order[place]
        return {"href": f"{name}.html", "title": self.own[name] if name in self.own else self.book.section(name).title}

    def _languages(self, current: str) -> list[dict[str, Any]]:
        """The other languages at the same place; their index where they have no such page."""
        made = []
        for language, book in self.books.items():
            same = current in ("index", "search", *self.own) or any(
                item.id == current or (item.numbers and f"{item.id}{PAGE}" == current) for item in book.sections)
            page = current if same else "index"
            made.append({"name": book.words["language"], "tag": TAGS[language],
                         "current": language == self.book.language, "href": f"../{language}/{page}.html"})
        return made

    def _render(self, template: str, current: str, policy: str = POLICY, **more: Any) -> str:
        return self.templates.get_template(template).render(**self.common(current, policy), **more)


def _spread(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most `HIGHLIGHTS` findings: the first of each chapter before any second one, in the book's order."""
    seen: dict[str, int] = {}
    ranked = []
    for place, finding in enumerate(findings):
        seen[finding["section"]] = seen.get(finding["section"], 0) + 1
        ranked.append((seen[finding["section"]], place))
    chosen = sorted(place for _, place in sorted(ranked)[:HIGHLIGHTS])
    return [findings[place] for place in chosen]
