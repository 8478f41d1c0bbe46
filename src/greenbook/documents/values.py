"""Values in prose: checked against the chapter's names, printed in a language, wrapped in spans that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from greenbook.documents.cells import CONDITION, ProseCell
from greenbook.documents.conditions import Names
from greenbook.documents.expressions import UNKNOWN, Use, read_uses, without_expressions
from greenbook.errors import Problem, write_instead
from greenbook.language import applied
from greenbook.records import ValueRecord
from greenbook.units import Units

# Every ASCII sign may mean something to pandoc; a backslash before it never does harm.
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")


def check_uses(cells: Iterable[ProseCell], names: Names, notebook: str) -> list[Problem]:
    """A problem for every expression in `cells` that is malformed, unknown, or absent without a condition."""
    problems = []
    for cell in cells:
        uses, found = read_uses(cell.source, notebook, cell.place)
        problems += found
        problems += [problem for use in uses if (problem := _check(use, cell, names, notebook))]
    return problems


def _check(use: Use, cell: ProseCell, names: Names, notebook: str) -> Problem | None:
    if use.name in names.values and names.exists(use.name):
        return None
    if use.name in names.values or names.absent_value(use.name):
        return Problem(notebook, cell.place, "GB502", f'found "{use}"', "a value that exists under this edition's date",
                       f"tag this cell and its twin {CONDITION}{use.name}, or rewrite the sentence")
    spelt = write_instead(use.name, names.values, "name it in a code cell with chapter.value")
    return Problem(notebook, cell.place, "GB501", f'found "{use}"', "no value of that name in this chapter", spelt)




def render(cell: ProseCell, names: Names, units: Units, notebook: str) -> str:
    """The Markdown of `cell` with each value printed inside a Span of class `value` that names it.

    In place of an expression that `check_uses` refuses stands a blank square.
    """
    parts, end = [], 0
    for use in read_uses(cell.source, notebook, cell.place)[0]:
        record = names.values.get(use.name)
        shown = UNKNOWN if record is None or record.value is None else _span(use, record, cell.language, units)
        parts += [without_expressions(cell.source[end:use.start]), shown]
        end = use.end
    return "".join([*parts, without_expressions(cell.source[end:])])


def _span(use: Use, record: ValueRecord, language: str, units: Units) -> str:
    shown = applied(record, language, units, use.filter, use.argument)
    return f'[{escaped(shown)}]{{.value name="{use.name}" filter="{use.words}"}}'


def escaped(text: str) -> str:
    """`text` as Markdown that prints exactly it."""
    return _SIGN.sub(r"\\\1", text)
