"""Numbers that are counted and not observed: how many policies, sectors, cases a chapter deals with."""

from __future__ import annotations

from collections.abc import Sized

from greenbook.catalog.comparability import both_languages
from greenbook.catalog.value import Value, units_of
from greenbook.language import TAGS
from greenbook.records import Text, ValueRecord

UNITS = {"count": {"dimension": "count", "factor": "1", "zh-Hans": "{}", "en": "{}"}}


def count(things: Sized, what: str, label: Text, counter: Text | None = None) -> Value:
    """How many `things` there are, traced as `count:<what>`: `count(policies, "policies", {"zh": "政策", "en":
    "policies"})`.

    `counter` is the word after the number (项, 家). Raises ValueError where the label lacks a language.
    """
    record = ValueRecord(
        name="",
        value=float(len(things)),
        unit="count",
        show={"zh-Hans": "count@0", "en": "count@0"},
        label=both_languages(label, "label"),
        counter={TAGS.get(language, language): word for language, word in (counter or {}).items()},
        status="derived",
        formula=f"number of {what}",
        inputs=(f"count:{what}",),
    )
    return Value(record, units_of(UNITS))
