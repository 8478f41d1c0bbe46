"""datapackage.json: what the annex holds, as a Tabular Data Package (specs.frictionlessdata.io, version 1)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from greenbook.catalog.citing import issuer_words, release_words, source_words
from greenbook.catalog.entries import Source
from greenbook.catalog.view import CatalogView
from greenbook.composition.book import Book
from greenbook.publishing.dictionary import COLUMNS, MEANINGS

TYPES = {
    "year": "integer", "baseline_year": "integer", "value": "number", "x": "number", "shown_zh": "number",
    "shown_en": "number", "released": "date", "date": "date", "released_is_estimated": "boolean",
    "date_is_estimated": "boolean", "verified_at_origin": "boolean",
}
"""Columns that hold no text; `published` is one, since a date may be known to the month or the year only."""

KEYS = {
    "observations": ("indicator", "region", "year", "as_at", "vintage", "released"), "indicators": ("id",),
    "sources": ("id",), "targets": ("id",), "policies": ("id",),
}
LINKS = {
    "observations": (("indicator", "indicators"), ("source", "sources")), "policies": (("source", "sources"),),
    "targets": (("indicator", "indicators"), ("policy", "policies"), ("source", "sources")),
}
ABOUT = (
    "Every observation public by the edition's date, and what each figure of the report draws. The table of sources "
    "says where each was published, under which licence where one was stated, and whether it was checked at the origin."
)


def datapackage(folder: Path, book: Book, view: CatalogView) -> str:
    """The descriptor of the tables in `folder`, with the sources of `view` as those that the package rests on."""
    package = {
        "profile": "tabular-data-package", "name": f"greenbook-{book.edition.id.lower()}", "title": book.title,
        "description": ABOUT, "version": book.edition.version,
        "created": f"{book.edition.as_of.isoformat()}T00:00:00Z", "edition": book.edition.id,
        "sources": [{"title": _cited(view, source)} for source in view.sources()],
        "resources": [_resource(path) for path in sorted(folder.glob("*.csv"))],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _cited(view: CatalogView, source: Source) -> str:
    """The source in words; without its date where that lies after the edition's."""
    if view.dated(source):
        return source_words(source, "en")
    return ", ".join(filter(None, (issuer_words(source, "en"), release_words(source, "en"))))


def _resource(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    columns = content.decode("utf-8").split("\n", 1)[0].split(",")
    return {
        "profile": "tabular-data-resource", "name": path.stem.lower(), "path": path.name, "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "schema": _schema(path.stem, columns),
    }


def _schema(table: str, columns: list[str]) -> dict[str, Any]:
    """Each column with its type and its meaning in English; the keys of a table, and the tables it leads to."""
    schema: dict[str, Any] = {"fields": [_field(name, table) for name in columns], "missingValues": [""]}
    if table in KEYS:
        schema["primaryKey"] = list(KEYS[table])
    if table in LINKS:
        schema["foreignKeys"] = [{"fields": column, "reference": {"resource": other, "fields": "id"}}
                                 for column, other in LINKS[table]]
    return schema


def _field(name: str, table: str) -> dict[str, Any]:
    described = {} if table not in COLUMNS and ".fig-" not in table else {"description": MEANINGS[name][1]}
    return {"name": name, "type": TYPES.get(name, "string"), **described}
