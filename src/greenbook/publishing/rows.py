"""The rows of "Numbers of this chapter" as the templates print them."""

from __future__ import annotations

import json
import re
from typing import Any

from greenbook.composition.book import NumberRow

_FROM = re.compile(r'<span class="from">(.*?)</span>')
PAGE = "-numbers"  # what a chapter's page of numbers is named after the chapter


def number_rows(rows: tuple[NumberRow, ...]) -> list[dict[str, Any]]:
    """Rows for `numbers.html`: the number, its formula, and for each input what it is, when and where published."""
    return [{
        "id": row.id, "text": row.text, "label": row.label, "period": row.period, "scope": row.scope,
        "status": row.status, "formula": row.formula, "notes": row.notes, "inputs": _inputs(row.inputs),
    } for row in rows]


def data_script(name: str, html: str) -> str:
    """A classic script with the rows of the page `name`: from a disk a page can load it and nothing else.

    Many numbers rest on the same release, whose words stand once in `releases`; a row has their place there.
    """
    releases = list(dict.fromkeys(_FROM.findall(html)))
    places = {text: str(place) for place, text in enumerate(releases)}
    rows = _FROM.sub(lambda match: f'<span class="from">{places[match[1]]}</span>', html)
    data = json.dumps({"releases": releases, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    data = data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"(window.GREENBOOK_NUMBERS = window.GREENBOOK_NUMBERS || {{}})[{json.dumps(name)}] = {data};\n"


def _inputs(items: tuple[dict[str, str], ...]) -> list[dict[str, Any]]:
    """The inputs of a number by release; of each the indicators with their unit and their years."""
    made: dict[tuple[Any, ...], dict[str, Any]] = {}
    for item in items:
        about = {"source": item.get("source", ""), "released": item.get("released", ""),
                 "estimated": _true(item.get("estimated", "")), "vintage": item.get("vintage", "")}
        series = made.setdefault(tuple(about.values()), {**about, "series": {}})["series"]
        label = " ".join(part for part in (item.get("indicator"), _region(item)) if part)
        point = " ".join(part for part in (item.get("year"), item.get("value")) if part)
        series.setdefault((label, item.get("unit", "")), []).append(point)
    return list(made.values())


def _region(item: dict[str, str]) -> str:
    region = item.get("region", "")
    return "" if region == "CN" else region


def _true(word: object) -> bool:
    return str(word).lower() not in ("", "false", "0", "none", "no")
