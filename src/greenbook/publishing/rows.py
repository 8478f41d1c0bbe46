"""The rows of "Numbers of this chapter" as the templates print them."""

from __future__ import annotations

import json
from typing import Any

from greenbook.composition.book import NumberRow

PAGE = "-numbers"  # what a chapter's page of numbers is named after the chapter


def number_rows(rows: tuple[NumberRow, ...]) -> list[dict[str, Any]]:
    """Rows for `numbers.html`: the number, its formula, and for each input what it is, when and where published."""
    return [{
        "id": row.id, "text": row.text, "label": row.label, "period": row.period, "scope": row.scope,
        "status": row.status, "formula": row.formula, "notes": row.notes, "inputs": _inputs(row.inputs),
    } for row in rows]


def data_script(name: str, html: str) -> str:
    """A classic script with the rows of the page `name`: from a disk a page can load it and nothing else."""
    rows = json.dumps(html, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"(window.GREENBOOK_NUMBERS = window.GREENBOOK_NUMBERS || {{}})[{json.dumps(name)}] = {rows};\n"


def _inputs(items: tuple[dict[str, str], ...]) -> list[dict[str, Any]]:
    """The inputs of a number; those of one indicator, unit and release stand together, each with its year."""
    made: dict[tuple[Any, ...], dict[str, Any]] = {}
    for item in items:
        about = {
            "label": " ".join(part for part in (item.get("indicator"), _region(item)) if part),
            "unit": item.get("unit", ""), "source": item.get("source", ""), "released": item.get("released", ""),
            "estimated": _true(item.get("estimated", "")), "vintage": item.get("vintage", ""),
        }
        point = " ".join(part for part in (item.get("year"), item.get("value")) if part)
        made.setdefault(tuple(about.values()), {**about, "points": []})["points"].append(point)
    return list(made.values())


def _region(item: dict[str, str]) -> str:
    region = item.get("region", "")
    return "" if region == "CN" else region


def _true(word: object) -> bool:
    return str(word).lower() not in ("", "false", "0", "none", "no")
