"""Names for cells: JupyterLab shows no ids and gives random ones, but anchors, twins and messages need words.

A cell that has a name keeps it for ever. Twins share a stem, which is the anchor in every language:
`level-zh` and `level-en`; a caption takes the id of the code cell above it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from greenbook.execution.source import PARAMETERS, SourceCell, is_named, syntax_tree
from greenbook.language import TAGS

ROLES = ("caption", "finding", "case")
PRINTED = {"figure": "fig", "table": "tbl", "finding": "finding", "case": "case"}
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<words>.*?)[ \t]*(?:\{#(?P<id>[\w.-]+)[^}]*\})?[ \t]*$", re.MULTILINE)
_FIRST = re.compile(r"^[a-z]")


@dataclass
class _Section:
    """The stem of the heading above, and how many unheaded paragraphs' cells it has so far."""

    stem: str = "text"
    count: int = 1


def names_of(cells: Sequence[SourceCell]) -> list[str]:
    """An id for each of `cells`, in order: its own where it has a name, else one made from what it holds."""
    return _Naming(cells).run()


class _Naming:
    """Walks the cells once; `names` fills up, `used` keeps every name unique."""

    def __init__(self, cells: Sequence[SourceCell]) -> None:
        self.cells = cells
        self.used = {cell.id for cell in cells if is_named(cell.id)}
        self.names: list[str] = []
        self.section = _Section()
        self.above = ""
        self.open: dict[str, tuple[str, str]] = {}

    def run(self) -> list[str]:
        for index, cell in enumerate(self.cells):
            if cell.kind == "code":
                self._take(cell, code_name(cell))
                self.above, self.open = self.names[-1], {}
            elif tag := language_of(cell):
                self._prose(index, cell, tag)
            else:
                self._take(cell, "about" if "about" in cell.tags else "note")
        return self.names

    def _prose(self, index: int, cell: SourceCell, tag: str) -> None:
        role = next((role for role in ROLES if role in cell.tags), "")
        kept = cell.id.removesuffix(f"-{tag}") if is_named(cell.id) and cell.id.endswith(f"-{tag}") else ""
        stem = kept or self._twins_stem(tag, role) or self._next_twins_stem(index, tag, role)
        if not stem:
            stem = self.above if role else self._new_stem(index, cell, tag)
        if not role:
            self._enter(stem, cell, tag)
        self._take(cell, f"{stem}-{tag}")
        taken = self.names[-1].removesuffix(f"-{tag}")
        self.open = {} if role in self.open else {role: (tag, taken)}

    def _twins_stem(self, tag: str, role: str) -> str:
        """The stem of the prose cell just above, where it is of the same role and the other language."""
        other, stem = self.open.get(role, (tag, ""))
        return stem if other != tag and f"{stem}-{tag}" not in self.used else ""

    def _next_twins_stem(self, index: int, tag: str, role: str) -> str:
        """The stem of the cell below, where that is the twin and has a name already."""
        below = self.cells[index + 1] if index + 1 < len(self.cells) else None
        other = language_of(below) if below and below.kind == "markdown" else ""
        if not below or not other or other == tag or role != next((r for r in ROLES if r in below.tags), ""):
            return ""
        named = is_named(below.id) and below.id.endswith(f"-{other}")
        stem = below.id.removesuffix(f"-{other}") if named else ""
        return stem if stem and f"{stem}-{tag}" not in self.used else ""

    def _new_stem(self, index: int, cell: SourceCell, tag: str) -> str:
        stem = heading_stem(cell.source) or (self._english_below(index) if tag == "zh" else "")
        if not stem:
            while any(f"{self.section.stem}-{self.section.count + 1}-{name}" in self.used for name in TAGS):
                self.section.count += 1
            return f"{self.section.stem}-{self.section.count + 1}"
        # Without a hyphen: `level-2` is the anchor of the second paragraph under `level`.
        number, free = 1, stem
        while any(f"{free}-{name}" in self.used for name in TAGS):
            number, free = number + 1, f"{stem}{number + 1}"
        return free

    def _english_below(self, index: int) -> str:
        """A Chinese heading without an id is named after its English twin's words."""
        below = self.cells[index + 1] if index + 1 < len(self.cells) else None
        return heading_stem(below.source) if below and language_of(below) == "en" else ""

    def _enter(self, stem: str, cell: SourceCell, tag: str) -> None:
        if _HEADING.search(cell.source):
            if stem != self.section.stem:
                self.section = _Section(stem)
        elif counted := re.fullmatch(rf"{re.escape(self.section.stem)}-(\d+)", stem):
            self.section.count = max(self.section.count, int(counted[1]))

    def _take(self, cell: SourceCell, wanted: str) -> None:
        if is_named(cell.id):
            self.names.append(cell.id)
            return
        name, number = wanted, 1
        while name in self.used:
            number += 1
            name = f"{wanted}-{number}"
        self.used.add(name)
        self.names.append(name)


def language_of(cell: SourceCell) -> str:
    """The language tag of a prose cell, `zh` or `en`; empty where it has none or both."""
    tags = [tag for tag in TAGS if tag in cell.tags]
    return tags[0] if len(tags) == 1 else ""


def heading_stem(source: str) -> str:
    """What the first heading of a prose cell gives as a stem: its id, or its English words; empty where neither."""
    heading = _HEADING.search(source)
    if heading is None:
        return ""
    return heading["id"] or _kebab(heading["words"])


def code_name(cell: SourceCell) -> str:
    """What a code cell is called after: the figure, table, finding or case it defines, else what it does."""
    if PARAMETERS in cell.tags:
        return PARAMETERS
    tree = syntax_tree(cell)
    calls = list(_calls(tree)) if tree else []
    for verb, name in calls:
        if verb in PRINTED and name:
            return f"{PRINTED[verb]}-{_kebab(name) or 'x'}"
    verbs = [verb for verb, _ in calls]
    return next((words for verb, words in (("open_chapter", "open"), ("load", "data"), ("value", "values"))
                 if verb in verbs), "code")


def _calls(tree: ast.Module) -> Iterable[tuple[str, str]]:
    """Each call in the order of the text: the name of what is called, and its first argument where that is text."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for node in sorted(found, key=lambda item: (item.lineno, item.col_offset)):
        verb = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0] if node.args else None
        yield verb, first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _kebab(words: str) -> str:
    """Words as a name: lower case, Latin letters and digits, joined by hyphens; empty where it has no letter first."""
    name = "-".join(re.findall(r"[a-z0-9_]+", words.lower()))
    return name if _FIRST.match(name) else ""
