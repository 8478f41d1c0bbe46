"""A workbook of a million rows, one at the limit, and a bomb: how long `build.py import` takes, and how much memory.

    python bench/workbook_limits.py

Each runs as the real command in a process of its own. Ends with 1 where a limit is missed: 60 s and 1 GB for the large
ones, 2 s and 200 MB for the bomb.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = "".join(f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>'
                for column, name in zip("ABC", ("indicator", "year", "value"), strict=True))


def workbook(path: Path, rows: int, zeros: int = 0) -> None:
    """Writes an .xlsx of so many rows of three cells; `zeros` megabytes of nothing follow in the sheet."""
    relation = ('<Relationships xmlns="{0}/relationships"><Relationship Id="r" Type="{1}/{2}" Target="{3}"/>'
                "</Relationships>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", relation.format(_PACKAGE, _OFFICE, "officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels",
                         relation.format(_PACKAGE, _OFFICE, "worksheet", "worksheets/sheet1.xml"))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
                                            '<sheet name="S" sheetId="1" r:id="r"/></sheets></workbook>')
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{_HEAD}</row>'.encode())
            for row in range(2, rows + 2):
                sheet.write(f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>crude_steel_output</t></is></c>'
                            f'<c r="B{row}"><v>{1900 + row % 150}</v></c>'
                            f'<c r="C{row}"><v>{row}.5</v></c></row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
            for _ in range(zeros):
                sheet.write(bytes(1_000_000))


def measure(path: Path, project: Path) -> tuple[float, float, str]:
    """Seconds, MB and the first message of importing `path` into `project`."""
    words = [sys.executable, str(ROOT / "build.py"), "import", str(path), "--dry-run", "--project", str(project)]
    start = time.monotonic()
    with open(project / "told.txt", "w+", encoding="utf-8") as told:
        process = subprocess.Popen(words, stdout=told, stderr=told)
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        told.seek(0)
        lines = [line.strip() for line in told if ": GB" in line]
    return time.monotonic() - start, used.ru_maxrss / 1000, lines[0][:110] if lines else "accepted"


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory(prefix="greenbook-bench-") as name:
        folder = Path(name)
        shutil.copytree(ROOT / "data", folder / "data")
        shutil.copytree(ROOT / "tests/books/small/notebooks", folder / "notebooks")
        cases = (("a million rows", 1_000_000, 0, 60, 1000), ("199,000 rows", 199_000, 0, 60, 1000),
                 ("bomb of 573 MB", 10, 573, 2, 200))
        for what, rows, zeros, most_seconds, most_memory in cases:
            path = folder / f"{rows}.xlsx"
            workbook(path, rows, zeros)
            seconds, memory, told = measure(path, folder)
            good = seconds < most_seconds and memory < most_memory
            missed += not good
            print(f"{what:16} {path.stat().st_size / 1e6:5.1f} MB packed: {seconds:5.1f} s, {memory:4.0f} MB "
                  f"(at most {most_seconds} s, {most_memory} MB){'' if good else ' MISSED'}; {told}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
