"""What holds between rows and files: ids resolve, units fit, keys are unique, dates are possible."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from greenbook.catalog.cells import last_day, shown
from greenbook.catalog.entries import IndicatorEntry, Observation, Source, Target
from greenbook.catalog.schema import TABLES
from greenbook.catalog.view import Catalog
from greenbook.errors import Problem, near
from greenbook.units import Unit, split_show

_FARTHEST = 50
_KEYS = {table.file: table.key for table in TABLES}


class _Names:
    """The ids of one kind; looks a missing one's neighbour up once.

    Where a file that defines them is `faulty`, nobody knows what is missing, and nothing is reported.
    """

    def __init__(self, names: Iterable[str], where: str, faulty: set[str]) -> None:
        self.names, self.where = set(names), where
        self.known = not any(file.startswith(where) for file in faulty)
        self._advice: dict[str, str] = {}

    def problem(self, entry: Any, column: str, code: str = "GB322") -> list[Problem]:
        """A problem where the entry's `column` is filled with an id that is none of these."""
        name = getattr(entry, column)
        if not self.known or not name or name in self.names:
            return []
        if name not in self._advice:
            match = near(name, self.names)
            self._advice[name] = f"write {match}" if match else f"add it to {self.where}"
        return [Problem(entry.file, str(entry.line), code, f"{column}: found {shown(name)}",
                        f"expected an id of {self.where}", self._advice[name])]


def resolved(catalog: Catalog, faulty: set[str]) -> list[Problem]:
    """Ids that resolve to nothing, with the near name; `faulty` are the files with problems of their own."""
    indicators = _Names(catalog.indicators, "data/indicators", faulty)
    sources = _Names(catalog.sources, "data/sources.csv", faulty)
    policies = _Names(catalog.policies, "data/policies.csv", faulty)
    issuers = _Names(catalog.issuers, "data/issuers.csv", faulty)
    looked_up: list[tuple[Iterable[Any], str, _Names]] = [
        (catalog.observations, "indicator", indicators), (catalog.observations, "source", sources),
        (catalog.sources.values(), "issuer", issuers), (catalog.policies.values(), "source", sources),
        (catalog.targets.values(), "policy", policies), (catalog.targets.values(), "indicator", indicators),
        (catalog.targets.values(), "source", sources), (catalog.cases.values(), "source", sources),
        (catalog.indicators.values(), "reported_growth", indicators),
    ]
    return [problem for entries, column, names in looked_up for entry in entries
            for problem in names.problem(entry, column)]


def units_fit(catalog: Catalog, faulty: set[str]) -> list[Problem]:
    """Units that are not listed, and units shown or aimed at that measure something else than the indicator."""
    names = _Names(catalog.units, "data/units.yml", faulty)
    problems = []
    for entry in catalog.indicators.values():
        problems += names.problem(entry, "unit", "GB323")
        for language, show in entry.show.items():
            problems += _shown_unit(catalog, names, entry, language, split_show(show)[0])
    for target in catalog.targets.values():
        problems += names.problem(target, "unit", "GB323")
        indicator = catalog.indicators.get(target.indicator)
        if indicator is not None:
            problems += _fits(catalog, target, "unit", target.unit, indicator)
    return problems


def _shown_unit(catalog: Catalog, names: _Names, entry: IndicatorEntry, language: str, unit: str) -> list[Problem]:
    if unit in catalog.units:
        return _fits(catalog, entry, f"{entry.id}: show: {language}", unit, entry)
    if not names.known:
        return []
    match = near(unit, names.names)
    return [Problem(entry.file, str(entry.line), "GB323", f"{entry.id}: show: {language}: found {shown(unit)}",
                    "expected an id of data/units.yml", f"write {match}" if match else "add it to data/units.yml")]


def _fits(catalog: Catalog, entry: Any, column: str, unit: str, indicator: IndicatorEntry) -> list[Problem]:
    if unit not in catalog.units or indicator.unit not in catalog.units:
        return []
    found: Unit = catalog.units[unit]
    stored: Unit = catalog.units[indicator.unit]
    if found.dimension == stored.dimension:
        return []
    return [Problem(entry.file, str(entry.line), "GB324", f"{column}: found {shown(unit)} ({found.dimension})",
                    f"expected a unit of {stored.dimension}, as {indicator.id} is in {indicator.unit}",
                    "choose a unit of that dimension")]


def doubled(table: str, entries: Iterable[tuple[str, int, dict[str, Any]]]) -> list[Problem]:
    """Rows of one table with the same key, or with keys that look the same; both lines are named.

    Keys look the same where they differ only by blanks, case, composed or full-width characters.
    """
    columns, problems = _KEYS[table], []
    seen: dict[tuple[str, ...], tuple[str, int, tuple[str, ...]]] = {}
    for file, line, values in entries:
        key = tuple(str(values[column]) for column in columns)
        alike = tuple(unicodedata.normalize("NFKC", "".join(part.split())).casefold() for part in key)
        first = seen.setdefault(alike, (file, line, key))
        if first[:2] != (file, line):
            problems.append(_doubled(file, line, columns, key, first))
    return problems


def _doubled(file: str, line: int, columns: tuple[str, ...], key: tuple, first: tuple[str, int, tuple]) -> Problem:
    place = f"line {first[1]}" if first[0] == file else f"{first[0]}:{first[1]}"
    same = key == first[2]
    alike = "" if same else f", which looks like {shown('|'.join(first[2]))}"
    return Problem(
        file, str(line), "GB325" if same else "GB326", f"{', '.join(columns)}: found {shown('|'.join(key))}{alike}",
        f"expected a key that {place} does not have", "delete one of the two rows, or tell them apart",
    )


def dated(catalog: Catalog, _: set[str]) -> list[Problem]:
    """Dates that cannot be: released before the time described, a revision dated by the rule of first values."""
    problems = []
    for row in catalog.observations:
        for test in _OBSERVATION_DATES:
            problems += test(row)
    for source in catalog.sources.values():
        problems += _published(source)
    for target in catalog.targets.values():
        problems += _before_its_document(target, catalog)
    return problems


def _released_before(row: Observation) -> list[Problem]:
    """A figure is not known before the time it describes begins; a projection or an estimate 50 years before."""
    begins = row.as_at.split("/")[-1][:7] if row.as_at else str(row.year)
    if row.status in ("projected", "estimated"):
        begins = str(row.year - _FARTHEST)
    if row.released.isoformat()[:len(begins)] >= begins:
        return []
    return [Problem(row.file, str(row.line), "GB327", f'released: found "{row.released}"',
                    f"expected a day not before {begins}, which the row describes",
                    "correct the date, or give the status projected")]


def _revised_by_rule(row: Observation) -> list[Problem]:
    """31 January of the next year is when first values appear: a revised value was not known then."""
    day = row.released
    by_rule = row.released_is_estimated and (day.year, day.month, day.day) == (row.year + 1, 1, 31)
    if row.status != "revised" or not by_rule:
        return []
    return [Problem(row.file, str(row.line), "GB328", f'released: found "{row.released}" for a revised value',
                    "expected the day of the revision; by the end of January only the first value was known",
                    "write the date of the table that holds the revised value")]


def _before_its_document(target: Target, catalog: Catalog) -> list[Problem]:
    """Nothing targeted appears before it existed: a target is not public before the document that sets it."""
    policy = catalog.policies.get(target.policy)
    if policy is None or target.released >= policy.date:
        return []
    return [Problem(target.file, str(target.line), "GB333", f'released: found "{target.released}"',
                    f"expected a day not before {policy.date}, the date of {policy.id}",
                    "correct one of the two dates")]


def _as_at(row: Observation) -> list[Problem]:
    """The point or part of the year must be of the row's year, and be a date."""
    try:
        moments = [last_day(moment) for moment in row.as_at.split("/")] if row.as_at else []
    except ValueError:
        moments = None
    if moments is not None and all(moment.year == row.year for moment in moments) and moments == sorted(moments):
        return []
    return [Problem(row.file, str(row.line), "GB329", f"as_at: found {shown(row.as_at)}",
                    f"expected a day, a month or two months of {row.year}", "correct as_at or the year")]


_OBSERVATION_DATES: tuple[Callable[[Observation], list[Problem]], ...] = (_released_before, _revised_by_rule, _as_at)


def _published(source: Source) -> list[Problem]:
    """The date must be as precise as it says, and be a date."""
    known = {4: "year", 7: "month", 10: "day"}.get(len(source.published))
    order = ("year", "month", "day")
    if known is None or source.published_precision not in order:
        return []
    try:
        last_day(source.published)
        if order.index(known) >= order.index(source.published_precision):
            return []
        expected = f"expected a date to the {source.published_precision}"
    except ValueError:
        expected = "expected a day of the calendar"
    return [Problem(source.file, str(source.line), "GB312", f"published: found {shown(source.published)}", expected,
                    "correct the date or its precision")]
