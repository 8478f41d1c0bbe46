"""All stages agree, or nothing is published."""

from __future__ import annotations

from greenbook.composition.book import Book
from greenbook.composition.compose import Composition
from greenbook.errors import error_of
from greenbook.execution.executed import Execution


def agreed(execution: Execution, composition: Composition) -> dict[str, Book]:
    """The books by language; raises every problem of every chapter and stage in one list."""
    if problems := {*execution.problems, *composition.problems}:
        raise error_of(problems)
    return composition.books
