"""Sources as the annex prints them: numbered S1, S2 … in the order of issuer, release and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from greenbook.catalog.citing import issuer_words, release_words
from greenbook.composition.words import Voice

# A date in a table is ISO, no more exact than it is known.
_LENGTHS = {"year": 4, "month": 7, "day": 10}


def numbered_sources(sources: Iterable[Any]) -> dict[str, str]:
    """Source id → its mark in the list of sources. The order is that of the Chinese words, in every language."""
    ordered = sorted(sources, key=lambda source: (
        source.body.name_zh if source.body else "\uffff", source.release_zh, str(source.published), source.id))
    return {source.id: f"S{number}" for number, source in enumerate(ordered, 1)}


def source_rows(sources: Mapping[str, Any], marks: Mapping[str, str], voice: Voice) -> list[tuple[str, ...]]:
    """(mark, issuer, release, published, kind) of each marked source, in the order of marks."""
    return [(mark, issuer_words(source, voice.drawn) or voice.words["as_reported"],
             release_words(source, voice.drawn), source.published[:_LENGTHS[source.published_precision]],
             voice.words[f"kind_{source.kind}"])
            for name, mark in marks.items() for source in (sources[name],)]
