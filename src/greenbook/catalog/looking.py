"""How an Indicator looks in a notebook: its tail, unit, vintage, breaks and targets."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbook.catalog.indicator import Indicator

TAIL = 8


def table_of(series: Indicator) -> str:
    """An HTML table of the last points, with what an author must know above it."""
    facts = [
        f"<b>{escape(series.label.get('zh-Hans', series.id))} · {escape(series.label.get('en', ''))}</b> "
        f"<code>{escape(series.id)}</code> ({escape(series.unit)})"
    ]
    facts += [escape(f"{head}: {words}") for head, words in _facts(series) if words]
    rows = "".join(
        f"<tr><td>{point.year}</td><td>{point.value:g}</td>"
        f"<td>{escape(' '.join((point.status, point.bound, point.as_at)))}</td>"
        f"<td>{escape(point.vintage or '')}</td><td>{escape(point.released)}</td></tr>"
        for point in series.points[-TAIL:]
    )
    head = "<tr><th>year</th><th>value</th><th>status</th><th>vintage</th><th>released</th></tr>"
    return "<br>".join(facts) + f"<table>{head}{rows}</table>"


def _facts(series: Indicator) -> list[tuple[str, str]]:
    breaks = "; ".join(f"{item.year} {item.reason.get('zh-Hans', '')}" for item in series.breaks)
    targets = "; ".join(f"{target.id} ({target.year}): {target.value:g} {target.unit}" for target in series.aims)
    return [
        ("口径 scope", series.scope.get("zh-Hans", "")),
        ("等级 grade", series.grade),
        ("断点 breaks", breaks),
        ("目标 targets", targets),
        ("公式 formula", series.formula),
        ("地区 regions", ", ".join(series.regions)),
        ("首次公布值 first published", series.first_published.get("zh-Hans", "")),
        ("只作点 points only", series.points_only.get("zh-Hans", "")),
        ("版本 vintages", ", ".join(series.vintages)),
        ("说明 note", series.note.get("zh-Hans", "")),
        ("拒绝 refused", "; ".join(refusal.reason.get("zh-Hans", "") for refusal in series.refusals)),
    ]
