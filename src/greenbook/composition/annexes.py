"""Front and back matter of one drawn language: templates filled with what the data and the chapters say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from greenbook.composition.book import FindingLine
from greenbook.composition.chronology import abbreviation_blocks, chronology_blocks, glossary_blocks
from greenbook.composition.evidence import evidence_blocks
from greenbook.composition.findings import chosen_findings, findings_blocks, summary_blocks
from greenbook.composition.guide import context, counts, unit_blocks
from greenbook.composition.manuscript import Manuscript
from greenbook.composition.matter import fitted, rendered
from greenbook.composition.methods import gate_blocks, methods_in_use, read_gate
from greenbook.composition.restated import Kept, restated_blocks, since
from greenbook.composition.revisions import (
    Log,
    Revision,
    earlier_edition,
    revision_blocks,
    revision_log,
    touched_blocks,
)
from greenbook.composition.sources import numbered_sources
from greenbook.composition.vintages import sources_blocks, vintages_blocks
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks
from greenbook.errors import Problem
from greenbook.language import date_text
from greenbook.outline import Edition


@dataclass(frozen=True)
class Basis:
    """What the annexes rest on besides the manuscript, computed once for all languages."""

    grades: dict[str, str]
    marks: dict[str, str]
    earlier: Edition | None
    revised: tuple[Revision, ...]
    added: int
    withdrawn: int
    chosen: frozenset[str]
    gate: list[dict[str, Any]]
    folder: Path
    kept: Path | None = None


def prepared(manuscript: Manuscript, grades: dict[str, str], lines: Iterable[FindingLine], folder: Path,
             kept: Path | None = None) -> Basis:
    """Sources in their order, revisions since the edition before, and the findings that the summary takes."""
    view, catalog = manuscript.view, manuscript.view.catalog
    used = {row.source for name in catalog.by_indicator for row in view.observations(name)}
    earlier = earlier_edition(manuscript.outline.editions.values(), manuscript.edition)
    parts = {entry.slug: part.id for part, entries in manuscript.parts() for entry in entries}
    log = revision_log(catalog, earlier.as_of, manuscript.edition.as_of) if earlier else Log((), 0, 0)
    return Basis(grades, numbered_sources(catalog.sources[name] for name in used), earlier, log.revised, log.new,
                 log.withdrawn, chosen_findings(lines, parts), read_gate(folder), folder, kept)


def matter(manuscript: Manuscript, basis: Basis, voice: Voice) -> tuple[dict[str, Blocks], list[Problem]]:
    """The sections of matter in zh-Hans or en, the slots for findings, summary and references still open."""
    numbers = {**counts(manuscript), "chosen": len(basis.chosen), "added": basis.added, "withdrawn": basis.withdrawn,
               "revised": len(basis.revised), "revised_values": sum(item.count for item in basis.revised)}
    kept = since(basis.kept, basis.earlier.id, manuscript, voice.drawn) if basis.earlier else Kept()
    names = context(manuscript, voice, basis.grades, {
        "counts": SimpleNamespace(**numbers), "methods": methods_in_use(), "earlier": _earlier(basis.earlier, voice),
        "kept": kept})
    blocks, problems = rendered(basis.folder, voice.language, names)
    slots = {**_slots(manuscript, basis, voice), "restated": restated_blocks(kept, voice)}
    return {name: fitted(own, slots, keep=("findings", "summary", "references"))
            for name, own in blocks.items()}, problems


def led(blocks: Mapping[str, Blocks], manuscript: Manuscript, basis: Basis, lines: tuple[FindingLine, ...],
        voice: Voice) -> dict[str, Blocks]:
    """The same with findings and summary, which come from the chapters of the language itself."""
    slots = {"findings": findings_blocks(manuscript, lines, voice),
             "summary": summary_blocks(manuscript, lines, voice, basis.chosen)}
    return {name: fitted(own, slots, keep=("references",)) for name, own in blocks.items()}


def _slots(manuscript: Manuscript, basis: Basis, voice: Voice) -> dict[str, Blocks]:
    view = manuscript.view
    return {
        "units": unit_blocks(manuscript, voice),
        "gate": gate_blocks(basis.gate, voice),
        "evidence": evidence_blocks(basis.folder, voice),
        "vintages": vintages_blocks(manuscript, basis.marks, voice),
        "sources": sources_blocks(manuscript, basis.marks, voice),
        "chronology": chronology_blocks(view.policies(), voice),
        "terms": glossary_blocks(view.catalog.glossary, voice),
        "abbreviations": abbreviation_blocks(view.catalog.abbreviations, voice),
        "revisions": (*revision_blocks(basis.revised, view, voice), *touched_blocks(basis.revised, manuscript, voice)),
    }


def _earlier(edition: Edition | None, voice: Voice) -> dict[str, Any] | None:
    if edition is None:
        return None
    return {"name": voice.of(edition.name), "as_of": date_text(edition.as_of.isoformat(), voice.drawn)}
