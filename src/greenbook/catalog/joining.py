"""From the key of a record's input to the facts that are printed about it: label, source, dates, file and line.

Records hold keys only; what is joined here may change without any notebook running again.
"""

from __future__ import annotations

import datetime
from typing import Any

from greenbook.catalog.citing import issuer_words, release_words, source_words
from greenbook.catalog.entries import Observation, Policy, Target
from greenbook.catalog.view import CatalogView

LANGUAGES = ("zh-Hans", "en")
MADE_HERE = ("count", "simulation")
ASSUMED = "assumption"


def describe_input(view: CatalogView, key: str) -> dict[str, Any]:
    """The facts of an input: an observation's key, `target:<id>`, `policy:<id>`, `count:<what>`, `simulation:<what>`,
    `assumption:<what>=<number> <unit>`.

    Returns `kind` and, where they apply, indicator, id, label, region, year, value, unit, status, bound, as_at,
    vintage, policy, source (its id), issuer, issuer_short, release, printed (the source in words), released (ISO),
    estimated, verified, note, file, line. Texts are language → words. Raises KeyError where no row public by the
    view's date has the key.
    """
    kind, colon, name = key.partition(":")
    if colon and kind in MADE_HERE:
        return {"kind": kind, "id": name}
    if colon and kind == ASSUMED:
        return {"kind": kind, **assumed(name)}
    if colon and kind == "target":
        return _described(view, kind, view.catalog.targets[name], _target)
    if colon and kind == "policy":
        return _described(view, kind, view.catalog.policies[name], _policy)
    return _described(view, "observation", view.catalog.observation(key), _observation)


def assumed(name: str) -> dict[str, Any]:
    """What this report assumes, and how much: `ceiling=60 %` is the id ceiling, the value 60.0 and the unit %."""
    what, _, quantity = name.partition("=")
    amount, _, unit = quantity.partition(" ")
    return {"id": what, "value": float(amount), "unit": unit}


def _described(view: CatalogView, kind: str, entry: Any, facts: Any) -> dict[str, Any]:
    found = {"kind": kind, **facts(view, entry), **_source(view, entry.source)}
    if datetime.date.fromisoformat(found["released"]) > view.as_of:
        raise KeyError(f"{kind} of {entry.file}:{entry.line} is not public by {view.as_of}")
    return {**found, "file": entry.file, "line": entry.line}


def _observation(view: CatalogView, row: Observation) -> dict[str, Any]:
    entry = view.catalog.indicators[row.indicator]
    return {
        "indicator": row.indicator, "label": dict(entry.label), "region": row.region, "year": row.year,
        "value": row.value, "unit": entry.unit, "status": row.status, "bound": row.bound, "as_at": row.as_at,
        "vintage": row.vintage, "released": row.released.isoformat(), "estimated": row.released_is_estimated,
        "note": row.note,
    }


def _target(view: CatalogView, target: Target) -> dict[str, Any]:
    return {
        "indicator": target.indicator, "id": target.id, "label": {"zh-Hans": target.label_zh, "en": target.label_en},
        "region": "CN", "year": target.year, "value": target.value, "unit": target.unit, "status": "target",
        "bound": target.bound, "policy": target.policy, "released": target.released.isoformat(),
        "estimated": target.released_is_estimated, "note": target.note,
    }


def _policy(view: CatalogView, policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id, "label": {"zh-Hans": policy.title_zh, "en": policy.title_en}, "year": policy.date.year,
        "status": policy.kind, "number": policy.number, "released": policy.date.isoformat(),
        "estimated": policy.date_is_estimated,
    }


def _source(view: CatalogView, name: str) -> dict[str, Any]:
    source = view.catalog.sources[name]
    return {
        "source": name,
        "issuer": {language: issuer_words(source, language) for language in LANGUAGES},
        "issuer_short": {language: issuer_words(source, language, short=True) for language in LANGUAGES},
        "release": {language: release_words(source, language) for language in LANGUAGES},
        "printed": {language: source_words(source, language) for language in LANGUAGES},
        "verified": source.verified_at_origin,
    }
