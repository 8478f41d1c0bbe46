"""The names an author gives: their form, and that none is given twice."""

from __future__ import annotations

import linecache
import re
import sys
from types import FrameType

from greenbook.authoring.mistakes import AuthoringError
from greenbook.authoring.output import in_build

VALUE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
WORD = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")


class Names:
    """The names given so far, by kind, each with the author's line that gave it."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}

    def give(self, kind: str, name: str) -> None:
        """Takes `name` for a `kind`; raises AuthoringError where its form is wrong or it is taken.

        In plain Jupyter a cell is run again and again, so there a name may be given anew.
        """
        form = VALUE if kind == "value" else WORD
        if not isinstance(name, str) or not form.fullmatch(name):
            example = "output_latest" if kind == "value" else "output or output-index"
            raise AuthoringError(
                "GB472", f'found the {kind} name "{name}"', f"expected lower-case words such as {example}", "rename it"
            )
        line = author_line()
        before = self._given.get((kind, name))
        if before is not None and in_build():
            raise AuthoringError(
                "GB473",
                f'found the {kind} name "{name}" twice: in "{before}" and in "{line}"',
                "expected one name each",
                "rename one of them",
            )
        self._given[kind, name] = line

    def known(self, kind: str) -> tuple[str, ...]:
        """The names given to a kind, in their order."""
        return tuple(name for given, name in self._given if given == kind)


def author_line() -> str:
    """The line of the notebook that is being run: the nearest one outside of greenbook, stripped."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith("greenbook."):
        frame = frame.f_back
    if frame is None:
        return "?"
    return linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip() or "?"
