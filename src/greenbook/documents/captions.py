"""A caption cell's blocks → title, what is shown, alternative text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from greenbook.documents import tree

# Either colon: authors type Chinese with the full-width one.
_ALT = re.compile(r"^Alt\s*[:：]\s*")
_ALT_INSIDE = re.compile(r".Alt\s*[:：]")


@dataclass(frozen=True)
class Caption:
    """`blocks` are the paragraphs that are printed; `alt` their description in plain words, values resolved."""

    blocks: tuple[tree.Node, ...]
    title: str
    alt: str
    inside: bool = False

    @property
    def alt_is_caption(self) -> bool:
        """Whether the alternative text only repeats the title or the whole caption."""
        printed = [tree.text(block["c"]) for block in self.blocks if block["t"] == "Para"]
        return _bare(self.alt) in {_bare(words) for words in (*printed, " ".join(printed))} - {""}


def split(blocks: list[tree.Node]) -> tuple[list[tree.Node], list[tree.Node]]:
    """`(printed, alternative)`: the paragraphs of a caption cell; the alternative ones begin with `Alt:`."""
    printed: list[tree.Node] = []
    alternative: list[tree.Node] = []
    for block in blocks:
        is_alt = block["t"] == "Para" and _ALT.match(tree.text(block["c"]))
        (alternative if is_alt else printed).append(block)
    return printed, alternative


def read(printed: list[tree.Node], alternative: list[tree.Node]) -> Caption:
    """The caption of what `split` gave; `inside` says that an `Alt:` stands in the middle of a paragraph."""
    paragraphs = [block for block in printed if block["t"] == "Para"]
    alt = " ".join(_ALT.sub("", " ".join(tree.text(block["c"]).split())) for block in alternative)
    inside = not alternative and any(_ALT_INSIDE.search(tree.text(block["c"])) for block in paragraphs)
    title = tree.text(paragraphs[0]["c"]) if paragraphs else ""
    return Caption(tuple(printed), " ".join(title.split()), alt.strip(), inside)


def _bare(words: str) -> str:
    return re.sub(r"\W", "", words).casefold()
