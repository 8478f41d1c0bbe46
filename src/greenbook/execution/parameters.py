"""The parameters of a chapter: what its notebook declares, what book.yml gives.

The `[parameters]` cell holds assignments of literals only: papermill injects *after* it, so anything else in
it would run with the defaults and nobody would notice.
"""

from __future__ import annotations

import ast
import math
import unicodedata
from collections.abc import Mapping
from typing import Any

from greenbook.errors import Problem, write_instead
from greenbook.execution.source import SourceCell, SourceNotebook

BOOK = "notebooks/book.yml"
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LARGEST = 2**53


def declared(cell: SourceCell) -> tuple[dict[str, Any], list[int]]:
    """What a parameters cell declares: name → default, and the lines of it that are no literal assignment."""
    try:
        body = ast.parse(cell.source).body
    except SyntaxError as error:
        return {}, [error.lineno or 1]
    names: dict[str, Any] = {}
    wrong: list[int] = []
    for statement in body:
        try:
            name, value = _assigned(statement)
            names[name] = ast.literal_eval(value)
        except (ValueError, TypeError):
            wrong.append(statement.lineno)
    return names, wrong


def problems_of_parameters(notebook: SourceNotebook, given: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong between the parameters cell of `notebook` and the parameters `given` in book.yml."""
    cell = notebook.parameters
    names, wrong = declared(cell)
    problems = [
        Problem(notebook.name, f"{cell.place}:{line}", "GB415", "found something other than name = literal",
                "expected assignments of literals only", "move the line to a cell below")
        for line in wrong
    ]
    if wrong:
        return tuple(problems)
    problems += [_unknown(notebook, cell, name, names) for name in given if name not in names]
    problems += [_missing(notebook, cell, name, given) for name in names if name not in given]
    for name in names:
        if name in given and (fault := _fault(given[name], names[name])):
            problems.append(Problem(notebook.name, cell.place, "GB223", f"found {name} = {given[name]!r} in {BOOK}",
                                    fault, f"mend {name} in {BOOK}"))
    return tuple(problems)


def _assigned(statement: ast.stmt) -> tuple[str, ast.expr]:
    """The one name that a statement binds, and what it binds to it; raises ValueError where it is no such statement."""
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
    raise ValueError


def _unknown(notebook: SourceNotebook, cell: SourceCell, name: str, names: Mapping[str, Any]) -> Problem:
    return Problem(notebook.name, cell.place, "GB221", f'found parameter "{name}" in {BOOK}',
                   f"expected one of {', '.join(sorted(names)) or 'none'}",
                   write_instead(name, names, f"declare {name} in the parameters cell, or remove it from {BOOK}"))


def _missing(notebook: SourceNotebook, cell: SourceCell, name: str, given: Mapping[str, Any]) -> Problem:
    return Problem(notebook.name, cell.place, "GB222", f'found parameter "{name}" that {BOOK} does not give',
                   f"expected the names of {BOOK}: {', '.join(sorted(given))}",
                   write_instead(name, set(given), f"give {name} in {BOOK}, or remove it here"))


def _fault(value: Any, default: Any) -> str:
    """What is expected of a value that does not fit, else an empty text. A default of None takes any kind."""
    if not _plain(value):
        return "expected a plain value: text without control characters, a number, true, false, a list, a mapping"
    if value is None or default is None:
        return ""
    kinds = (int, float) if isinstance(default, float) else (type(default),)
    fits = isinstance(value, kinds) and isinstance(value, bool) == isinstance(default, bool)
    return "" if fits else f"expected a value of the kind of its default {default!r}"


def _plain(value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, (int, float)):
        return math.isfinite(value) and abs(value) <= _LARGEST
    if isinstance(value, str):
        return not any(letter in _BIDI or (unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t")
                       for letter in value)
    if isinstance(value, list):
        return all(map(_plain, value))
    return isinstance(value, dict) and all(isinstance(key, str) and _plain(item) for key, item in value.items())
