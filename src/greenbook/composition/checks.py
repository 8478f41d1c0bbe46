"""What is checked in chapters and in the edition as a whole, apart from cross-references."""

from __future__ import annotations

from greenbook.composition.findings import unsound_findings
from greenbook.composition.guide import unverified
from greenbook.composition.manuscript import PATH, Manuscript
from greenbook.composition.parity import unequal_numbers
from greenbook.composition.rows import Describe, unknown_inputs
from greenbook.composition.signs import problems_of_signs
from greenbook.composition.words import Vocabulary
from greenbook.errors import Problem
from greenbook.language import TAGS

_TAGS = {language: tag for tag, language in TAGS.items()}


def chapters(manuscript: Manuscript, describe: Describe) -> list[Problem]:
    """Numbers that differ, inputs that are gone, refused terms, gaps outside a draft, findings without figure."""
    problems = unsound_findings(manuscript)
    vocabularies = _vocabularies(manuscript)
    for slug, documents in manuscript.documents.items():
        problems += unequal_numbers(documents, manuscript.scans[slug], manuscript.view.catalog.units)
        for language, document in documents.items():
            if language in vocabularies:
                scan, tag = manuscript.scans[slug][language], _TAGS[language]
                problems += vocabularies[language].problems(document.notebook, scan, tag)
                problems += unknown_inputs(document, describe)
            if language == "zh-Hans":
                problems += problems_of_signs(document.notebook, manuscript.scans[slug][language])
            if not manuscript.draft:
                problems += [gap.problem for gap in document.gaps]
    return problems


def edition(manuscript: Manuscript) -> list[Problem]:
    """An edition may be called released only when each value's source was read at its origin (GB561)."""
    if manuscript.edition.state != "released":
        return []
    names = unverified(manuscript)
    if not names:
        return []
    return [Problem(PATH, f"editions/{manuscript.edition.id}", "GB561",
                    f"found state released with {len(names)} values whose source is not verified at its origin",
                    "no such value in a released edition", "check the sources, or set an earlier state")]


def _vocabularies(manuscript: Manuscript) -> dict[str, Vocabulary]:
    terms = manuscript.view.catalog.glossary
    return {"zh-Hans": Vocabulary([(form, term.zh) for term in terms for form in term.avoid_zh], "zh-Hans"),
            "en": Vocabulary([(form, term.en) for term in terms for form in term.avoid_en], "en")}
