"""A data file as text: read once, as bytes, within limits, in one encoding, without characters that hide."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from greenbook.errors import Problem

LARGEST_FILE = 20_000_000
_ENCODINGS = {"UTF-8": "utf-8", "GB18030": "gb18030"}
_BOM = b"\xef\xbb\xbf"
# Control characters but line feed and carriage return, soft hyphen, zero-width and bidirectional marks,
# line and paragraph separators, the replacement character of a broken conversion, noncharacters.
_HIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef"
    "\ufeff\ufff9-\ufffd\ufffe\uffff]"
)


@dataclass(frozen=True)
class DataFile:
    """A file of data/: its name in messages, its bytes and their sha256."""

    name: str
    content: bytes
    sha256: str


def read_file(path: Path, name: str, root: Path, problems: list[Problem]) -> DataFile | None:
    """The bytes of `path`, or None with a problem: missing, no regular file, outside `root`, unreadable, too large.

    Looks at the kind of file before opening it, so that a pipe does not block.
    """
    try:
        state = path.stat()
        fault = _unfit(path, state, root)
        content = b"" if fault else path.read_bytes()
    except OSError as error:
        fault = ("GB301", f"found no readable file ({error.strerror})", "a file", "add it or its permission")
    if fault:
        code, found, expected, do = fault
        problems.append(Problem(name, "", code, found, f"expected {expected}", do))
        return None
    return DataFile(name, content, hashlib.sha256(content).hexdigest())


def _unfit(path: Path, state: os.stat_result, root: Path) -> tuple[str, str, str, str] | None:
    """Why the file must not be opened: code, what was found, what was expected, what to do."""
    if not stat.S_ISREG(state.st_mode):
        return "GB301", "found no regular file", "a file", "put a file in its place"
    if not path.resolve().is_relative_to(root.resolve()):
        return "GB301", "found a link out of the project", "a file of the project", "copy the file here"
    if state.st_size > LARGEST_FILE:
        return "GB303", f"found {state.st_size:,} bytes", f"at most {LARGEST_FILE:,}", "split the file"
    return None


def decode(file: DataFile, declared: str, problems: list[Problem]) -> str | None:
    """The text of `file`, with line feeds as line ends; None with problems where it cannot be trusted.

    `declared` is UTF-8 or GB18030. One byte order mark is taken off. Line ends are LF, CRLF or CR, of one kind.
    """
    if not file.content.removeprefix(_BOM).strip():
        problems.append(Problem(file.name, "1", "GB301", "found an empty file", "expected a header row or keys",
                                "restore the file"))
        return None
    text = _characters(file, declared, problems)
    if text is None or not _visible(file.name, text, problems):
        return None
    return _lines(file.name, text, problems)


def _characters(file: DataFile, declared: str, problems: list[Problem]) -> str | None:
    content = file.content.removeprefix(_BOM)
    fault = _encoding_fault(content, len(content) < len(file.content), declared)
    if fault is None:
        try:
            return content.decode(_ENCODINGS[declared])
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            fault = (line, f"found bytes that are not {declared}{_guess(content, declared)}", _cure(content, declared))
    line, found, do = fault
    problems.append(Problem(file.name, str(line), "GB304", found, f"expected the encoding {declared}", do))
    return None


def _encoding_fault(content: bytes, marked: bool, declared: str) -> tuple[int, str, str] | None:
    if content.startswith(_BOM):
        return 1, "found two byte order marks", "save the file as UTF-8"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return 1, "found a byte order mark of UTF-16", "save the file as UTF-8"
    if declared == "GB18030" and (marked or _is_utf8(content)):
        return 1, "found a file in UTF-8", "remove it from data/encodings.yml"
    return None


def _is_utf8(content: bytes) -> bool:
    """Whether `content` is UTF-8 and not plain ASCII (which every declared encoding shares)."""
    try:
        return not content.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _guess(content: bytes, declared: str) -> str:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return " (looks like GB18030)" if declared == "UTF-8" else ""


def _cure(content: bytes, declared: str) -> str:
    if _guess(content, declared):
        return "save the file as UTF-8, or declare GB18030 in data/encodings.yml"
    return "save the file as UTF-8"


def _visible(name: str, text: str, problems: list[Problem]) -> bool:
    """Whether `text` holds no character that hides; each line with one is a problem."""
    before = len(problems)
    line, seen = 1, 0
    for match in _HIDDEN.finditer(text):
        line += len(re.findall(r"\r\n|\r|\n", text[seen:match.start()]))
        seen = match.start()
        code = ord(match[0])
        words = unicodedata.name(match[0], "control character").lower()
        problems.append(Problem(name, str(line), "GB305", f"found U+{code:04X} ({words})",
                                "expected characters that can be seen", "delete it"))
    return len(problems) == before


def _lines(name: str, text: str, problems: list[Problem]) -> str | None:
    kinds = sorted({match[0] for match in re.finditer(r"\r\n|\r|\n", text)})
    if len(kinds) > 1:
        ends = [match[0] for match in re.finditer(r"\r\n|\r|\n", text)]
        line = next(number for number, end in enumerate(ends, 1) if end != ends[0])
        problems.append(Problem(name, str(line), "GB306", "found another line end than on line 1",
                                "expected one kind of line end", "save the file with LF line ends"))
        return None
    if kinds and kinds[0] != "\n":
        text = text.replace(kinds[0], "\n")
    if not text.endswith("\n"):
        problems.append(Problem(name, str(text.count("\n") + 1), "GB306", "found a last line without an end",
                                "expected a whole last line", "see whether the file is cut off, then end the line"))
        return None
    return text
