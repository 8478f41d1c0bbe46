"""The columns of each file of data/: what a cell may hold, which are required, which name a row.

From these come the strict reading of the cells (`read_table`), the pandera schema
(`gate`) and the reference in docs/reference/data.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from greenbook.catalog.cells import KINDS, BadCell, shown
from greenbook.catalog.strict import Row
from greenbook.errors import Problem

ID = r"[A-Za-z0-9][A-Za-z0-9_.\-]*"
SLUG = r"[a-z][a-z0-9_]*"
REGION = r"[A-Z]{2,3}(?:-[A-Z]{2})?"
MOMENT = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?:/[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)?"
STATUSES = ("final", "preliminary", "revised", "derived", "estimated", "projected")
BOUNDS = ("over", "at_least", "under", "about")
TARGET_BOUNDS = ("at_least", "at_most", "about", "strive", "over", "under", "point")
SOURCE_KINDS = ("official", "dataset", "news", "paper", "policy")
PRECISIONS = ("day", "month", "year")
POLICY_KINDS = ("document", "event", "campaign")
CASE_KINDS = ("enterprise", "park", "city")


@dataclass(frozen=True)
class Column:
    """A column: how its cells are read, and the rules that pandera checks on what was read."""

    name: str
    kind: str = "text"
    required: bool = True
    values: tuple[str, ...] = ()
    pattern: str = ""
    between: tuple[int, int] | None = None
    meaning: str = ""


@dataclass(frozen=True)
class Table:
    """A CSV file of data/ (or a folder of them): its columns and the columns that name a row."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _optional(name: str, **rules: Any) -> Column:
    return Column(name, required=False, **rules)


OBSERVATIONS = Table("observations", (
    Column("indicator", "id", pattern=SLUG, meaning="an id of indicators/"),
    Column("region", "id", pattern=REGION, meaning="CN, or a province: CN-BJ"),
    Column("year", "integer", between=(1900, 2100), meaning="the year the figure is of"),
    Column("value", "number", meaning="a plain decimal in the indicator's unit"),
    Column("status", values=STATUSES, meaning="how firm the figure is"),
    _optional("bound", values=BOUNDS, meaning="where the figure is not a point"),
    _optional("as_at", pattern=MOMENT, meaning="the day or month of a stock, or the part of the year of a flow"),
    _optional("vintage", pattern=r"[^|]*", meaning="the release within which the series is comparable"),
    Column("source", "id", pattern=ID, meaning="an id of sources.csv"),
    Column("released", "date", meaning="the day the figure became public; a partial date counts as its last day"),
    Column("released_is_estimated", "flag", meaning="whether that day follows from a rule or a partial date"),
    _optional("note", meaning="a remark; `plausible: <reason>` accepts a value that looks wrong"),
), ("indicator", "region", "year", "as_at", "vintage"))

SOURCES = Table("sources.csv", (
    Column("id", "id", pattern=ID, meaning="the name by which rows cite the source"),
    _optional("issuer", kind="id", pattern=ID, meaning="an id of issuers.csv; empty where it cannot be told"),
    Column("release_zh", meaning="the release, in Chinese"),
    Column("release_en", meaning="the release, in English"),
    Column("title_is_original", "flag", meaning="whether release_zh is the title as issued (then in 《》)"),
    Column("published", pattern=r"[0-9]{4}(?:-[0-9]{2}){0,2}", meaning="2025, 2025-02 or 2025-02-28"),
    Column("published_precision", values=PRECISIONS, meaning="to what the date is known"),
    Column("kind", values=SOURCE_KINDS, meaning="what the source is"),
    _optional("via", meaning="through whom it was read; kept, never printed"),
    _optional("licence", meaning="the licence, where one is named"),
    Column("verified_at_origin", "flag", meaning="whether someone has read the issuer's own page"),
    _optional("url", meaning="where it was found; never printed"),
    _optional("where_read", meaning="where the text or file was read; never printed"),
), ("id",))

ISSUERS = Table("issuers.csv", (
    Column("id", "id", pattern=ID, meaning="the name by which sources cite the issuer"),
    Column("name_zh", meaning="the full name, in Chinese"),
    Column("name_en", meaning="the full name, in English"),
    Column("short_zh", meaning="the short name, in Chinese"),
    Column("short_en", meaning="the short name, in English"),
), ("id",))

POLICIES = Table("policies.csv", (
    Column("id", "id", pattern=ID, meaning="the name by which targets and tables cite it"),
    Column("kind", values=POLICY_KINDS, meaning="what it is"),
    Column("date", "date", meaning="the day it became public"),
    Column("date_is_estimated", "flag", meaning="whether only the month or year is known"),
    _optional("issuer_zh", meaning="who issued it, in Chinese"),
    _optional("issuer_en", meaning="who issued it, in English"),
    Column("title_zh", meaning="its title, in Chinese"),
    Column("title_en", meaning="its title, in English"),
    Column("title_is_original", "flag", meaning="whether title_zh is the title as issued"),
    _optional("number", meaning="the document number, such as 国发〔2024〕12号"),
    _optional("summary_zh", meaning="what it says, in Chinese"),
    _optional("summary_en", meaning="what it says, in English"),
    Column("source", "id", pattern=ID, meaning="an id of sources.csv"),
), ("id",))

TARGETS = Table("targets.csv", (
    Column("id", "id", pattern=SLUG, meaning="the name by which notebooks use the target"),
    Column("policy", "id", pattern=ID, meaning="an id of policies.csv"),
    Column("indicator", "id", pattern=SLUG, meaning="an id of indicators/"),
    Column("label_zh", meaning="what is aimed at, in Chinese"),
    Column("label_en", meaning="what is aimed at, in English"),
    Column("value", "number", meaning="a plain decimal in `unit`"),
    Column("bound", values=TARGET_BOUNDS, meaning="how the value binds"),
    Column("unit", meaning="an id of units.yml, of the indicator's dimension"),
    Column("year", "integer", between=(1900, 2100), meaning="the year it is for"),
    _optional("baseline_year", kind="integer", between=(1900, 2100), meaning="the year it is measured from"),
    _optional("scope_zh", meaning="the scope stated in the document, in Chinese"),
    _optional("scope_en", meaning="the scope stated in the document, in English"),
    Column("released", "date", meaning="the day the document became public"),
    Column("released_is_estimated", "flag", meaning="whether only the month or year is known"),
    Column("source", "id", pattern=ID, meaning="an id of sources.csv"),
    _optional("chapters", kind="names", meaning="slugs of chapters, separated by a blank"),
    _optional("note", meaning="a remark"),
), ("id",))

CASES = Table("cases.csv", (
    Column("id", "id", pattern=ID, meaning="the name by which notebooks use the case"),
    Column("chapter", "id", pattern=r"[a-z][a-z0-9\-]*", meaning="the slug of its chapter"),
    Column("kind", values=CASE_KINDS, meaning="what it is a case of"),
    Column("name_zh", meaning="its name, in Chinese"),
    Column("name_en", meaning="its name, in English"),
    _optional("place_zh", meaning="where, in Chinese"),
    _optional("place_en", meaning="where, in English"),
    Column("date", "date", meaning="the day of the visit or of the publication"),
    Column("consent", meaning="who agreed to print it, or that it is published"),
    _optional("conflict_zh", meaning="conflict of interest, in Chinese"),
    _optional("conflict_en", meaning="conflict of interest, in English"),
    Column("text_zh", meaning="the case, in Chinese"),
    Column("text_en", meaning="the case, in English"),
    Column("source", "id", pattern=ID, meaning="an id of sources.csv"),
), ("id",))

GLOSSARY = Table("glossary.csv", (
    Column("no", "integer", between=(1, 9999), meaning="the number of the term"),
    Column("zh", meaning="the term, in Chinese"),
    Column("en", meaning="the term, in English"),
    _optional("note", meaning="a remark"),
    _optional("avoid_zh", kind="phrases", meaning='Chinese forms to refuse, separated by "; "'),
    _optional("avoid_en", kind="phrases", meaning='English forms to refuse, separated by "; "'),
), ("no",))

ABBREVIATIONS = Table("abbreviations.csv", (
    Column("abbreviation", meaning="the abbreviation"),
    Column("zh", meaning="what it stands for, in Chinese"),
    Column("en", meaning="what it stands for, in English"),
), ("abbreviation",))

ROWS = Table("rows.csv", (
    Column("file", pattern=r"(?:observations/)?[a-z][a-z0-9_]*\.csv", meaning="a table of data/"),
    Column("rows", "integer", meaning="how many rows it has below its header; written by `tidy` and `import`"),
), ("file",))

IMPORTS = Table("imports.csv", (
    Column("file", meaning="the name of the file that was imported"),
    Column("sha256", pattern=r"[0-9a-f]{64}", meaning="the hash of its bytes"),
    Column("bytes", "integer", meaning="its size"),
    _optional("sheet", meaning="the sheet of a workbook"),
    _optional("mapping", meaning="the mapping file, from the project's folder"),
    _optional("mapping_sha256", pattern=r"[0-9a-f]{64}", meaning="the hash of its bytes"),
    Column("rows_read", "integer", meaning="rows of the file below its header"),
    Column("rows_used", "integer", meaning="rows that hold a figure that was taken"),
    Column("rows_dropped", "integer", meaning="rows left out, each for a reason that was printed"),
    Column("added", "integer", meaning="observations that were new"),
    Column("changed", "integer", meaning="observations that the file changed"),
    Column("unchanged", "integer", meaning="observations that stood already"),
), ("sha256", "sheet", "mapping_sha256"))

LEDGERS = (ROWS, IMPORTS)
"""Tables that the commands write; a project may be without them."""

TABLES = (OBSERVATIONS, SOURCES, ISSUERS, POLICIES, TARGETS, CASES, GLOSSARY, ABBREVIATIONS, *LEDGERS)


def read_cells(table: Table, name: str, rows: list[Row], problems: list[Problem]) -> list[tuple[Row, dict[str, Any]]]:
    """Each row with its cells read, by column; a row with a faulty cell gives its problems and is left out."""
    result = []
    for row in rows:
        values = _values(table, name, row, problems)
        if values is not None:
            result.append((row, values))
    return result


def _values(table: Table, name: str, row: Row, problems: list[Problem]) -> dict[str, Any] | None:
    values, good = {}, True
    for column in table.columns:
        text = row.cells[column.name]
        try:
            values[column.name] = _value(column, text)
        except BadCell as fault:
            good = False
            code, expected, do = fault.args
            problems.append(Problem(name, str(row.line), code, f"{column.name}: found {shown(text)}",
                                    f"expected {expected}", do))
    return values if good else None


def _value(column: Column, text: str) -> Any:
    if text or column.kind == "number":
        return KINDS[column.kind](text)
    if column.required:
        raise BadCell("GB315", "a value", f"fill in {column.meaning}")
    return {"integer": None, "names": (), "phrases": ()}.get(column.kind, "")
