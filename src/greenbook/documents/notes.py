"""The notes line of a figure or table: the record's notes, breaks in its series, and what its marks mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from greenbook.language import says_its_year
from greenbook.records import FigureRecord, TableRecord, Text, ValueRecord

SIGNS = {"over": ">", "at_least": "≥", "under": "<", "at_most": "≤", "about": "≈", "strive": "☆"}
APPROXIMATE = ("approximate", "estimated")


def figure_notes(record: FigureRecord, view: Any, words: Mapping[str, str], language: str) -> list[str]:
    """The notes of a figure in `language`, once each, without full stops."""
    statuses = {point.status for point in record.points}
    years = [int(point.x) for point in record.points]
    notes = [*_texts(record.notes, language), *_breaks(record.indicators, years, view, words, language)]
    if "preliminary" in statuses:
        notes.append(words["note_preliminary_figure"])
    if statuses.intersection(APPROXIMATE):
        notes.append(words["note_approximate_figure"])
    if record.hollow_bars and "estimated" in statuses:
        notes.append(words["note_estimated_bars"])
    if any(point.bound for point in record.points):
        notes.append(words["note_bound_figure"])
    return _settled(notes)


def table_notes(record: TableRecord, view: Any, words: Mapping[str, str], language: str,
                signs: Iterable[str]) -> list[str]:
    """The notes of a table in `language`; `signs` are the bounds that its cells print as signs."""
    values = [cell.value for row in record.rows for cell in row.cells if cell.value is not None]
    statuses = {value.status for value in values if value.value is not None}
    years = [year for value in values for year in _years(value)]
    notes = [*_texts(record.notes, language), *_texts((note for value in values for note in value.notes), language),
             *_breaks(record.indicators, years, view, words, language)]
    if "preliminary" in statuses:
        notes.append(words["note_preliminary_table"])
    if statuses.intersection(APPROXIMATE):
        notes.append(words["note_approximate_table"])
    return _settled([*notes, *(words[f"note_bound_{bound}"] for bound in SIGNS if bound in signs)])


def line(notes: Iterable[str], words: Mapping[str, str]) -> str:
    """`notes` as one line of sentences."""
    return words["semicolon"].join(notes) + words["sentence_end"]


def _texts(notes: Iterable[Text], language: str) -> list[str]:
    return [note.get(language, "") for note in notes]


def _breaks(indicators: Iterable[str], years: list[int], view: Any, words: Mapping[str, str],
            language: str) -> list[str]:
    """The breaks of each indicator that lie between the first and the last year shown."""
    entries = [view.indicator(name) for name in indicators if name in view.catalog.indicators]
    return [
        words["label_line"].format(entry.label[language]) + cut.reason[language]
        if says_its_year(cut.reason[language], cut.year)
        else words["note_break"].format(label=entry.label[language], year=cut.year, reason=cut.reason[language])
        for entry in entries for cut in entry.breaks if years and min(years) < cut.year <= max(years)
    ]


def _years(value: ValueRecord) -> list[int]:
    return [int(part) for part in value.period.replace("–", "—").split("—") if part.isdecimal()]


def _settled(notes: Iterable[str]) -> list[str]:
    """Notes once each, without empty ones and without their last stop."""
    return list(dict.fromkeys(stripped for note in notes if (stripped := note.strip().rstrip("。."))))
