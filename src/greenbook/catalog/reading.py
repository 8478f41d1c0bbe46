"""data/ → Catalog: every file read once, as bytes; every fault of every file reported together."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenbook.catalog import checks, declared, definitions, schema, verified
from greenbook.catalog.cells import shown
from greenbook.catalog.entries import (
    Abbreviation,
    Case,
    IndicatorEntry,
    Issuer,
    Observation,
    Policy,
    Source,
    Target,
    Term,
    observation_key,
)
from greenbook.catalog.files import DataFile, decode, read_file
from greenbook.catalog.keyed import Keyed, read_keyed
from greenbook.catalog.strict import Row, read_rows
from greenbook.catalog.view import Catalog
from greenbook.errors import DataRefused, Problem, write_instead
from greenbook.project import Project
from greenbook.units import Unit, Units

_SINGLE = {
    schema.SOURCES: Source, schema.ISSUERS: Issuer, schema.POLICIES: Policy, schema.TARGETS: Target,
    schema.CASES: Case, schema.GLOSSARY: Term, schema.ABBREVIATIONS: Abbreviation,
}
_FOLDERS = (("indicators", ".yml"), ("observations", ".csv"))
_ENCODINGS, _UNITS = "data/encodings.yml", "data/units.yml"


def read_catalog(project: Project) -> Catalog:
    """The catalog of `project`; raises DataRefused with every problem of every file.

    Where these very bytes passed before, the proof in the cache spares YAML, pandera and the cross checks.
    """
    reading = _Reading(project)
    reading.open()
    folder = project.cache / "catalog"
    digest = verified.digest(reading.files.values())
    proof = verified.digest([*reading.files.values(), DataFile("rules", b"", verified.rules())])
    known = None if reading.problems else verified.recall(folder, proof)
    units, indicators = known or reading.definitions()
    catalog = reading.catalog(units, indicators, digest)
    if known is None:
        reading.check(catalog)
    if reading.problems:
        raise DataRefused(reading.problems)
    if known is None:
        verified.keep(folder, proof, units, indicators)
    return catalog


@dataclass
class _Reading:
    """One reading of data/: files, rows and problems as they come."""

    project: Project
    files: dict[str, DataFile] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, int, dict[str, Any]]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def open(self) -> None:
        """Reads the bytes of every file that data/ must or may hold."""
        data = self.project.data
        names = [_UNITS, *(f"data/{table.file}" for table in _SINGLE)]
        for folder, suffix in _FOLDERS:
            names += self.folder(data / folder, suffix)
        names += [f"data/{table.file}" for table in schema.LEDGERS if (data / table.file).exists()]
        if (data / "encodings.yml").exists():
            names.append(_ENCODINGS)
        for name in names:
            file = read_file(self.project.root / name, name, self.project.root, self.problems)
            if file is not None:
                self.files[name] = file
        self.encodings = self.declared_encodings()

    def folder(self, folder: Path, suffix: str) -> list[str]:
        """The names of the files in `folder`; anything but `*suffix` and hidden or lock files is a problem."""
        names = []
        found = sorted(path for path in folder.glob("*") if not path.name.startswith((".", "~$")))
        for path in found:
            if path.suffix == suffix and re.fullmatch(schema.SLUG, path.stem):
                names.append(self.project.relative(path))
            else:
                self.stray(folder, shown(path.name), suffix, "rename it, or bring it in with import")
        if not found:
            self.stray(folder, "no file", suffix, "add one")
        return names

    def stray(self, folder: Path, found: str, suffix: str, do: str) -> None:
        self.problems.append(Problem(f"data/{folder.name}", "", "GB301", f"found {found}",
                                     f"expected files called <small letters>{suffix}", do))

    def declared_encodings(self) -> dict[str, str]:
        """File → declared encoding, from data/encodings.yml; every other file is UTF-8."""
        if _ENCODINGS not in self.files:
            return {}
        tree, result = self.keyed(_ENCODINGS), {}
        for name, encoding in tree.items():
            if f"data/{name}" in self.files and encoding in ("UTF-8", "GB18030"):
                result[f"data/{name}"] = encoding
                continue
            known = [file.removeprefix("data/") for file in self.files]
            self.problems.append(Problem(
                _ENCODINGS, str(tree.at(name)), "GB304", f'found "{name}: {encoding}"',
                "expected a file of data/ and UTF-8 or GB18030", write_instead(name, known, "remove the line")))
        return result

    def text(self, name: str) -> str | None:
        return decode(self.files[name], self.encodings.get(name, "UTF-8"), self.problems)

    def keyed(self, name: str) -> Keyed:
        text = self.text(name)
        return Keyed(1) if text is None else read_keyed(name, text, self.problems)

    def definitions(self) -> verified.Definitions:
        """Units and indicators from their YAML files; an id in two files is a problem."""
        units: dict[str, Unit] = {}
        indicators: dict[str, IndicatorEntry] = {}
        if _UNITS in self.files:
            units = definitions.read_units(_UNITS, self.keyed(_UNITS), self.problems)
        for name in self.within("indicators"):
            found = definitions.read_indicators(name, Path(name).stem, self.keyed(name), self.problems)
            for entry in found.values():
                first = indicators.setdefault(entry.id, entry)
                if first is not entry:
                    self.problems.append(Problem(name, str(entry.line), "GB325", f"found {entry.id} again",
                                                 f"expected an id that {first.file}:{first.line} does not have",
                                                 "delete one of the two"))
        return units, indicators

    def within(self, folder: str) -> list[str]:
        return [name for name in self.files if name.startswith(f"data/{folder}/")]

    def table(self, table: schema.Table, names: list[str], make) -> list[Any]:
        """The entries of the files `names`, which have the columns of `table`."""
        read: list[tuple[str, Row, dict[str, Any]]] = []
        for name in names:
            if name in self.files and (text := self.text(name)) is not None:
                rows = read_rows(name, text, table.names, self.problems)
                read += [(name, row, values) for row, values in schema.read_cells(table, name, rows, self.problems)]
        self.rows[table.file] = [(name, row.line, values) for name, row, values in read]
        return [make(name, row, values) for name, row, values in read]

    def catalog(self, units: dict[str, Unit], indicators: dict[str, IndicatorEntry], digest: str) -> Catalog:
        single = {table.file: self.table(table, [f"data/{table.file}"], _maker(kind))
                  for table, kind in _SINGLE.items()}
        issuers = {entry.id: entry for entry in single["issuers.csv"]}
        sources = [dataclasses.replace(entry, body=issuers.get(entry.issuer)) for entry in single["sources.csv"]]
        observations = self.table(schema.OBSERVATIONS, self.within("observations"), _observation)
        for table in schema.LEDGERS:
            self.table(table, [f"data/{table.file}"], lambda name, row, values: None)
        self.problems += self.cut()
        return Catalog(
            units=Units(units), indicators=indicators, observations=tuple(observations),
            sources={entry.id: entry for entry in sources}, issuers=issuers,
            **{name: {entry.id: entry for entry in single[f"{name}.csv"]} for name in ("policies", "targets", "cases")},
            glossary=tuple(single["glossary.csv"]), abbreviations=tuple(single["abbreviations.csv"]), digest=digest,
        )

    def cut(self) -> list[Problem]:
        """Tables whose rows are not as many as data/rows.csv declares; nothing where it is absent or faulty."""
        if declared.NAME not in self.files or any(problem.path == declared.NAME for problem in self.problems):
            return []
        stated = {values["file"]: (values["rows"], line) for _, line, values in self.rows[schema.ROWS.file]}
        return declared.unlike(stated, {
            name.removeprefix("data/"): (declared.count(file.content), declared.count(file.content) + 1)
            for name, file in self.files.items() if name.endswith(".csv") and name != declared.NAME})

    def check(self, catalog: Catalog) -> None:
        """The pandera schemas, then what holds between rows and files."""
        from greenbook.catalog.gate import gate
        from greenbook.catalog.plausible import implausible

        faulty = {problem.path for problem in self.problems}
        for table in schema.TABLES:
            self.problems += gate(table, self.rows[table.file])
            self.problems += checks.doubled(table.file, self.rows[table.file])
        for check in (checks.resolved, checks.units_fit, checks.dated, implausible):
            self.problems += check(catalog, faulty)


def _maker(kind: type):
    return lambda name, row, values: kind(**values, file=name, line=row.line)


def _observation(name: str, row: Row, values: dict[str, Any]) -> Observation:
    key = observation_key(row.cells, schema.OBSERVATIONS.names)
    return Observation(**values, file=name, line=row.line, key=key)
