"""What two chapters share in words: sentences, and runs of eight, with values and marks taken out."""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from pathlib import Path

RUN = 8
_TAKEN_OUT = re.compile(
    r"\{\{.*?\}\}|\]\([^)]*\)(?:\{[^}]*\})?|\[@[^\]]*\]|\{[#.][^}]*\}|\bAlt:|[*_`\[\]]|^#+ |^[-0-9.]+ ", re.MULTILINE)
_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+|\n+")
_PART = {"zh": re.compile(r"[\u3400-\u9fff]|[A-Za-z]+"), "en": re.compile(r"[A-Za-z][\w'-]*")}
# Shorter ones, such as headings that the skeleton asks of every chapter, are no sentences of a chapter's own.
LEAST = {"zh": 12, "en": 8}


def prose(notebook: Path, language: str) -> str:
    """The words of a notebook in `zh` or `en`, cell by cell, with values, references and marks taken out."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    own = ["".join(cell["source"]) for cell in cells
           if cell["cell_type"] == "markdown" and language in cell["metadata"].get("tags", [])]
    return "\n".join(_TAKEN_OUT.sub("", source) for source in own)


def parts(words: str, language: str) -> list[str]:
    """Han characters and Latin words of Chinese, or the words of English, in order."""
    return [part.lower() for part in _PART[language].findall(words)]


def shared_runs(texts: dict[str, str], language: str) -> list[tuple[float, str, str]]:
    """For each pair of chapters the share of the shorter one's runs that both have, the highest first."""
    runs = {slug: {tuple(found[at:at + RUN]) for at in range(len(found) - RUN + 1)}
            for slug, text in texts.items() for found in [parts(text, language)]}
    pairs = ((first, second) for first, second in itertools.combinations(sorted(runs), 2)
             if runs[first] and runs[second])
    return sorted(((len(runs[first] & runs[second]) / min(len(runs[first]), len(runs[second])), first, second)
                   for first, second in pairs), reverse=True)


def shared_sentences(texts: dict[str, str], language: str) -> dict[str, list[str]]:
    """Sentences that stand in two chapters or more, with the chapters; headings and stubs are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for slug, text in texts.items():
        for sentence in _END.split(text):
            own = parts(sentence, language)
            if len(own) >= LEAST[language]:
                found[(" " if language == "en" else "").join(own)].add(slug)
    return {sentence: sorted(slugs) for sentence, slugs in sorted(found.items()) if len(slugs) > 1}
