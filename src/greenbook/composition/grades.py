"""The evidence grade of a chapter, computed at the edition's date (brief, section 2)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from greenbook.catalog.grade import grade
from greenbook.documents.document import ChapterDocument

ORDER = "ABC"


def indicators_of(document: ChapterDocument) -> list[str]:
    """The indicators whose numbers a chapter prints or draws, sorted."""
    names = {record.indicator for record in document.values.values() if record.indicator}
    names.update(name for figure in document.figures for name in figure.record.indicators)
    names.update(name for table in document.tables for name in table.record.indicators)
    return sorted(names)


def chapter_grade(document: ChapterDocument, view: Any) -> str:
    """A, B, C or a pair such as A/B: the common grade of the indicators that the chapter prints or draws. Those
    without an observation by the date do not count."""
    return common_grade(Counter(indicator_grade(name, view) for name in indicators_of(document)
                                if view.observations(name)))


def common_grade(grades: Counter[str]) -> str:
    """The grade that more than half of the counted have; where none has the majority, the two most frequent, the better
    first; without any, C."""
    if not grades:
        return "C"
    ranked = sorted(grades, key=lambda mark: (-grades[mark], ORDER.index(mark)))
    if grades[ranked[0]] * 2 > grades.total() or len(ranked) == 1:
        return ranked[0]
    return "/".join(sorted(ranked[:2], key=ORDER.index))


def indicator_grade(name: str, view: Any) -> str:
    """The grade of one indicator at the date of `view`."""
    catalog = view.catalog
    return grade(catalog.indicators[name], view.observations(name), catalog.sources)
