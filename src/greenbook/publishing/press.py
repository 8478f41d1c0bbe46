"""The press: Typst's run, and what it refuses, as problems an author can act on."""

from __future__ import annotations

import datetime
import functools
import re
from pathlib import Path
from typing import Any

from greenbook.errors import GreenbookError, Problem, error_of
from greenbook.publishing import faces

STANDARDS = ["ua-1", "a-2a"]
_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
_PLACE = re.compile(r"┌─ (?:\\\\\?\\)?([^\s:]+):(\d+)")


def printed(folder: Path, as_of: datetime.date) -> bytes:
    """The PDF of `folder`/main.typ, tagged, in the shipped faces, dated `as_of` at midnight UTC.

    Raises EnvironmentMissing (GB702 a missing glyph, GB703 an unknown family) or CompositionRefused (GB582 a label,
    GB583 an alternative text, GB584 anything else that Typst refuses). A warning is a problem too.
    """
    return pressed(compiler(folder), as_of)


def compiler(folder: Path) -> Any:
    """Typst for `folder`/main.typ; asked again by `pressed` it sets anew only what changed."""
    import typst

    return typst.Compiler(str(folder / "main.typ"), root=str(folder), font_paths=_fonts(), ignore_system_fonts=True,
                          package_path=str(folder / "packages"))


def pressed(held: Any, as_of: datetime.date) -> bytes:
    """The PDF by the compiler `held`; raises as `printed`."""
    import typst

    moment = datetime.datetime.combine(as_of, datetime.time(), datetime.UTC)
    try:
        pdf, warnings = held.compile_with_warnings(pdf_standards=STANDARDS, timestamp=int(moment.timestamp()))
    except typst.TypstError as error:
        raise _refusal([error]) from error
    if warnings:
        raise _refusal(warnings)
    return pdf


@functools.cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=faces.folders())


def pages(pdf: bytes) -> int:
    """The number of pages of a PDF that Typst wrote."""
    return max((int(count) for count in re.findall(rb"/Type ?/Pages[^>]*?/Count (\d+)", pdf)), default=0)


def _refusal(diagnostics: list[Any]) -> GreenbookError:
    return error_of(_problem(item.message, item.diagnostic) for item in diagnostics)


def _problem(message: str, diagnostic: str) -> Problem:
    path, place = _where(diagnostic)
    if glyph := _GLYPH.search(message):
        found = " ".join(f"{char} (U+{ord(char):04X})" for char in glyph[1])
        return Problem(path, place, "GB702", f"found {found}, which no face of its role has",
                       "a character of the shipped faces", "write it otherwise")
    if "unknown font family" in message:
        return Problem(path, place, "GB703", f"found an {message}", "a family of the shipped faces",
                       "name a family of templates/style/tokens.yml")
    if "does not exist in the document" in message:
        name = message.partition("<")[2].partition(">")[0]
        return Problem(path, place, "GB582", f"found a link to {name}, which is not printed", "an id of the book",
                       "correct the reference")
    if "missing alt text" in message:
        return Problem(path, place, "GB583", "found a picture or formula without words", "an alternative text",
                       "write Alt: under the caption")
    return Problem(path, place, "GB584", f"found what Typst refuses: {' '.join(message.split())}",
                   "a book that can be set", "mend the chapter or the template")


def _where(diagnostic: str) -> tuple[str, str]:
    """The section (by its file) and line that a diagnostic names; the templates' own name where it is theirs."""
    found = _PLACE.search(diagnostic)
    if not found:
        return "templates/print", ""
    path = Path(found[1].replace("\\", "/"))
    if path.parent.name == "sections":
        return path.stem, f"line {found[2]} of its typesetting"
    return f"templates/print/{path.name}", found[2]
