"""book.yml as one typed object: title, editions, parts, chapters, people."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from greenbook.errors import CommandError, Problem, write_instead
from greenbook.grammar import LANGUAGES, NAME, ROLES, line, problems_of_shape, shapeless
from greenbook.project import Project

RESERVED = ("index", "source", "data", "assets", "search")
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
EDITION = re.compile(r"[a-z0-9][a-z0-9.-]*(?<!-draft)(?<!-part)")
FOLDERS = ("cache", "runs")
"""What stands beside the editions in `_build`."""
STATES = ("draft", "fact-checked", "review-1", "review-2", "review-3", "proof", "final-read", "released")


@dataclass(frozen=True)
class Edition:
    """An edition is a date: nothing released after `as_of` appears in it."""

    id: str
    as_of: datetime.date
    state: str
    version: str
    name: dict[str, str]
    citation_standard: str = "GB/T 7714—2015"


@dataclass(frozen=True)
class ChapterEntry:
    """One chapter of the book. `number` is None for the unnumbered ones (preface, outlook)."""

    slug: str
    title: dict[str, str]
    notebook: str
    parameters: dict[str, Any]
    people: dict[str, tuple[str, ...]]
    part: str = ""
    number: int | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Part:
    """A part and its chapters, in printing order. `number` counts from 1."""

    id: str
    number: int
    title: dict[str, str]
    chapters: tuple[ChapterEntry, ...]


@dataclass(frozen=True)
class Outline:
    """The book: what stands in book.yml, checked and with inheritance resolved."""

    title: dict[str, str]
    subtitle: dict[str, str]
    publisher: dict[str, str]
    languages: tuple[str, ...]
    editions: dict[str, Edition]
    default_edition: str
    front: tuple[ChapterEntry, ...]
    parts: tuple[Part, ...]
    back: tuple[ChapterEntry, ...]
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def chapters(self) -> tuple[ChapterEntry, ...]:
        """All chapters in printing order: front, parts, back."""
        inner = tuple(entry for part in self.parts for entry in part.chapters)
        return (*self.front, *inner, *self.back)

    def edition(self, name: str | None) -> Edition:
        """The edition called `name`, or the default; raises CommandError with the near name."""
        name = name or self.default_edition
        if name in self.editions:
            return self.editions[name]
        raise CommandError([Problem(
            NAME, "editions", "GB202", f'found no edition "{name}"',
            f"one of {', '.join(self.editions)}",
            write_instead(name, self.editions, "choose one, or add it under editions"),
        )])

    def chapter(self, slug: str) -> ChapterEntry:
        """The chapter called `slug`; raises CommandError with the near name."""
        slugs = {entry.slug: entry for entry in self.chapters}
        if slug in slugs:
            return slugs[slug]
        raise CommandError([Problem(
            NAME, "chapters", "GB203", f'found no chapter "{slug}"', "a slug of book.yml",
            write_instead(slug, slugs, "see the slugs in notebooks/book.yml"),
        )])


def read_outline(project: Project) -> Outline:
    """The outline of `project`; raises CommandError with every problem of book.yml and its line."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        tree = YAML(typ="rt").load(project.book.read_text("utf-8"))
    except MarkedYAMLError as error:
        place = str(error.problem_mark.line + 1) if error.problem_mark else ""
        raise CommandError([Problem(NAME, place, "GB204", f"found broken YAML: {error.problem}",
                                    "a mapping of keys", "mend the line")]) from error
    problems = problems_of_shape(tree)
    if shapeless(problems):
        raise CommandError(problems)
    reader = _Reader(problems)
    outline = reader.outline(tree)
    if reader.problems:
        raise CommandError(reader.problems)
    return outline


class _Reader:
    """Walks the tree, collects problems with lines, and resolves what parts and chapters inherit."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.count = 0
        self.slugs: set[str] = set()
        self.editions: set[str] = set()

    def problem(self, node: Any, key: str, code: str, found: str, expected: str, do: str) -> None:
        self.problems.append(Problem(NAME, line(node, key), code, found, expected, do))

    def outline(self, tree: dict) -> Outline:
        editions = {edition.id: edition for node in tree.get("editions", ()) if (edition := self.edition(node))}
        default = str(tree.get("default_edition", ""))
        if default not in editions:
            self.problem(tree, "default_edition", "GB202", f'found edition "{default}"',
                         f"one of {', '.join(editions)}", write_instead(default, editions, "add it under editions"))
        inherited = _Inherited(tree.get("notebook", ""), dict(tree.get("parameters", {})), {})
        return Outline(
            title=_text(tree.get("title")), subtitle=_text(tree.get("subtitle")),
            publisher=_text(tree.get("publisher")), languages=self.languages(tree),
            editions=editions, default_edition=default,
            front=tuple(self.chapter(node, inherited, "", False) for node in tree.get("front", ())),
            parts=tuple(self.part(node, number, inherited) for number, node in enumerate(tree.get("parts", ()), 1)),
            back=tuple(self.chapter(node, inherited, "", False) for node in tree.get("back", ())),
            people=_people(tree.get("people")),
        )

    def languages(self, tree: dict) -> tuple[str, ...]:
        for language in tree.get("languages", ()):
            if language not in LANGUAGES:
                self.problem(tree, "languages", "GB207", f'found language "{language}"',
                             f"one of {', '.join(LANGUAGES)}", write_instead(str(language), LANGUAGES, "remove it"))
        return tuple(tree.get("languages", ()))

    def edition(self, node: dict) -> Edition | None:
        name, as_of, state = str(node.get("id", "")), node.get("as_of"), str(node.get("state", ""))
        if not EDITION.fullmatch(name) or name in FOLDERS or name in self.editions:
            self.problem(node, "id", "GB216", f'found edition "{name}"',
                         "lower-case letters, digits, dots and hyphens, no second of that name, "
                         f"none of {', '.join(FOLDERS)}, no -draft or -part at its end", "choose another")
        self.editions.add(name)
        if not isinstance(as_of, datetime.date) or isinstance(as_of, datetime.datetime):
            self.problem(node, "as_of", "GB208", f'found as_of "{as_of}"', "a date like 2025-12-14", "write the date")
            return None
        if state not in STATES:
            self.problem(node, "state", "GB209", f'found state "{state}"', f"one of {', '.join(STATES)}",
                         write_instead(state, STATES, "write one of them"))
        return Edition(name, as_of, state, str(node.get("version", "")),
                       _text(node.get("name")), str(node.get("citation_standard", "GB/T 7714—2015")))

    def part(self, node: dict, number: int, inherited: _Inherited) -> Part:
        inherited, name = inherited.under(node), str(node.get("id", number))
        return Part(name, number, _text(node.get("title")),
                    tuple(self.chapter(child, inherited, name, True) for child in node.get("chapters", ())))

    def chapter(self, node: dict, inherited: _Inherited, part: str, numbered: bool) -> ChapterEntry:
        slug = str(node.get("slug", ""))
        if not SLUG.fullmatch(slug) or slug in RESERVED or slug in self.slugs:
            reason = ("not reserved" if slug in RESERVED else "not already used" if slug in self.slugs
                      else "of lower-case letters, digits and hyphens")
            self.problem(node, "slug", "GB210", f'found slug "{slug}"', f"a slug {reason}", "choose another")
        self.slugs.add(slug)
        own = inherited.under(node)
        self.count += numbered
        return ChapterEntry(
            slug=slug, title=_text(node.get("title")), notebook=own.notebook or f"{slug}.ipynb",
            parameters={"chapter_id": slug, "edition": None, **own.parameters}, people=own.people,
            part=part, number=self.count if numbered else None, evidence=str(node.get("evidence", "")),
        )


@dataclass(frozen=True)
class _Inherited:
    """What a chapter takes from its part, and a part from the book."""

    notebook: str
    parameters: dict[str, Any]
    people: dict[str, tuple[str, ...]]

    def under(self, node: dict) -> _Inherited:
        return _Inherited(
            str(node.get("notebook", self.notebook)),
            {**self.parameters, **dict(node.get("parameters", {}))},
            {**self.people, **_people(node.get("people"))},
        )


def _text(node: Any) -> dict[str, str]:
    return {str(language): str(words) for language, words in (node or {}).items()}


def _people(node: Any) -> dict[str, tuple[str, ...]]:
    return {str(role): tuple(map(str, names or ())) for role, names in (node or {}).items() if role in ROLES}
