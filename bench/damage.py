"""A table of data/ and what damages it: each kind of fault is one place and the line and code that must be named."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A table as it stands: its lines and cells, and what the catalog knows of its indicators."""

    name: str
    text: str
    kinds: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = self.text.removesuffix("\n").split("\n")
        self.header = self.lines[0].split(",")
        self.rows = [number for number in range(2, len(self.lines) + 1) if '"' not in self.lines[number - 1]]

    def cells(self, line: int) -> list[str]:
        return self.lines[line - 1].split(",")

    def cell(self, line: int, column: str) -> str:
        return self.cells(line)[self.header.index(column)]

    def has(self, *columns: str) -> bool:
        return set(columns) <= set(self.header)

    def changed(self, line: int, column: str, text: str) -> bytes:
        """The table with one cell written as `text` (quotes included where it needs them)."""
        cells = self.cells(line)
        cells[self.header.index(column)] = text
        return self.replaced(line, ",".join(cells))

    def replaced(self, line: int, *new: str) -> bytes:
        return ("\n".join([*self.lines[:line - 1], *new, *self.lines[line:]]) + "\n").encode()


@dataclass(frozen=True)
class Damage:
    """The damaged bytes, and the places and codes of which one must be named. Place "" is the file as a whole."""

    content: bytes
    places: frozenset[str]
    codes: frozenset[str]


Kind = Callable[[Sheet, random.Random], Damage | None]
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    def keep(make: Kind) -> Kind:
        KINDS[name] = make
        return make

    return keep


def damage(content: bytes, place: int | str, *codes: str) -> Damage:
    return Damage(content, frozenset([str(place)]), frozenset(codes))


def any_row(sheet: Sheet, chance: random.Random) -> int | None:
    return chance.choice(sheet.rows) if sheet.rows else None
