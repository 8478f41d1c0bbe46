"""The factory's book with each hostile string in every sink: texts, labels, captions, charts, rows, bibliography."""

from __future__ import annotations

import dataclasses
import json
from html import escape

from factory import a_book

from greenbook.composition.book import Book, Numbered, Section
from greenbook.documents import pandoc
from greenbook.documents.document import Figure

TOKEN = "QX{:02}Q"
ELEMENTS = """
## Heading TOKEN {#steel.head-NN}

::: {#steel.par-NN .par}
Words TOKEN and *TOKEN* and **TOKEN** and [TOKEN](https://example.org) and `TOKEN`.[^NN]
:::

[^NN]: Note TOKEN.

- item TOKEN

> quoted TOKEN

::: {#steel.finding-NN .finding strength="B/yes"}
finding TOKEN
:::

::: {#steel.case-NN .case}
case TOKEN
:::

::: {.refusals}
- refused TOKEN
:::

::: {#steel.fig-NN .figure}
::: caption
caption TOKEN

shown TOKEN
:::
::: notes
notes TOKEN
:::
::: source
source TOKEN
:::
:::

::: {#steel.tbl-NN .table}
::: caption
title TOKEN
:::
::: unit
unit TOKEN
:::

| head TOKEN | b |
|:---|---:|
| cell TOKEN | 1 |

::: source
source TOKEN
:::
:::
"""
SINKS_IN_TEXT = 20  # how often ELEMENTS, the chart, the row and the bibliography print a string
DRAWING = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 468 60"><text x="4" y="30" font-size="8" '
           'font-family="Noto Sans SC, Noto Sans">{}</text></svg>')


def hostile_book(strings: tuple[str, ...]) -> Book:
    """A book in English whose steel chapter holds `strings` in every sink; the last page is its bibliography."""
    book = a_book("en")
    sections = tuple(_filled(section, strings) if section.id == "steel" else section for section in book.sections)
    entries = "".join(f"::: {{#ref-h{number:02} .csl-entry}}\n{TOKEN.format(number)}\n:::\n\n"
                      for number in range(len(strings)))
    references = Section("references", "matter", "References", place="back",
                         blocks=_with(f"::: {{#refs .references}}\n{entries}:::", strings))
    numbered = dict(book.numbered)
    for number, string in enumerate(strings):
        for kind, name in (("figure", "fig"), ("table", "tbl")):
            anchor = f"steel.{name}-{number:02}"
            numbered[anchor] = Numbered(anchor, kind, f"3-{number + 2}", f"{kind} 3-{number + 2}", string, "steel")
    return dataclasses.replace(book, title=f"{book.title} {strings[0]}", subtitle=strings[1], publisher=strings[3],
                               sections=(*sections, references), numbered=numbered)


def _filled(section: Section, strings: tuple[str, ...]) -> Section:
    document, row = section.document, section.numbers[0]
    blocks = _with("".join(ELEMENTS.replace("TOKEN", TOKEN.format(number)).replace("NN", f"{number:02}")
                           for number in range(len(strings))), strings)
    figures = tuple(Figure(f"steel.fig-{number:02}", document.figures[0].record, DRAWING.format(escape(string)), string,
                           string) for number, string in enumerate(strings))
    rows = tuple(dataclasses.replace(
        row, id=f"steel.num.hostile-{number:02}", text=string, label=string, period=string, scope=string, status=string,
        formula=string, notes=(string,), inputs=({**row.inputs[0], "indicator": string, "source": string},))
        for number, string in enumerate(strings))
    return dataclasses.replace(
        section, title=f"{section.title} {strings[2]}", blocks=(*section.blocks, *blocks),
        numbers=(*section.numbers, *rows),
        document=dataclasses.replace(document, figures=(*document.figures, *figures)))


def _with(markdown: str, strings: tuple[str, ...]) -> tuple[dict, ...]:
    """`markdown` as blocks, each token replaced by its string in the tree, where nothing parses it any more."""
    text = json.dumps(pandoc.parse(markdown)["blocks"])
    for number, string in enumerate(strings):
        text = text.replace(TOKEN.format(number), json.dumps(string)[1:-1])
    return tuple(json.loads(text))
