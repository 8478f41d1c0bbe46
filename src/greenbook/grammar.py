"""The grammar of book.yml: which keys stand where, which of them must, and what may stand behind each.

A kind is a generator: of what stands at `holder[key]`, called `where` in messages, it yields what is wrong. Meanings
(whether a date is a date, an edition known, a slug free) are for `greenbook.outline`, which may rely on the shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from greenbook.errors import Problem, write_instead

NAME = "notebooks/book.yml"
LANGUAGES = ("zh-Hans", "en", "zh-Hant")
ROLES = ("author", "reviewer", "editor", "proofreader")

Kind = Callable[[Any, Any, str], Iterator[Problem]]


def problems_of_shape(tree: Any) -> list[Problem]:
    """What is wrong with the keys of book.yml (GB205, GB206) and the kinds of what stands behind them (GB215)."""
    return list(_BOOK({"": tree}, "", "the book"))


def shapeless(problems: Iterable[Problem]) -> bool:
    """Whether one of `problems` is such that the tree cannot be read on."""
    return any(problem.code == "GB215" for problem in problems)


def line(node: Any, key: Any) -> str:
    """The line of `key` in a mapping or list that ruamel read, else the line of the whole, else an empty text."""
    try:
        places: Any = getattr(node, "lc", None)  # a plain dict stands above the whole; it has no lines
        own = places.item(key) if isinstance(node, list) else places.key(key) if key in node else (places.line, 0)
        return str(own[0] + 1)
    except (AttributeError, KeyError, TypeError):
        return ""


def _text(holder: Any, key: Any, where: str) -> Iterator[Problem]:
    found = holder[key]
    if isinstance(found, bool) or not isinstance(found, (str, int, float)) or not str(found).strip():
        yield _other(holder, key, where, "text")


def _any(holder: Any, key: Any, where: str) -> Iterator[Problem]:
    """What a later check looks at: a date, whose message shows an example; a parameter, whose kind is its default's."""
    yield from ()


def _words(holder: Any, key: Any, where: str) -> Iterator[Problem]:
    found = holder[key]
    if not isinstance(found, dict) or not found:
        yield _other(holder, key, where, "words by language, like {zh-Hans: 钢铁, en: Iron and steel}")
        return
    yield from _known(found, LANGUAGES, where)
    for language in found:
        yield from _text(found, language, f"{where}, {language}")


def _listed(kind: Kind, least: int = 0) -> Kind:
    def check(holder: Any, key: Any, where: str) -> Iterator[Problem]:
        found = holder[key]
        if not isinstance(found, list) or len(found) < least:
            yield _other(holder, key, where, "a list of one or more" if least else "a list")
            return
        for place in range(len(found)):
            yield from kind(found, place, f"{where}, entry {place + 1}")
    return check


def _mapping(keys: dict[str, Kind], required: tuple[str, ...] = ()) -> Kind:
    def check(holder: Any, key: Any, where: str) -> Iterator[Problem]:
        found = holder[key]
        if not isinstance(found, dict):
            yield _other(holder, key, where, f"the keys {', '.join(required or keys)}")
            return
        name = f"chapter {found['slug']}" if isinstance(found.get("slug"), str) else where
        yield from _known(found, tuple(keys), name)
        for own in required:
            if own not in found:
                yield Problem(NAME, line(found, ""), "GB206", f"found no {own} in {name}", f"the key {own}",
                              f"add {own}")
        for own in found:
            if own in keys:
                yield from keys[own](found, own, f"{own} of {name}")
    return check


def _table(holder: Any, key: Any, where: str) -> Iterator[Problem]:
    if not isinstance(holder[key], dict):
        yield _other(holder, key, where, "names with their values, like {chapter_id: steel}")


def _known(found: dict, allowed: tuple[str, ...], where: str) -> Iterator[Problem]:
    for key in found:
        if key not in allowed:
            yield Problem(NAME, line(found, key), "GB205", f'found key "{key}" in {where}',
                          f"one of {', '.join(allowed)}", write_instead(str(key), allowed, "remove it"))


def _other(holder: Any, key: Any, where: str, expected: str) -> Problem:
    found = holder[key]
    kind = ("nothing" if found is None else "a list" if isinstance(found, list) else "a mapping"
            if isinstance(found, dict) else f'"{found}"')
    return Problem(NAME, line(holder, key) or "1", "GB215", f"found {kind} as {where}", f"expected {expected}",
                   "write it so, or remove the key")


def _names(holder: Any, key: Any, where: str) -> Iterator[Problem]:
    """Names of people, or nothing: they stay empty until they are known."""
    yield from () if holder[key] is None else _listed(_text)(holder, key, where)


_PEOPLE = _mapping(dict.fromkeys(ROLES, _names))
_INHERITED: dict[str, Kind] = {"notebook": _text, "parameters": _table, "people": _PEOPLE}
_EDITION = _mapping({"id": _text, "as_of": _any, "state": _text, "version": _text, "name": _words,
                     "citation_standard": _text}, ("id", "as_of", "state", "version"))
_CHAPTER = _mapping({"slug": _text, "title": _words, **_INHERITED, "evidence": _text}, ("slug", "title"))
_PART = _mapping({"id": _text, "title": _words, **_INHERITED, "chapters": _listed(_CHAPTER)},
                 ("id", "title", "chapters"))
_BOOK = _mapping({"title": _words, "subtitle": _words, "publisher": _words, "languages": _listed(_text, 1),
                  "default_edition": _text, "editions": _listed(_EDITION, 1), **_INHERITED,
                  "front": _listed(_CHAPTER), "parts": _listed(_PART), "back": _listed(_CHAPTER)},
                 ("title", "languages", "default_edition", "editions", "parts"))
