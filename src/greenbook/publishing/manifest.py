"""manifest.json: what was published, and the lineage of every number in it. Other tools read it; its names stay."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from greenbook.catalog.joining import describe_input
from greenbook.catalog.view import CatalogView
from greenbook.composition.book import Book, Section
from greenbook.documents.document import ChapterDocument
from greenbook.publishing.extent import citing, extent
from greenbook.publishing.paragraphs import paragraphs
from greenbook.publishing.quoted import quotations
from greenbook.records import Refusal, ValueRecord, to_json

VERSION = 1
STATED = ("greenbook", "papermill", "matplotlib", "pandas", "typst", "pypandoc-binary", "opencc")


def manifest(folder: Path, view: CatalogView, books: dict[str, Book]) -> dict[str, Any]:
    """The manifest of the edition built in `folder`, as JSON values in a fixed order."""
    join = functools.cache(lambda key: _joined(view, key))
    book = next(iter(books.values()))
    chapters = [section for section in book.sections if section.document]
    documents = {language: {section.id: section.document for section in other.sections if section.document}
                 for language, other in books.items()}
    written = next(iter(documents.values()))
    return {
        "manifest_version": VERSION, "edition": book.edition.id, "as_of": book.edition.as_of.isoformat(),
        "state": book.edition.state, "edition_version": book.edition.version, "draft": book.draft,
        "commit": book.commit, "versions": _versions(), "languages": list(books),
        "chapters": [_chapter(section, documents, books) for section in chapters],
        "files": _files(folder),
        "values": [row for section in chapters for row in _values(section.id, documents, join)],
        "sentences": [row for other in books.values() for row in quotations(other)],
        "figures": [row for document in written.values() for row in _figures(document, book, join)],
        "tables": [row for document in written.values() for row in _tables(document, book, join)],
        "findings": [row for section in chapters for row in _findings(section.id, documents)],
        "refusals": [_refusal(name, refusal) for name, document in written.items() for refusal in document.refusals],
        "gaps": [{"chapter": name, "place": gap.place, "what": gap.what}
                 for name, document in written.items() for gap in document.gaps],
        **({"paragraphs": paragraphs(books)} if book.draft else {}),
        "left_out": [{"chapter": name, "cell": cell, "condition": condition}
                     for name, document in written.items() for cell, condition in document.left_out],
        "sources": _sources(view, written.values(), join),
    }


def manifest_text(data: dict[str, Any]) -> str:
    """The manifest as it is published: one line an entry, so that a diff can be read."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: importlib.metadata.version(name) for name in STATED}}


def _files(folder: Path) -> list[dict[str, Any]]:
    return [{"path": path.relative_to(folder).as_posix(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
             "bytes": path.stat().st_size} for path in sorted(folder.rglob("*")) if path.is_file()]


def _chapter(section: Section, documents: dict[str, dict[str, ChapterDocument]],
             books: dict[str, Book]) -> dict[str, Any]:
    return {"id": section.id, "number": section.number, "grade": section.grade, "part": section.part,
            "notebook": next(iter(documents.values()))[section.id].notebook, "extent": extent(section, books),
            "title": {language: chapters[section.id].title for language, chapters in documents.items()}}


def _values(chapter: str, documents: dict, join: Callable[[str], dict]) -> list[dict[str, Any]]:
    shown: dict[str, dict[str, list[str]]] = {}
    places: dict[str, list[str]] = {}
    for language, chapters in documents.items():
        for item in chapters[chapter].shown:
            texts = shown.setdefault(item.name, {}).setdefault(language, [])
            texts += [item.text] if item.text not in texts else []
            places.setdefault(item.name, [])
            places[item.name] += [item.place] if item.place not in places[item.name] else []
    records = next(iter(documents.values()))[chapter].values
    return [_value(name, chapter, record, shown.get(name, {}), places.get(name, []), join)
            for name, record in sorted(records.items()) if record.value is not None]


def _value(name: str, chapter: str, record: ValueRecord, shown: dict, places: list[str],
           join: Callable[[str], dict]) -> dict[str, Any]:
    return {
        "id": name, "chapter": chapter, "name": record.name, "label": record.label, "value": record.value,
        "unit": record.unit, "period": record.period, "form": record.form, "status": record.status,
        "bound": record.bound, "scope": record.scope, "price_basis": record.price_basis,
        "shown": shown, "places": places, "formula": record.formula, "notes": list(record.notes),
        "inputs": [join(key) for key in record.inputs],
    }


def _joined(view: CatalogView, key: str) -> dict[str, Any]:
    found = describe_input(view, key)
    wanted = ("kind", "indicator", "id", "region", "year", "value", "unit", "status", "bound", "as_at", "vintage",
              "source", "released", "estimated", "verified", "file", "line")
    return {name: _plain(found[name]) for name in wanted if name in found}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _figures(document: ChapterDocument, book: Book, join: Callable[[str], dict]) -> list[dict[str, Any]]:
    cited = citing(document)
    return [{
        "id": figure.id, "chapter": document.slug, "number": _number(book, figure.id), "title": figure.title,
        "data": f"data/{figure.id}.csv", "points": len(figure.record.points), "uses": list(figure.record.indicators),
        "cited_in": cited.get(figure.id, []),
        "inputs": list(figure.record.inputs), "rests_on": _rests_on(figure.record.inputs, join),
        "notes": list(figure.record.notes),
    } for figure in document.figures]


def _tables(document: ChapterDocument, book: Book, join: Callable[[str], dict]) -> list[dict[str, Any]]:
    cited = citing(document)
    return [{
        "id": table.id, "chapter": document.slug, "number": _number(book, table.id), "title": table.title,
        "rows": len(table.record.rows), "columns": len(table.record.columns), "uses": list(table.record.indicators),
        "cited_in": cited.get(table.id, []), "rests_on": _rests_on(table.record.inputs, join),
        "notes": list(table.record.notes),
    } for table in document.tables]


def _rests_on(keys: Iterable[str], join: Callable[[str], dict]) -> list[dict[str, Any]]:
    """The inputs of a figure or table by kind and name: how many, of which years, from which sources, files, lines."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for item in map(join, sorted(keys)):
        groups.setdefault((item["kind"], item.get("indicator") or item.get("id", "")), []).append(item)
    return [{"kind": kind, "name": name, "count": len(items),
             **{field: sorted({item[field] for item in items if item.get(field) not in (None, "")})
                for field in ("year", "vintage", "source", "released")},
             "lines": sorted({f"{item['file']}:{item['line']}" for item in items if item.get("file")})}
            for (kind, name), items in sorted(groups.items())]


def _number(book: Book, name: str) -> str:
    return book.numbered[name].number if name in book.numbered else ""


def _findings(chapter: str, documents: dict[str, dict[str, ChapterDocument]]) -> list[dict[str, Any]]:
    first = next(iter(documents.values()))[chapter]
    return [{
        "id": finding.id, "chapter": chapter, "strength": finding.record.strength, "wording": finding.record.wording,
        "figure": finding.record.figure, "values": list(finding.record.values), "changes": finding.record.changes,
        "text": {language: next(item.text for item in chapters[chapter].findings if item.id == finding.id)
                 for language, chapters in documents.items()},
    } for finding in first.findings]


def _refusal(chapter: str, refusal: Refusal) -> dict[str, Any]:
    return {"chapter": chapter, **to_json(refusal)}


def _sources(view: CatalogView, chapters: Collection[ChapterDocument],
             join: Callable[[str], dict]) -> list[dict[str, Any]]:
    """Every source that a number, a figure or a table of the book rests on."""
    keys = {key for chapter in chapters for record in chapter.values.values() for key in record.inputs}
    keys |= {key for chapter in chapters for figure in chapter.figures for key in figure.record.inputs}
    keys |= {key for chapter in chapters for table in chapter.tables for key in table.record.inputs}
    used = {joined["source"] for joined in map(join, sorted(keys)) if joined.get("source")}
    return [{"id": name, "issuer": source.issuer, "release": {"zh-Hans": source.release_zh, "en": source.release_en},
             "published": source.published if view.dated(source) else "", "licence": source.licence,
             "precision": source.published_precision if view.dated(source) else "",
             "verified_at_origin": source.verified_at_origin}
            for name, source in sorted(view.catalog.sources.items()) if name in used]
