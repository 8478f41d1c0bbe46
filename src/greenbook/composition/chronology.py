"""Annexes that are lists of data/: the policy chronology, glossary and abbreviations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from greenbook.composition.tree import table
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks


def chronology_blocks(policies: Sequence[Any], voice: Voice) -> Blocks:
    """Documents and events by date, then the survey campaign, each in its table."""
    groups = {"policies": [row for row in policies if row.kind != "campaign"],
              "campaign": [row for row in policies if row.kind == "campaign"]}
    heads = (("head_date", 0.14), ("head_issuer", 0.18), ("head_title", 0.32), ("head_summary", 0.36))
    columns = [(voice.words[head], "left", width) for head, width in heads]
    return tuple(table(f"chronology.tbl-{name}", voice.words[f"caption_{name}"], columns,
                       [_row(policy, voice) for policy in rows]) for name, rows in groups.items() if rows)


def glossary_blocks(terms: Sequence[Any], voice: Voice) -> Blocks:
    """The terms with their number, the book's language first. Notes are written in English and stand there only."""
    words = voice.words
    if voice.language == "en":
        columns = [(words["head_number"], "right", 0.07), (words["head_english"], "left", 0.35),
                   (words["head_chinese"], "left", 0.25), (words["head_note"], "left", 0.33)]
        rows: list[tuple[str, ...]] = [(str(term.no), term.en, term.zh, term.note or "—") for term in terms]
    else:
        columns = [(words["head_number"], "right", 0.1), (words["head_chinese"], "left", 0.4),
                   (words["head_english"], "left", 0.5)]
        rows = [(str(term.no), voice.convert(term.zh), term.en) for term in terms]
    return (table("glossary.tbl-terms", words["caption_terms"], columns, rows),) if rows else ()


def abbreviation_blocks(abbreviations: Sequence[Any], voice: Voice) -> Blocks:
    """Abbreviations in alphabetical order, with both languages."""
    words = voice.words
    columns = [(words["head_abbreviation"], "left", 0.2), (words["head_english"], "left", 0.45),
               (words["head_chinese"], "left", 0.35)]
    rows = [(item.abbreviation, item.en, voice.convert(item.zh))
            for item in sorted(abbreviations, key=lambda item: (item.abbreviation.lower(), item.abbreviation))]
    return (table("glossary.tbl-abbreviations", words["caption_abbreviations"], columns, rows),) if rows else ()


def _row(policy: Any, voice: Voice) -> tuple[str, str, str, str]:
    day = policy.date.isoformat()
    title = voice.pick(policy.title_zh, policy.title_en)
    if voice.language != "en" and policy.title_is_original and not title.startswith("《"):
        title = f"《{title}》"
    if policy.number:
        gap = " " if voice.language == "en" else ""
        title += f"{gap}{voice.words['bracket_open']}{voice.convert(policy.number)}{voice.words['bracket_close']}"
    return (day[:7] if policy.date_is_estimated else day, voice.pick(policy.issuer_zh, policy.issuer_en) or "—", title,
            voice.pick(policy.summary_zh, policy.summary_en) or "—")
