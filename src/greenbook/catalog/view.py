"""The catalog as a whole, and what of it was public on an edition's date."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from greenbook.catalog.cells import last_day
from greenbook.catalog.dated import as_known
from greenbook.catalog.entries import (
    Abbreviation,
    Case,
    IndicatorEntry,
    Issuer,
    Observation,
    Policy,
    Source,
    Target,
    Term,
)
from greenbook.units import Unit, Units


@dataclass(frozen=True)
class Catalog:
    """Everything in data/, checked. `digest` changes when any file of it changes."""

    units: Units
    indicators: dict[str, IndicatorEntry]
    observations: tuple[Observation, ...]
    sources: dict[str, Source]
    issuers: dict[str, Issuer]
    policies: dict[str, Policy]
    targets: dict[str, Target]
    cases: dict[str, Case]
    glossary: tuple[Term, ...]
    abbreviations: tuple[Abbreviation, ...]
    digest: str = ""

    @cached_property
    def _by_key(self) -> dict[str, Observation]:
        return {observation.key: observation for observation in self.observations}

    @cached_property
    def by_indicator(self) -> dict[str, tuple[Observation, ...]]:
        """The observations of each indicator, by region, year, point in time and release; absent where none."""
        rows = defaultdict(list)
        for observation in self.observations:
            rows[observation.indicator].append(observation)
        return {indicator: tuple(sorted(found, key=_order)) for indicator, found in sorted(rows.items())}

    @cached_property
    def _units_of(self) -> dict[str, dict[str, dict[str, Any]]]:
        return {}

    def units_of(self, dimension: str) -> dict[str, dict[str, Any]]:
        """The units of `dimension` and of ratios as slices carry them: plain values with the keys of units.yml."""
        if dimension not in self._units_of:
            self._units_of[dimension] = {
                name: _unit(self.units[name]) for name in sorted(self.units)
                if self.units[name].dimension in (dimension, "ratio")
            }
        return self._units_of[dimension]

    def observation(self, key: str) -> Observation:
        """The observation with `key`; raises KeyError where no row of data/ has it (any more)."""
        return self._by_key[key]

    def at(self, as_of: datetime.date) -> CatalogView:
        """The catalog as it was known on `as_of`."""
        return CatalogView(self, as_of)


def _unit(unit: Unit) -> dict[str, Any]:
    heads = {f"head-{language}": word for language, word in unit.heads.items()}
    return {"dimension": unit.dimension, "factor": str(unit.factor), **unit.words, **heads}


def _order(observation: Observation) -> tuple:
    return (observation.region, observation.year, observation.as_at, observation.released, observation.vintage)


@dataclass(frozen=True)
class CatalogView:
    """What was public on `as_of`: nothing released after that day can be had from it."""

    catalog: Catalog
    as_of: datetime.date

    def indicator(self, name: str) -> IndicatorEntry:
        """The indicator called `name`, its own words as far as they were public; raises KeyError."""
        return as_known(self.catalog.indicators[name], self.catalog.by_indicator.get(name, ()), self.as_of)

    def observations(self, indicator: str) -> tuple[Observation, ...]:
        """The observations of `indicator` released by `as_of`, every vintage; empty where there are none."""
        rows = self.catalog.by_indicator.get(indicator, ())
        return tuple(row for row in rows if row.released <= self.as_of)

    def all_observations(self) -> tuple[Observation, ...]:
        """Every observation released by `as_of`, by indicator, region, year, point in time and release."""
        return tuple(row for rows in self.catalog.by_indicator.values() for row in rows if row.released <= self.as_of)

    def targets(self, indicator: str | None = None) -> tuple[Target, ...]:
        """The targets public by `as_of`, of one indicator or of all, by year and id."""
        return tuple(sorted(
            (target for target in self.catalog.targets.values()
             if target.released <= self.as_of and indicator in (None, target.indicator)),
            key=lambda target: (target.year, target.id),
        ))

    def policies(self) -> tuple[Policy, ...]:
        """The documents and events public by `as_of`, by date and id."""
        return tuple(sorted((policy for policy in self.catalog.policies.values() if policy.date <= self.as_of),
                            key=lambda policy: (policy.date, policy.id)))

    def sources(self) -> tuple[Source, ...]:
        """The sources published by `as_of`, and those that a public row rests on all the same: a table that its issuer
        keeps up to date is one source for many years, and its date may lie after `as_of`. By id."""
        rows: tuple[Observation | Target | Policy, ...] = (*self.all_observations(), *self.targets(), *self.policies())
        used = {row.source for row in rows}
        return tuple(source for name, source in sorted(self.catalog.sources.items())
                     if name in used or self.dated(source))

    def dated(self, source: Source) -> bool:
        """Whether the date of `source` may be printed: a source dated after `as_of` never shows it."""
        return last_day(source.published) <= self.as_of

    def cases(self) -> tuple[Case, ...]:
        """The cases dated by `as_of`, by chapter and id."""
        return tuple(sorted((case for case in self.catalog.cases.values() if case.date <= self.as_of),
                            key=lambda case: (case.chapter, case.id)))

    def exists(self, name: str) -> bool:
        """Whether an indicator with observations, a target, a policy or a case called `name` is public by `as_of`."""
        if self.observations(name):
            return True
        catalog = self.catalog
        dates = [target.released for target in (catalog.targets.get(name),) if target]
        dates += [dated.date for dated in (catalog.policies.get(name), catalog.cases.get(name)) if dated]
        return any(day <= self.as_of for day in dates)
