"""What authors hold: a series with its unit, scope, breaks, targets and the keys of its observations.

A frozen wrapper and no Series: a subclass of pandas' Series kept wrong units and
lineage when it was tried. `.series` gives a plain Series for looking; what comes
from it is bare and needs `uses=`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from greenbook.catalog import narrowing
from greenbook.catalog.comparability import missing
from greenbook.catalog.entries import Break
from greenbook.catalog.selection import Observed, unique
from greenbook.catalog.value import FORMS, Target, Value, joined, settled
from greenbook.records import Refusal, Text, ValueRecord
from greenbook.units import Units

if TYPE_CHECKING:
    import pandas

INDEX_UNIT = "index"
INDEX_SHOW = {"zh-Hans": "index@1", "en": "index@1"}
PERCENT_SHOW = {"zh-Hans": "%@1", "en": "%@1"}


@dataclass(frozen=True, eq=False)
class Indicator:
    """A series under the edition's date, or one derived from such series (then `formula` says how).

    `points` are the comparable-form numbers (one a year, projections apart); `origins` are the catalog ids it rests on.
    """

    id: str
    label: Text
    unit: str
    show: Text
    kind: str
    units: Units
    points: tuple[Observed, ...] = ()
    projected: tuple[Observed, ...] = ()
    parts: tuple[Observed, ...] = ()
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
    grade: str = ""
    aims: tuple[Target, ...] = ()
    place: str = "CN"
    rows: tuple[dict[str, Any], ...] = ()
    formula: str = ""
    origins: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    approximate: bool = False
    all_units: Callable[[], Units] | None = None

    # ---- the numbers ------------------------------------------------------------------------------

    @property
    def years(self) -> tuple[int, ...]:
        """The years with a number, rising."""
        return tuple(point.year for point in self.points)

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers in `unit`, in the order of `years`. For a chart use `label.values(indicator)`."""
        return tuple(point.value for point in self.points)

    @property
    def form(self) -> str:
        """How its numbers are printed: share, growth (with a direction word), year, multiple or quantity."""
        return {"year": "year", "times": "multiple"}.get(self.unit) or FORMS.get(self.kind, "quantity")

    @property
    def empty(self) -> bool:
        return not self.points

    @property
    def origin(self) -> str:
        """The catalog's id of the series; empty where several lie behind it."""
        return self.origins[0] if len(self.origins) == 1 else ""

    @property
    def first_year(self) -> int | None:
        return self.points[0].year if self.points else None

    @property
    def last_year(self) -> int | None:
        return self.points[-1].year if self.points else None

    @property
    def latest(self) -> Value:
        """The newest number; an absent Value where there is none."""
        return self._value(self.points[-1]) if self.points else self._absent([])

    @property
    def highest(self) -> Value:
        """The largest number (the first, if it was reached twice)."""
        return self._value(max(self.points, key=lambda point: point.value)) if self.points else self._absent([])

    @property
    def lowest(self) -> Value:
        """The smallest number (the first, if it was reached twice)."""
        return self._value(min(self.points, key=lambda point: point.value)) if self.points else self._absent([])

    def point(self, year: int) -> Observed | None:
        """The point of `year`, or None."""
        return next((point for point in self.points if point.year == year), None)

    def known(self, year: int) -> Observed:
        """The point of `year`, which is there: the gate has said so. Raises KeyError where it is not."""
        return {point.year: point for point in self.points}[year]

    def at(self, year: int) -> Value:
        """The number of `year`; an absent Value (a gap that names the year) where there is none."""
        point = self.point(year)
        return self._value(point) if point else self._absent([year])

    def part(self, year: int) -> Value:
        """The newest number for a part of `year` (first half, nine months), printed with its months."""
        parts = [point for point in (*self.parts, *self.points) if point.year == year and point.part_year]
        return self._value(parts[-1]) if parts else self._absent([year])

    @property
    def series(self) -> pandas.Series:
        """A plain pandas Series in `unit`, for looking. It has lost its lineage."""
        import pandas

        return pandas.Series(list(self.values), index=pandas.Index(self.years, name="year"), name=self.id, dtype=float)

    # ---- parts of the series (catalog.narrowing) --------------------------------------------------

    since = narrowing.since
    until = narrowing.until
    only = narrowing.only
    region = narrowing.region
    vintage = narrowing.vintage
    shown_as = narrowing.shown_as
    regions = property(narrowing.regions)
    vintages = property(narrowing.vintages)
    projections = property(narrowing.projections)

    # ---- derived series ---------------------------------------------------------------------------

    def index(self, base: int, across_vintages: Text | None = None) -> Indicator:
        """The series with `base` = 100 (brief, 8.3, G3). Points not comparable with the base are left out, with
        the reason.

        Kind index. Empty, with a refusal, where `base` has no number or a number that is not positive.
        """
        from greenbook.catalog.derived import index

        return index(self, base, across_vintages)

    def share_of(self, other: Indicator, label: Text | None = None, show: Text | None = None) -> Indicator:
        """This series in per cent of `other`, year by year. Kind share; refused between different scopes or
        dimensions."""
        from greenbook.catalog.derived import share

        return share(self, other, label, show)

    # ---- targets ----------------------------------------------------------------------------------

    @property
    def targets(self) -> tuple[Value, ...]:
        """The targets public by the edition's date, by year."""
        return tuple(
            self.aim(target) for target in sorted(self.aims, key=lambda item: (item.year, item.released, item.id))
        )

    def target(self, year: int | None = None, id: str | None = None) -> Value:
        """The target of `year` (or the one called `id`); of several the newest document's. Absent where there is
        none."""
        found = [
            target for target in self.aims if (id is None or target.id == id) and (year is None or target.year == year)
        ]
        if found:
            return self.aim(max(found, key=lambda item: (item.released, item.year, item.id)))
        wanted = id or f"{year}"
        zh, en = self.label.get("zh-Hans", self.id), self.label.get("en", self.id)
        return Value.absent(
            {
                "zh-Hans": f"截至本版数据日期，{zh}没有{wanted}{'' if id else '年'}目标",
                "en": f"{en} has no target for {wanted} by the edition's date",
            },
            indicator=self.origin,
        )

    def aim(self, target: Target) -> Value:
        """`target` as a Value."""
        return narrowing.aim(self, target)

    # ---- making -----------------------------------------------------------------------------------

    def derive(
        self, id: str, points: Iterable[Observed], formula: str, *others: Indicator, **changed: Any
    ) -> Indicator:
        """A series computed from this one (and `others`): carries formula, origins and notes, no rows and no
        targets."""
        parents, units = (self, *others), self.units
        for other in others:
            units = joined(units, other.units)
        fresh: dict[str, Any] = dict(
            id=id,
            points=tuple(points),
            formula=formula,
            projected=(),
            parts=(),
            rows=(),
            aims=(),
            reported_growth="",
            units=units,
            breaks=_breaks(parents),
            first_published=next((item.first_published for item in parents if item.first_published), {}),
            points_only=next((item.points_only for item in parents if item.points_only), {}),
            origins=unique(origin for item in parents for origin in item.origins),
            notes=unique(note for item in parents for note in item.notes),
            refusals=unique(refusal for item in parents for refusal in item.refusals),
            not_official=any(item.not_official for item in parents),
            approximate=any(item.approximate for item in parents),
            grade=max((item.grade for item in parents), default=""),
        )
        return replace(self, **{**fresh, **changed})

    def absent(self, refusal: Refusal, **known: Any) -> Value:
        """An absent Value about this series."""
        return Value.absent(
            refusal,
            **{
                "indicator": self.origin,
                "label": self.label,
                "region": self.place,
                "units": self.units,
                "uses": self.origins,
                **known,
            },
        )

    def _absent(self, years: list[int]) -> Value:
        reason = (
            missing(self, years).reason
            if years
            else {
                "zh-Hans": f"截至本版数据日期，{self.label.get('zh-Hans', self.id)}没有数据",
                "en": f"{self.label.get('en', self.id)} has no figure by the edition's date",
            }
        )
        return self.absent(Refusal("gap", reason, self.origins, tuple(years)))

    def _value(self, point: Observed) -> Value:
        record = ValueRecord(
            name="",
            value=settled(point.value),
            unit=self.unit,
            show=self.show,
            form=self.form,
            indicator=self.origin,
            label=self.label,
            region=self.place,
            period=str(point.year),
            as_at=point.as_at,
            status="approximate" if self.approximate and point.status != "preliminary" else point.status,
            bound=point.bound,
            counter=self.counter,
            scope=self.scope,
            price_basis=self.price_basis,
            vintage=point.vintage,
            released=point.released,
            formula=self.formula,
            inputs=point.inputs,
            notes=self.notes,
            uses=self.origins,
        )
        return Value(record, self.units)

    def __repr__(self) -> str:
        span = f"{self.first_year}—{self.last_year}, {len(self.points)} points" if self.points else "empty"
        return (
            f"Indicator({self.id}: {self.label.get('zh-Hans', '')} · {self.label.get('en', '')}; {self.unit}; {span})"
        )

    def _repr_html_(self) -> str:
        from greenbook.catalog.looking import table_of

        return table_of(self)


def _breaks(parents: tuple[Indicator, ...]) -> tuple[Break, ...]:
    return tuple(sorted(unique(item for parent in parents for item in parent.breaks), key=lambda item: item.year))
