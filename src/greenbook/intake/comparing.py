"""Candidates against what the catalog holds: added, changed (old → new, Δ %), unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from greenbook.catalog.schema import OBSERVATIONS
from greenbook.errors import Problem
from greenbook.intake.shaping import Candidate

Key = tuple[str, ...]
Cells = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One observation that the file would add (`old` is None) or change: the row before and after."""

    old: Cells | None
    new: Cells
    candidate: Candidate

    def line(self) -> str:
        """The change as the table prints it."""
        name = "|".join(part for part in key_of(self.new) if part)
        if self.old is None:
            return f"{name}  {self.new['value']}"
        fields = [f"{column}: {self.old[column] or '(empty)'} → {self.new[column] or '(empty)'}"
                  for column in OBSERVATIONS.names if column != "value" and self.old[column] != self.new[column]]
        if self.old["value"] != self.new["value"]:
            fields.insert(0, f"{self.old['value']} → {self.new['value']} ({_change(self.old, self.new)})")
            if self.old["bound"] and self.old["bound"] == self.new["bound"]:
                fields.append(f"bound: stays {self.old['bound']}")
        return f"{name}  {'; '.join(fields)}"


@dataclass
class Compared:
    """What the file would do to each table of observations, by its name (`observations/steel.csv`)."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        return [*self.added, *self.changed]

    def without(self, refused: set[tuple[str, str]]) -> Compared:
        """The same without the changes from the places (file, line or cell) in `refused`."""
        added, changed = ([change for change in changes if _place(change) not in refused]
                          for changes in (self.added, self.changed))
        return Compared(added, changed, self.unchanged, self.problems)


def _place(change: Change) -> tuple[str, str]:
    return change.candidate.origin.path, change.candidate.origin.place


def key_of(cells: Cells) -> Key:
    """What names a row, as texts."""
    return tuple(cells.get(column, "") for column in OBSERVATIONS.key)


def compare(candidates: Iterable[Candidate], standing: dict[Key, Cells]) -> Compared:
    """`candidates` against the rows that stand; a key that the file gives twice is a problem (GB363).

    A column that the file does not give keeps what stands there; a number written otherwise but equal is unchanged.
    """
    found = Compared()
    seen: dict[Key, Candidate] = {}
    for candidate in candidates:
        key = key_of(candidate.cells)
        first = seen.setdefault(key, candidate)
        if first is not candidate:
            found.problems.append(candidate.origin.problem(
                "GB363", f"{'|'.join(key)} again", f"a key that {first.origin.where()} does not have",
                "delete one of the two, or tell them apart"))
            continue
        _sort(candidate, standing.get(key), found)
    return found


def _sort(candidate: Candidate, old: Cells | None, found: Compared) -> None:
    if old is None:
        cells = {**candidate.dates, **candidate.cells}
        new = {column: cells.get(column, "") for column in OBSERVATIONS.names}
        found.added.append(Change(None, new, candidate))
        return
    another = candidate.cells.get("source", old["source"]) != old["source"]
    new = {**old, **(candidate.dates if another else {}), **candidate.cells}
    if _equal(old["value"], new["value"]):
        new["value"] = old["value"]
    if new == old:
        found.unchanged += 1
    else:
        found.changed.append(Change(old, new, candidate))


def _equal(old: str, new: str) -> bool:
    return Decimal(old) == Decimal(new)


def _change(old: Cells, new: Cells) -> str:
    before, after = Decimal(old["value"]), Decimal(new["value"])
    return f"Δ {(after - before) / abs(before) * 100:+.2f} %" if before else "Δ from zero"


def table(compared: Compared, most: int = 40) -> Iterator[str]:
    """The lines of the table; of each kind at most `most`, and how many more."""
    for title, changes in (("added", compared.added), ("changed", compared.changed)):
        for change in changes[:most]:
            yield f"  {title:8} {change.line()}"
        if len(changes) > most:
            yield f"  {title:8} … and {len(changes) - most:,} more"
