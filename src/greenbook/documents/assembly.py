"""One chapter in one language, put together cell by cell in the notebook's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenbook.documents import breaks, tree
from greenbook.documents.attachment import Attachment, Printed, anchor, left_out, printed
from greenbook.documents.binding import bind, qualified
from greenbook.documents.cells import Cell, CodeCell, ProseCell
from greenbook.documents.conditions import Names
from greenbook.documents.document import Figure, Finding, Gap, Reference, Shown, Table
from greenbook.documents.figures import figure_blocks
from greenbook.documents.findings import case_blocks, finding_blocks
from greenbook.documents.tables import table_blocks
from greenbook.documents.twins import MissingTwin
from greenbook.errors import Problem
from greenbook.records import CaseRecord, FigureRecord, FindingRecord, TableRecord, Text

_WRITERS: dict[type, Any] = {
    FigureRecord: figure_blocks, TableRecord: table_blocks, FindingRecord: finding_blocks, CaseRecord: case_blocks,
}


@dataclass(frozen=True)
class Material:
    """What a chapter is made of, the same for every language."""

    slug: str
    notebook: str
    cells: tuple[Cell, ...]
    names: Names
    attachment: Attachment
    missing: tuple[MissingTwin, ...]
    view: Any


@dataclass
class Assembly:
    """Makes the blocks of `material` in `language`; `prose` holds the parsed blocks of each prose cell by its place."""

    material: Material
    language: str
    words: Mapping[str, str]
    prose: Mapping[str, list[tree.Node]]
    shown: list[Shown] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def blocks(self) -> list[tree.Node]:
        """All blocks in order; fills the lists of this object on the way."""
        return [block for cell in self.material.cells for block in self._cell(cell)]

    def _cell(self, cell: Cell) -> list[tree.Node]:
        if isinstance(cell, CodeCell):
            return [block for record in printed(cell) for block in self._record(record, cell)]
        if cell.language != self.language:
            return self._missing(cell)
        if cell.role:
            return self._orphan(cell) if cell.id in self.material.attachment.orphans else []
        return self.paragraphs(cell)

    def _record(self, record: Printed, cell: CodeCell) -> list[tree.Node]:
        """What a record prints at its place; its words are the cells attached to it."""
        tag = left_out(record, self.material.names)
        if tag:
            self.left_out.append((cell.id, tag))
            return []
        name = self._own(self.qualified(anchor(record)), cell)
        words = self.material.attachment.words.get((anchor(record), self.language))
        if words is not None and words.place not in self.prose:
            words = None  # left out by a condition of its own
        return _WRITERS[type(record)](self, record, name, words, cell)

    def qualified(self, name: str) -> str:
        """`name` with the chapter's slug."""
        return qualified(self.material.slug, name)

    def problem(self, cell: Cell, code: str, found: str, expected: str, do: str) -> None:
        """Keep a problem of `cell`."""
        self.problems.append(Problem(self.material.notebook, cell.place, code, found, expected, do))

    def paragraphs(self, cell: ProseCell, stem: str = "") -> list[tree.Node]:
        """The blocks of a prose cell, each with its anchor."""
        made, count, headings = [], 0, 0
        for block in self.prose.get(cell.place, []):
            if block["t"] == "Header":
                headings += 1
                made.append(self._heading(block, cell, headings))
                continue
            count += 1
            name = self.qualified(f"{stem or cell.stem}-{count}")
            self.bind([block], name, cell)
            made.append(tree.div(self._own(name, cell), "par", [block]))
        return made

    def _heading(self, block: tree.Node, cell: ProseCell, number: int) -> tree.Node:
        """A heading under its own id, or the stem of its cell, which is the same in every language."""
        level, (own, _, _), run = block["c"]
        name = self.qualified(own or (cell.stem if number == 1 else f"{cell.stem}-section-{number}"))
        self.bind([tree.para(run)], name, cell)
        return {"t": "Header", "c": [level, tree.attributes(self._own(name, cell)), run]}

    def bind(self, blocks: list[tree.Node], name: str, cell: ProseCell) -> None:
        """Settle line breaks, values and references of `blocks`, which stand at the anchor `name`."""
        breaks.resolve(blocks, self.language)
        shown, references = bind(blocks, self.material.slug, name, cell.place)
        self.shown += shown
        self.references += references

    def _own(self, name: str, cell: Cell) -> str:
        if name in self.ids:
            self.problem(cell, "GB522", f'found the anchor "{name}" a second time',
                         "an anchor of its own for each heading, paragraph, figure and table",
                         "give the cell or heading another id")
        self.ids.add(name)
        return name

    def gap(self, name: str, what: Text, problem: Problem) -> None:
        """Keep a gap at the anchor `name`."""
        self.gaps.append(Gap(name, what, problem))

    def gap_block(self, stem: str, what: Text, problem: Problem) -> tree.Node:
        """The Div of a gap, which only a draft prints."""
        name = self.qualified(f"gap-{stem}")
        self.gap(name, what, problem)
        return tree.div(name, "gap", [tree.para(tree.words(what[self.language]))])

    def _missing(self, cell: ProseCell) -> list[tree.Node]:
        """A gap in place of the twin that `cell` has not; figures and findings say themselves what they lack."""
        if cell.role in ("caption", "finding"):
            return []
        twins = [twin for twin in self.material.missing if twin.cell is cell]
        return [self.gap_block(cell.stem, twin.what, twin.problem) for twin in twins]

    def _orphan(self, cell: ProseCell) -> list[tree.Node]:
        """A caption, finding or case cell over nothing: a gap in its place."""
        what = {"zh-Hans": f"{cell.stem}所述的图、表、核心观点或案例尚缺。",
                "en": f"What {cell.stem} describes is missing."}
        spelt = self.material.attachment.orphans[cell.id]
        expected, do = "a figure, table, finding or case in the nearest code cell above", "add it, or remove the cell"
        if spelt:
            expected, do = f"that {spelt} exists under this edition's date", f"tag this cell and its twin if-{spelt}"
        return [self.gap_block(cell.stem, what, Problem(
            self.material.notebook, cell.place, "GB518", f"found a {cell.role} cell without what it belongs to",
            expected, do))]
