"""The rows of "Numbers of this chapter" as the templates print them."""

from __future__ import annotations

from typing import Any

from greenbook.composition.book import NumberRow


def number_rows(rows: tuple[NumberRow, ...]) -> list[dict[str, Any]]:
    """Rows for `numbers.html`: the number, its formula, and for each input what it is, when and where published."""
    return [{
        "id": row.id, "text": row.text, "label": row.label, "period": row.period, "scope": row.scope,
        "status": row.status, "formula": row.formula, "notes": row.notes,
        "inputs": [_input(item) for item in row.inputs],
    } for row in rows]


def _input(item: dict[str, str]) -> dict[str, Any]:
    label = " ".join(part for part in (item.get("indicator"), _region(item), item.get("year")) if part)
    value = " ".join(part for part in (item.get("value"), item.get("unit")) if part)
    return {"label": label, "value": value, "source": item.get("source", ""), "released": item.get("released", ""),
            "estimated": _true(item.get("estimated", "")), "vintage": item.get("vintage", "")}


def _region(item: dict[str, str]) -> str:
    region = item.get("region", "")
    return "" if region == "CN" else region


def _true(word: object) -> bool:
    return str(word).lower() not in ("", "false", "0", "none", "no")
