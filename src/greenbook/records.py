"""What notebooks hand to the build: frozen records that travel in cell outputs.

Each record is one JSON object under its own MIME type,
`application/vnd.greenbook.<kind>+json`. Records hold observation *keys*; file,
line, source text and commit are joined at publication, so that a row inserted
above another changes no record.

A `Text` is a mapping of language to words, with `zh-Hans` and `en`.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from dataclasses import dataclass, field
from typing import Any

MIME_PREFIX = "application/vnd.greenbook."
Text = dict[str, str]


@dataclass(frozen=True)
class Refusal:
    """An analysis that the data cannot bear, and why. `method` is the gate's code (G1, I, P …).

    `numbers` are those that `reason` counts or computes (4 points, 6 needed), each under a name of its own.
    """

    method: str
    reason: Text
    indicators: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    numbers: tuple[ValueRecord, ...] = ()


@dataclass(frozen=True)
class ValueRecord:
    """One number (or its absence) with everything needed to print and to trace it.

    `value` is in `unit`, an id of units.yml; `show` is language → "unit@digits".
    `form` decides the printing: quantity, share, growth, points, change, multiple, date, year.
    `value` is None where the number does not exist under the edition's date.
    `inputs` are keys: observations, or `target:<id>`, `policy:<id>`, `count:<what>`, `simulation:<what>`,
    `assumption:<what>=<number> <unit>`.
    """

    name: str
    value: float | None
    unit: str
    show: Text
    form: str = "quantity"
    indicator: str = ""
    label: Text = field(default_factory=dict)
    region: str = "CN"
    period: str = ""
    as_at: str = ""
    status: str = "final"
    bound: str = ""
    counter: Text = field(default_factory=dict)
    scope: Text = field(default_factory=dict)
    price_basis: str = ""
    vintage: str = ""
    released: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    refusal: Refusal | None = None
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """One plotted point: stored value and unit, the number drawn in each language, and what its series is called."""

    series: str
    indicator: str
    region: str
    x: float
    value: float
    unit: str
    shown: dict[str, float]
    shown_unit: Text
    status: str = "final"
    bound: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    label: Text = field(default_factory=dict)


@dataclass(frozen=True)
class FigureRecord:
    """A drawn figure: normalised SVG per drawn language, the points it shows, whether some bars of it are hollow."""

    name: str
    drawings: dict[str, str]
    size: str
    points: tuple[Point, ...]
    indicators: tuple[str, ...]
    inputs: tuple[str, ...]
    notes: tuple[Text, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    condition: str = ""
    hollow_bars: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table. `unit` is printed in the head; `align` is left, right or center; values that are
    `dated` say their year.
    """

    key: str
    head: Text
    unit: str = ""
    align: str = "right"
    dated: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: exactly one of a value, words, a symbol, or the sources of observations.

    `sources` holds observation keys or source ids; the build prints their issuers and releases.
    """

    value: ValueRecord | None = None
    text: Text = field(default_factory=dict)
    symbol: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row: its key, the words of its head (the first column), then one cell a column."""

    key: str
    head: Text
    cells: tuple[Cell, ...]
    mark: str = ""


@dataclass(frozen=True)
class TableRecord:
    """A table. `stub` is the head of the first column; `unit` is printed once, top right, where all share it."""

    name: str
    stub: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: str = "data"
    unit: Text = field(default_factory=dict)
    indicators: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class FindingRecord:
    """A key finding; its sentences stand in the twin cells that follow it."""

    name: str
    values: tuple[str, ...]
    figure: str
    strength: str
    wording: str
    changes: Text = field(default_factory=dict)


@dataclass(frozen=True)
class CaseRecord:
    """A case of cases.csv, by its id."""

    name: str


@dataclass(frozen=True)
class LoadRecord:
    """What a chapter loaded, so that the build knows what exists under the edition's date.

    `empty` is true where the indicator has no observation by then; `targets` are ids that exist.
    """

    indicator: str
    empty: bool
    targets: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class OpeningRecord:
    """The chapter and edition that a notebook opened: a run that never opened is not a chapter."""

    chapter: str
    edition: str
    as_of: str


Record = (
    ValueRecord | FigureRecord | TableRecord | FindingRecord | CaseRecord | LoadRecord
    | OpeningRecord | Refusal
)

KINDS: dict[str, type] = {
    "value": ValueRecord, "figure": FigureRecord, "table": TableRecord, "finding": FindingRecord,
    "case": CaseRecord, "load": LoadRecord, "opening": OpeningRecord, "refusal": Refusal,
}
_KIND_OF = {kind: name for name, kind in KINDS.items()}


def mime(record: Record) -> str:
    """The MIME type under which `record` travels."""
    return f"{MIME_PREFIX}{_KIND_OF[type(record)]}+json"


def to_json(record: Any) -> Any:
    """`record` as plain JSON values; fields at their default are left out, so records stay small and stable."""
    if dataclasses.is_dataclass(record):
        return {
            item.name: to_json(value)
            for item in dataclasses.fields(record)
            if (value := getattr(record, item.name)) != _default(item)
        }
    if isinstance(record, (tuple, list)):
        return [to_json(item) for item in record]
    if isinstance(record, dict):
        return {key: to_json(value) for key, value in record.items()}
    return record


def from_json(kind: Any, data: Any) -> Any:
    """The inverse of `to_json` for the dataclass (or annotated type) `kind`."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: from_json(hints[name], value) for name, value in data.items()})
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return tuple(from_json(arguments[0], item) for item in data)
    if origin is dict:
        return {key: from_json(arguments[1], value) for key, value in data.items()}
    if origin in (types.UnionType, typing.Union):
        inner = next(item for item in arguments if item is not type(None))
        return None if data is None else from_json(inner, data)
    return data


def read_record(mime_type: str, data: Any) -> Record | None:
    """The record in an output of `mime_type`, or None when the output is none of ours."""
    if not mime_type.startswith(MIME_PREFIX):
        return None
    kind = mime_type.removeprefix(MIME_PREFIX).removesuffix("+json")
    return from_json(KINDS[kind], data)


def canonical(data: Any) -> str:
    """`data` as one JSON text with sorted keys: equal data, equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


def _default(item: dataclasses.Field) -> Any:
    if item.default is not dataclasses.MISSING:
        return item.default
    if item.default_factory is not dataclasses.MISSING:
        return item.default_factory()
    return dataclasses.MISSING


@dataclass(frozen=True)
class StageEvent:
    """Progress: `chapter` (or language) entered `state` (waiting, running, cached, done, failed) of `stage`."""

    stage: str
    subject: str
    state: str
    seconds: float = 0.0
