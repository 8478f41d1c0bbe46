"""What an author did that the chapter cannot bear, in one line each. Codes GB470 to GB499.

The error is raised in the author's cell, so the build can name notebook, cell and line.
"""

from __future__ import annotations

from greenbook.errors import GreenbookError


class AuthoringError(GreenbookError):
    """A call of a notebook that cannot be carried out: `code`, what was found, what was expected, what to do."""

    exit_code = 4

    def __init__(self, code: str, found: str, expected: str = "", do: str = "") -> None:
        super().__init__((), "; ".join(part for part in (found, expected, do) if part))
        self.code, self.found, self.expected, self.do = code, found, expected, do

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
