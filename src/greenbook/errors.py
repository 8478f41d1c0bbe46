"""What can go wrong, as problems an author can act on.

    GreenbookError
    ├── CommandError        2   wrong command or configuration
    ├── DataRefused         3   a data file or a row of it
    ├── NotebookFailed      4   a notebook did not run to its end
    ├── CompositionRefused  5   reference, twin, missing value, languages differ
    ├── UnsafeContent       6   refused for safety
    ├── EnvironmentMissing  7   disk, program, face or glyph
    ├── Busy                8   another build holds the lock
    └── Interrupted       130   the user stopped it

The first digit of a problem's code is the exit code of its family, so one list
may hold problems of several stages and still know how the command ends.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where it stands, what was found, what to do."""

    path: str
    place: str
    code: str
    found: str
    expected: str
    do: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.place}" if self.place else self.path
        clauses = "; ".join(clause for clause in (self.found, self.expected, self.do) if clause)
        return f"{where}: {self.code}: {clauses}"

    @property
    def family(self) -> int:
        """The exit code of the problem's family, read from its code: GB401 is 4."""
        return int(self.code[2])


class GreenbookError(Exception):
    """A stop with its problems; the command prints them and ends with `exit_code`."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem] = (), message: str = "") -> None:
        super().__init__(message)
        self.problems = tuple(sorted(set(problems)))
        self.message = message

    def __str__(self) -> str:
        return "\n".join([*map(str, self.problems), *([self.message] if self.message else [])])


class CommandError(GreenbookError):
    exit_code = 2


class DataRefused(GreenbookError):
    exit_code = 3


class NotebookFailed(GreenbookError):
    exit_code = 4


class CompositionRefused(GreenbookError):
    exit_code = 5


class UnsafeContent(GreenbookError):
    exit_code = 6


class EnvironmentMissing(GreenbookError):
    exit_code = 7


class Busy(GreenbookError):
    exit_code = 8


class Interrupted(GreenbookError):
    exit_code = 130


FAMILIES: dict[int, type[GreenbookError]] = {
    family.exit_code: family
    for family in (
        CommandError, DataRefused, NotebookFailed, CompositionRefused,
        UnsafeContent, EnvironmentMissing, Busy,
    )
}


def error_of(problems: Iterable[Problem]) -> GreenbookError:
    """The error that holds `problems`; the earliest stage among them names its family."""
    problems = tuple(problems)
    return FAMILIES[min(problem.family for problem in problems)](problems)


def near(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant, the first that goes on where `name` ends, or None when nothing is near."""
    known = sorted(names)
    matches = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    longer = [other for other in known if len(name) > 1 and other.startswith(name)]
    return next(iter([*matches, *longer]), None)


def write_instead(name: str, names: Iterable[str], otherwise: str) -> str:
    """The advice for a mistyped name: the near one, or `otherwise`."""
    match = near(name, names)
    return f"write {match}" if match else otherwise
