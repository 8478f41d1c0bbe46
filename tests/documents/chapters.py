"""Valid small chapters for tests to vary: a notebook in a folder, the records of its run, the project's own catalog."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from greenbook.catalog.reading import read_catalog
from greenbook.documents.chapter import read_chapter
from greenbook.execution.executed import CellRecords, ExecutedChapter
from greenbook.outline import ChapterEntry
from greenbook.project import HOUSE, Project
from greenbook.records import (
    Cell,
    Column,
    FigureRecord,
    FindingRecord,
    Point,
    Refusal,
    Row,
    TableRecord,
    ValueRecord,
)

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
NOTEBOOK = "notebooks/steel.ipynb"


@functools.cache
def view(as_of=date(2025, 12, 14)):
    """The project's catalog as it was known on a date."""
    return read_catalog(Project(HOUSE)).at(as_of)


def key(indicator="crude_steel_output", year=2024):
    """The key of the first observation of an indicator and year."""
    return next(row.key for row in view().observations(indicator) if row.year == year)


def a_value(name="output_latest", value=1005.0913, **fields):
    """Crude steel output of 2024, or what `fields` make of it."""
    default = {
        "unit": "Mt",
        "show": {"zh-Hans": "亿吨@2", "en": "Mt@0"},
        "period": "2024",
        "indicator": "crude_steel_output",
        "inputs": (key(),),
    }
    return ValueRecord(name, value, **{**default, **fields})


def a_growth(name="output_growth", value=-1.7, **fields):
    """A change in per cent, which prints its own direction word."""
    return a_value(name, value, **{"unit": "%", "show": {"zh-Hans": "%@1", "en": "%@1"}, "form": "growth", **fields})


def a_point(year=2024, value=1005.0913, **fields):
    default = {
        "shown": {"zh-Hans": value / 100, "en": value},
        "inputs": (key(year=year),),
        "shown_unit": {"zh-Hans": "亿吨", "en": "Mt"},
    }
    return Point("output", "crude_steel_output", "CN", float(year), value, "Mt", **{**default, **fields})


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="粗钢产量"><g id="steel.fig-output.axes">'
    '<text font-family="Noto Sans SC, Noto Sans">复合材料</text><text>2024</text></g></svg>'
)


def a_figure(name="output", **fields):
    points = fields.pop("points", (a_point(2023, 1019.0813), a_point()))
    default = {
        "drawings": {"zh-Hans": SVG, "en": SVG},
        "size": "wide",
        "indicators": ("crude_steel_output",),
        "inputs": (),
    }
    return FigureRecord(name, points=points, **{**default, **fields})


def a_table(name="growth", rows=None, **fields):
    """Years by rows, output by column."""
    rows = rows if rows is not None else (a_row(2023, a_value(value=1019.0813, period="2023")), a_row(2024, a_value()))
    column = Column("output", {"zh-Hans": "粗钢产量", "en": "Crude steel output"}, unit="Mt")
    default = {"columns": (column,), "stub": {"zh-Hans": "年份", "en": "Year"}}
    return TableRecord(name, rows=rows, **{**default, **fields})


def a_row(year, value):
    return Row(str(year), {"zh-Hans": f"{year}年", "en": str(year)}, (Cell(value=value),))


def a_finding(name="peak", **fields):
    default = {"values": ("output_latest",), "figure": "output", "strength": "B/yes", "wording": "trend"}
    return FindingRecord(name, **{**default, **fields})


def a_refusal(zh="口径不同，不能比较", en="the scopes differ", method="G1"):
    return Refusal(method, {"zh-Hans": zh, "en": en})


@dataclass
class Written:
    """A cell of a notebook that a test writes: id, tags, source; code cells carry records."""

    id: str
    kind: str
    tags: tuple[str, ...]
    source: str
    records: tuple = ()


def zh(id, source, *tags):
    return Written(id, "markdown", ("zh", *tags), source)


def en(id, source, *tags):
    return Written(id, "markdown", ("en", *tags), source)


def code(*records, id="data", source="pass", tags=()):
    return Written(id, "code", tuple(tags), source, records)


def twins(stem, chinese, english, *tags):
    return zh(f"{stem}-zh", chinese, *tags), en(f"{stem}-en", english, *tags)


def captioned(record, id="fig-output"):
    """A figure or table with both captions."""
    return (
        code(record, id=id),
        *twins(
            id,
            "产量见顶\n\n全国粗钢产量\n\nAlt: 折线图，看峰值",
            "Output has peaked\n\nCrude steel output of China\n\nAlt: Line chart with the peak",
            "caption",
        ),
    )


def read(folder, *cells, languages=LANGUAGES, as_of=date(2025, 12, 14)):
    """The ChapterReading of a chapter with `cells`."""
    project = Project(Path(folder))
    project.notebooks.mkdir(exist_ok=True)
    nodes = [
        {"cell_type": cell.kind, "id": cell.id, "metadata": {"tags": list(cell.tags)}, "source": cell.source}
        for cell in cells
    ]
    path = project.notebooks / "steel.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": nodes}), "utf-8")
    entry = ChapterEntry("steel", {"zh-Hans": "钢铁", "en": "Iron and steel"}, "steel.ipynb", {}, {})
    records = tuple(CellRecords(cell.id, cell.records) for cell in cells if cell.kind == "code")
    executed = ExecutedChapter("steel", "steel.ipynb", "", records, path, 0.0, False)
    return read_chapter(project, entry, executed, view(as_of), languages)


def problems(folder, *cells, **options):
    """The messages of that chapter's problems."""
    return [str(problem) for problem in read(folder, *cells, **options).problems]


def document(folder, *cells, language="zh-Hans", **options):
    """The chapter in one language; the chapter must have no problem."""
    reading = read(folder, *cells, **options)
    assert [str(problem) for problem in reading.problems] == []
    return reading.documents[language]
