"""An output of a notebook as HTML, by an allow-list of MIME types (reliability.md, H02)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import escape

from greenbook.publishing.state import drawn
from greenbook.records import (
    CaseRecord,
    FigureRecord,
    FindingRecord,
    LoadRecord,
    OpeningRecord,
    Record,
    Refusal,
    TableRecord,
    ValueRecord,
    read_record,
)

PICTURES = ("image/png", "image/jpeg")
TAGS = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "p", "b", "strong", "em", "i", "ul", "ol",
        "li", "br", "div", "span", "code", "pre", "dl", "dt", "dd", "sup", "sub"}
ATTRIBUTES = {"th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


def shown(output: Mapping[str, Any], slug: str, words: dict[str, str], language: str) -> str:
    """`output` as safe HTML; a type outside the allow-list is named and left out."""
    if output["output_type"] == "stream":
        return f"<pre>{escape(output['text'])}</pre>"
    if output["output_type"] == "error":
        return f"<pre>{escape(output['ename'])}: {escape(output['evalue'])}</pre>"
    data = output["data"]
    ours = [record for kind in sorted(data) if (record := read_record(kind, data[kind]))]
    if ours:
        return "".join(_record(record, slug, words, language) for record in ours)
    return _foreign(data, words)


def _foreign(data: Mapping[str, Any], words: dict[str, str]) -> str:
    for kind in PICTURES:
        if kind in data and _BASE64.fullmatch(data[kind]):
            return f'<img alt="" src="data:{kind};base64,{"".join(data[kind].split())}">'
    if "text/html" in data:
        return _clean(data["text/html"])
    if "text/plain" in data:
        return f"<pre>{escape(data['text/plain'])}</pre>"
    return f'<p class="dropped">{escape(words["source_dropped"].format(", ".join(sorted(data))))}</p>'


def _clean(html: str) -> str:
    import nh3

    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, clean_content_tags={"script", "style"})


def _record(record: Record, slug: str, words: dict[str, str], language: str) -> str:
    label, text = _told(record, drawn(language))
    line = f'<p class="record"><b>{escape(words[label])}</b> {escape(text)}</p>'
    if isinstance(record, FigureRecord):
        picture = record.drawings.get(drawn(language), "")
        root = f'<svg class="plot" aria-label="{escape(record.name)}"'
        return f'<div id="{escape(slug)}.fig-{escape(record.name)}">{line}{picture.replace("<svg", root, 1)}</div>'
    return line


def _told(record: Record, language: str) -> tuple[str, str]:
    """The kind of a record (a key of the locale) and its contents in one line."""
    if isinstance(record, ValueRecord):
        number = "—" if record.value is None else f"{record.value} {record.unit}"
        formula = f" = {record.formula}" if record.formula else ""
        inputs = f" ← {', '.join(record.inputs)}" if record.inputs else ""
        return "source_value", f"{record.name}{formula} = {number} ({record.period}){inputs}"
    if isinstance(record, FigureRecord):
        return "source_figure", f"{record.name} ({record.size}; {len(record.points)}) ← {', '.join(record.indicators)}"
    if isinstance(record, TableRecord):
        return "source_table", f"{record.name} ({len(record.rows)} × {len(record.columns)})"
    if isinstance(record, FindingRecord):
        return "source_finding", f"{record.name} ({record.strength}, {record.wording}) ← {', '.join(record.values)}"
    if isinstance(record, Refusal):
        return "source_refusal", f"{record.method}: {record.reason.get(language, '')}"
    if isinstance(record, LoadRecord):
        return "source_load", f"{record.indicator}{' (0)' if record.empty else ''}"
    if isinstance(record, CaseRecord):
        return "source_case", record.name
    assert isinstance(record, OpeningRecord)
    return "source_opening", f"{record.chapter}, {record.edition}, {record.as_of}"
