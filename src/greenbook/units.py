"""One table of units with exact factors; conversion and words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from greenbook.errors import near


@dataclass(frozen=True)
class Unit:
    """A unit: `factor` leads to the base unit of its dimension, exactly."""

    id: str
    dimension: str
    factor: Fraction
    words: dict[str, str]
    heads: dict[str, str]

    def attach(self, number: str, language: str) -> str:
        """`number` with the unit's word in `language`: 10.05亿吨, 1,005 Mt, CNY 15 trillion."""
        word = self.words[language]
        if "{}" in word:
            return word.replace("{}", number)
        return f"{number}{word}" if language.startswith("zh") else f"{number} {word}".rstrip()

    def head(self, language: str) -> str:
        """The unit alone, as an axis or the head of a table prints it."""
        if language in self.heads:
            return self.heads[language]
        return " ".join(self.words[language].replace("{}", " ").split())


class Units:
    """The units of a project, by id."""

    def __init__(self, units: dict[str, Unit]) -> None:
        self._units = units

    def __getitem__(self, unit: str) -> Unit:
        return self._units[unit]

    def __contains__(self, unit: str) -> bool:
        return unit in self._units

    def __iter__(self):
        return iter(self._units)

    def near(self, unit: str) -> str | None:
        """The listed unit that `unit` probably means."""
        return near(unit, self._units)

    def convert(self, value: float, unit: str, to: str) -> Decimal:
        """`value` of `unit` in the unit `to`, exact until the last division.

        Raises ValueError where the two measure different things.
        """
        source, target = self._units[unit], self._units[to]
        if source.dimension != target.dimension:
            raise ValueError(f"{unit} measures {source.dimension}, {to} measures {target.dimension}")
        exact = Fraction(Decimal(repr(value))) * source.factor / target.factor
        return Decimal(exact.numerator) / Decimal(exact.denominator)


def rounded(number: Decimal, digits: int) -> Decimal:
    """`number` to `digits` places, halves away from zero, as printed statistics round; never −0."""
    result = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def split_show(show: str) -> tuple[str, int]:
    """A `unit@digits` of an indicator's `show` as the pair (unit, digits)."""
    unit, _, digits = show.rpartition("@")
    return unit, int(digits)


def as_stated(units: Units, value: float, unit: str, show: str) -> str:
    """`show` (unit@digits) with no more digits than `value` of `unit` was stated with: 12亿千瓦 of a document is never
    printed as 12.00亿千瓦. Where the digits of `show` do not suffice, it stands."""
    to, places = split_show(show)
    number = rounded(units.convert(value, unit, to), places)
    fewest = next(digits for digits in range(places + 1) if rounded(number, digits) == number)
    return f"{to}@{fewest}"
