"""A composed book with what print is hard on: wide and long tables, findings, gaps, formulas, mixed languages."""

from __future__ import annotations

import dataclasses
import functools
import json
import re

from factory import YEARS, a_book

from greenbook.composition.book import Book, Numbered, Section
from greenbook.documents import pandoc
from greenbook.documents.document import Table
from greenbook.records import Column, Row, TableRecord

NUMBERS = (803.8, 807.6, 870.7, 928.3, 995.4, 1064.8, 1035.2, 1018.0, 1019.1, 1005.1)
MORE = {
    "zh-Hans": """
## 方法与公式 {#steel.method}

::: {#steel.method-1 .par}
年均复合增长率按日历年数计算，公式见下；英文文献常称the sector’s “carbon intensity” per tonne of CO₂，
单位为tCO₂/t或kg·m⁻²。
:::

::: {#steel.method-2 .par}
$$r = \\left(\\frac{x_T}{x_0}\\right)^{1/T} - 1$$
:::

::: {#steel.method-3 .par}
若基期为*x*~0~，报告期为*x*~t~，则增长率为*x*~t~／*x*~0~−1（*重要*：两端须属同一数据版本）。下列三条须同时满足：

1. 两端都是观测值，且为正；
2. 其间口径没有变化；
3. 不含以“超过”“不足”表述的界限值。
:::

::: {#steel.tbl-long .table}
::: caption
分年份的产量、能耗与排放（CO₂）
:::
::: unit
单位：百万吨
:::

LONG

::: notes
[注：]{.label}2017年起统计口径有调整。
:::
::: source
[资料来源：]{.label}国家统计局（2025-02-28发布），作者计算。
:::
:::

::: {#steel.tbl-wide .table}
::: caption
各省份分年份产量
:::

WIDE

::: source
[资料来源：]{.label}国家统计局，作者计算。
:::
:::

::: {#steel.gap-1 .gap}
缺少图“吨钢能耗”的说明文字。
:::

> 引文：“推动绿色发展，建设生态文明”，见《规划纲要》第三章。

见[GB/T 7714—2015](https://example.org/gb)与C\\#、a\\@b.com、\\$3.5、\\<x\\>。
""",
    "en": """
## Method {#steel.method}

::: {#steel.method-1 .par}
Compound growth counts calendar years, not rows: the formula is given below. The sector’s “carbon intensity” is stated
per tonne of CO₂, in tCO₂/t or kg·m⁻²; the Chinese term is [碳排放强度]{lang="zh"}.
:::

::: {#steel.method-2 .par}
$$r = \\left(\\frac{x_T}{x_0}\\right)^{1/T} - 1$$
:::

::: {#steel.method-3 .par}
With *x*~0~ in the base year and *x*~t~ in the year reported, growth is *x*~t~/*x*~0~ − 1. All three must hold:

1. both ends are observed and positive;
2. the scope has not changed between them;
3. neither is a bound such as “more than”.
:::

::: {#steel.tbl-long .table}
::: caption
Output, energy and CO₂ by year
:::
::: unit
Unit: Mt
:::

LONG

::: notes
[Note: ]{.label}The statistical scope changed in 2017.
:::
::: source
[Sources: ]{.label}National Bureau of Statistics (28 February 2025); author's calculation.
:::
:::

::: {#steel.tbl-wide .table}
::: caption
Output by province and year
:::

WIDE

::: source
[Sources: ]{.label}National Bureau of Statistics; author's calculation.
:::
:::

::: {#steel.gap-1 .gap}
The caption of the figure on energy per tonne is missing.
:::

> “Lucid waters and lush mountains are invaluable assets.”

See [GB/T 7714—2015](https://example.org/gb), C\\#, a\\@b.com, \\$3.5, \\<x\\>.
""",
}
MORE["zh-Hant"] = MORE["zh-Hans"]
FINDINGS = {
    "zh-Hans": """
以下核心观点按部分排列，每条注明论证它的章和图。

::: verso

## 数据支持的判断 {#findings.firm}

FIRM

:::

::: recto

## 不利的与未定的判断 {#findings.open}

OPEN

:::
""",
    "en": """
The key findings stand by part; each names the chapter and the figure that argue it.

::: verso

## What the data bear out {#findings.firm}

FIRM

:::

::: recto

## What is unfavourable or undecided {#findings.open}

OPEN

:::
""",
}
FINDINGS["zh-Hant"] = FINDINGS["zh-Hans"]
LINE = {
    "zh-Hans": "粗钢产量在2020年达到10.65亿吨的峰值，此后四年累计下降5.6%，但吨钢排放下降主要来自结构而非产量。\n\n"
               "[（[第三章](#ch-steel){.ref}，[图3-1](#steel.fig-output){.ref}）]{.place}",
    "en": "Crude steel output peaked at 1,065 Mt in 2020 and has since fallen 5.6%; emissions per tonne fell because "
          "of structure rather than volume.\n\n"
          "[([Chapter 3](#ch-steel){.ref}, [Figure 3-1](#steel.fig-output){.ref})]{.place}",
}
LINE["zh-Hant"] = LINE["zh-Hans"]


@functools.cache
def chart(language: str, slug: str) -> str:
    """A chart in the house style, as the machinery draws it; zh-Hant is converted with the rest of the book."""
    if language == "zh-Hant":
        return chart("zh-Hans", slug).replace("Noto Sans SC", "Noto Sans TC")
    from greenbook.style.drawing import house_style, new_figure, svg_of

    zh = language != "en"
    with house_style(language):
        figure, axes = new_figure("wide")
        axes.plot(YEARS, [n / 100 if zh else n for n in NUMBERS], marker="o")
        axes.set_ylabel("亿吨" if zh else "Mt")
        axes.text(2020, 10.75 if zh else 1075, "峰值 CO₂" if zh else "Peak CO₂")
        axes.spines[["top", "right"]].set_visible(False)
        return svg_of(figure, f"{slug}.output")


def long_table(count: int, columns: int, zh: bool) -> str:
    """A pipe table of `count` rows."""
    heads = ["年份" if zh else "Year", *(f"{'指标' if zh else 'Item'}{n}" for n in range(1, columns))]
    lines = ["| " + " | ".join(heads) + " |", "|:---|" + "---:|" * (columns - 1)]
    for n in range(count):
        lines.append("| " + " | ".join([str(1980 + n), *(f"{n * 7.31 + c:,.1f}" for c in range(1, columns))]) + " |")
    return "\n".join(lines)


def print_book(language: str = "zh-Hans", *, draft: bool = False, more: str = "") -> Book:
    """`a_book` with house charts, front matter, findings, a long and a wide table, formulas."""
    book, zh = a_book(language, draft=draft), language != "en"
    text = MORE[language].replace("LONG", long_table(58, 6, zh)).replace("WIDE", long_table(9, 28, zh))
    if not draft:
        text = text.replace("::: {#steel.gap-1 .gap}", "::: {#steel.gap-1}")
    sections = [_with(section, language, text + more) for section in book.sections]
    part, number = ("传统产业", "10.65亿吨") if zh else ("Traditional industries", "1,065 Mt")
    findings = FINDINGS[language]
    for half in ("firm", "open"):
        listed = (f'::: {{#findings.{half}.{n} .leading strength="B/yes" part="{part}"}}\n'
                  f"::: headline\n{number}\n:::\n\n{LINE[language]}\n:::" for n in range(4))
        findings = findings.replace(half.upper(), "\n\n".join(listed))
    words = book.words
    rights = "本报告不是投资建议。" if zh else "This report is no investment advice."
    front = [Section(name, "matter", words[key], place="front",
                     blocks=tuple(pandoc.parse(body)["blocks"]) if body else ())
             for name, key, body in (("copyright", "copyright", rights), ("contents", "contents", ""),
                                     ("figures", "list_of_figures", ""), ("tables", "list_of_tables", ""),
                                     ("findings", "key_findings", findings))]
    label = "表{}" if zh else "Table {}"
    numbered = dict(book.numbered)
    titles = ("分年份的产量", "各省份产量") if zh else ("Output by year", "Output by province")
    for n, name, title in ((2, "steel.tbl-long", titles[0]), (3, "steel.tbl-wide", titles[1])):
        numbered[name] = Numbered(name, "table", f"3-{n}", label.format(f"3-{n}"), title, "steel")
    whole = dataclasses.replace(book, sections=(*front, *sections), numbered=numbered)
    return _traditional(whole, _converter()) if language == "zh-Hant" else whole


@functools.cache
def _converter():
    from greenbook.documents.traditional import Converter
    from greenbook.project import HOUSE

    return Converter.of(HOUSE / "templates")


def _traditional(item, converter):
    """Every Chinese word of the book converted; ids are Latin and stay."""
    if isinstance(item, str):
        return converter.text(item) if any("\u3400" <= char <= "\u9fff" for char in item) else item
    if isinstance(item, (tuple, list)):
        return type(item)(_traditional(part, converter) for part in item)
    if isinstance(item, dict):
        return {key: _traditional(part, converter) for key, part in item.items()}
    if dataclasses.is_dataclass(item):
        return dataclasses.replace(item, **{field.name: _traditional(getattr(item, field.name), converter)
                                            for field in dataclasses.fields(item) if field.name != "edition"})
    return item


def _without_widths(blocks: list) -> list:
    """Tables as `documents` makes them: pandoc gives long lines of Markdown widths by their dashes."""
    return json.loads(re.sub(r'\{"t": "ColWidth", "c": [\d.e-]+\}', '{"t": "ColWidthDefault"}', json.dumps(blocks)))


def _with(section: Section, language: str, more: str) -> Section:
    if not section.document:
        return section
    document = section.document
    figures = tuple(dataclasses.replace(figure, svg=chart(language, section.id)) for figure in document.figures)
    document = dataclasses.replace(document, figures=figures)
    if section.id != "steel":
        return dataclasses.replace(section, document=document)
    record = TableRecord("long", {}, (Column("a", {}),), (Row("a", {}, ()),))
    tables = (*document.tables, Table("steel.tbl-long", record, ""), Table("steel.tbl-wide", record, ""))
    blocks = (*section.blocks, *_without_widths(pandoc.parse(more)["blocks"]))
    return dataclasses.replace(section, blocks=blocks, document=dataclasses.replace(document, tables=tables))
