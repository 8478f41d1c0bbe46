"""A table made of Indicators and Values: its record without a name, and what it looks like in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from greenbook.catalog.value import Value
from greenbook.language import shown_number
from greenbook.records import Cell, Column, Refusal, Row, TableRecord, Text

SMALLER, NOT_APPLICABLE, NOT_AVAILABLE = "…", "—", "n.a."


@dataclass(frozen=True, eq=False)
class Table:
    """A table before it has a name. `content.name` is empty and its cells' values have none yet."""

    content: TableRecord

    @property
    def empty(self) -> bool:
        return not self.content.rows

    def record(self, name: str, notes: tuple[Text, ...] = ()) -> TableRecord:
        """The record called `name`: the values of its cells are called `tbl-<name>.<row>.<column>`."""
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    replace(cell, value=replace(cell.value, name=f"tbl-{name}.{row.key}.{column.key}"))
                    if cell.value
                    else cell
                    for cell, column in zip(row.cells, self.content.columns, strict=True)
                ),
            )
            for row in self.content.rows
        )
        return replace(self.content, name=name, rows=rows, notes=(*self.content.notes, *notes))

    def _repr_html_(self) -> str:
        record = self.content
        head = "".join(
            f"<th>{escape(words.get('zh-Hans', ''))}</th>"
            for words in (record.stub, *(column.head for column in record.columns))
        )
        rows = "".join(
            f"<tr><th>{escape(row.head.get('zh-Hans', ''))}</th>"
            + "".join(f"<td>{escape(_look(cell))}</td>" for cell in row.cells)
            + "</tr>"
            for row in record.rows
        )
        return f"<table><tr>{head}</tr>{rows}</table>"


def cell_of(value: Value | None) -> Cell:
    """The cell of a value: itself, `…` where it is smaller than the unit shown, `n.a.` where it does not exist."""
    if value is None or not value.exists:
        return Cell(symbol=NOT_AVAILABLE)
    if (
        value.value
        and value.content.form not in ("date", "year")
        and shown_number(value.content, "zh-Hans", value.units) == 0
        and value.content.form == "quantity"
    ):
        return Cell(symbol=SMALLER)
    return Cell(value=replace(value.content, notes=()))


def words(zh: str, en: str) -> Cell:
    """A cell of words; `—` where there are none."""
    return Cell(text={"zh-Hans": zh, "en": en}) if zh or en else Cell(symbol=NOT_APPLICABLE)


def table_of(
    stub: Text,
    columns: Sequence[Column],
    rows: Iterable[Row],
    values: Iterable[Value | None] = (),
    kind: str = "data",
    unit: Text | None = None,
    notes: Iterable[Text] = (),
    refusals: Iterable[Refusal] = (),
    indicators: Iterable[str] = (),
    inputs: Iterable[str] = (),
) -> Table:
    """The table with the lineage, notes and refusals of `values` joined to what is given."""
    held = [value for value in values if value is not None]
    keys = sorted({key for value in held for key in value.content.inputs} | set(inputs))
    names = dict.fromkeys(
        [*indicators, *(name for value in held for name in value.content.uses or (value.content.indicator,) if name)]
    )
    said: list[Text] = []
    for note in [*notes, *(note for value in held for note in value.content.notes)]:
        if note not in said:
            said.append(note)
    stopped: list[Refusal] = []
    for refusal in [*refusals, *(value.content.refusal for value in held if value.content.refusal)]:
        if refusal.method != "gap" and refusal not in stopped:
            stopped.append(refusal)
    return Table(
        TableRecord(
            "",
            stub,
            tuple(columns),
            tuple(rows),
            kind,
            unit or {},
            tuple(names),
            tuple(keys),
            tuple(said),
            tuple(stopped),
        )
    )


def _look(cell: Cell) -> str:
    if cell.value is not None:
        return f"{cell.value.value:g}"
    return cell.symbol or cell.text.get("zh-Hans", "") or "; ".join(cell.sources)
