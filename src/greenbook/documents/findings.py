"""Findings and cases: what the record names, with the sentences of the cells attached to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenbook.catalog.citing import source_words
from greenbook.documents import tree
from greenbook.documents.attachment import anchor
from greenbook.documents.cells import CodeCell, ProseCell
from greenbook.documents.document import Finding
from greenbook.documents.figures import labelled
from greenbook.errors import Problem
from greenbook.records import CaseRecord, FindingRecord

if TYPE_CHECKING:
    from greenbook.documents.assembly import Assembly


def finding_blocks(assembly: Assembly, record: FindingRecord, name: str, words: ProseCell | None,
                   cell: CodeCell) -> list[tree.Node]:
    """The Div of a finding; without sentences, a gap."""
    if words is None:
        return [_unsaid(assembly, record, name, cell)]
    paragraphs = assembly.paragraphs(words, anchor(record))
    inner = tuple(block for made in paragraphs for block in (made["c"][1] if made["t"] == "Div" else [made]))
    assembly.findings.append(Finding(name, record, inner, tree.plain(inner)))
    changes = record.changes.get(assembly.language, "")
    if changes:
        paragraphs.append(labelled(assembly, "changes", "finding_changes", changes))
    pairs = [("strength", record.strength), ("wording", record.wording), ("figure", _figure(assembly, record.figure))]
    return [tree.div(name, "finding", paragraphs, pairs)]


def _figure(assembly: Assembly, figure: str) -> str:
    """The anchor of the figure that a finding names: `output`, `fig-output` or `steel.fig-output`."""
    if not figure or "." in figure:
        return figure
    return assembly.qualified(figure if figure.startswith("fig-") else f"fig-{figure}")


def _unsaid(assembly: Assembly, record: FindingRecord, name: str, cell: CodeCell) -> tree.Node:
    what = {"zh-Hans": f"{name}尚无文字。", "en": f"{name} has no words."}
    return assembly.gap_block(anchor(record), what, Problem(
        assembly.material.notebook, cell.place, "GB515", f"found {name} without its sentences in {assembly.language}",
        "a cell tagged finding below the code", "write the sentences",
    ))


def case_blocks(assembly: Assembly, record: CaseRecord, name: str, words: ProseCell | None,
                cell: CodeCell) -> list[tree.Node]:
    """The Div of a case: name, place and date; the text of cases.csv; what the chapter adds; interests; source."""
    view = assembly.material.view
    case = next((item for item in view.cases() if item.id == record.name), None)
    if case is None:
        assembly.problem(cell, "GB519", f'found the case "{record.name}"',
                         "a case of data/cases.csv dated by the edition's date", "add it, or remove the call")
        return []
    english = assembly.language == "en"
    made = [tree.div("", "title", [tree.para(tree.words(_title(case, english)))])]
    text = case.text_en if english else case.text_zh
    made += [tree.para(tree.words(line)) for line in text.splitlines() if line]
    made += assembly.paragraphs(words, anchor(record)) if words else []
    conflict = case.conflict_en if english else case.conflict_zh
    if conflict:
        made.append(labelled(assembly, "notes", "case_conflict", conflict))
    source = view.catalog.sources.get(case.source)
    if source is not None:
        line = source_words(source, assembly.language) + assembly.words["sentence_end"]
        made.append(labelled(assembly, "source", "source", line))
    return [tree.div(name, "case", made)]


def _title(case: Any, english: bool) -> str:
    place = case.place_en if english else case.place_zh
    parts = [part for part in (place, case.date.isoformat()) if part]
    return f"{case.name_en} ({', '.join(parts)})" if english else f"{case.name_zh}（{'，'.join(parts)}）"
