"""Rows of "Numbers of this chapter": what each printed number is, how it was made, from which observations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from greenbook.composition.book import NumberRow
from greenbook.composition.words import Voice
from greenbook.documents.document import ChapterDocument, Shown
from greenbook.errors import Problem
from greenbook.language import applied, as_at_text, digits_text, year
from greenbook.records import ValueRecord
from greenbook.units import Units, split_show

Describe = Callable[[str], dict[str, Any]]


def number_rows(document: ChapterDocument, catalog: Any, describe: Describe, voice: Voice) -> tuple[NumberRow, ...]:
    """A row for each printed value of `document`, in the order of first mention; cells of tables are flagged."""
    shown: dict[str, list[Shown]] = {}
    for item in document.shown:
        shown.setdefault(item.name, []).append(item)
    return tuple(_row(name, document.values[name], items, catalog, describe, voice)
                 for name, items in shown.items() if name in document.values)


def unknown_inputs(document: ChapterDocument, describe: Describe) -> list[Problem]:
    """Values whose inputs are no rows of data/ public by the edition's date (GB557)."""
    problems = []
    for name in dict.fromkeys(item.name for item in document.shown):
        record = document.values.get(name)
        for key in record.inputs if record else ():
            try:
                describe(key)
            except KeyError:
                problems.append(Problem(document.notebook, name, "GB557", f'found the input "{key}" of {name}',
                                        "an observation, target or policy public by the edition's date",
                                        "build the chapter again"))
    return problems


def row_id(name: str) -> str:
    """The anchor of a value's row: `steel.output_latest` → `steel.num.output_latest`."""
    slug, _, rest = name.partition(".")
    return f"{slug}.num.{rest}"


def _row(name: str, record: ValueRecord, shown: list[Shown], catalog: Any, describe: Describe,
         voice: Voice) -> NumberRow:
    words = voice.words
    status = "refused" if record.value is None else record.status
    notes = [voice.of(note) for note in record.notes]
    if record.refusal:
        notes.append(voice.of(record.refusal.reason))
    return NumberRow(
        id=row_id(name), name=name.partition(".")[2], text=_text(record, shown, catalog.units, voice),
        label=voice.of(record.label), period=_period(record, voice), scope=voice.of(record.scope),
        status=words.get(f"status_{status}", status), formula=record.formula,
        inputs=tuple(_input(describe, key, catalog, voice) for key in record.inputs),
        places=tuple(dict.fromkeys(item.place for item in shown)), notes=tuple(note for note in notes if note),
        in_table=".tbl-" in name,
    )


def _text(record: ValueRecord, shown: Iterable[Shown], units: Units, voice: Voice) -> str:
    """The value with its unit, as a sentence would print it."""
    if record.value is None:
        return next(iter(shown)).text
    return voice.convert(applied(record, voice.drawn, units))


def _period(record: ValueRecord, voice: Voice) -> str:
    if not record.as_at:
        return year(record, voice.language) if record.form != "date" else record.period
    moment = voice.convert(as_at_text(record.as_at, voice.drawn))
    return f"{record.period} {moment}" if voice.language == "en" else f"{record.period}年{moment}"


def _input(describe: Describe, key: str, catalog: Any, voice: Voice) -> dict[str, str]:
    """One input in words, its value unrounded."""
    try:
        found = describe(key)
    except KeyError:
        return {"key": key}
    value, unit = _quantity(found, catalog, voice)
    row = {
        "indicator": voice.of(found.get("label", {"zh-Hans": found.get("id", ""), "en": found.get("id", "")})),
        "id": found.get("indicator", found.get("id", "")), "region": found.get("region", ""),
        "year": str(found.get("year", "")), "value": value, "unit": unit,
        "status": voice.words.get(f"status_{found.get('status') or found['kind']}", ""),
        "vintage": found.get("vintage", ""), "source": voice.of(found.get("printed", {})),
        "released": found.get("released", ""), "estimated": _yes(found.get("estimated")),
        "verified": _yes(found.get("verified")), "file": found.get("file", ""), "line": str(found.get("line", "")),
    }
    return {name: text for name, text in row.items() if text}


def _quantity(found: dict[str, Any], catalog: Any, voice: Voice) -> tuple[str, str]:
    """Number and unit of an input, in the unit in which its indicator is shown: Chinese never counts in 百万吨."""
    value, stored, units = found.get("value"), found.get("unit", ""), catalog.units
    if value is None:
        return "", ""
    entry = catalog.indicators.get(found.get("indicator", ""))
    shown = split_show(entry.show[voice.drawn])[0] if entry else stored
    unit = shown if units[shown].dimension == units[stored].dimension else stored
    number = units.convert(value, stored, unit).normalize()
    return digits_text(number, voice.language), voice.convert(units[unit].head(voice.drawn))


def _yes(flag: Any) -> str:
    return "true" if flag else ""


def remembered(describe: Callable[[Any, str], dict[str, Any]], view: Any) -> Describe:
    """`describe` for one build: each key is joined once, whatever the number of languages."""
    known: dict[str, dict[str, Any]] = {}

    def describe_once(key: str) -> dict[str, Any]:
        if key not in known:
            known[key] = describe(view, key)
        return known[key]

    return describe_once
