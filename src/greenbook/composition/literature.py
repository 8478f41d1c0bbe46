"""The literature of a book: which keys exist, what each citation prints, and the list of references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from greenbook.composition import citations
from greenbook.composition.book import Section
from greenbook.composition.manuscript import PATH
from greenbook.composition.matter import fitted
from greenbook.composition.scan import Scan
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks
from greenbook.errors import Problem, write_instead

_FILE = "data/references.bib"


@dataclass
class Literature:
    """`bibliography` is a BibTeX file or None; `styles` the folder of CSL styles; `standard` the edition's profile."""

    bibliography: Path | None
    styles: Path
    standard: str
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = citations.keys(self.bibliography)
        self._printed: dict[tuple[str, ...], citations.Cited] = {}
        if self.standard not in citations.STYLES:
            self.problems.append(Problem(PATH, "editions", "GB547", f'found citation_standard "{self.standard}"',
                                         f"one of {', '.join(citations.STYLES)}",
                                         write_instead(self.standard, citations.STYLES, "choose one of them")))

    def cited(self, sections: list[Section], scans: Mapping[str, Scan],
              voice: Voice) -> tuple[list[Section], list[Problem]]:
        """The sections with citations in words and references in their section, and citations of unknown keys."""
        nodes = [node for section in sections for node in scans[section.id].citations]
        printed = self._cite(nodes, voice)
        usable = [node for node in nodes if self.keys.issuperset(citations.keys_of(node))]
        words = {id(node): text for node, text in zip(usable, printed.citations, strict=False)}
        # The house's annexes cite literature that a small project need not have: there such citations fall away.
        words |= {id(node): [] for section in sections if section.document is None
                  for node in scans[section.id].citations if not self.keys.issuperset(citations.keys_of(node))}
        listed = voice.converted(printed.references, "references")
        return [self._with_words(section, scans[section.id], words, listed) for section in sections], \
            [problem for section in sections for problem in self._unknown(section, scans[section.id])]

    def _with_words(self, section: Section, scan: Scan, words: dict[int, list[Any]], listed: Blocks) -> Section:
        blocks = citations.put(section.blocks, scan, words) if scan.citations else section.blocks
        if section.id == "references" and section.document is None:
            blocks = fitted(blocks, {"references": listed})
        return section if blocks is section.blocks else replace(section, blocks=blocks)

    def _cite(self, nodes: list[Any], voice: Voice) -> citations.Cited:
        """One call of citeproc for each order of keys: zh-Hant cites as zh-Hans does."""
        order = (voice.drawn, *(key for node in nodes for key in ("[", *citations.keys_of(node))))
        if order not in self._printed:
            self._printed[order] = self._call(nodes, voice)
        return self._printed[order]

    def _call(self, nodes: list[Any], voice: Voice) -> citations.Cited:
        style = self.styles / citations.STYLES.get(self.standard, next(iter(citations.STYLES.values())))
        if self.bibliography is None or not self.keys:
            return citations.Cited()
        try:
            return citations.cite(nodes, self.keys, self.bibliography, style, voice.language)
        except (RuntimeError, OSError) as error:
            told = " ".join(str(error).split())
            self.problems.append(Problem(_FILE, "", "GB548", f"found literature that cannot be read: {told}",
                                         "BibTeX entries and our CSL style", "mend the entry"))
            return citations.Cited()

    def _unknown(self, section: Section, scan: Scan) -> list[Problem]:
        if section.document is None:
            return []
        missing = {key for node in scan.citations for key in citations.keys_of(node)} - self.keys
        cells = {item.target: item.cell for item in reversed(section.document.references)}  # the first that cites it
        return [Problem(section.document.notebook, cells.get(f"@{key}", section.id), "GB546",
                        f'found the citation "@{key}"', f"a key of {_FILE}",
                        write_instead(key, self.keys, "add the entry"))
                for key in sorted(missing)]
