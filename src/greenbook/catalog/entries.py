"""The rows of data/ as frozen objects: fields are the columns, dates are dates, and each knows its file and line."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass, field

Text = dict[str, str]


@dataclass(frozen=True, slots=True)
class Break:
    """`year` is the first year that is not comparable with those before; `reason` says what changed."""

    year: int
    reason: Text


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """What is measured. `show` is language → "unit@digits"; `sector` is the name of the file it stands in."""

    id: str
    sector: str
    label: Text
    unit: str
    show: Text
    kind: str
    counter: Text = field(default_factory=dict)
    scope: Text = field(default_factory=dict)
    direction: str = ""
    price_basis: str = ""
    breaks: tuple[Break, ...] = ()
    first_published: Text = field(default_factory=dict)
    points_only: Text = field(default_factory=dict)
    reported_growth: str = ""
    not_official: bool = False
    note: Text = field(default_factory=dict)
    chapters: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure in the indicator's unit. `key` names it in records, wherever its row stands."""

    indicator: str
    region: str
    year: int
    value: float
    status: str
    bound: str
    as_at: str
    vintage: str
    source: str
    released: datetime.date
    released_is_estimated: bool
    note: str
    file: str
    line: int
    key: str


def observation_key(cells: dict[str, str], columns: tuple[str, ...]) -> str:
    """`indicator|region|year|as_at|vintage|released|h8`; h8 is of the row's cells in the order of `columns`.

    Column order, quoting and encoding of the file therefore do not change a key; any cell does.
    """
    row = json.dumps([cells[column] for column in columns], ensure_ascii=False, separators=(",", ":"))
    short = hashlib.sha256(row.encode()).hexdigest()[:8]
    names = ("indicator", "region", "year", "as_at", "vintage", "released")
    return "|".join([*(cells[name] for name in names), short])


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues figures, with long and short names."""

    id: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A release. `body` is its issuer's entry, None where the issuer is not known; `via`, `url` are never printed."""

    id: str
    issuer: str
    release_zh: str
    release_en: str
    title_is_original: bool
    published: str
    published_precision: str
    kind: str
    via: str
    licence: str
    verified_at_origin: bool
    url: str
    where_read: str
    body: Issuer | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """A document, an event, or a step of the survey campaign."""

    id: str
    kind: str
    date: datetime.date
    date_is_estimated: bool
    issuer_zh: str
    issuer_en: str
    title_zh: str
    title_en: str
    title_is_original: bool
    number: str
    summary_zh: str
    summary_en: str
    source: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified target of a document: `value` of `unit` for `indicator` in `year`."""

    id: str
    policy: str
    indicator: str
    label_zh: str
    label_en: str
    value: float
    bound: str
    unit: str
    year: int
    baseline_year: int | None
    scope_zh: str
    scope_en: str
    released: datetime.date
    released_is_estimated: bool
    source: str
    chapters: tuple[str, ...]
    note: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A case from the survey or a published source; never aggregated."""

    id: str
    chapter: str
    kind: str
    name_zh: str
    name_en: str
    place_zh: str
    place_en: str
    date: datetime.date
    consent: str
    conflict_zh: str
    conflict_en: str
    text_zh: str
    text_en: str
    source: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term; `avoid_zh` and `avoid_en` are the forms to refuse."""

    no: int
    zh: str
    en: str
    note: str
    avoid_zh: tuple[str, ...]
    avoid_en: tuple[str, ...]
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation and what it stands for."""

    abbreviation: str
    zh: str
    en: str
    file: str = ""
    line: int = 0
