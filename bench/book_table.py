"""What the book holds, chapter by chapter, read from the manifest of a built edition; and what falls short.

    python bench/book_table.py [--edition full-2025] [--built FOLDER] [--faults]

Characters and words are those of the chapters' authors, values included, cells of tables not. Figures and tables count
where a sentence of their chapter, outside their own captions, refers to them. Overlap is taken from the notebooks.
Pages are those of the Chinese PDF, where the edition was built with it.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from overlap import prose, shared_runs, shared_sentences  # noqa: E402
from results import table  # noqa: E402

PAGES, FIGURES, TABLES, VALUES, PART_FIGURES = 180, 80, 50, 1200, 4
RATIO, OVERLAP = (0.5, 0.8), 0.15
_CELL = re.compile(r"\.tbl-")
HEADS = ["chapter", "grade", "zh characters", "en words", "en ÷ zh", "figures", "tables", "uncited",
         "values in sentences", "values in tables", "findings by class", "sources", "refusals"]


@dataclass
class Report:
    """The rows of the table, the lines under it, and the faults by chapter."""

    rows: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, chapter: str, what: str) -> None:
        self.faults.setdefault(chapter, []).append(what)

    def said(self, what: str, found: int, least: int) -> None:
        """A line on a number that must reach `least`, and a fault of the book where it does not."""
        self.lines.append(f"{what}: {found} (at least {least})")
        if found < least:
            self.fault("book", f"{what}: {found}, at least {least} wanted")


def examine(manifest: dict[str, Any], built: Path) -> Report:
    """What the edition in `built` holds, measured against what issue and brief ask of the book."""
    report = Report()
    totals: Counter[str] = Counter()
    for chapter in manifest["chapters"]:
        totals += _chapter(chapter, manifest, report)
    pdf = built / "report-zh-Hans.pdf"
    if pdf.is_file():
        report.said("PDF pages in zh-Hans", _pages(pdf), PAGES)
    report.said("figures cited by a sentence of their chapter", totals["figures"], FIGURES)
    report.said("tables cited by a sentence of their chapter", totals["tables"], TABLES)
    report.said("values bound in the chapters' sentences and tables", totals["values"], VALUES)
    _inconclusive(manifest, report)
    _indicators(manifest, built, report)
    _alike(manifest, report)
    return report


def _chapter(chapter: dict[str, Any], manifest: dict[str, Any], report: Report) -> Counter[str]:
    slug = chapter["id"]
    own = {kind: [item for item in manifest[kind] if item["chapter"] == slug]
           for kind in ("figures", "tables", "findings", "refusals", "values")}
    uncited = [item["id"].partition(".")[2] for item in (*own["figures"], *own["tables"]) if not item["cited_in"]]
    cells = [value for value in own["values"] if value["shown"] and _CELL.search(value["id"])]
    told = [value for value in own["values"] if value["shown"] and not _CELL.search(value["id"])]
    sources = {item["source"] for value in own["values"] for item in value["inputs"] if item.get("source")}
    sources |= {name for item in (*own["figures"], *own["tables"]) for rest in item["rests_on"]
                for name in rest.get("source", ())}
    han, words = chapter["extent"].get("zh-Hans", 0), chapter["extent"].get("en", 0)
    ratio = words / han if han else 0.0
    classes = Counter(finding["wording"] for finding in own["findings"])
    report.rows.append([
        slug, chapter["grade"], str(han), str(words), f"{ratio:.2f}", str(len(own["figures"])), str(len(own["tables"])),
        " ".join(uncited) or "0", str(len(told)), str(len(cells)),
        ", ".join(f"{name} {number}" for name, number in sorted(classes.items())), str(len(sources)),
        str(len(own["refusals"]))])
    if not RATIO[0] <= ratio <= RATIO[1]:
        report.fault(slug, f"English words ÷ Chinese characters {ratio:.2f} ({words} ÷ {han}), "
                           f"wanted {RATIO[0]}–{RATIO[1]}")
    if uncited:
        report.fault(slug, f"no sentence cites {', '.join(uncited)}")
    if chapter["number"] and re.search("[AB]", chapter["grade"]) and len(own["figures"]) < PART_FIGURES:
        report.fault(slug, f"{len(own['figures'])} figures at grade {chapter['grade']}, "
                           f"{PART_FIGURES} wanted, or a word on why")
    cited = {kind: sum(bool(item["cited_in"]) for item in own[kind]) for kind in ("figures", "tables")}
    return Counter(**cited, values=len(told) + len(cells))


def _pages(pdf: Path) -> int:
    import pikepdf

    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


def _inconclusive(manifest: dict[str, Any], report: Report) -> None:
    """A part needs a finding that is unfavourable or inconclusive; a record can say only the second."""
    parts: dict[str, int] = {}
    of = {chapter["id"]: chapter["part"] for chapter in manifest["chapters"] if chapter["number"]}
    for finding in manifest["findings"]:
        if part := of.get(finding["chapter"]):
            parts[part] = parts.get(part, 0) + (finding["wording"] == "tentative")
    report.lines.append("inconclusive findings: " + ", ".join(f"{part} {count}" for part, count in parts.items()))
    for part in sorted(set(of.values())):
        if not parts.get(part):
            report.fault("book", f"part {part} has no inconclusive finding; name an unfavourable one by hand")


def _indicators(manifest: dict[str, Any], built: Path, report: Report) -> None:
    """Indicators with a value public by the edition's date that are neither used nor in the data annex."""
    public = {row["indicator"] for path in (ROOT / "data" / "observations").glob("*.csv")
              for row in csv.DictReader(path.read_text("utf-8-sig").splitlines())
              if row["released"] <= manifest["as_of"]}
    used = {item.get("indicator") for value in manifest["values"] for item in value["inputs"]}
    used |= {name for kind in ("figures", "tables") for item in manifest[kind] for name in item["uses"]}
    annex = built / "data" / "observations.csv"
    lines = annex.read_text("utf-8-sig").splitlines() if annex.is_file() else []
    listed = {row["indicator"] for row in csv.DictReader(lines)}
    missing = sorted(public - used - listed)
    report.lines.append(f"indicators public by {manifest['as_of']}: {len(public)}; used {len(public & used)}; "
                        f"in the data annex {len(public & listed)}; in neither {len(missing)}")
    for name in missing:
        report.fault("book", f"indicator {name} is neither used nor in the data annex")


def _alike(manifest: dict[str, Any], report: Report) -> None:
    notebooks = {chapter["id"]: ROOT / chapter["notebook"] for chapter in manifest["chapters"]}
    for language in ("zh", "en"):
        texts = {slug: prose(path, language) for slug, path in notebooks.items()}
        pairs = shared_runs(texts, language)
        told = ", ".join(f"{first}–{second} {share:.1%}" for share, first, second in pairs[:3])
        report.lines.append(f"most alike in {language} (runs of eight, values taken out): {told}")
        for share, first, second in pairs:
            if share >= OVERLAP:
                report.fault(first, f"shares {share:.1%} of its runs of eight in {language} with {second}")
        for sentence, slugs in shared_sentences(texts, language).items():
            report.fault(slugs[0], f"shares a sentence in {language} with {', '.join(slugs[1:])}: {sentence[:60]}")
        report.lines.append(f"sentences in two chapters in {language}: {len(shared_sentences(texts, language))}")


def main() -> int:
    """Prints the table, the lines and the faults; ends with 1 where something falls short."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--edition", default="full-2025")
    reader.add_argument("--built", type=Path, help="the folder of the built edition (default: under _build)")
    reader.add_argument("--faults", action="store_true", help="only what falls short")
    call = reader.parse_args()
    built = call.built or ROOT / "_build" / call.edition
    report = examine(json.loads((built / "manifest.json").read_text("utf-8")), built)
    if not call.faults:
        print("\n".join([*table(HEADS, report.rows), "", *report.lines, ""]))
    print("\n".join(f"{chapter}: {what}" for chapter, found in sorted(report.faults.items()) for what in found)
          or "nothing falls short")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
