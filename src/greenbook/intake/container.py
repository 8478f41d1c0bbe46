"""The outside of a workbook: what kind of file it is and how large it is unpacked, known before anything is loaded."""

from __future__ import annotations

import io
import zipfile
import zlib

from greenbook.catalog.files import DataFile
from greenbook.errors import Problem

MOST_MEMBERS = 1_000
LARGEST_UNPACKED = 150_000_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
_MACROS, _LINKS, _BINARY = "xl/vbaProject.bin", "xl/externalLinks/", "xl/workbook.bin"


def is_workbook(file: DataFile) -> bool:
    """Whether the file is to be read as a workbook, by its name or its first bytes."""
    lower = file.name.lower()
    return lower.endswith((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")) or file.content[:4] in (_ZIP, _OLD[:4])


def unfit(file: DataFile) -> Problem | None:
    """Why the workbook must not be loaded, or None. Looks at names and sizes first, then at the sum of each member."""
    fault = _kind(file)
    if fault is None:
        try:
            with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
                fault = _members(archive.infolist()) or _damage(archive)
        except _BROKEN as error:
            fault = "GB351", f"found a damaged workbook ({error})", "a whole .xlsx file", "save it again"
    if fault is None:
        return None
    code, found, expected, do = fault
    return Problem(file.name, "", code, found, f"expected {expected}", do)


Fault = tuple[str, str, str, str]


def _kind(file: DataFile) -> Fault | None:
    lower = file.name.lower()
    if lower.startswith("~$"):
        return "GB351", "found the lock file of an open workbook", "the workbook", "close it and name the workbook"
    if file.content.startswith(_OLD):
        kind = "an .xls file" if lower.endswith(".xls") else "an encrypted workbook or an .xls file"
        return "GB351", f"found {kind}", "an .xlsx file", "save it as .xlsx without a password"
    if not file.content.startswith(_ZIP):
        return "GB351", "found a file that is no workbook, whatever its name", "an .xlsx file", _renamed(file)
    if not lower.endswith(".xlsx"):
        ending = file.name[file.name.rfind("."):] if "." in file.name else "no ending"
        return "GB351", f"found a workbook with {ending}", "an .xlsx file", "save it as .xlsx"
    return None


def _renamed(file: DataFile) -> str:
    return "save the page as .xlsx" if b"<" in file.content[:100] else "give it the ending .csv, if it is one"


def _members(members: list[zipfile.ZipInfo]) -> Fault | None:
    names, unpacked = [member.filename for member in members], sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        return "GB352", f"found {len(members):,} parts", f"at most {MOST_MEMBERS:,}", "save the table alone"
    if unpacked > LARGEST_UNPACKED:
        return ("GB352", f"found {unpacked:,} bytes unpacked", f"at most {LARGEST_UNPACKED:,}", "split the table")
    if len(set(names)) < len(names):
        return "GB351", "found a part twice", "each part once", "save it again"
    if any(member.flag_bits & 1 for member in members):
        return "GB351", "found an encrypted workbook", "an open one", "save it without a password"
    if _MACROS in names:
        return "GB351", "found macros", "a workbook without them", "save it as .xlsx"
    if _BINARY in names:
        return "GB351", "found a binary workbook (.xlsb)", "an .xlsx file", "save it as .xlsx"
    if any(name.startswith(_LINKS) for name in names):
        return "GB351", "found links to other workbooks", "a table that stands alone", "paste the values"
    if "xl/workbook.xml" not in names:
        return "GB351", "found a file without a workbook in it", "an .xlsx file", "save it as .xlsx"
    return None


def _damage(archive: zipfile.ZipFile) -> Fault | None:
    """A part whose bytes or size are not as stated; reads each part once, within its stated size."""
    bad = archive.testzip()
    return ("GB351", f"found part {bad} damaged", "a whole .xlsx file", "save it again") if bad else None
