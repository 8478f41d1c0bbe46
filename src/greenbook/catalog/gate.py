"""The pandera schema of each table: words from lists, forms of ids, ranges. Imported only when data changed."""

from __future__ import annotations

from typing import Any

import pandas
import pandera.pandas as pandera
from pandera.errors import SchemaErrors

from greenbook.catalog.cells import shown
from greenbook.catalog.schema import Column, Table
from greenbook.errors import Problem, write_instead

_CODES = {"word": "GB314", "form": "GB317", "range": "GB311"}


Read = tuple[str, int, dict[str, Any]]


def gate(table: Table, rows: list[Read]) -> list[Problem]:
    """The problems that the table's pandera schema finds in `rows`.

    A row is its file, its line and its cells as `schema.read_cells` read them.
    """
    checked = [column for column in table.columns if _checks(column)]
    frame = pandas.DataFrame({
        column.name: pandas.Series([values[column.name] for _, _, values in rows], dtype=_dtype(column))
        for column in checked
    })
    try:
        _schema(checked).validate(frame, lazy=True)
    except SchemaErrors as error:
        columns = {column.name: column for column in checked}
        return [_problem(rows, columns, case) for case in error.failure_cases.to_dict("records")]
    return []


def _dtype(column: Column) -> str:
    return "Int64" if column.kind == "integer" else "object"


def _schema(columns: list[Column]) -> pandera.DataFrameSchema:
    return pandera.DataFrameSchema({
        column.name: pandera.Column(_dtype(column), checks=_checks(column), nullable=not column.required)
        for column in columns
    }, strict=True)


def _checks(column: Column) -> list[pandera.Check]:
    """The column's rules; an empty cell that may be empty passes them."""
    checks = []
    if column.values:
        allowed = column.values if column.required else ("", *column.values)
        checks.append(pandera.Check.isin(allowed, error="word"))
    if column.pattern:
        pattern = column.pattern if column.required else f"(?:{column.pattern})?"
        checks.append(pandera.Check.str_matches(f"^(?:{pattern})$", error="form"))
    if column.between:
        checks.append(pandera.Check.in_range(*column.between, error="range"))
    return checks


def _problem(rows: list[Read], columns: dict[str, Column], case: dict[str, Any]) -> Problem:
    column, found = columns[case["column"]], str(case["failure_case"])
    rule = str(case["check"])
    name, line, _ = rows[case["index"]]
    return Problem(name, str(line), _CODES.get(rule, "GB340"), f"{column.name}: found {shown(found)}",
                   *_advice(rule, column, found))


def _advice(rule: str, column: Column, found: str) -> tuple[str, str]:
    if rule == "word":
        words = ", ".join(column.values) + ("" if column.required else " or nothing")
        return f"expected one of {words}", write_instead(found, column.values, "write one of them")
    if rule == "form":
        return f"expected {column.meaning}", "write it in that form"
    if rule == "range" and column.between:
        return f"expected {column.between[0]} to {column.between[1]}", "see whether a digit is wrong"
    return f"expected {column.meaning}", "mend the cell"
