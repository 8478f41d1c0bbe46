"""What a method hands back: Values that keep their lineage, and the reasons where it could not run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from greenbook.analysis.gate import Verdict, refusal
from greenbook.catalog.derived import merged
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.selection import Observed, unique
from greenbook.catalog.value import Value, joined, settled
from greenbook.records import Refusal, Text, ValueRecord

PERCENT = {"zh-Hans": "%@1", "en": "%@1"}
TIMES = {"zh-Hans": "times@2", "en": "times@2"}
RATIO = {"zh-Hans": "ratio@2", "en": "ratio@2"}
POINTS = {"zh-Hans": "pp@1", "en": "pp@1"}


@dataclass(frozen=True, eq=False)
class Result:
    """The outcome of a method over `sources`. `refusal` is None where the method ran; `notes` are its warnings."""

    sources: tuple[Indicator, ...]
    refusal: Refusal | None
    notes: tuple[Text, ...]

    @property
    def exists(self) -> bool:
        """Whether the method ran."""
        return self.refusal is None

    @property
    def reason(self) -> Text:
        """Why the method was refused; empty where it ran."""
        return self.refusal.reason if self.refusal else {}

    @property
    def refused(self) -> Value:
        """The absent Value with which `chapter.value` puts the refusal among the limits. Raises ValueError where the
        method ran."""
        if self.refusal is None:
            raise ValueError("the method ran; there is no refusal")
        return absent(self.sources, self.refusal)

    @property
    def lineage(self) -> tuple[Indicator | Value, ...]:
        """The Indicators and Values that a figure of the result shows; where it was refused, the absent Value."""
        return (self.refused,) if self.refusal else self.drawn()

    def drawn(self) -> tuple[Indicator | Value, ...]:
        """What a figure of the result shows."""
        return self.sources


def number(
    sources: Sequence[Indicator],
    points: Iterable[Observed],
    value: float,
    *,
    unit: str,
    show: Text,
    label: Text,
    period: str,
    formula: str,
    form: str = "quantity",
    notes: Sequence[Text] = (),
    approximate: bool = False,
    simulation: str = "",
    bound: str = "",
    counter: Text | None = None,
) -> Value:
    """A computed number over `points` of `sources` as a Value: their weakest status, latest release and all keys.

    `simulation` names the draws behind it, traced as `simulation:<what>`.
    """
    both, units = merged(*points), sources[0].units
    for source in sources[1:]:
        units = joined(units, source.units)
    if unit not in units and sources[0].all_units:
        units = joined(units, sources[0].all_units())
    origins = unique(name for source in sources for name in source.origins)
    notes = unique([*(note for source in sources for note in source.notes), *notes])
    rough = approximate or any(source.approximate for source in sources)
    record = ValueRecord(
        name="",
        value=settled(value),
        unit=unit,
        show=show,
        form=form,
        indicator=origins[0] if len(origins) == 1 else "",
        label=label,
        region=sources[0].place,
        period=period,
        status="approximate" if rough else both.status,
        bound=bound,
        counter=counter or {},
        scope=sources[0].scope if len(sources) == 1 else {},
        vintage=both.vintage,
        released=both.released,
        formula=formula,
        inputs=(*both.inputs, *((f"simulation:{simulation}",) if simulation else ())),
        notes=notes,
        uses=origins,
    )
    return Value(record, units)


def absent(sources: Sequence[Indicator], stop: Refusal, label: Text | None = None, period: str = "") -> Value:
    """The Value that a refused method leaves."""
    origins = unique(name for source in sources for name in source.origins)
    return Value.absent(
        stop,
        indicator=sources[0].origin,
        label=label or sources[0].label,
        region=sources[0].place,
        units=sources[0].units,
        uses=origins,
        period=period,
    )


def stopped(method: str, sources: Sequence[Indicator], verdict: Verdict, *years: int) -> Refusal:
    """The refusal of a method over several series."""
    made = refusal(method, sources[0], verdict, *years)
    return replace(made, indicators=unique(name for source in sources for name in source.origins))


def noted(*verdicts: Verdict) -> tuple[Text, ...]:
    """The reasons of those verdicts that warn, once each."""
    return unique(verdict.reason for verdict in verdicts if verdict.outcome == "warn")


def both(zh: str, en: str) -> Text:
    """Words of both languages."""
    return {"zh-Hans": zh, "en": en}


def worded(series: Indicator, zh: str, en: str) -> Text:
    """The label of `series` with what was computed of it."""
    return both(f"{series.label.get('zh-Hans', series.id)}{zh}", f"{series.label.get('en', series.id)}, {en}")
