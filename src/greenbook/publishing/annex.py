"""The data annex: a Data Package with every observation public by the edition's date, and what each figure draws."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from greenbook.catalog.entries import Source
from greenbook.catalog.view import CatalogView
from greenbook.composition.book import Book
from greenbook.publishing.datapackage import datapackage
from greenbook.publishing.dictionary import COLUMNS, dictionary
from greenbook.records import FigureRecord

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_annex(target: Path, view: CatalogView, books: dict[str, Book], templates: Path) -> None:
    """Writes `datapackage.json`, the tables, each figure's points and a data dictionary a language into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    any_book = next(iter(books.values()))
    sources = view.sources()
    tables = {
        "observations": [_observation(view, row) for row in view.all_observations()],
        "indicators": [_indicator(view.indicator(name)) for name in sorted(view.catalog.indicators)
                       if view.observations(name) or view.targets(name)],
        "sources": [_source(view, source) for source in sources],
        "targets": [_columns(row, "targets") for row in view.targets()],
        "policies": [_columns(row, "policies") for row in view.policies()],
        "points": [row for figure in _figures(any_book) for row in figure_rows(*figure)],
    }
    for name, rows in tables.items():
        (target / f"{name}.csv").write_bytes(csv_bytes(COLUMNS[name], rows))
    for section, record in _figures(any_book):
        rows = figure_rows(section, record)
        (target / f"{section}.fig-{record.name}.csv").write_bytes(csv_bytes(COLUMNS["points"], rows))
    for language in books:
        rows = dictionary(language, templates)
        (target / f"dictionary-{language}.csv").write_bytes(csv_bytes(("table", "column", "meaning"), rows))
    (target / "datapackage.json").write_text(datapackage(target, any_book, view), "utf-8")


def figure_rows(section: str, record: FigureRecord) -> list[dict[str, Any]]:
    """The plotted points of one figure: exactly what is drawn, stored and as shown."""
    return [{
        "figure": f"{section}.fig-{record.name}", "series": point.series, "indicator": point.indicator,
        "region": point.region, "x": _number(point.x), "value": _number(point.value), "unit": point.unit,
        "shown_zh": _number(point.shown.get("zh-Hans")), "unit_zh": point.shown_unit.get("zh-Hans", ""),
        "shown_en": _number(point.shown.get("en")), "unit_en": point.shown_unit.get("en", ""),
        "status": point.status, "bound": point.bound, "formula": point.formula,
    } for point in record.points]


def csv_bytes(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> bytes:
    """Rows as CSV that a spreadsheet opens without running anything: a text that starts like a formula gets a quote."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8")


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS) and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    try:
        return bool(float(text)) or True
    except ValueError:
        return False


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(value)


def _figures(book: Book) -> list[tuple[str, FigureRecord]]:
    return [(section.id, figure.record) for section in book.sections if section.document
            for figure in section.document.figures]


def _observation(view: CatalogView, row: Any) -> dict[str, Any]:
    entry = view.catalog.indicators[row.indicator]
    return {**_columns(row, "observations"), "label_zh": entry.label["zh-Hans"], "label_en": entry.label["en"],
            "unit": entry.unit, "value": _number(row.value), "released": row.released.isoformat()}


def _indicator(entry: Any) -> dict[str, Any]:
    return {**_columns(entry, "indicators"), "label_zh": entry.label["zh-Hans"], "label_en": entry.label["en"],
            "scope_zh": entry.scope.get("zh-Hans", ""), "scope_en": entry.scope.get("en", ""),
            "chapters": " ".join(entry.chapters), "breaks": " ".join(str(item.year) for item in entry.breaks)}


def _source(view: CatalogView, source: Source) -> dict[str, Any]:
    body = source.body
    undated = {} if view.dated(source) else {"published": "", "published_precision": ""}
    return {**_columns(source, "sources"), "issuer_zh": body.name_zh if body else "",
            "issuer_en": body.name_en if body else "", **undated}


def _columns(row: Any, table: str) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in COLUMNS[table] if hasattr(row, name)}
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, float):
        return _number(value)
    return "" if value is None else value
