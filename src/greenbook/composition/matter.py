"""The words of front and back matter: Jinja templates in Markdown, one parse a language.

A template is `<name>.<language>.md` for zh-Hans and en. `::: {.slot name="gate"}` marks where Python puts a table.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from greenbook.composition.tree import Node
from greenbook.documents import breaks, pandoc
from greenbook.documents.document import Blocks
from greenbook.errors import Problem
from greenbook.language import digits_text

NAMES = ("copyright", "findings", "summary", "guide", "methods", "vintages", "chronology", "glossary", "revisions",
         "references")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$@])")
_FENCE = ":" * 12


def rendered(folder: Path, language: str, context: Mapping[str, Any]) -> tuple[dict[str, Blocks], list[Problem]]:
    """The blocks of each section by name, slots still open, and the problems of templates (GB571)."""
    texts, problems = {}, []
    for name in NAMES:
        try:
            texts[name] = environment(folder, language).get_template(f"{name}.{language}.md").render(context)
        except Exception as error:  # a template may fail in any way its expressions can
            problems.append(Problem(f"templates/matter/{name}.{language}.md", _line(error), "GB571",
                                    f"found a template that cannot be filled: {' '.join(str(error).split())}",
                                    "words, {{ name }} and {% if %} with the names of docs/reference/messages",
                                    "mend the template"))
    return _parsed(texts, language), problems


def fitted(blocks: Blocks, slots: Mapping[str, Blocks], keep: Container[str] = ()) -> Blocks:
    """`blocks` with each slot replaced by the blocks of its name; without any it disappears, unless kept for later."""
    result: list[Node] = []
    for node in blocks:
        name = _slot(node)
        result += slots.get(name, ()) if name and name not in keep else [node]
    return tuple(result)


def _slot(node: Node) -> str:
    """The name of a slot; slots stand at the top of a section only."""
    if node["t"] != "Div" or "slot" not in node["c"][0][1]:
        return ""
    return dict(map(tuple, node["c"][0][2])).get("name", "")


def escaped(word: Any) -> str:
    """`word` as Markdown that prints it letter for letter."""
    return _SPECIAL.sub(r"\\\1", str(word))


def environment(folder: Path, language: str = "zh-Hans") -> Any:
    """The Jinja environment of the templates in `folder`: sandboxed, strict, words printed letter for letter.

    Counts are printed as `language` writes numbers: 3,120 in English.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    def finished(word: Any) -> str:
        return digits_text(Decimal(word), language) if type(word) is int else escaped(word)

    # {# would swallow {#id}, which is Markdown here.
    return SandboxedEnvironment(loader=FileSystemLoader(folder), undefined=StrictUndefined, finalize=finished,
                                trim_blocks=True, lstrip_blocks=True, comment_start_string="{##",
                                comment_end_string="##}")


def _line(error: Exception) -> str:
    return str(getattr(error, "lineno", "") or "")


def _parsed(texts: Mapping[str, str], language: str) -> dict[str, Blocks]:
    """All texts through one call of pandoc, cut apart again by the Div round each."""
    if not texts:
        return {}
    source = "\n\n".join(f"{_FENCE} {{#{name}}}\n\n{text}\n\n{_FENCE}" for name, text in texts.items())
    blocks = pandoc.parse(source)["blocks"]
    breaks.resolve(blocks, language)
    return {block["c"][0][0]: tuple(block["c"][1]) for block in blocks}
