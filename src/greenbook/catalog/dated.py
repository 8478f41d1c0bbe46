"""An indicator's own words under the edition's date: notes and breaks carry no release date, but they name years."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable

from greenbook.catalog.entries import IndicatorEntry, Observation, Text

MIXED: Text = {"zh-Hans": "各年数值出自不同的机构或口径，只列点，不连线，不计算增速",
               "en": "the years come from different compilers or bases: points only, no line, no growth"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def as_known(entry: IndicatorEntry, rows: Iterable[Observation], as_of: datetime.date) -> IndicatorEntry:
    """`entry` without what its words say of years whose figures were not public on `as_of`.

    A year is not known yet when it lies after the last public figure of the indicator and is not over on `as_of`.
    A note that names such a year is left out, and so is a break that begins in one; the reason for points only,
    which must not be lost, is said in general words. An indicator without any public figure keeps no note.
    """
    known = {row.year for row in rows if row.released <= as_of}
    last = max(known, default=0)

    def tells(text: Text) -> bool:
        years = {int(year) for words in text.values() for year in _YEAR.findall(words)}
        return any(year > last and year >= as_of.year for year in years)

    return dataclasses.replace(
        entry,
        note={} if not known or tells(entry.note) else entry.note,
        points_only=MIXED if tells(entry.points_only) else entry.points_only,
        breaks=tuple(item for item in entry.breaks
                     if item.year <= max(last, as_of.year - 1) and not tells(item.reason)),
    )
