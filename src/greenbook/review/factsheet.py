"""The fact sheet of each chapter: every number of its sentences with its source, and a box to tick."""

from __future__ import annotations

from collections.abc import Iterator

from greenbook.composition import tree
from greenbook.composition.book import Book, NumberRow, Section

COLUMNS = (("fact_number", "left", 0.13), ("fact_meaning", "left", 0.27), ("fact_inputs", "left", 0.44),
           ("fact_released", "left", 0.1), ("fact_checked", "center", 0.06))


def fact_sheets(book: Book) -> Iterator[Section]:
    """A section for each chapter that prints numbers in its sentences; tables state their sources themselves."""
    for section in book.sections:
        rows = [row for row in section.numbers if not row.in_table]
        if rows:
            yield _sheet(book, section, rows)


def _sheet(book: Book, section: Section, rows: list[NumberRow]) -> Section:
    words = book.words
    title = f"{words['fact_sheet']}{words['colon']}{f'{section.label} {section.title}'.strip()}"
    columns = [(words[name], align, width) for name, align, width in COLUMNS]
    sheet = tree.table(f"facts.{section.id}", words["fact_caption"], columns, [_row(row, words) for row in rows])
    return Section(f"facts-{section.id}", "matter", title, place="back", blocks=(sheet,))


def _row(row: NumberRow, words: dict[str, str]) -> list[str]:
    between = words["semicolon"]
    meaning = between.join(part for part in (row.label, row.period, row.scope, row.formula, row.status) if part)
    inputs = between.join(dict.fromkeys(_input(item) for item in row.inputs))
    released = between.join(dict.fromkeys(
        item.get("released", "") + (words["fact_estimated"] if item.get("estimated") else "") for item in row.inputs))
    return [row.text, meaning, inputs, released, "□"]


def _input(item: dict[str, str]) -> str:
    what = " ".join(item.get(name, "") for name in ("year", "value", "unit") if item.get(name))
    place = f"{item['file']}:{item['line']}" if item.get("file") else ""
    return " · ".join(part for part in (what, item.get("source", ""), place) if part)
