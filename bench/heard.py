"""The three PDFs before the checkers for assistive technology, and mutants that they must catch: a part of evidence.

    python bench/heard.py [_build/full-2025]
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Row = tuple[str, int, int, str]


def errors(pdf: Path) -> list[str]:
    """What outloud and pdfua call an error in `pdf`.

    outloud takes eight words for prose: the head of a table, set again on its next page, is an artifact there, as it
    must be. Such a line is let pass where the same words stand in the book a second time, which is where they are read.
    """
    import outloud
    import pdfua

    found = [item for item in outloud.check(str(pdf)).findings if item.severity == "error"]
    text = _characters(pdf) if any(item.rule == "TAG-002" for item in found) else ""
    spoken = [item for item in found
              if not (item.rule == "TAG-002" and text.count("".join(str(item.evidence).split())[:24]) > 1)]
    return [f"outloud {item.rule}: {item.evidence}" for item in spoken] + [
        f"pdfua {item}" for item in pdfua.validate(str(pdf)).findings]


def _characters(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", "", done.stdout)


def without_words(document: Any) -> None:
    """Takes the alternative texts of all figures and formulas."""
    for item in _elements(document, "/Figure", "/Formula"):
        for key in {"/Alt", "/ActualText"} & set(item.keys()):
            del item[key]


def without_language(document: Any) -> None:
    """Takes the language of the document."""
    del document.Root.Lang


def without_tags(document: Any) -> None:
    """Takes the tree of tags."""
    del document.Root.StructTreeRoot


def without_heads(document: Any) -> None:
    """Makes every head cell of the tables a plain one."""
    import pikepdf

    for item in _elements(document, "/TH"):
        item.S = pikepdf.Name.TD


def _elements(document: Any, *kinds: str) -> list[Any]:
    import pikepdf

    return [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") in kinds]


MUTANTS = {"alternative texts": without_words, "language": without_language, "tags": without_tags,
           "table heads": without_heads}


def mutant(pdf: Path, name: str, target: Path) -> Path:
    """`pdf` robbed of `name`, written to `target`."""
    import pikepdf

    with pikepdf.open(pdf) as document:
        MUTANTS[name](document)
        document.save(target)
    return target


def rows(report: Path) -> list[Row]:
    """Errors of the PDFs, and mutants of the smallest one that nothing caught."""
    pdfs = sorted(report.resolve().glob("report-*.pdf"), key=lambda path: path.stat().st_size)
    found = {path.name: errors(path) for path in pdfs}
    for name, lines in found.items():
        print(*(f"{name}: {line}" for line in lines), sep="\n", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        missed = [name for name in MUTANTS if not errors(mutant(pdfs[0], name, Path(folder) / "mutant.pdf"))]
    return [("outloud and pdfua: errors in the PDFs", len(pdfs), sum(map(len, found.values())), "real book"),
            ("PDFs robbed of words, language, tags, table heads: not caught", len(MUTANTS), len(missed),
             ", ".join(missed) or pdfs[0].name)]


if __name__ == "__main__":
    made = rows(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "full-2025")
    print(*made, sep="\n")
    raise SystemExit(1 if any(row[2] for row in made) else 0)
