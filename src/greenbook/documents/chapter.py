"""Source notebook and executed records → one ChapterDocument a language, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenbook.documents import directions, safety, tree
from greenbook.documents.assembly import Assembly, Material
from greenbook.documents.attachment import attach
from greenbook.documents.binding import qualified
from greenbook.documents.cells import ProseCell, code_of, prose_of, read_cells
from greenbook.documents.conditions import Names, keep, read_names, unknown_conditions
from greenbook.documents.derived import LANGUAGE as TRADITIONAL
from greenbook.documents.derived import traditional_document
from greenbook.documents.digits import DigitsRule, allowed_phrases
from greenbook.documents.document import ChapterDocument
from greenbook.documents.expressions import read_uses
from greenbook.documents.limits import refusals_of, with_refusals
from greenbook.documents.locale import read_words
from greenbook.documents.markdown import parse_cells
from greenbook.documents.traditional import Converter, LengthChangedError, Reviewed
from greenbook.documents.twins import compare
from greenbook.documents.values import check_uses, render
from greenbook.errors import NotebookFailed, Problem
from greenbook.execution.source import SourceNotebook, read_source
from greenbook.language import DRAWN
from greenbook.outline import ChapterEntry
from greenbook.project import Project
from greenbook.records import Refusal, Text


@dataclass(frozen=True)
class ChapterReading:
    """The documents of a chapter by language; `problems` are fatal always, the documents' gaps unless in a draft.

    `review` lists the changed one-to-many characters of zh-Hant that a reviewer signs.
    """

    documents: dict[str, ChapterDocument]
    problems: tuple[Problem, ...]
    review: tuple[Reviewed, ...] = ()


def read_chapter(project: Project, entry: ChapterEntry, executed: Any, view: Any,
                 languages: Sequence[str]) -> ChapterReading:
    """The chapter `entry` in `languages`: prose and order of the source notebook, records of the executed one.

    `executed` is an ExecutedChapter, `view` the catalog under the edition's date. All problems are collected; the
    documents of a chapter with problems are as complete as they can be, so that a draft of them can be looked at.
    """
    try:
        notebook = read_source(project.notebooks / entry.notebook, f"notebooks/{entry.notebook}")
    except NotebookFailed as error:
        return ChapterReading({}, error.problems)
    return _Reading(entry, notebook, executed, view, project.templates).read(languages)


@dataclass
class _Reading:
    """One chapter on its way: what all languages share is worked out once."""

    entry: ChapterEntry
    notebook: SourceNotebook
    executed: Any
    view: Any
    templates: Path
    problems: list[Problem] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def read(self, languages: Sequence[str]) -> ChapterReading:
        material, refusals = self._material()
        rule = DigitsRule(allowed_phrases(self.view))
        drawn = [name for name in DRAWN if name in languages or (name == "zh-Hans" and TRADITIONAL in languages)]
        # pandoc is a process of its own, so the languages are parsed at the same time.
        with ThreadPoolExecutor(max_workers=len(DRAWN)) as pool:
            prose = list(pool.map(lambda name: self._parsed(material, name, rule), drawn))
        documents = {name: self._document(material, refusals, name, parsed)
                     for name, parsed in zip(drawn, prose, strict=True)}
        converter = Converter.of(self.templates)
        if TRADITIONAL in languages:
            self._derive(documents, converter)
        kept = {name: documents[name] for name in languages if name in documents}
        return ChapterReading(kept, tuple(sorted(set(self.problems))), _once(converter.review))

    def _material(self) -> tuple[Material, tuple[Refusal, ...]]:
        name = self.notebook.name
        cells = read_cells(self.notebook.cells, {cell.cell_id: cell.records for cell in self.executed.cells})
        names = read_names(cells, self.view)
        attachment = attach(cells, names, name)
        missing, different = compare(cells, name)
        kept, self.left_out = keep(cells, names)
        silenced = attachment.silenced
        kept = [cell for cell in kept if not (isinstance(cell, ProseCell) and cell.id in silenced)]
        self.left_out += [item for item in silenced.items() if item[0] not in dict(self.left_out)]
        self.problems += [*unknown_conditions(cells, names, name), *attachment.problems, *different,
                          *self._uses(prose_of(cells), prose_of(kept), names)]
        records = [record for cell in code_of(cells) for record in cell.records]
        material = Material(self.entry.slug, name, tuple(kept), names, attachment, tuple(missing), self.view)
        return material, refusals_of(records)

    def _uses(self, cells: list[ProseCell], kept: list[ProseCell], names: Names) -> Iterable[Problem]:
        """Problems of expressions; a value may be absent in a cell that is left out."""
        printed = {cell.place for cell in kept}
        return [problem for problem in check_uses(cells, names, self.notebook.name)
                if problem.code != "GB502" or problem.place in printed]

    def _document(self, material: Material, refusals: tuple[Refusal, ...], language: str,
                  prose: dict[str, list[tree.Node]]) -> ChapterDocument:
        words = read_words(self.templates, language)
        assembly = Assembly(material, language, words, prose)
        limits = with_refusals(assembly.blocks(), refusals, material.slug, words, language, self.view.catalog.units)
        self.problems += assembly.problems
        values = {qualified(material.slug, name): record for name, record in material.names.values.items()}
        return ChapterDocument(
            slug=material.slug, language=language, title=self.entry.title.get(language, ""), notebook=material.notebook,
            blocks=tuple(limits.blocks), values=values | assembly.values | limits.values,
            shown=(*assembly.shown, *limits.shown),
            figures=tuple(assembly.figures), tables=tuple(assembly.tables), findings=tuple(assembly.findings),
            references=tuple(assembly.references), refusals=refusals, notes=_notes(assembly, values),
            left_out=tuple(dict.fromkeys([*self.left_out, *assembly.left_out])), gaps=tuple(assembly.gaps),
            words=_marked_words(prose),
        )

    def _parsed(self, material: Material, language: str, rule: DigitsRule) -> dict[str, list[tree.Node]]:
        """The blocks of each prose cell in `language` by place, checked, values in their spans."""
        cells = [cell for cell in prose_of(material.cells) if cell.language == language]
        units, name = self.view.catalog.units, material.notebook
        sources = [(cell.place, render(cell, material.names, units, name)) for cell in cells]
        prose, problems = parse_cells(sources, name)
        for cell in cells:
            blocks = prose.get(cell.place, [])
            problems += safety.check(blocks, name, cell.place)
            problems += rule.check(blocks, name, cell.place)
            problems += directions.check(blocks, material.names.values, language, name, cell.place)
            problems += self._unbound(cell, blocks, material.names)
        self.problems += problems
        return prose

    def _unbound(self, cell: ProseCell, blocks: list[tree.Node], names: Names) -> list[Problem]:
        """Values that ended in code, in a formula or in a link's target, where no span can name them."""
        used = [use for use in read_uses(cell.source, self.notebook.name, cell.place)[0]
                if names.exists(use.name) and use.name in names.values]
        bound = [tree.pair(node, "name") for node in tree.nodes(blocks) if tree.is_span(node, "value")]
        for name in bound:
            used.remove(next(use for use in used if use.name == name))
        return [Problem(self.notebook.name, cell.place, "GB506", f'found "{use}" inside code, a formula or a link',
                        "values in plain sentences", "take it out") for use in used]

    def _derive(self, documents: dict[str, ChapterDocument], converter: Converter) -> None:
        try:
            documents[TRADITIONAL] = traditional_document(documents["zh-Hans"], converter)
        except LengthChangedError as error:
            self.problems.append(Problem(
                self.notebook.name, "", "GB525", f'found "{error}" in the conversion to zh-Hant',
                "a conversion that keeps the number of characters",
                "add the phrase to templates/locale/traditional.yml",
            ))


def _notes(assembly: Assembly, values: dict[str, Any]) -> tuple[Text, ...]:
    """The notes of the values that the chapter's prose shows, once each."""
    notes = [note for item in assembly.shown for note in (values[item.name].notes if item.name in values else ())]
    return tuple({note.get("zh-Hans", ""): note for note in notes}.values())


def _marked_words(prose: dict[str, list[tree.Node]]) -> tuple[str, ...]:
    """What authors marked as words with digits in them: `[14th]{.word}`."""
    found = (tree.text(node["c"][1]) for blocks in prose.values() for node in tree.nodes(blocks)
             if tree.is_span(node, "word"))
    return tuple(sorted(set(found)))


def _once(review: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    """A change in the same surroundings once, where it stands first."""
    first: dict[tuple[str, str], Reviewed] = {}
    for item in review:
        first.setdefault((item.before, item.after), item)
    return tuple(first.values())
