"""Cross-references over the whole book: what each id is called, and the words that references get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenbook.composition.book import Numbered
from greenbook.composition.scan import Scan
from greenbook.composition.tree import inlines, replaced
from greenbook.documents.document import Blocks
from greenbook.errors import Problem, write_instead


@dataclass
class Register:
    """What can be referred to in one language: id → words. `absent` are slugs left out of this build, `matter` the
    names of the sections of front and back matter."""

    words: dict[str, str] = field(default_factory=dict)
    ids: Counter[str] = field(default_factory=Counter)
    absent: frozenset[str] = frozenset()
    matter: frozenset[str] = frozenset()

    def enter(self, scan: Scan, numbered: Mapping[str, Numbered], quote: str) -> None:
        """The ids of one section; a heading is referred to by its words."""
        self.ids.update(scan.ids)
        self.words.update({name: quote.format(title) for name, title in scan.headings.items()})
        self.words.update({name: item.words for name, item in numbered.items()})

    def away(self, target: str) -> bool:
        """Whether `target` lies in a chapter left out of this build: it has a number, but nothing to lead to."""
        slug = target.removeprefix("ch-").partition(".")[0]
        return slug in self.absent

    def settled(self, target: str) -> str:
        """The id that a reference to `target` leads to: a chapter writes `#methods` or `#ch-methods` for an annex."""
        name = target.removeprefix("ch-") if target.startswith("ch-") else target.partition(".")[2]
        return name if name in self.matter and (target not in self.words or target.startswith("ch-")) else target

    def text(self, target: str) -> str | None:
        """The words for a reference to `target`, or None where there is no such thing."""
        target = self.settled(target)
        if target in self.words:
            return self.words[target]
        slug = target.partition(".")[0]
        return self.words.get(f"ch-{slug}") if slug in self.absent else None


def filled(blocks: Blocks, scan: Scan, register: Register) -> Blocks:
    """`blocks` with the words of each reference in place; `scan` says which of them hold any."""

    def change(node: dict[str, Any]) -> Any:
        if node["t"] != "Link" or (node["c"][1] and "ref" not in node["c"][0][1]):
            return node
        attributes, words, (target, title) = node["c"]
        text = register.text(target[1:]) if target.startswith("#") else None
        if text is None or words:
            return node
        if register.away(target[1:]):
            return {"t": "Span", "c": [["", ["ref"], []], inlines(text)]}
        classes = attributes[1] if "ref" in attributes[1] else [*attributes[1], "ref"]
        target = f"#{register.settled(target[1:])}"
        return {"t": "Link", "c": [[attributes[0], classes, attributes[2]], inlines(text), [target, title]]}

    return tuple(replaced(block, change) if number in scan.open else block for number, block in enumerate(blocks))


def unresolved(path: str, scan: Scan, register: Register, cells: Mapping[tuple[str, str], str],
               section: str, told: Container[str] = ()) -> list[Problem]:
    """References of one section that lead nowhere (GB541), but for those `told` before."""
    problems = []
    for target, place in scan.references:
        if register.text(target) is None and target not in told:
            written = target.removeprefix(f"{section}.")
            problems.append(Problem(
                path, cells.get((target, place), place), "GB541", f'found a reference to "#{written}"',
                "the id of a figure, a table, a heading or a chapter",
                write_instead(target, register.words, "give the figure or table that name, or mend the reference")))
    return problems


def duplicates(register: Register, owners: Mapping[str, Iterable[str]], told: Container[str] = ()) -> list[Problem]:
    """Ids that stand twice in the book (GB542); `owners` maps an id to the files in which it stands.

    Those in `told` were named before, in their chapter.
    """
    return [
        Problem(path, name, "GB542", f'found the id "{name}" {count} times', "an id once in the book",
                "rename the figure, table or heading")
        for name, count in sorted(register.ids.items()) if count > 1 and name not in told
        for path in sorted(set(owners.get(name, ())))
    ]
