"""What a notebook's code declares, read without running it: stand-ins for the records of a run.

With them a chapter can be read, and everything said of it that does not depend on a number. Only names that are
spelt out are known; a verb that is called with a computed name is *open*: then nothing can be said of its names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from greenbook.catalog.value import FORMS
from greenbook.errors import Problem, write_instead
from greenbook.execution.executed import CellRecords
from greenbook.execution.source import SourceCell, SourceNotebook, syntax_tree
from greenbook.records import CaseRecord, FigureRecord, FindingRecord, LoadRecord, Record, TableRecord, ValueRecord

VERBS = ("load", "value", "figure", "table", "finding", "case")
# Functions whose Value prints a direction word, and ways to take one number out of a series as it is.
_CHANGES = {"growth": "growth", "cagr": "growth", "difference": "change"}
_TAKEN = frozenset(("latest", "highest", "lowest", "at", "part", "since", "until", "only", "region", "vintage",
                    "shown_as"))


@dataclass
class Declared:
    """The stand-ins by cell, in order; `open` are the verbs with computed names; `problems` need no run to be seen."""

    cells: list[CellRecords] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def declared(notebook: SourceNotebook, view: Any) -> Declared:
    """The stand-ins of `notebook`; `view` is the catalog, under the date at which names shall exist."""
    trees = {cell.id: syntax_tree(cell) for cell in notebook.code}
    reader = _Reader(notebook.name, view, [tree for tree in trees.values() if tree])
    for cell in notebook.code:
        reader.read(cell, trees[cell.id])
    return reader.found


class _Reader:
    """Goes through the code cells; knows the chapter's name in the code and what each variable was set to."""

    def __init__(self, notebook: str, view: Any, trees: list[ast.Module]) -> None:
        self.notebook, self.view = notebook, view
        self.found = Declared()
        self.set_to = _assigned(trees)
        self.chapters = {name for name, value in self.set_to.items() if _called(value) == "open_chapter"} or {"chapter"}

    def read(self, cell: SourceCell, tree: ast.Module | None) -> None:
        """The stand-ins of one cell. A magic's line is no Python, so nothing is said of a cell that holds one."""
        if tree is None:
            self.found.open |= set(VERBS)
            self._unreadable(cell)
            return
        calls = list(self._calls(tree))
        if self._handed_on(tree):
            self.found.open |= set(VERBS)
        records = [record for verb, call in calls for record in self._records(verb, call, cell)]
        self.found.cells.append(CellRecords(cell.id, tuple(records)))

    def _unreadable(self, cell: SourceCell) -> None:
        try:
            ast.parse(cell.source)
        except (SyntaxError, ValueError) as error:
            if not any(line.lstrip().startswith(("%", "!", "?")) for line in cell.source.splitlines()):
                place = f"{cell.place}:{getattr(error, 'lineno', None) or 1}"
                self.found.problems.append(Problem(
                    self.notebook, place, "GB420", f"found code that is no Python: {getattr(error, 'msg', error)}",
                    "expected a cell that can run", "mend the line"))

    def _calls(self, tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
        """The calls of the chapter's verbs in the order of the text."""
        calls = [(node.lineno, node.col_offset, verb, node) for node in ast.walk(tree)
                 if isinstance(node, ast.Call) and (verb := self._verb(node.func))]
        for _, _, verb, call in sorted(calls, key=lambda found: found[:2]):
            yield verb, call

    def _verb(self, node: ast.expr) -> str:
        """The verb that `node` names of a chapter, as in `chapter.load`; nothing where it is another expression."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.chapters:
            return node.attr if node.attr in VERBS else ""
        return ""

    def _handed_on(self, tree: ast.Module) -> bool:
        """Whether the chapter goes somewhere else than before a dot: who has it may name things."""
        dotted = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        return any(isinstance(node, ast.Name) and node.id in self.chapters and isinstance(node.ctx, ast.Load)
                   and id(node) not in dotted for node in ast.walk(tree))

    def _records(self, verb: str, call: ast.Call, cell: SourceCell) -> list[Record]:
        name = _text(_argument(call, 0, "id" if verb in ("load", "case") else "name"))
        if name is None:
            self.found.open.add(verb)
            return []
        if verb == "load":
            return self._load(name, f"{cell.place}:{call.lineno}")
        if verb == "value":
            return [self._value(name, _argument(call, 1, "value"))]
        if verb == "finding":
            return [_finding(name, call)]
        if verb == "figure":
            return [FigureRecord(name, {}, "wide", (), (), ())]
        return [TableRecord(name, {}, (), ()) if verb == "table" else CaseRecord(name)]

    def _load(self, name: str, place: str) -> list[Record]:
        known = self.view.catalog.indicators
        if name not in known and name != "policies":
            self.found.problems.append(Problem(
                self.notebook, place, "GB421", f'found no indicator "{name}"', "expected an id of data/indicators",
                write_instead(name, known, "add the indicator")))
        return [LoadRecord(name, False, tuple(target.id for target in self.view.targets(name)))]

    def _value(self, name: str, value: ast.expr | None) -> ValueRecord:
        """A value of one; its form is that of the real one where the code tells it."""
        unit = min(self.view.catalog.units)
        show = {"zh-Hans": f"{unit}@0", "en": f"{unit}@0"}
        return ValueRecord(name, 1.0, unit, show, form=self._form(value), period="2000")

    def _form(self, value: ast.expr | None) -> str:
        if isinstance(value, ast.Name):
            value = self.set_to.get(value.id)
        if called := _CHANGES.get(_called(value)):
            return called
        indicator, ways = self._origin(value)
        entry = self.view.catalog.indicators.get(indicator)
        return FORMS.get(entry.kind, "quantity") if entry and ways <= _TAKEN else "quantity"

    def _origin(self, value: ast.expr | None) -> tuple[str, set[str]]:
        """The indicator that a chain like `output.since(2015).latest` begins with, and the words of the chain."""
        ways: set[str] = set()
        seen = 0
        while value is not None and seen < 20:
            seen += 1
            if isinstance(value, ast.Call) and (verb := self._verb(value.func)):
                return (_text(_argument(value, 0, "id")) or "" if verb == "load" else ""), ways
            if isinstance(value, ast.Call):
                value = value.func
            elif isinstance(value, ast.Attribute):
                ways.add(value.attr)
                value = value.value
            else:
                value = self.set_to.get(value.id) if isinstance(value, ast.Name) else None
        return "", ways


def _finding(name: str, call: ast.Call) -> FindingRecord:
    """A finding as far as it is spelt out; the names of its values are left to the run."""
    return FindingRecord(name, (), _text(_argument(call, 2, "figure")) or "", "C/no", "fact")


def _assigned(trees: Iterable[ast.Module]) -> dict[str, ast.expr]:
    """Each variable that the notebook sets once, and to what."""
    values: dict[str, list[ast.expr | None]] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            values.setdefault(node.id, []).append(None)
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
    # A plain assignment is met twice: as a statement and as the name it stores.
    return {name: value for name, found in values.items() if len(found) == 2
            for value in found if value is not None}


def _called(node: ast.expr | None) -> str:
    """The name of the function that `node` calls, or nothing."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    if len(call.args) > place:
        return call.args[place]
    return next((word.value for word in call.keywords if word.arg == name), None)


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
