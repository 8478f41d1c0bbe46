"""The key findings at the front of the book, and the summary assembled from them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from greenbook.composition.book import FindingLine
from greenbook.composition.leading import rank, spread
from greenbook.composition.manuscript import Manuscript
from greenbook.composition.scan import scan
from greenbook.composition.tree import Node, div, header, para, plain, reference, replaced, span
from greenbook.composition.words import Voice
from greenbook.documents.document import Blocks, ChapterDocument, Finding
from greenbook.errors import Problem

# Two pages of the book's type area, in Chinese characters; a Latin letter takes two fifths of one. All languages
# take the same findings.
SUMMARY_CHARACTERS = 1000
_LETTER = 0.4


def finding_lines(manuscript: Manuscript, language: str) -> tuple[FindingLine, ...]:
    """Every finding of the chapters in printing order."""
    return tuple(
        FindingLine(finding.id, document.slug, finding.blocks, finding.record.strength, finding.record.wording,
                    _shown_by(document, finding), _changes(document, finding.id))
        for document in manuscript.chapters(language) for finding in document.findings
    )


def _changes(document: ChapterDocument, name: str) -> Blocks:
    """The Div under the finding called `name` that says what would change it, as its chapter prints it."""
    own = (block["c"][1] for block in document.blocks if block["t"] == "Div" and block["c"][0][0] == name)
    return tuple(inner for blocks in own for inner in blocks
                 if inner["t"] == "Div" and "changes" in inner["c"][0][1])


def findings_blocks(manuscript: Manuscript, lines: Iterable[FindingLine], voice: Voice) -> Blocks:
    """The two that lead each part, then all: grouped by part, each with its figure and the chapter that argues it.

    The whole list stands in a Div `all-findings`: the web edition shows it, print has every finding in its chapter.
    """
    lines = list(lines)
    parts = list(_groups(manuscript, lines, voice))
    blocks: list[Node] = []
    for name, title, own in parts:
        blocks.append(header(3, f"findings.{name}", title))
        blocks += [_listed(line, voice.words) for line in own]
    if blocks:
        title = voice.words["all_findings"].format(len(lines))
        blocks = [div("", ["all-findings"], [header(2, "findings.all", title), *blocks])]
    return (*spread(parts, voice.words, _entry), *blocks)


def _entry(line: FindingLine, words: Mapping[str, str]) -> list[Node]:
    return [*_without_ids(line.blocks), para(_place(line, words)), *line.changes]


def summary_blocks(manuscript: Manuscript, lines: Iterable[FindingLine], voice: Voice,
                   chosen: frozenset[str]) -> Blocks:
    """For each part, its chosen findings in the order of chapters, each with its place and strength."""
    blocks: list[Node] = []
    for name, title, own in _groups(manuscript, lines, voice):
        kept = [line for line in own if line.id in chosen]
        if kept:
            blocks.append(header(2, f"summary.{name}", title))
            blocks += [para(*_told(line, voice.words)) for line in kept]
    return tuple(blocks)


def chosen_findings(lines: Iterable[FindingLine], parts: Mapping[str, str]) -> frozenset[str]:
    """Ids of the findings that fit two pages: first one a chapter, the parts in turn, then the better evidence first.

    `parts` names the part of each chapter.
    """
    lines = list(lines)
    left, chosen = float(SUMMARY_CHARACTERS), set()
    for line in sorted(lines, key=_turn(lines, parts)):
        length = _length(plain(_first(line)))
        if length and length <= left:
            left -= length
            chosen.add(line.id)
    return frozenset(chosen)


def _turn(lines: Iterable[FindingLine], parts: Mapping[str, str]) -> Callable[[FindingLine], tuple[int, int]]:
    """The order in which findings are taken: the first ones of chapters by their place in the part, then the rest."""
    leading = {line.section: line for line in reversed(list(lines))}
    inside: Counter[str] = Counter()
    places = {}
    for section in dict.fromkeys(line.section for line in lines):
        part = parts.get(section, section)
        places[leading[section].id] = inside[part]
        inside[part] += 1
    return lambda line: (places.get(line.id, len(places)), rank(line))


def _length(words: str) -> float:
    return sum(1 if unicodedata.east_asian_width(character) in "WF" else _LETTER for character in words)


def unsound_findings(manuscript: Manuscript) -> list[Problem]:
    """Findings that name a figure which their chapter has not (GB556)."""
    problems = []
    for entry in manuscript.entries:
        for document in list(manuscript.documents[entry.slug].values())[:1]:
            own = {figure.id for figure in document.figures}
            problems += [Problem(document.notebook, finding.id, "GB556",
                                 f'found the figure "{finding.record.figure}" in finding {finding.record.name}',
                                 "a figure of the chapter", "name the figure that shows the finding")
                         for finding in document.findings if _figure(document, finding) not in {"", *own}]
    return problems


def _figure(document: ChapterDocument, finding: Finding) -> str:
    name = finding.record.figure
    if not name or "." in name:
        return name
    return f"{document.slug}.{name if name.startswith('fig-') else f'fig-{name}'}"


def _shown_by(document: ChapterDocument, finding: Finding) -> str:
    """The figure that shows a finding; none where the chapter has not that figure, which GB556 says once."""
    name = _figure(document, finding)
    return name if any(figure.id == name for figure in document.figures) else ""


def _groups(manuscript: Manuscript, lines: Iterable[FindingLine],
            voice: Voice) -> Iterator[tuple[str, str, list[FindingLine]]]:
    """(id, title, findings) of each part that has findings; unnumbered chapters come last."""
    lines = list(lines)
    placed = set()
    for part, entries in manuscript.parts():
        slugs = {entry.slug for entry in entries}
        own = [line for line in lines if line.section in slugs]
        placed |= slugs
        if own:
            yield f"part-{part.id}", voice.of(part.title), own
    rest = [line for line in lines if line.section not in placed]
    if rest:
        yield "further", voice.words["further_findings"], rest


def _listed(line: FindingLine, words: Mapping[str, str]) -> Node:
    pairs = {"strength": line.strength, "wording": line.wording, "figure": line.figure}
    blocks = [*_without_ids(line.blocks), para(_place(line, words)), *line.changes]
    return div(f"findings.{line.id.replace('.', '-')}", ["finding"], blocks, pairs)


def _without_ids(blocks: Blocks) -> list[Node]:
    """Paragraphs as they can stand a second time in the book: without their Divs, whose ids are taken."""

    def change(node: Node) -> Node | list[Node]:
        return node["c"][1] if node["t"] == "Div" and "par" in node["c"][0][1] else node

    return replaced(list(blocks), change)


def _place(line: FindingLine, words: Mapping[str, str], further: str = "") -> Node:
    """In brackets: the chapter, the figure unless the finding refers to it itself, and what else is to be said."""
    told = {target for target, _ in scan(line.blocks).references}
    targets = [f"ch-{line.section}", *([line.figure] if line.figure and line.figure not in told else [])]
    nodes: list[Node | str] = [{"t": "Str", "c": words["bracket_open"]}]
    for index, target in enumerate(targets):
        nodes += ([words["comma"]] if index else []) + [reference(target)]
    nodes += [words["semicolon"], further] if further else []
    return span(["place"], *nodes, {"t": "Str", "c": words["bracket_close"]})


def _told(line: FindingLine, words: Mapping[str, str]) -> list[Node | str]:
    grade, _, agreement = line.strength.partition("/")
    told = [words[f"wording_{line.wording}"]] if f"wording_{line.wording}" in words else []
    told += [words["evidence"].format(grade)] if grade else []
    told += [words["agreement"].format(words.get(f"agreement_{agreement}", agreement))] if agreement else []
    gap = [] if words["bracket_open"] == "（" else [{"t": "Space"}]
    return [*_first(line), *gap, _place(line, words, words["comma"].join(told))]


def _first(line: FindingLine) -> list[Node]:
    """The inlines of a finding's first paragraph, footnotes left where they belong."""
    for block in line.blocks:
        inner = block["c"][1] if block["t"] == "Div" else [block]
        for leaf in inner:
            if leaf["t"] in ("Para", "Plain"):
                return [node for node in leaf["c"] if node["t"] != "Note"]
    return []
