"""A number that knows what it is: unit, period, scope, status, formula and the observations behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from greenbook.language import DRAWN, bare, printed
from greenbook.records import Refusal, Text, ValueRecord
from greenbook.units import Unit, Units, split_show

DIGITS = 12
FORMS = {"share": "share", "rate": "growth"}


def settled(number: float) -> float:
    """`number` to 12 significant digits, so that the last bits of a machine never reach a record."""
    return float(f"{number:.{DIGITS}g}")


def units_of(entries: Mapping[str, Mapping[str, Any]]) -> Units:
    """The table of units that a slice carries, in the form of units.yml."""
    return Units({name: _unit(name, entry) for name, entry in entries.items()})


def _unit(name: str, entry: Mapping[str, Any]) -> Unit:
    heads = {key.removeprefix("head-"): words for key, words in entry.items() if key.startswith("head-")}
    return Unit(
        name, entry["dimension"], Fraction(entry["factor"]), {language: entry[language] for language in DRAWN}, heads
    )


def joined(first: Units, second: Units) -> Units:
    """The units of both tables."""
    return Units({**{unit: first[unit] for unit in first}, **{unit: second[unit] for unit in second}})


def text_of(entry: Mapping[str, Any], key: str) -> Text:
    """The words of `key` in a slice's entry, whether held as one mapping or as `key_zh` and `key_en`."""
    if isinstance(entry.get(key), dict):
        return dict(entry[key])
    pair = {"zh-Hans": entry.get(f"{key}_zh"), "en": entry.get(f"{key}_en")}
    return {language: words for language, words in pair.items() if words}


@dataclass(frozen=True)
class Target:
    """What a document aims at. `value` is in `unit`; `scope` is empty where the document states none.

    `policies` gives the policies by id; it is called when the document is asked for and not before, so that only
    a chapter that prints documents depends on them.
    """

    id: str
    policy: str
    label: Text
    value: float
    bound: str
    unit: str
    year: int
    baseline_year: int | None
    scope: Text
    released: str
    policies: Callable[[], Mapping[str, Mapping[str, Any]]] = field(default=dict, compare=False, repr=False)

    @property
    def document(self) -> Text:
        """The title of the document, with its number in brackets where it has one."""
        policy = self.policies().get(self.policy, {})
        title, number = text_of(policy, "title"), policy.get("number") or ""
        brackets = {"zh-Hans": "（{}）", "en": " ({})"}
        return {
            language: words + (brackets[language].format(number) if number else "") for language, words in title.items()
        }


@dataclass(frozen=True, eq=False)
class Value:
    """One number, or its absence. Frozen; every Value is made by a method, so its lineage is never typed."""

    content: ValueRecord
    units: Units
    target: Target | None = None

    @classmethod
    def absent(cls, reason: Refusal | Text, **known: Any) -> Value:
        """A value that does not exist: `reason` is the gate's Refusal, or bilingual words for a gap."""
        refusal = reason if isinstance(reason, Refusal) else Refusal("gap", dict(reason))
        fields: dict[str, Any] = {"unit": "", "show": {}, **known}
        units = fields.pop("units", None) or Units({})
        return cls(ValueRecord(name="", value=None, refusal=refusal, **fields), units)

    @property
    def value(self) -> float | None:
        """The number in `unit`, or None."""
        return self.content.value

    @property
    def unit(self) -> str:
        """The stored unit, an id of units.yml."""
        return self.content.unit

    @property
    def number(self) -> float:
        """The number in `unit`; raises ValueError, with the reason, where it does not exist."""
        if self.content.value is None:
            raise ValueError(self.reason.get("en", "no such number"))
        return self.content.value

    @property
    def exists(self) -> bool:
        return self.content.value is not None

    @property
    def year(self) -> int | None:
        """The (last) year the value is of."""
        last = self.content.period.replace("—", "-").split("-")[0 if self.content.form == "date" else -1]
        return int(last) if last.isdigit() else None

    @property
    def label(self) -> Text:
        return self.content.label

    @property
    def bound(self) -> str:
        return self.content.bound

    @property
    def status(self) -> str:
        return self.content.status

    @property
    def reason(self) -> Text:
        """Why the value does not exist; empty where it does."""
        return self.content.refusal.reason if self.content.refusal else {}

    def record(self, name: str) -> ValueRecord:
        """The record under which the value travels as `name`."""
        return replace(self.content, name=name)

    def shown_as(self, show: Text) -> Value:
        """The same value, shown in other units: `{"zh-Hans": "万吨@0", "en": "Mt@1"}`.

        Raises ValueError where a unit is unknown to the indicator or measures something else.
        """
        for shown in show.values():
            unit, _ = split_show(shown)
            if unit not in self.units:
                raise ValueError(f"{unit} is no unit of {self.content.indicator or 'this value'}")
            self.units.convert(0.0, self.unit, unit)
        return replace(self, content=replace(self.content, show={**self.content.show, **show}))

    def text(self, language: str = "zh-Hans") -> str:
        """The value as a sentence prints it, or the reason why it cannot."""
        return printed(self.content, language, self.units) if self.exists else self.reason.get(language, "")

    def bare(self, language: str = "zh-Hans") -> str:
        """The number alone, or nothing."""
        return bare(self.content, language, self.units) if self.exists else ""

    def __repr__(self) -> str:
        return f"Value({self.text('zh-Hans')} · {self.text('en')} · {self.content.period})"

    def _repr_html_(self) -> str:
        from html import escape

        record = self.content
        rows = [
            ("数值 value", f"{self.text('zh-Hans')} · {self.text('en')}"),
            ("时期 period", record.period),
            ("状态 status", record.status),
            ("公式 formula", record.formula),
            ("依据 inputs", "; ".join(record.inputs)),
        ]
        cells = "".join(f"<tr><th>{head}</th><td>{escape(words)}</td></tr>" for head, words in rows if words)
        return f"<table>{cells}</table>"
