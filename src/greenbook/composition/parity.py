"""The three languages compared number by number: each printed number is read back and held against the stored one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from greenbook.composition.reread import tokens, undated, unreadable
from greenbook.composition.scan import Scan
from greenbook.documents.document import ChapterDocument, Shown
from greenbook.errors import Problem
from greenbook.units import Units

Documents = Mapping[str, ChapterDocument]


def unequal_numbers(documents: Documents, scans: Mapping[str, Scan], units: Units) -> list[Problem]:
    """What is wrong with the numbers of one chapter, over all its languages (GB551–GB553)."""
    problems = [problem for language in ("zh-Hans", "en") if language in documents
                for problem in _against_record(documents[language], documents, units)]
    problems += _traditional(documents)
    for language, document in documents.items():
        problems += _as_scanned(document, scans[language])
    return problems


def _against_record(document: ChapterDocument, documents: Documents, units: Units) -> Iterator[Problem]:
    twin = documents.get("en" if document.language != "en" else "zh-Hans")
    for shown in document.shown:
        record = document.values.get(shown.name)
        if record is None or record.value is None:
            continue
        if shown.filter.startswith("year"):
            known = tokens(record.period)[:1] if record.form == "date" else tokens(record.period)
            why = "" if tokens(shown.text) == known else f"not {record.period}"
        else:
            bare = shown.filter.startswith("bare") or ".tbl-" in shown.name  # a table's head has the unit
            text = undated(shown.text, record, document.language) if shown.filter == "dated" else shown.text
            why = unreadable(text, record, document.language, units, bare) if text else f"not of {record.period}"
        if why:
            yield _problem(document, shown, "GB551", f'found "{shown.text}" for {shown.name} at {shown.place} in '
                           f"{document.language}: {why}", _elsewhere(shown, twin))


def _elsewhere(shown: Shown, twin: ChapterDocument | None) -> str:
    others = [item for item in twin.shown if (item.name, item.filter) == (shown.name, shown.filter)] if twin else []
    if twin is None or not others:
        return "the stored value in the unit shown"
    return f'the number that {twin.language} prints at {others[0].place}: "{others[0].text}"'


def _traditional(documents: Documents) -> Iterator[Problem]:
    if "zh-Hant" not in documents or "zh-Hans" not in documents:
        return
    master = defaultdict(list)
    for shown in documents["zh-Hans"].shown:
        master[shown.place, shown.name, shown.filter].append(shown)
    for shown in documents["zh-Hant"].shown:
        twins = master.get((shown.place, shown.name, shown.filter))
        twin = twins.pop(0) if twins else None
        if twin is None or tokens(twin.text) != tokens(shown.text):
            expected = f'the digits of zh-Hans: "{twin.text}"' if twin else "the same value in zh-Hans"
            yield _problem(documents["zh-Hant"], shown, "GB552",
                           f'found "{shown.text}" for {shown.name} at {shown.place} in zh-Hant', expected)


def _as_scanned(document: ChapterDocument, scan: Scan) -> Iterator[Problem]:
    """Values in the blocks that were not announced as shown, or stand there with another text."""
    announced = defaultdict(set)
    for shown in document.shown:
        announced[shown.name].add(shown.text)
    for name, text, place in scan.values:
        if text not in announced[name]:
            told = ", ".join(sorted(f'"{item}"' for item in announced[name]))
            yield Problem(document.notebook, place, "GB553", f'found "{text}" for {name} in {document.language}',
                          told or "a value that the chapter announced", "build the chapter again")


def _problem(document: ChapterDocument, shown: Shown, code: str, found: str, expected: str) -> Problem:
    return Problem(document.notebook, shown.cell or shown.place, code, found, expected,
                   "use the value's name in both languages and check the indicator's show")
