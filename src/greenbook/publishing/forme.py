"""The book as the print templates read it: titles, numbers, shapes and words in one JSON file, locked for the press."""

from __future__ import annotations

import datetime
import re
from typing import Any

from greenbook.composition.book import Book, NumberRow, Section
from greenbook.language import date_text
from greenbook.publishing import faces, tree
from greenbook.publishing.indexes import INDICATORS, indicators
from greenbook.publishing.state import drawn
from greenbook.style.tokens import Tokens

FILLED = ("contents", "figures", "tables", "lists")
"""Sections that the templates fill in themselves, by their id."""

NUMBERS = "print-numbers"
REGIONS = {"zh-Hans": ("zh", "cn"), "zh-Hant": ("zh", "tw"), "en": ("en", "gb")}
_MM = 25.4 / 72
_WIDE = 165.0


def forme(book: Book, shapes: dict[str, dict[str, Any]], tokens: Tokens) -> dict[str, Any]:
    """Everything the templates need besides the prose. `shapes` are the tables' columns, from `typesetting`."""
    language, region = REGIONS[book.language]
    names = {edition: book.edition.name.get(edition, "") for edition in (book.language, drawn(book.language))}
    return {
        "language": book.language, "tongue": {"lang": language, "region": region}, "title": book.title,
        "publisher": book.publisher, "draft": book.draft, "words": book.words, "palette": tokens.tree["print"],
        "faces": faces.families(tokens, book.language), "cover": _cover(book),
        "edition": {"name": names[book.language] or names[drawn(book.language)], "closed": _closed(book)},
        "people": _people(book), "colophon": _colophon(book), "stamp": _stamp(book),
        "sections": _sections(book), "headings": _headings(book), "figures": _figures(book),
        "tables": _tables(book, shapes), "strengths": _strengths(book),
        "rows": {value_of(row): row.id for section in book.sections for row in section.numbers},
        "numbers": [{"title": _heading(section), "rows": rows}
                    for section in book.sections if (rows := _rows(section, book))],
        "indicators": indicators(book),
    }


def anchor(section: Section) -> str:
    """The label of a section's opening: chapters are referred to as `ch-steel`."""
    return f"ch-{section.id}" if section.kind == "chapter" or section.document else section.id


def value_of(row: NumberRow) -> str:
    """The name that value spans carry: `steel.output_latest` for the row `steel.num.output_latest`."""
    return row.id.replace(".num.", ".", 1)


def _cover(book: Book) -> dict[str, Any]:
    [(year, title)] = re.findall(r"\A((?:19|20)\d\d)?\s*(.*)\Z", book.title, re.DOTALL)
    as_of = book.edition.as_of
    start = datetime.date(as_of.year, 1, 1)
    days = (datetime.date(as_of.year + 1, 1, 1) - start).days
    lines = -(-len(title) // 9)
    return {"year": year, "title": title, "series": book.subtitle, "measure": -(-len(title) // lines) + 0.3,
            "share": round(((as_of - start).days + 1) / days, 4)}


def _closed(book: Book) -> str:
    return book.words["as_of_line"].format(date_text(book.edition.as_of.isoformat(), book.language))


def _people(book: Book) -> list[dict[str, str]]:
    separator = book.words["list_separator"]
    return [{"role": book.words[f"role_{role}"], "names": separator.join(names)}
            for role, names in book.people.items() if names]


def _colophon(book: Book) -> list[list[str]]:
    words, edition = book.words, book.edition
    state = words[f"state_{edition.state.replace('-', '_')}"]
    facts = [("print_publisher", book.publisher), ("print_edition", f"{_name(book)} ({edition.id})"),
             ("print_as_of", edition.as_of.isoformat()), ("print_version", edition.version), ("print_state", state),
             ("print_commit", book.commit), ("print_citations", edition.citation_standard),
             ("print_faces", words["print_faces_text"])]
    return [[words[key], text] for key, text in facts if text]


def _name(book: Book) -> str:
    return book.edition.name.get(book.language) or book.edition.name.get(drawn(book.language), book.edition.id)


def _stamp(book: Book) -> str:
    """The line that every page of a draft carries: title, edition, state, version, commit, as_of."""
    if not book.draft:
        return ""
    edition, words = book.edition, book.words
    state = words[f"state_{edition.state.replace('-', '_')}"]
    return " · ".join(part for part in (book.title, edition.id, state, f"{words['print_version']} {edition.version}",
                                        book.commit, edition.as_of.isoformat()) if part)


def _sections(book: Book) -> list[dict[str, Any]]:
    parts = {section.part or section.id: section for section in book.sections if section.kind == "part"}
    made = [_section(section, parts, book) for section in book.sections]
    if any(section.numbers for section in book.sections):
        made += [_index(name, filler, book) for name, filler in ((NUMBERS, "numbers"), (INDICATORS, "indicators"))]
    return made


def _index(name: str, filler: str, book: Book) -> dict[str, Any]:
    return {"id": name, "kind": "matter", "place": "back", "title": book.words[f"annex_{filler}"], "label": "",
            "anchor": name, "aliases": [], "level": 1, "above": book.title, "grade": "", "filler": filler, "file": "",
            "chapters": []}


def _section(section: Section, parts: dict[str, Section], book: Book) -> dict[str, Any]:
    above = parts.get(section.part) if section.kind != "part" else None
    filler = section.id if section.id in FILLED else ""
    name = section.part or section.id
    inner = [other for other in book.sections if other.kind == "chapter" and other.part == name]
    return {
        "id": section.id, "kind": section.kind, "place": section.place, "title": section.title, "label": section.label,
        "anchor": anchor(section), "aliases": sorted({section.id} - {anchor(section)}), "level": 2 if above else 1,
        "above": _heading(above) if above else book.title, "filler": filler, "file": file_of(section),
        "grade": book.words["evidence"].format(section.grade) if section.grade else "",
        "chapters": [{"anchor": anchor(other), "label": other.label, "title": other.title} for other in inner]
        if section.kind == "part" else [],
    }


def file_of(section: Section) -> str:
    """The name of the section's Typst file; empty where it has no blocks to set."""
    return f"sections/{section.id}.typ" if section.blocks else ""


def _heading(section: Section) -> str:
    return f"{section.label}　{section.title}" if section.label else section.title


def _headings(book: Book) -> dict[str, dict[str, str]]:
    """What the contents list, by label: parts, chapters, and the first level inside chapters."""
    made: dict[str, dict[str, str]] = {}
    for section in book.sections:
        role = "part" if section.kind == "part" else "chapter"
        made[anchor(section)] = {"role": role, "label": section.label, "title": section.title}
        if section.kind == "chapter":
            for node in section.blocks:
                if node["t"] == "Header" and node["c"][0] == 2:
                    made[tree.identifier(node)] = {"role": "section", "label": "", "title": tree.words(node["c"][2])}
    for name, title in ((NUMBERS, "annex_numbers"), (INDICATORS, "annex_indicators")):
        made[name] = {"role": "chapter", "label": "", "title": book.words[title]}
    made.pop("contents", None)
    return made


def _figures(book: Book) -> dict[str, dict[str, Any]]:
    return {figure.id: {"path": f"figures/{figure.id}.svg", "alt": figure.alt, "width": width(figure.svg),
                        **_numbered(book, figure.id, figure.title)}
            for section in book.sections if section.document for figure in section.document.figures}


def width(svg: str) -> float:
    """The width in mm at which a chart is printed: that of its viewBox in points, at most the page's measure."""
    found = re.search(r'viewBox="[\d.+-]+[ ,]+[\d.+-]+[ ,]+([\d.]+)', svg)
    return round(min(_WIDE, float(found[1]) * _MM), 2) if found else _WIDE


def _tables(book: Book, shapes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The tables by id. Those of a chapter may float; in the matter about it one table follows the other."""
    chapters = {section.id for section in book.sections if section.document}
    return {name: {**shape, **_numbered(book, name, ""), "floats": name.partition(".")[0] in chapters}
            for name, shape in shapes.items()}


def _numbered(book: Book, name: str, title: str) -> dict[str, str]:
    """Our number in Typst's slot: supplement and number, and both as they are printed."""
    found = book.numbered.get(name)
    if found is None:
        return {"words": "", "number": "", "supplement": "", "title": title, "continued": ""}
    return {"words": found.words, "number": found.number, "title": found.title or title,
            "supplement": found.words.replace(found.number, "").strip(),
            "continued": book.words["table_continued"].format(found.words)}


def _strengths(book: Book) -> dict[str, str]:
    from greenbook.publishing.boxes import strength_words

    found = {finding.record.strength for section in book.sections if section.document
             for finding in section.document.findings}
    return {strength: strength_words(strength, book.words) for strength in sorted(found)}


def _rows(section: Section, book: Book) -> list[dict[str, Any]]:
    """The rows of the annex: the numbers of the prose one by one, those of a table as one row."""
    made: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    for row in section.numbers:
        if row.in_table or ".tbl-" in row.id:
            table = ".".join(value_of(row).split(".")[:2])
            counts[table] = counts.get(table, 0) + 1
        else:
            made.append(_row(row, book))
    for name, count in counts.items():
        found = book.numbered.get(name)
        made.append({"key": name, "anchor": "", "text": found.words if found else name, "places": [name],
                     "what": book.words["annex_table"].format(count), "basis": found.title if found else ""})
    return made


def _row(row: NumberRow, book: Book) -> dict[str, Any]:
    what = "，".join((row.label, row.period)) if book.language != "en" else ", ".join((row.label, row.period))
    sources = list(dict.fromkeys(item.get("source", "") for item in row.inputs if item.get("source")))
    shown = sources if book.draft else sources[:2]
    more = " …" if len(sources) > len(shown) else ""
    basis = book.words["semicolon"].join(part for part in (row.formula, *shown) if part)
    return {"key": value_of(row), "anchor": row.id, "text": row.text, "what": what.strip("，, "), "basis": basis + more,
            "places": list(row.places)}
