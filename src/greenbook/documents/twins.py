"""Twins: a zh cell and an en cell of one stem say the same, with the same values and references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from greenbook.documents.cells import CONDITION, Cell, ProseCell, prose_of
from greenbook.documents.expressions import read_uses
from greenbook.errors import Problem
from greenbook.language import TAGS

_REFERENCE = re.compile(r"\[\]\(#([^)\s]+)\)")
_TAG = {language: tag for tag, language in TAGS.items()}
_NAME = {"zh-Hans": "Chinese", "en": "English"}
_NAME_ZH = {"zh-Hans": "中文", "en": "英文"}


@dataclass(frozen=True)
class MissingTwin:
    """A cell without its twin in `language`: a gap there."""

    cell: ProseCell
    language: str
    problem: Problem

    @property
    def what(self) -> dict[str, str]:
        return {"zh-Hans": f"缺少{self.cell.stem}的{_NAME_ZH[self.language]}文本。",
                "en": f"The {_NAME[self.language]} text of {self.cell.stem} is missing."}


def references(source: str) -> list[str]:
    """The targets of the cross-references in a prose cell: `fig-output`, `steel.fig-output`, `ch-steel`."""
    return _REFERENCE.findall(source)


def compare(cells: Iterable[Cell], notebook: str) -> tuple[list[MissingTwin], list[Problem]]:
    """What is missing and what differs between twins; needs the source only, no run."""
    pairs: dict[tuple[str, str], dict[str, ProseCell]] = {}
    problems: list[Problem] = []
    for cell in prose_of(cells):
        pair = pairs.setdefault((cell.stem, cell.role), {})
        if cell.language in pair:
            problems.append(Problem(
                notebook, cell.place, "GB514", f"found a second {_TAG[cell.language]} cell of {cell.stem}",
                f"one, and it is {pair[cell.language].place}", "give the cell another id",
            ))
        pair.setdefault(cell.language, cell)
    missing = [twin for pair in pairs.values() if len(pair) == 1 for twin in _missing(pair, notebook)]
    for pair in pairs.values():
        if len(pair) == 2:
            problems += _differences(pair["zh-Hans"], pair["en"], notebook)
    return missing, problems


def _missing(pair: dict[str, ProseCell], notebook: str) -> list[MissingTwin]:
    (language, cell), = pair.items()
    other = next(name for name in _TAG if name != language)
    twin = f"{cell.stem}-{_TAG[other]}"
    return [MissingTwin(cell, other, Problem(
        notebook, cell.place, "GB510", f"found no twin of {cell.place}", f"a cell {twin} tagged {_TAG[other]}",
        f"write the {_NAME[other]} text",
    ))]


def _differences(zh: ProseCell, en: ProseCell, notebook: str) -> list[Problem]:
    problems = []
    if zh.conditions != en.conditions:
        problems.append(_problem(notebook, zh, en, "GB513", _tags(zh), _tags(en), "the same if- tags",
                                 "give both cells the same tags"))
    used = [Counter(map(str, read_uses(cell.source, notebook, cell.place)[0])) for cell in (zh, en)]
    if used[0] != used[1]:
        problems.append(_problem(notebook, zh, en, "GB511", _list(used[0] - used[1]), _list(used[1] - used[0]),
                                 "the same values in both languages", "use the same values and filters"))
    targets = [Counter(references(cell.source)) for cell in (zh, en)]
    if targets[0] != targets[1]:
        problems.append(_problem(notebook, zh, en, "GB512", _list(targets[0] - targets[1]),
                                 _list(targets[1] - targets[0]), "the same references in both languages",
                                 "refer to the same figures and tables"))
    return problems


def _problem(notebook: str, zh: ProseCell, en: ProseCell, code: str, only_zh: str, only_en: str,
             expected: str, do: str) -> Problem:
    parts = [f"{words} only in {cell.place}" for words, cell in ((only_zh, zh), (only_en, en)) if words]
    return Problem(notebook, f"{zh.place} and {en.place}", code, f"found {', '.join(parts)}", expected, do)


def _list(counter: Counter) -> str:
    return ", ".join(sorted(counter.elements()))


def _tags(cell: ProseCell) -> str:
    return ", ".join(f"{CONDITION}{name}" for name in cell.conditions) if cell.conditions else ""
