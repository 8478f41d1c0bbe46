"""What changed between editions: values that an earlier date knew otherwise, with the cause (brief, section 13)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from greenbook.composition.tree import table
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks
from greenbook.language import digits_text
from greenbook.outline import Edition
from greenbook.units import rounded, split_show

_HEADS = (("head_indicator", "left", 0.22), ("head_unit", "left", 0.1), ("head_years", "left", 0.1),
          ("head_count", "right", 0.07), ("head_year", "left", 0.06), ("head_old", "right", 0.08),
          ("head_new", "right", 0.08), ("head_largest", "right", 0.07), ("head_cause", "left", 0.22))
# Where a revision is smaller than the last digit that the book prints, more digits are shown, up to this many.
_MOST_PLACES = 6
# What is left of “(see Figure 3-1 and Table 3-2)” where a finding is told without its references.
_EMPTY_REFERENCE = re.compile(r"（见[和、及，]*）| \(see [, and]*\)")

Key = tuple[str, int, str]


@dataclass(frozen=True)
class Revision:
    """The changed values of one indicator between two dates, in its stored unit.

    `years` are the first and the last year changed, `count` the number of values (regions and years). `year`, `old`
    and `new` are the latest pair for the country as a whole, or for the first region where there is none;
    `largest` is the greatest change in per cent of the old value. `cause` is vintage, status or release; `before`
    and `after` are the two vintages or statuses. `rows` are the keys of the observations that hold the new values.
    """

    indicator: str
    years: tuple[int, int]
    count: int
    region: str
    year: int
    old: float
    new: float
    largest: float
    cause: str
    before: str
    after: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Log:
    """What two dates know differently: values revised, known only later (`new`), and no longer known (`withdrawn`)."""

    revised: tuple[Revision, ...]
    new: int
    withdrawn: int


def earlier_edition(editions: Iterable[Edition], edition: Edition) -> Edition | None:
    """The edition before `edition` by date, or None for the first."""
    before = [other for other in editions if other.as_of < edition.as_of]
    return max(before, key=lambda other: (other.as_of, other.id), default=None)


def revisions(view: Any, earlier: datetime.date) -> tuple[list[Revision], int]:
    """The revisions since `earlier`, by indicator, and how many values were not known then."""
    found, added = [], 0
    for name in sorted(view.catalog.by_indicator):
        rows = view.observations(name)
        new = newest(rows)
        old = newest(row for row in rows if row.released <= earlier)
        added += len(new.keys() - old.keys())
        changed = sorted(key for key in new.keys() & old.keys() if new[key].value != old[key].value)
        if changed:
            found.append(_revision(name, changed, old, new))
    return found, added


def revision_log(catalog: Any, earlier: datetime.date, later: datetime.date) -> Log:
    """The log between any two dates: values are counted by indicator, region, year and point in time."""
    view = catalog.at(later)
    found, new = revisions(view, earlier)
    gone = sum(len(newest(catalog.at(earlier).observations(name)).keys() - newest(view.observations(name)).keys())
               for name in catalog.by_indicator)
    return Log(tuple(found), new, gone)


def touched(revised: Iterable[Revision], findings: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """The findings that rest on revised values, each with their indicators; `findings` are id and keys of inputs."""
    changed = {row: revision.indicator for revision in revised for row in revision.rows}
    found = {name: sorted({changed[key] for key in inputs if key in changed}) for name, inputs in findings}
    return {name: indicators for name, indicators in found.items() if indicators}


def inputs_of(document: Any) -> list[tuple[str, list[str]]]:
    """The findings of a chapter, each with the keys of the inputs of its values."""
    return [(finding.id, [key for name in finding.record.values
                          if (record := document.values.get(_full(document, name))) for key in record.inputs])
            for finding in document.findings]


def _full(document: Any, name: str) -> str:
    return name if name.startswith(f"{document.slug}.") else f"{document.slug}.{name}"


def touched_blocks(found: Iterable[Revision], manuscript: Any, voice: Voice) -> Blocks:
    """The table of findings that rest on revised values: chapter, finding, indicators."""
    rows, catalog, revised = [], manuscript.view.catalog, list(found)
    for document in manuscript.chapters(voice.drawn):
        texts = {finding.id: _EMPTY_REFERENCE.sub("", finding.text) for finding in document.findings}
        for name, indicators in touched(revised, inputs_of(document)).items():
            labels = [voice.of(catalog.indicators[indicator].label) for indicator in indicators]
            rows.append((document.title, texts[name], voice.words["names_separator"].join(labels)))
    heads = (("head_chapter", 0.22), ("head_finding", 0.5), ("head_indicator", 0.28))
    columns = [(voice.words[head], "left", width) for head, width in heads]
    return (table("revisions.tbl-touched", voice.words["caption_touched"], columns, rows),) if rows else ()


def newest(rows: Iterable[Any]) -> dict[Key, Any]:
    """The latest release of each (region, year, point in time). A projection is no value that could be revised."""
    best: dict[Key, Any] = {}
    for row in sorted(rows, key=lambda row: (row.released, row.vintage)):
        if row.status != "projected":
            best[row.region, row.year, row.as_at] = row
    return best


def revision_blocks(found: Iterable[Revision], view: Any, voice: Voice) -> Blocks:
    """The table of revisions, a line an indicator, in the unit in which the language shows it."""
    columns = [(voice.words[head], align, width) for head, align, width in _HEADS]
    rows = [_row(revision, view, voice) for revision in found]
    return (table("revisions.tbl-log", voice.words["caption_revisions"], columns, rows),) if rows else ()


def _row(revision: Revision, view: Any, voice: Voice) -> tuple[str, ...]:
    entry, units = view.catalog.indicators[revision.indicator], view.catalog.units
    unit, places = split_show(entry.show[voice.drawn])
    exact = [units.convert(value, entry.unit, unit) for value in (revision.old, revision.new)]
    while places < _MOST_PLACES and rounded(exact[0], places) == rounded(exact[1], places):
        places += 1
    old, new = (digits_text(rounded(value, places), voice.language) for value in exact)
    first, last = revision.years
    years = str(first) if first == last else f"{first}{voice.words['time_span']}{last}"
    where = "" if revision.region == "CN" else f" {revision.region}"
    return (voice.of(entry.label), voice.convert(units[unit].head(voice.drawn)),
            years, str(revision.count), f"{revision.year}{where}", old, new, f"{revision.largest:.1f}%",
            _cause_words(revision, voice))


def _cause_words(revision: Revision, voice: Voice) -> str:
    words = voice.words
    pair = (revision.after, revision.before)
    if revision.cause == "vintage":
        return words["cause_vintage"].format(*(name or words["no_vintage"] for name in pair))
    if revision.cause == "status":
        return words["cause_status"].format(*(words[f"status_{name}"] for name in pair))
    return words["cause_release"]


def _revision(name: str, changed: list[Key], old: dict[Key, Any], new: dict[Key, Any]) -> Revision:
    country = [key for key in changed if key[0] == "CN"] or [key for key in changed if key[0] == changed[0][0]]
    shown = max(country, key=lambda key: (key[1], key[2]))
    before, after = old[shown], new[shown]
    return Revision(
        name, (min(key[1] for key in changed), max(key[1] for key in changed)), len(changed), shown[0], shown[1],
        before.value, after.value, max(_change(old[key].value, new[key].value) for key in changed),
        *_cause(before, after), tuple(new[key].key for key in changed))


def _change(old: float, new: float) -> float:
    return abs(new - old) / abs(old) * 100 if old else 0.0


def _cause(before: Any, after: Any) -> tuple[str, str, str]:
    if before.vintage != after.vintage:
        return "vintage", before.vintage, after.vintage
    if before.status != after.status:
        return "status", before.status, after.status
    return "release", "", ""
