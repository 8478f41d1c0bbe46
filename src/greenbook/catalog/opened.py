"""From a slice (plain JSON values) to an Indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from greenbook.catalog.entries import Break
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import select
from greenbook.catalog.value import Target, text_of, units_of
from greenbook.units import Units

Policies = Callable[[], Mapping[str, Mapping[str, Any]]]


def indicator_of(
    piece: Mapping[str, Any], policies: Policies = dict, all_units: Callable[[], Units] | None = None
) -> Indicator:
    """The Indicator of a slice, for China where there are national rows, else for the only region.

    `policies` gives the policies by id; it is called when a target's document is asked for.
    `all_units` gives every unit of the project; it is called where a quotient needs a unit that the slice has not.
    """
    rows = tuple(piece.get("observations", ()))
    regions = sorted({row["region"] for row in rows})
    place = regions[0] if len(regions) == 1 else "CN"
    points, projected, parts = select([row for row in rows if row["region"] == place])
    return Indicator(
        id=piece["id"],
        label=piece["label"],
        unit=piece["unit"],
        show=piece["show"],
        kind=piece["kind"],
        units=units_of(piece["units"]),
        points=points,
        projected=projected,
        parts=parts,
        rows=rows,
        place=place,
        counter=piece.get("counter") or {},
        scope=piece.get("scope") or {},
        direction=piece.get("direction") or "",
        price_basis=piece.get("price_basis") or "",
        breaks=tuple(map(_break, piece.get("breaks") or ())),
        first_published=piece.get("first_published") or {},
        points_only=piece.get("points_only") or {},
        reported_growth=piece.get("reported_growth") or "",
        not_official=bool(piece.get("not_official")),
        note=piece.get("note") or {},
        grade=piece.get("grade") or "",
        origins=(piece["id"],),
        aims=tuple(target_of(target, policies) for target in piece.get("targets") or ()),
        all_units=all_units,
    )


def _break(entry: Mapping[str, Any]) -> Break:
    reason = entry.get("reason") or {language: entry[language] for language in ("zh-Hans", "en") if language in entry}
    return Break(int(entry["year"]), reason)


def target_of(entry: Mapping[str, Any], policies: Policies = dict) -> Target:
    """The Target of a slice's entry."""
    baseline = entry.get("baseline_year")
    return Target(
        entry["id"],
        entry["policy"],
        text_of(entry, "label"),
        float(entry["value"]),
        entry.get("bound") or "point",
        entry["unit"],
        int(entry["year"]),
        int(baseline) if baseline else None,
        text_of(entry, "scope"),
        entry.get("released") or "",
        policies,
    )
