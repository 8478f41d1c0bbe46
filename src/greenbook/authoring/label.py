"""`label`: words, numbers and units of a chart in the language that is being drawn, and the record of what was
drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from greenbook.authoring.mistakes import AuthoringError
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed
from greenbook.catalog.value import Value, settled
from greenbook.language import as_at_text, bare, bound_words, digits_text, printed, year
from greenbook.records import Point, Text
from greenbook.units import rounded, split_show

# a numeral standing alone; not the 5 of 5G, the 2.5 of PM2.5 or the 2 of CO2
BREAK = {"zh-Hans": "口径调整", "en": "scope change"}
TYPED = re.compile(r"(?<![A-Za-z0-9.])\d+(?:\.\d+)?(?![A-Za-z0-9.])")


@dataclass(frozen=True)
class Key:
    """What one drawn number is: the series, its place, and the moment."""

    series: str
    region: str
    year: int
    moment: str


@dataclass(frozen=True, eq=False)
class Drawn:
    """A number drawn: whose it is, its point (None for a Value), and the number in the unit shown."""

    thing: Indicator | Value
    point: Observed | None
    shown: float


class Shown(float):
    """A number drawn. As text it reads as the report prints it, so it serves `ax.text` and `ax.axhline` alike."""

    words: str

    def __new__(cls, number: float, words: str) -> Shown:
        made = super().__new__(cls, number)
        made.words = words
        return made

    def __str__(self) -> str:
        return self.words

    def __format__(self, form: str) -> str:
        return format(float(self), form) if form else self.words


class Label:
    """The words and numbers of one drawing. `language` is zh-Hans or en."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.numbers: dict[Key, Drawn] = {}
        self.texts: set[str] = set()

    # ---- words ------------------------------------------------------------------------------------

    def __call__(self, thing: Indicator | Value | str | Text, english: str | None = None, **bound: Any) -> str:
        """`label("峰值", "Peak")` → the words of the language; `label(output)` → its label.

        Words may hold `{name}` for a Value, an Indicator (its last year) or a year given as `name=`; numerals are not
        typed in words. Raises AuthoringError where a numeral is typed or a language is missing.
        """
        if isinstance(thing, (Indicator, Value)):
            return self._said(thing.label.get(self.language, ""))
        words = thing if isinstance(thing, dict) else {"zh-Hans": thing, "en": english}
        text = words.get(self.language) or words.get("zh" if self.language == "zh-Hans" else self.language)
        if not text:
            raise AuthoringError(
                "GB480",
                f"found a label without words in {self.language}: {thing!r}",
                'expected label("峰值", "Peak")',
                "give both languages",
            )
        if TYPED.search(text):
            raise AuthoringError(
                "GB481",
                f'found a typed number in the label "{text}"',
                "expected words only",
                'bind it: label("{base}年", "{base}", base=2020) or label.number(value)',
            )
        return self._said(text.format(**{name: self._bound(value) for name, value in bound.items()}))

    def unit(self, thing: Indicator | Value) -> str:
        """The unit in which `thing` is drawn, as an axis names it; the base of an index; empty for a bare ratio."""
        content = _content(thing)
        if isinstance(thing, Indicator) and thing.kind == "index":
            bases = re.findall(r"(?:index|chained)-(\d{4})", thing.id)
            if bases:  # the last one: an index may have been put on another base
                return self._said(f"{bases[-1]}年=100" if self.language != "en" else f"{bases[-1]} = 100")
        if content["counter"].get(self.language):
            return content["counter"][self.language]
        unit, _ = split_show(content["show"][self.language])
        return "" if unit == "ratio" else self._said(thing.units[unit].head(self.language))

    def text(self, value: Value) -> str:
        """The value as a sentence prints it: 10.05亿吨, 1,005 Mt. Empty where it does not exist."""
        if not value.exists:
            return ""
        self._record(value)
        return self._said(printed(value.content, self.language, value.units))

    def years(self, thing: Indicator) -> tuple[int, ...]:
        """The years of the series, for the x axis."""
        return thing.years

    def period(self, thing: Indicator | Value) -> str:
        """The period as text: 2010—2024 in Chinese, 2010–2024 in English."""
        if isinstance(thing, Value):
            return self._said(year(thing.content, self.language))
        dash = "–" if self.language == "en" else "—"
        return self._said(f"{thing.first_year}{dash}{thing.last_year}" if not thing.empty else "")

    @property
    def break_words(self) -> str:
        """What stands beside the rule of a break; what changed stands in the note below the figure."""
        return self._said(BREAK[self.language])

    def moment(self, point: Observed) -> str:
        """The point or part of the year of a point: 截至9月末; empty for a whole year."""
        return self._said(as_at_text(point.as_at, self.language)) if point.as_at else ""

    # ---- numbers ----------------------------------------------------------------------------------

    def values(self, thing: Indicator | Iterable[Value]) -> tuple[float, ...]:
        """The numbers in the unit shown, to plot: of an Indicator in the order of its years, or of several Values.

        Series on one axis need one unit: `label.values(nuclear.shown_as(thermal))`.
        """
        if isinstance(thing, Indicator):
            return tuple(self._point(thing, point) for point in thing.points)
        return tuple(float(self.number(value)) for value in thing)

    def number(self, thing: Value | Indicator) -> Shown:
        """One number in the unit shown (of an Indicator the latest): a float that prints as the report prints it."""
        value = thing.latest if isinstance(thing, Indicator) else thing
        if not value.exists:
            raise AuthoringError(
                "GB482",
                f"found a value that does not exist: {value.reason.get('en', '')}",
                "expected a number to draw",
                "test value.exists, or tag the cell if-<name>",
            )
        number = self._record(value)
        words = bare(value.content, self.language, value.units)
        return Shown(number, self._said(words))

    def point(self, thing: Indicator, year_: int) -> Shown:
        """The number of one year of a series, as `number` gives it."""
        point = thing.point(year_)
        if point is None:
            return self.number(thing.at(year_))
        return Shown(self._point(thing, point), self._said(bare(thing.at(year_).content, self.language, thing.units)))

    def ticks(self, numbers: Iterable[float]) -> list[str]:
        """The numbers of an axis in the language's form, all to the places that the finest needs."""
        exact = [Decimal(repr(round(float(number), 6))) for number in numbers]
        digits = max((len(f"{number.normalize():f}".partition(".")[2]) for number in exact), default=0)
        return [digits_text(rounded(number, digits), self.language) for number in exact]

    def years_drawn(self) -> list[int]:
        """The years of all numbers handed out, rising."""
        return sorted({key.year for key in self.numbers if key.year})

    def bound(self, point: Observed) -> str:
        """The word before a number that was published as a bound: 约, more than; empty before others."""
        return self._said(bound_words(point.bound, self.language)) if point.bound else ""

    def drawn(self) -> list[float]:
        """All numbers handed out, in the unit shown."""
        return [drawn.shown for drawn in self.numbers.values()]

    # ---- keeping the record -----------------------------------------------------------------------

    def _point(self, series: Indicator, point: Observed) -> float:
        unit, _ = split_show(series.show[self.language])
        shown = settled(float(series.units.convert(point.value, series.unit, unit)))
        self.numbers[Key(series.id, series.place, point.year, point.as_at)] = Drawn(series, point, shown)
        return shown

    def _record(self, value: Value) -> float:
        record = value.content
        unit, _ = split_show(record.show.get(self.language, f"{record.unit}@0"))
        shown = settled(float(value.units.convert(value.number, record.unit, unit)))
        name = ":".join(filter(None, (record.indicator or "+".join(record.uses), record.formula)))
        series = f"target:{value.target.id}" if value.target else name
        self.numbers[Key(series, record.region, value.year or 0, record.as_at)] = Drawn(value, None, shown)
        return shown

    def _bound(self, value: Any) -> str:
        if isinstance(value, Value):
            return self.text(value)
        if isinstance(value, Indicator):
            return str(value.last_year)
        return str(value)

    def _said(self, text: str) -> str:
        self.texts.add(text)
        return text


def points_of(labels: dict[str, Label]) -> tuple[Point, ...]:
    """The plotted points of all languages, in the order in which they were asked for."""
    first = next(iter(labels.values()))
    return tuple(
        _point_of(key, labels) for key in first.numbers if all(key in label.numbers for label in labels.values())
    )


def _point_of(key: Key, labels: dict[str, Label]) -> Point:
    found = {language: label.numbers[key] for language, label in labels.items()}
    drawn = next(iter(found.values()))
    content, value = _content(drawn.thing), drawn.thing.content if isinstance(drawn.thing, Value) else None
    point: Any = drawn.point or value
    units = {language: split_show(content["show"].get(language, f"{drawn.thing.unit}@0"))[0] for language in labels}
    return Point(
        series=key.series,
        indicator=content["indicator"],
        region=key.region,
        x=float(key.year),
        value=settled(point.value),
        unit=drawn.thing.unit,
        shown={language: item.shown for language, item in found.items()},
        shown_unit=units,
        status=point.status,
        bound=point.bound,
        formula=content["formula"],
        inputs=point.inputs,
        label=drawn.thing.label,
    )


def _content(thing: Indicator | Value) -> dict[str, Any]:
    if isinstance(thing, Value):
        record = thing.content
        return {
            "show": record.show,
            "counter": record.counter,
            "indicator": record.indicator,
            "formula": record.formula,
        }
    return {"show": thing.show, "counter": thing.counter, "indicator": thing.origin, "formula": thing.formula}
