"""A chapter's prose in one language → pandoc's blocks, cell by cell.

The whole chapter is parsed at once, since a footnote may stand in another cell; a fence round each cell keeps its
blocks apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from greenbook.documents import pandoc, tree
from greenbook.errors import Problem

_COLONS = re.compile(r":{3,}")
_FENCED = "cell"
# The ids of headings come from the cell's stem, never from their words: they must be the same in every language.
_READER = f"{pandoc.READER}-auto_identifiers"


def parse_cells(cells: Sequence[tuple[str, str]], notebook: str) -> tuple[dict[str, list[tree.Node]], list[Problem]]:
    """The blocks of each `(place, Markdown)` in `cells`, by place.

    A cell with a fence that it does not close swallows those after it: then the cell is named in a problem.
    """
    if not cells:
        return {}, []
    fence = ":" * max((len(run) + 1 for _, text in cells for run in _COLONS.findall(text)), default=4)
    parts = [f'{fence} {{.{_FENCED} place="{place}"}}\n\n{text}\n\n{fence}\n' for place, text in cells]
    blocks = json.loads(pandoc.run(["-f", _READER, "-t", "json"], "\n".join(parts)))["blocks"]
    found = {tree.pair(block, "place"): block["c"][1] for block in blocks if block["t"] == "Div"}
    missing = [place for place, _ in cells if place not in found]
    if not missing and len(blocks) == len(cells):
        return found, []
    return found, [_unclosed([place for place, _ in cells], missing, notebook)]


def _unclosed(places: list[str], missing: list[str], notebook: str) -> Problem:
    first = places.index(missing[0]) if missing else len(places)
    return Problem(notebook, places[max(first - 1, 0)], "GB509", "found a ::: or ``` without an end",
                   "each ::: and ``` is closed in its own cell", "close it")
