"""The one thing that prose may hold besides Markdown: `{{ name }}` and `{{ name | filter }}`.

The grammar is regular, so a regular expression is the whole of it: nothing an author writes is ever handed to a
template engine. `{%` is refused, `{#id}` is Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from greenbook.errors import Problem, write_instead
from greenbook.language import FILTERS

_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_GRAMMAR = re.compile(r"\s*([A-Za-z_][\w-]*)\s*(?:\|\s*([A-Za-z_]\w*)\s*(\(\s*([^()]*?)\s*\))?)?\s*")
_STRAY = re.compile(r"\{\{|\}\}|\{%")
UNKNOWN = "□"
FORM = "{{ name }} or {{ name | filter }}"


@dataclass(frozen=True)
class Use:
    """One use of a value in prose: `{{ name | filter(argument) }}`; `start` and `end` are its place in the cell."""

    name: str
    filter: str
    argument: int | None
    start: int
    end: int

    @property
    def words(self) -> str:
        """The filter as it was written: `number(1)`, `year`, or nothing."""
        return self.filter if self.argument is None else f"{self.filter}({self.argument})"

    def __str__(self) -> str:
        return f"{{{{ {self.name}{' | ' if self.filter else ''}{self.words} }}}}"


def read_uses(source: str, notebook: str, place: str) -> tuple[list[Use], list[Problem]]:
    """The uses in a prose cell, and a problem for everything in double braces that is not one."""
    uses: list[Use] = []
    problems: list[Problem] = []
    for match in _EXPRESSION.finditer(source):
        found = _read(match)
        if isinstance(found, Use):
            uses.append(found)
        else:
            problems.append(Problem(notebook, place, *found))
    for stray in dict.fromkeys(_STRAY.findall(_EXPRESSION.sub("", source))):
        problems.append(Problem(notebook, place, "GB503", f'found "{stray}"', FORM,
                                "work it out in a code cell and name it with chapter.value"))
    return uses, problems


def _read(match: re.Match) -> Use | tuple[str, str, str, str]:
    written = " ".join(match[0].split())
    parsed = _GRAMMAR.fullmatch(match[1])
    if parsed is None:
        return ("GB503", f'found "{written}"', FORM, "work it out in a code cell and name it with chapter.value")
    name, filter_, brackets, argument = parsed.groups()
    if filter_ and filter_ not in FILTERS:
        return ("GB504", f'found "{written}"', f"one of the filters {', '.join(FILTERS)}",
                write_instead(filter_, FILTERS, "leave it out: a value prints itself"))
    if filter_ == "number":
        if not (argument or "").isdecimal():
            return ("GB504", f'found "{written}"', "the places after the point", "write number(1)")
        return Use(name, filter_, int(argument), *match.span())
    if brackets:
        return ("GB504", f'found "{written}"', f"{filter_} without brackets", f"write {filter_}")
    return Use(name, filter_ or "", None, *match.span())


def without_expressions(source: str) -> str:
    """`source` with a blank square for everything in double braces."""
    return _EXPRESSION.sub(UNKNOWN, source)
