"""The source line under a figure or table, written from the catalog.

Grammar (brief, 4): `source{; source}[, author's calculation]`. Releases stand in the order in which they are used;
of an issuer with more than four, only their number and span are printed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from greenbook.catalog.cells import last_day
from greenbook.catalog.citing import issuer_words, published_words, release_words, source_words
from greenbook.catalog.entries import Source

MOST_OF_ONE_ISSUER = 4
_COMPUTED = ("count:", "simulation:", "assumption:")


def source_line(inputs: Iterable[str], calculated: bool, view: Any, words: Mapping[str, str], language: str) -> str:
    """The sources of `inputs` (keys of records) in `language`, with its full stop; empty where there are none.

    `calculated` adds the author's calculation. Raises KeyError where the catalog has no such observation.
    """
    inputs = tuple(inputs)
    calculated = calculated or any(name.startswith(_COMPUTED) for name in inputs)
    listed = source_list(sources_of(inputs, view), words, language, view.as_of)
    parts = [words["semicolon"].join(listed)] if listed else []
    if calculated:
        parts.append(words["authors_calculation"])
    return words["comma"].join(parts) + words["sentence_end"] if parts else ""


def sources_of(inputs: Iterable[str], view: Any) -> tuple[Source, ...]:
    """The sources behind `inputs`, once each, in order: of observations, targets, policies, or named by their id."""
    catalog = view.catalog
    found = {}
    for name in inputs:
        kind, _, rest = name.partition(":")
        if name.startswith(_COMPUTED):
            continue
        if kind in ("target", "policy") and rest:
            entry = (catalog.targets if kind == "target" else catalog.policies)[rest]
            source = entry.source
        else:
            source = name if name in catalog.sources else catalog.observation(name).source
        if source in catalog.sources:
            found[source] = catalog.sources[source]
    return tuple(found.values())


def issuer_list(sources: Iterable[Source], words: Mapping[str, str], language: str) -> list[str]:
    """The short names of the issuing bodies, once each: a cell of a table whose source line names the releases."""
    named = (issuer_words(source, language, short=True) or words["as_reported"] for source in sources)
    return list(dict.fromkeys(named))


def source_list(sources: Iterable[Source], words: Mapping[str, str], language: str,
                as_of: datetime.date) -> list[str]:
    """The words of each release, or of each issuer with more than four of them, in order.

    A table that its issuer keeps up to date is one source for many years, and its date may lie after `as_of`: that
    date is not printed.
    """
    by_issuer: dict[str, list[Source]] = {}
    for source in sources:
        issuer = issuer_words(source, language, short=True)
        by_issuer.setdefault(issuer or source.id, []).append(source)
    listed = []
    for issuer, own in by_issuer.items():
        if len(own) <= MOST_OF_ONE_ISSUER:
            listed += [_source(source, language, as_of) for source in own]
            continue
        dated = sorted((source for source in own if _known(source, as_of)), key=lambda source: source.published)
        if not dated:
            listed += [_source(source, language, as_of) for source in own]
            continue
        first, last = (published_words(source, language) for source in (dated[0], dated[-1]))
        listed.append(words["and_others"].format(issuer=issuer, first=first, last=last, count=len(own)))
    return list(dict.fromkeys(listed))


def _known(source: Source, as_of: datetime.date) -> bool:
    return last_day(source.published) <= as_of


def _source(source: Source, language: str, as_of: datetime.date) -> str:
    """One release; without its date where that lies after the edition's."""
    if _known(source, as_of):
        return source_words(source, language, short=True)
    issuer, release = issuer_words(source, language, short=True), release_words(source, language)
    if language == "en":
        return f"{issuer}, {release}" if issuer else f"as reported: {release}"
    mark = "" if release.startswith("《") else "："
    return f"{issuer}{mark}{release}" if issuer else f"转引：{release}"
