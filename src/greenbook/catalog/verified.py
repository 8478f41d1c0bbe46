"""What a verified catalog leaves in the cache: proof that these bytes passed, and the definitions as JSON.

The proof is named by the hash of every data file and of the rules themselves. With it, reading needs no YAML,
no pandera and no cross checks. It is safe to delete, and a damaged one is as good as none.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from greenbook.catalog.entries import Break, IndicatorEntry
from greenbook.catalog.files import DataFile
from greenbook.units import Unit

KEPT = 8
_RULES = ("cells", "checks", "declared", "definitions", "entries", "files", "gate", "grade", "keyed", "plausible",
          "reading", "schema", "strict", "verified", "view")
Definitions = tuple[dict[str, Unit], dict[str, IndicatorEntry]]


def digest(files: Iterable[DataFile]) -> str:
    """The sha256 of the names and bytes of `files`."""
    whole = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        whole.update(f"{file.name}\0{file.sha256}\n".encode())
    return whole.hexdigest()


def rules() -> str:
    """The sha256 of the modules that read and check, so that a new rule looks at old data again."""
    whole = hashlib.sha256()
    for module in _RULES:
        whole.update(Path(__file__).with_name(f"{module}.py").read_bytes())
    return whole.hexdigest()


def recall(folder: Path, name: str) -> Definitions | None:
    """The definitions kept under `name`, or None where there is no sound proof."""
    try:
        first, _, body = (folder / f"{name}.json").read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(body).hexdigest().encode() != first:
        return None
    data = json.loads(body)
    units = {unit: Unit(**{**fields, "factor": Fraction(fields["factor"])}) for unit, fields in data["units"].items()}
    return units, {indicator: _entry(fields) for indicator, fields in data["indicators"].items()}


def keep(folder: Path, name: str, units: dict[str, Unit], indicators: dict[str, IndicatorEntry]) -> None:
    """Keeps the proof under `name` and the newest few besides; a cache that cannot be written is no fault."""
    body = json.dumps({
        "units": {unit: {**_fields(entry), "factor": str(entry.factor)} for unit, entry in units.items()},
        "indicators": {indicator: _fields(entry) for indicator, entry in indicators.items()},
    }, ensure_ascii=False, separators=(",", ":")).encode()
    beside = folder / f".{name}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        beside.replace(folder / f"{name}.json")
        _forget(folder, name)
    except OSError:
        return


def _forget(folder: Path, name: str) -> None:
    """Removes all but the newest proofs; `name` stays."""
    others = [path for path in folder.glob("*.json") if path.stem != name]
    for path in sorted(others, key=lambda path: path.stat().st_mtime_ns, reverse=True)[KEPT - 1:]:
        path.unlink(missing_ok=True)


def _fields(entry: Any) -> dict[str, Any]:
    values = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}
    if "breaks" in values:
        values["breaks"] = [[found.year, found.reason] for found in values["breaks"]]
    return values


def _entry(fields: dict[str, Any]) -> IndicatorEntry:
    breaks = tuple(Break(year, reason) for year, reason in fields.pop("breaks"))
    return IndicatorEntry(**{**fields, "breaks": breaks, "chapters": tuple(fields["chapters"])})
