"""Numbers drawn from the text of the PDFs: does `build.py trace` lead each back, and do the inputs give it again?

    python bench/trace_sample.py [--edition full-2025] [--count 50] [--seed 1] [--language zh-Hans --language en]

The text comes from the PDF itself, by its tags: paragraphs and list items of chapters, and cells of tables. What is
left out, with its count, is printed. A number counts as found where the real command ends with 0, and each value that
it names comes out of its inputs again, as printed (`recompute.py`). One that resolves to nothing is a failure.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from outloud.model import Document, StructElem  # noqa: E402
from recompute import Recompute, Unlike  # noqa: E402

from greenbook.review.printed import on_page, prints  # noqa: E402
from greenbook.review.trace import find  # noqa: E402

PAGES = 60
BESIDE = 8  # so many signs beside a number make it part of a refusal's text; a bare cell never is
NUMBER = re.compile(r"(?<![0-9A-Za-z.,])[0-9][0-9,]*(?:\.[0-9]+)?")
BODY, CELL = ("P", "LBody", "BlockQuote"), ("TD", "TH")
OUTSIDE = {"Figure", "Caption", "Note", "FENote", "TOC", "TOCI", "H", "H1", "H2", "H3", "H4", "H5", "Formula", "Code"}
INLINE = ("Span", "Link", "Em", "Strong", "Lbl", "Reference", "NonStruct", "Sub", "Annot", "Quote")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# The rule of what is left out: each class by the words round a number ({}); the first that fits counts.
RULES = (
    ("page, chapter, figure, table or section number",
     r"(?:图|表|圖|附录|附錄|第|Figures?|Tables?|Chapters?|Annex|page|Sections?) ?(?:[A-Z][-–.])?{}(?:[-–.]\d+)*~"
     r"(?:图|表|圖|Figures?|Tables?) ?\d+[-–] ?{}~"
     # a reference whose first half stands on the line or page before
     r"^ *{}[-–]\d+[)）]~^ *\d+[-–]{}[)）]"),
    ("document or standard number",
     r"〔{}〕~〕{}[号號]~"
     r"(?:GB|ISO|HJ|YB|IEC|T)(?:/[TZ])?[ \u00a0]?{}(?:[.—-]\d+)*~No\. ?{}"),
    ("date", rf"{{}}(?:月|日)~{{}}[—–]\d+月~\d+月{{}}日~{{}} {_MONTH}~{_MONTH} {{}}~"
             rf"(?:19|20)\d\d-(?:\d\d-)?{{}}~-{{}}-\d\d"),
    ("source or note mark", r"\[{}\]~S{}\b~［{}］"),
)
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Drawn:
    """A number of the PDF: its text, the page, whether it stands in a table, and the words round it."""

    text: str
    page: int
    cell: bool
    context: str


def chapter_pages(document: Document, manifest: dict, language: str) -> list[int]:
    """The pages of the chapters, counted from 0, by the PDF's own bookmarks."""
    titles = {re.sub(r"\s", "", chapter["title"][language]) for chapter in manifest["chapters"]}
    marks = [(level, re.sub(r"\s", "", title), page - 1) for level, title, page in document.fitz().get_toc(simple=True)]
    pages: list[int] = []
    for number, (level, title, page) in enumerate(marks):
        if any(title.endswith(name) for name in titles):
            after = next((later for deep, _, later in marks[number + 1:] if deep <= level), len(document.pages))
            pages += range(page, max(after, page + 1))
    return sorted(set(pages))


def texts(document: Document, pages: set[int], left: Counter) -> Iterator[tuple[int, bool, str]]:
    """(page, in a table, text) of the body's paragraphs and cells; text with other tags is counted as left out."""
    blocks: dict[tuple[int, int], list[tuple[int, tuple | None]]] = {}
    owners: dict[int, StructElem] = {}
    for element in document.elements:
        owner = _block(element)
        owners[owner.order] = owner
        for ref in element.mcrefs:
            if ref.page in pages:
                blocks.setdefault((owner.order, ref.page), []).append((ref.mcid, ref.stream))
    for page in sorted(pages):
        artifacts = [run.text for run in document.content(page).runs if run.mcid is None]
        left["page heads, page numbers and other artifacts"] += len(NUMBER.findall(" ".join(artifacts)))
    for (order, page), refs in blocks.items():
        words = document.content(page).mcid_text
        text = "".join(words.get((stream, mcid), "") for mcid, stream in sorted(refs, key=lambda ref: ref[0]))
        kinds = {owners[order].type, *owners[order].path.split("/")}
        if owners[order].type not in (*BODY, *CELL) or kinds & OUTSIDE:
            left["figures, captions, headings, notes, formulas"] += len(NUMBER.findall(text))
        else:
            yield page, "TD" in kinds, " ".join(text.replace("\u00ad", "-").split())


def _block(element: StructElem) -> StructElem:
    """The nearest paragraph, cell, heading or other block that an element of a line belongs to."""
    while element.type in INLINE and element.parent is not None:
        element = element.parent
    return element


def drawn(document: Document, pages: set[int], words: set[str], left: Counter,
          reasons: list[tuple[str, list[str]]]) -> list[Drawn]:
    """The numbers of the pages that the rule leaves in; `reasons` are those of `refusal_texts`."""
    found = []
    for page, cell, text in texts(document, pages, left):
        if re.match("(?:资料来源|資料來源|注|註|Sources?|Notes?)[：: ]", text):
            left["lines of sources and notes"] += len(NUMBER.findall(text))
            continue
        for match in NUMBER.finditer(text):
            kind = left_out(text, match, words) or in_refusal(text, match, reasons)
            if kind:
                left[kind] += 1
            else:
                context = text[max(0, match.start() - 25):match.end() + 15]
                found.append(Drawn(match[0].rstrip(","), page + 1, cell, context))
    return found


def left_out(text: str, match: re.Match, words: set[str]) -> str:
    """The class by which a number of `text` is left out, or nothing."""
    number = match[0].rstrip(",")
    around = text[max(0, match.start() - 30):match.end() + 30]
    at = min(30, match.start())
    for name, pattern in RULES:
        for alternative in pattern.split("~"):
            for found in re.finditer(alternative.replace("{}", re.escape(number)), around):
                if found.start() <= at < found.end():
                    return name
    if YEAR.fullmatch(number):
        return "bare year"
    for word in words:
        for found in re.finditer(re.escape(word), around):
            if found.start() <= at < found.end():
                return "name or .word"
    return ""


def in_refusal(text: str, match: re.Match, reasons: list[tuple[str, list[str]]]) -> str:
    """The class of a number that stands in the reason of a refusal with the words beside it and is none of the values
    that the reason prints, or nothing."""
    beside = re.sub(r"\s", "", text[max(0, match.start() - 10):match.end() + 10])
    told = len(beside) >= len(match[0]) + BESIDE and any(
        beside in reason and not any(prints(shown, match[0].rstrip(",")) for shown in values)
        for reason, values in reasons)
    return "numbers that a refusal quotes from the words of a break or note of data/indicators" if told else ""


def refusal_texts(manifest: dict, language: str) -> list[tuple[str, list[str]]]:
    """Each reason of a refusal, squeezed, with the values that the book prints in it."""
    rows = [row for row in manifest["sentences"] if row["language"] == language and row["place"].endswith(".refusals")]
    found = []
    for refusal in manifest["refusals"]:
        reason = re.sub(r"\s", "", refusal["reason"].get(language, "")).lower()
        own = [row for row in rows if reason in re.sub(r"\s", "", row["sentence"]).lower()]
        found.append((re.sub(r"\s", "", refusal["reason"].get(language, "")),
                      [text for row in own for _, text in row["values"]]))
    return found


def marked_words() -> set[str]:
    """Words with digits: those that the notebooks mark by hand, and names in the titles and labels of data/."""
    notebooks = "".join(path.read_text("utf-8") for path in sorted((ROOT / "notebooks").glob("*.ipynb")))
    marked = set(re.findall(r"\[([^\]\[]*[0-9][^\]\[]*)\]\{\.word\}", notebooks))
    tables = [(ROOT / "data" / name).read_text("utf-8") for name in ("policies.csv", "glossary.csv", "sources.csv")]
    tables += [path.read_text("utf-8") for path in sorted((ROOT / "data/indicators").glob("*.yml"))]
    pattern = r"[A-Za-z₂][A-Za-z0-9.₂\-]*[0-9][A-Za-z0-9.]*|[0-9]+(?:th|st|nd|rd)|[0-9]+[—-][0-9]+月"
    names = re.findall(pattern, "".join(tables))
    titles = [cell for row in csv.DictReader(tables[0].splitlines()) for cell in (row["title_zh"], row["title_en"])]
    files = [ROOT / "data/units.yml", *sorted((ROOT / "data/indicators").glob("*.yml"))]
    data = "".join(path.read_text("utf-8") for path in files)
    labels = {label.strip() for label in re.findall(r'(?:zh-Hans|en): "?([^,}"]*[0-9][^,}"]*)', data)}
    marked |= {label for label in labels if len(label) < 60 and re.search(r"[^0-9.%\s]{3}", label)}
    return marked | {name for name in names if len(name) > 2} | {cell for cell in titles if re.search("[0-9]", cell)}


def failure(item: Drawn, language: str, edition: str, manifest: dict, again: Recompute) -> str:
    """Why a number does not lead back to inputs that give it, or nothing."""
    words = ["trace", item.text, "--page", str(item.page), "--language", language, "--edition", edition]
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), *words, "--project", str(ROOT)],
                          capture_output=True, text=True, timeout=120)
    if done.returncode:
        return done.stderr.splitlines()[0][:160] if done.stderr else f"exit {done.returncode}"
    link = ROOT / "_build" / edition
    values = on_page(link, manifest["languages"], find(manifest, item.text, language).values, item.page, language)
    for value, places in values:
        for place in places:
            try:
                again.check(value, place.text, language)
            except Unlike as unlike:
                return f"{value['id']}: {unlike}"
    return "" if values else "no value"


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--edition", default="full-2025")
    words.add_argument("--count", type=int, default=50)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--language", action="append", default=[])
    asked = words.parse_args()
    manifest = json.loads((ROOT / "_build" / asked.edition / "manifest.json").read_text("utf-8"))
    again, failed = Recompute(ROOT / "data"), 0
    for language in asked.language or ["zh-Hans", "en"]:
        failed += sample(asked, language, manifest, again)
    for kind, count in sorted(again.kinds.items()):
        print(f"values checked: {count} {kind}")
    return 1 if failed else 0


def sample(asked: argparse.Namespace, language: str, manifest: dict, again: Recompute) -> int:
    """Draws and traces the numbers of one PDF; prints what was left out and what failed, returns how many failed."""
    chance, left = random.Random(f"{asked.seed} {language}"), Counter()
    document = Document(str(ROOT / "_build" / asked.edition / f"report-{language}.pdf"))
    every = chapter_pages(document, manifest, language)
    pages = set(chance.sample(every, min(PAGES, len(every))))
    reasons = refusal_texts(manifest, language)
    found = drawn(document, pages, marked_words(), left, reasons)
    found.sort(key=lambda item: (item.page, item.context, item.text))
    chosen = chance.sample(found, min(asked.count, len(found)))
    print(f"{language}: {len(pages)} of {len(every)} pages of chapters drawn (seed {asked.seed}); {len(found)} numbers "
          f"in sentences and cells, {sum(item.cell for item in found)} of them in cells")
    for kind, count in sorted(left.items()):
        print(f"  left out  {count:6}  {kind}")
    failures = [(item, why) for item in chosen if (why := failure(item, language, asked.edition, manifest, again))]
    print(f"  traced to inputs that give the printed number: {len(chosen) - len(failures)} of {len(chosen)}")
    for item, why in failures:
        print(f"  FAILED page {item.page}, {item.text} in “{item.context}”: {why}")
    return len(failures) + asked.count - len(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
