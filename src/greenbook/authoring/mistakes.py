"""What an author did that the chapter cannot bear, in one line each. Codes from GB470 on.

The error is raised in the author's cell; the build adds notebook, cell and line.
"""

from __future__ import annotations

from greenbook.errors import GreenbookError, Problem


class AuthoringError(GreenbookError):
    """A call of a notebook that cannot be carried out. Its one Problem has no path and no place: the run knows them."""

    exit_code = 4

    def __init__(self, code: str, found: str, expected: str = "", do: str = "") -> None:
        where, colon, what = found.partition(": found ")
        problem = Problem("", "", code, f"found {what} in {where}" if colon else found, expected, do)
        super().__init__([problem])

    def __str__(self) -> str:
        problem = self.problems[0]
        return f"{problem.code}: " + "; ".join(part for part in (problem.found, problem.expected, problem.do) if part)
