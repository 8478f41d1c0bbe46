"""A table's record → pandoc's Table, built in Python: every number a span that names row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from greenbook.documents import tree
from greenbook.documents.cells import CodeCell, ProseCell
from greenbook.documents.document import Shown, Table
from greenbook.documents.figures import read_caption, under
from greenbook.documents.notes import APPROXIMATE, SIGNS, table_notes
from greenbook.documents.sources import issuer_list, sources_of
from greenbook.language import applied, show_unit
from greenbook.records import Cell, Column, Row, TableRecord, ValueRecord

if TYPE_CHECKING:
    from greenbook.documents.assembly import Assembly

_ALIGN = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}


def table_blocks(assembly: Assembly, record: TableRecord, name: str, words: ProseCell | None,
                 cell: CodeCell) -> list[tree.Node]:
    """The Div of a table: caption, shared unit, grid, notes, source. Its values are added to `assembly`."""
    caption, view = read_caption(assembly, name, words, cell), assembly.material.view
    maker = GridMaker(record, name, assembly.language, view, assembly.words, cell.place)
    grid, unit = maker.table(), record.unit.get(assembly.language, "")
    assembly.values |= maker.values
    assembly.shown += maker.shown
    assembly.tables.append(Table(name, record, caption.title))
    made = [tree.div("", "caption", caption.blocks)]
    if unit:
        made.append(tree.div("", "unit", [tree.para(tree.words(assembly.words["unit_line"].format(unit)))]))
    lines = table_notes(record, view, assembly.words, assembly.language, maker.signs)
    calculated = any(value.formula for value in maker.values.values())
    return [tree.div(name, "table", [*made, grid, *under(assembly, lines, _inputs(record), calculated)])]


def _inputs(record: TableRecord) -> list[str]:
    """The inputs of a table and of its cells, in order."""
    cells = [cell for row in record.rows for cell in row.cells]
    return [*record.inputs, *(name for cell in cells for name in (cell.value.inputs if cell.value else cell.sources))]


@dataclass
class GridMaker:
    """Makes the table called `anchor` (qualified) in one language.

    Afterwards `values` and `shown` hold the numbers of its cells, and `signs` the bounds printed as signs.
    """

    record: TableRecord
    anchor: str
    language: str
    view: Any
    words: Mapping[str, str]
    cell: str
    values: dict[str, ValueRecord] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)

    @property
    def units(self) -> Any:
        return self.view.catalog.units

    def table(self) -> tree.Node:
        """The pandoc Table: one column of row heads, then the record's columns."""
        columns = self.record.columns
        specifications = [[{"t": "AlignLeft"}, {"t": "ColWidthDefault"}],
                          *([{"t": _ALIGN[column.align]}, {"t": "ColWidthDefault"}] for column in columns)]
        head = [_cell(tree.words(self.record.stub.get(self.language, ""))), *map(self._head, range(len(columns)))]
        rows = [self._row(row) for row in self.record.rows]
        return {"t": "Table", "c": [
            tree.attributes(), [None, []], specifications, [tree.attributes(), [[tree.attributes(), head]]],
            [[tree.attributes(), 1, [], rows]], [tree.attributes(), []],
        ]}

    def _head(self, number: int) -> list[Any]:
        column = self.record.columns[number]
        unit = self._unit_head(column, number)
        label = column.head.get(self.language, "")
        if unit:
            label = f"{label}（{unit}）" if self.language != "en" else f"{label} ({unit})"
        return _cell(tree.words(label.strip()))

    def _unit_head(self, column: Column, number: int) -> str:
        """The unit in which the column's numbers are printed; the stored one where it holds none."""
        if not column.unit or self.record.unit:
            return ""
        values = [row.cells[number].value for row in self.record.rows]
        shown = {show_unit(value, self.language)[0] for value in values if value and value.value is not None}
        unit = shown.pop() if len(shown) == 1 else column.unit
        return self.units[unit].head(self.language) if unit in self.units else unit

    def _row(self, row: Row) -> list[Any]:
        head = tree.words(row.head.get(self.language, ""))
        if row.mark:
            mark = {"t": "Str", "c": row.mark}
            head = [mark, *head] if row.mark == "#" else [*head, {"t": "Superscript", "c": [mark]}]
        pairs = zip(self.record.columns, row.cells, strict=True)
        return [tree.attributes(), [_cell(head), *(_cell(self._content(row, column, cell)) for column, cell in pairs)]]

    def _content(self, row: Row, column: Column, cell: Cell) -> tree.Run:
        if cell.value is not None:
            return self._number(f"{self.anchor}.{row.key}.{column.key}", cell.value, column)
        if cell.sources:
            listed = issuer_list(sources_of(cell.sources, self.view), self.words, self.language)
            return tree.words(self.words["semicolon"].join(listed))
        if cell.text:
            return tree.words(cell.text.get(self.language, ""))
        return tree.words(self._symbol(cell.symbol or "n.a."))

    def _symbol(self, symbol: str) -> str:
        return self.words["not_available"] if symbol == "n.a." else symbol

    def _number(self, name: str, value: ValueRecord, column: Column) -> tree.Run:
        """A number in its span. Where head or table name the unit the number stands alone, a bound as a sign."""
        self.values[name] = value
        if value.value is None:
            return tree.words(self._symbol("n.a."))
        alone = bool(column.unit or self.record.unit)
        form = "bare" if alone else "dated" if column.dated else ""
        text = applied(value, self.language, self.units, form)
        self.shown.append(Shown(name, form, text, self.anchor, self.cell))
        run = [tree.span("value", tree.words(text), [("name", name)])]
        if value.status == "preliminary":
            run = [{"t": "Emph", "c": run}]
        if alone and value.bound in SIGNS:
            self.signs.append(value.bound)
            run = [{"t": "Str", "c": SIGNS[value.bound]}, *run]
        if value.status in APPROXIMATE:
            run = [*run, {"t": "Superscript", "c": [{"t": "Str", "c": "*"}]}]
        return run


def _cell(run: tree.Run) -> list[Any]:
    """A cell of a pandoc Table, one row high and one column wide."""
    return [tree.attributes(), {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": run}]]
