"""Slices: one immutable JSON file an indicator and edition, all that a kernel ever opens of the data.

A slice holds no line numbers and no source texts, so a row inserted above, or a
source described better, changes no slice and runs no chapter again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.catalog.entries import Observation, Policy, Target
from greenbook.catalog.grade import grade
from greenbook.catalog.view import CatalogView
from greenbook.errors import DataRefused, Problem, write_instead

POLICIES, CASES, UNITS = "_policies", "_cases", "_units"
_PLACE = ("file", "line")


@dataclass(frozen=True)
class SliceSet:
    """The slices in `folder`: name (the file's name without .json) → sha256 of its bytes."""

    folder: Path
    hashes: dict[str, str]


def write_slices(view: CatalogView, folder: Path) -> SliceSet:
    """Writes the slices of `view` into `folder`, removes slices of indicators that are gone, and returns all hashes.

    A file whose bytes are right already is left alone, so its readers are never disturbed; a damaged one is replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {}
    for name, content in _contents(view):
        hashes[name] = hashlib.sha256(content).hexdigest()
        _write(folder / f"{name}.json", content)
    for path in folder.glob("*.json"):
        if path.stem not in hashes:
            path.unlink()
    return SliceSet(folder, hashes)


def cut(view: CatalogView, folder: Path) -> SliceSet:
    """The slices that `write_slices` would leave in `folder`; nothing is written."""
    return SliceSet(folder, {name: hashlib.sha256(content).hexdigest() for name, content in _contents(view)})


def read_slice(folder: Path, name: str) -> dict[str, Any]:
    """The slice called `name`; raises DataRefused with the near name where there is none."""
    try:
        return json.loads((Path(folder) / f"{name}.json").read_bytes())
    except FileNotFoundError:
        names = [path.stem for path in Path(folder).glob("[!_]*.json")]
        raise DataRefused([Problem("data/indicators", "", "GB322", f'found no indicator "{name}"',
                                   "expected an id of data/indicators",
                                   write_instead(name, names, "add the indicator"))]) from None


def slice_of(view: CatalogView, name: str) -> dict[str, Any]:
    """The content of one slice as plain JSON values."""
    if name == POLICIES:
        # The ids of all editions, so that one that is not public yet is told from one that does not exist.
        return {"known": sorted(view.catalog.policies), "policies": [_policy(policy) for policy in view.policies()]}
    if name == CASES:
        return {"cases": [_plain(case, _PLACE) for case in view.cases()]}
    if name == UNITS:
        dimensions = sorted({view.catalog.units[unit].dimension for unit in view.catalog.units})
        return {"units": {unit: entry for name in dimensions for unit, entry in view.catalog.units_of(name).items()}}
    entry, rows = view.indicator(name), view.observations(name)
    return {
        **_plain(entry, _PLACE),
        "units": view.catalog.units_of(view.catalog.units[entry.unit].dimension),
        "observations": [_observation(row) for row in rows],
        "targets": [_target(target) for target in view.targets(name)],
        "grade": grade(entry, rows, view.catalog.sources),
    }


def _contents(view: CatalogView) -> Iterator[tuple[str, bytes]]:
    for name in [*sorted(view.catalog.indicators), POLICIES, CASES, UNITS]:
        yield name, _bytes(slice_of(view, name))


def _observation(row: Observation) -> dict[str, Any]:
    return {
        "key": row.key, "region": row.region, "year": row.year, "value": row.value, "status": row.status,
        "bound": row.bound, "as_at": row.as_at, "vintage": row.vintage, "source": row.source,
        "released": row.released.isoformat(), "released_is_estimated": row.released_is_estimated, "note": row.note,
    }


def _target(target: Target) -> dict[str, Any]:
    columns = ("id", "policy", "indicator", "value", "bound", "unit", "year", "baseline_year")
    return {
        **{column: getattr(target, column) for column in columns},
        "label": _pair(target, "label"), "scope": _pair(target, "scope"), "chapters": list(target.chapters),
        "released": target.released.isoformat(), "released_is_estimated": target.released_is_estimated,
    }


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        **{column: getattr(policy, column) for column in ("id", "kind", "title_is_original", "number")},
        "date": policy.date.isoformat(), "date_is_estimated": policy.date_is_estimated,
        "issuer": _pair(policy, "issuer"), "title": _pair(policy, "title"), "summary": _pair(policy, "summary"),
    }


def _pair(entry: Any, column: str) -> dict[str, str]:
    """The two columns of a text as one text by language; empty where neither is filled."""
    zh, en = getattr(entry, f"{column}_zh"), getattr(entry, f"{column}_en")
    return {"zh-Hans": zh, "en": en} if zh or en else {}


def _plain(entry: Any, without: tuple[str, ...] = ()) -> Any:
    """A frozen entry as JSON values, without the fields `without`."""
    if dataclasses.is_dataclass(entry):
        return {item.name: _plain(getattr(entry, item.name)) for item in dataclasses.fields(entry)
                if item.name not in without}
    if isinstance(entry, (tuple, list)):
        return [_plain(item) for item in entry]
    return entry.isoformat() if hasattr(entry, "isoformat") else entry


def _bytes(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
            + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    """Writes whole files only: a reader sees the old bytes or the new ones."""
    try:
        if path.read_bytes() == content:
            return
    except FileNotFoundError:
        pass
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
