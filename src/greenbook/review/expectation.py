"""The evidence grade that book.yml expects of a chapter beside the one computed, which is the one printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from greenbook.catalog.reading import Catalog
from greenbook.composition.grades import common_grade, indicator_grade
from greenbook.execution.source import SourceNotebook
from greenbook.outline import Outline

_LOADED = re.compile(r"""\.load\(\s*["']([a-z0-9_]+)["']""")


def differing_grades(outline: Outline, catalog: Catalog, notebooks: Mapping[str, SourceNotebook]) -> list[str]:
    """`steel A/B (expected A)` for each chapter whose loaded indicators have another grade at the date of the default
    edition than `evidence` in book.yml says; the computed one is printed, over what the chapter shows."""
    view = catalog.at(outline.edition(None).as_of)
    found = []
    for entry in outline.chapters:
        if not entry.evidence or entry.slug not in notebooks:
            continue
        names = {name for cell in notebooks[entry.slug].code for name in _LOADED.findall(cell.source)}
        held = [name for name in sorted(names) if name in catalog.indicators and view.observations(name)]
        made = common_grade(Counter(indicator_grade(name, view) for name in held))
        if made != entry.evidence:
            found.append(f"{entry.slug} {made} (expected {entry.evidence})")
    return found
