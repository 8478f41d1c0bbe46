"""A small composed book with every element of the conventions, made without notebooks, data or composition."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import fields, is_dataclass, replace

from greenbook.composition.book import Book, FindingLine, Numbered, NumberRow, Section
from greenbook.documents import pandoc
from greenbook.documents.document import ChapterDocument, Figure, Finding, Table
from greenbook.language import LANGUAGES
from greenbook.outline import Edition
from greenbook.project import HOUSE
from greenbook.records import Column, FigureRecord, FindingRecord, Point, Row, TableRecord

YEARS = tuple(range(2015, 2025))
OUTPUT = (803.8, 807.6, 870.7, 928.3, 995.4, 1064.8, 1035.2, 1018.0, 1019.1, 1005.1)
CAPACITY = (43.2, 77.4, 130.3, 174.5, 204.7, 253.4, 306.4, 392.6, 609.5, 886.7)

PROSE = {
    "zh-Hans": """
## 规模与结构 {#SLUG.level}

::: {#SLUG.level-1 .par}
2024年粗钢产量[10.05亿吨]{.value name="SLUG.output_latest"}，同比[下降1.7%]{.value name="SLUG.output_growth"}（见[图3-1](#SLUG.fig-output){.ref}），
比[2020]{.value name="SLUG.peak_year"}年的峰值少[0.60亿吨]{.value name="SLUG.output_gap"}。“十四五”以来，产量连续处于十亿吨上下的平台；
需求结构由建筑用钢转向制造用钢，单位产品的能耗和排放下降主要来自*工艺结构*的变化，而不是产量的变化。[^1]
:::

[^1]: 粗钢产量为国家统计局首次公布数，CO₂排放因子取自GB/T 51366—2019。

::: {#SLUG.level-2 .par}
电炉钢比例提高缓慢。废钢资源、电价与产能置换政策共同决定了这一比例能否在2030年达到15%以上；相关政策见[第四章](#ch-OTHER){.ref}和
[表3-1](#SLUG.tbl-growth){.ref}。设能源强度为$E/Y$，则$\\Delta C = \\sum_i \\Delta \\frac{C_i}{E_i}$。
:::

::: {#SLUG.finding-peak .finding strength="B/yes" wording="trend" figure="SLUG.fig-output"}
粗钢产量在[2020]{.value name="SLUG.peak_year"}年达到[10.65亿吨]{.value name="SLUG.output_peak"}的峰值，此后四年累计[下降5.6%]{.value name="SLUG.output_fall"}。
:::

::: {#SLUG.fig-output .figure}
::: caption
粗钢产量已在平台期：四年累计[下降5.6%]{.value name="SLUG.output_fall"}

粗钢产量，亿吨，2015—2024年；空心点为初步数
:::
::: notes
2017年起统计口径有调整；数据为规模以上工业企业。
:::
::: source
资料来源：国家统计局《2024年国民经济和社会发展统计公报》（2025-02-28发布），作者计算。
:::
:::

### 分工艺的增长 {#SLUG.route}

::: {#SLUG.route-1 .par}
增长的分解以两期之间的几何平均为准。下表列出各时期的年均增长；与[前一节](#SLUG.level){.ref}的结论一致的是，产量在“十四五”期间转为下降。
:::

::: {#SLUG.tbl-growth .table}
::: caption
粗钢产量的年均增长
:::

| 指标 | 2015—2020年 | 2020—2024年 | 资料来源 |
|:---|---:|---:|:---|
| 粗钢产量 | [5.8]{.value name="SLUG.tbl-growth.output.a"} | [−1.4]{.value name="SLUG.tbl-growth.output.b"} | 国家统计局 |
| 电炉钢产量 | … | — | 缺 |

::: notes
“…”表示小于所用单位，“—”表示不适用。
:::
::: source
资料来源：国家统计局，作者计算。
:::
:::

## 案例与局限 {#SLUG.limits}

::: {#SLUG.case-a .case}
某企业全废钢电炉短流程炼钢，吨钢二氧化碳排放低于长流程。数字由企业提供，未经审计，不作汇总。
:::

::: {#SLUG.limits-1 .par}
本章不能说明的是：民营企业的能耗、出口钢材的隐含碳，以及废钢的社会库存。
:::

::: {#SLUG.refusals .refusals}
- 吨钢能耗的趋势检验未做：可比的年份不足五年。
- 出口与产量的脱钩状态未做：两者口径不同。
:::
""",
    "en": """
## Level and structure {#SLUG.level}

::: {#SLUG.level-1 .par}
Crude steel output was [1,005 Mt]{.value name="SLUG.output_latest"} in 2024, [down 1.7%]{.value name="SLUG.output_growth"} on the year
(see [Figure 3-1](#SLUG.fig-output){.ref}), or [60 Mt]{.value name="SLUG.output_gap"} below its peak of
[2020]{.value name="SLUG.peak_year"}. Since the beginning of the 14th Five-Year Plan, output has stayed on a plateau; demand has moved from
construction towards manufacturing, and what fell per tonne fell because of *how* steel is made rather than how much of it.[^1]
:::

[^1]: Output as first published by the National Bureau of Statistics; CO₂ factors follow GB/T 51366—2019.

::: {#SLUG.level-2 .par}
The share of electric furnaces rises slowly. Scrap, the price of electricity and the rules on capacity swaps decide whether it can reach
the target; see [Chapter 4](#ch-OTHER){.ref} and [Table 3-1](#SLUG.tbl-growth){.ref}. With $E/Y$ for the energy intensity,
$\\Delta C = \\sum_i \\Delta \\frac{C_i}{E_i}$.
:::

::: {#SLUG.finding-peak .finding strength="B/yes" wording="trend" figure="SLUG.fig-output"}
Crude steel output peaked at [1,065 Mt]{.value name="SLUG.output_peak"} in [2020]{.value name="SLUG.peak_year"} and has since
[fallen 5.6%]{.value name="SLUG.output_fall"}.
:::

::: {#SLUG.fig-output .figure}
::: caption
Steel output has reached a plateau: [down 5.6%]{.value name="SLUG.output_fall"} in four years

Crude steel output, million tonnes, 2015–2024; hollow markers are preliminary
:::
::: notes
The statistical scope changed in 2017; enterprises above designated size.
:::
::: source
Sources: National Bureau of Statistics, Statistical Communiqué 2024 (released 28 February 2025), author's calculation.
:::
:::

### Growth by route {#SLUG.route}

::: {#SLUG.route-1 .par}
Average growth is geometric. The table lists it by period; as in [the section above](#SLUG.level){.ref}, output turned downwards after 2020.
:::

::: {#SLUG.tbl-growth .table}
::: caption
Average annual growth of crude steel output
:::

| Indicator | 2015–2020 | 2020–2024 | Source |
|:---|---:|---:|:---|
| Crude steel output | [5.8]{.value name="SLUG.tbl-growth.output.a"} | [−1.4]{.value name="SLUG.tbl-growth.output.b"} | NBS |
| Electric furnace steel | … | — | n.a. |

::: notes
“…” is smaller than the unit shown, “—” not applicable.
:::
::: source
Sources: National Bureau of Statistics, author's calculation.
:::
:::

## Cases and limits {#SLUG.limits}

::: {#SLUG.case-a .case}
A works that makes steel from scrap alone emits less CO₂ a tonne than the blast furnace route. Figures from the firm, not audited.
:::

::: {#SLUG.limits-1 .par}
This chapter cannot say how much energy private works use, nor how large the stock of scrap is.
:::

::: {#SLUG.refusals .refusals}
- No trend test of energy per tonne: fewer than five comparable years.
- No decoupling of exports from output: their scopes differ.
:::
""",
}

TITLES = {
    "zh-Hans": ("2025中国绿色生产力发展趋势报告", "绿皮书", "中国工业报社", "钢铁", "光伏", "第{}章", "图{}", "表{}", "传统产业", "战略性新兴产业和未来产业"),
    "en": ("2025 China Green Productivity Development Trend Report", "A green book", "China Industry News",
           "Iron and steel", "Photovoltaics", "Chapter {}", "Figure {}", "Table {}", "Traditional industries",
           "Strategic emerging and future industries"),
}
TEXT = {"zh-Hans": "粗钢产量", "en": "Crude steel output"}


@functools.cache
def words(language: str) -> dict[str, str]:
    from ruamel.yaml import YAML

    folder = HOUSE / "templates" / "locale"
    name = language if (folder / f"{language}.yml").exists() else "zh-Hans"
    found = YAML(typ="safe").load((folder / f"{name}.yml").read_text("utf-8"))
    return found if name == language else {key: traditional(text) for key, text in found.items()}


@functools.cache
def drawing(language: str, slug: str) -> str:
    """A chart in the house style; zh-Hant is the converted zh-Hans one, as in `documents`."""
    from greenbook.style.drawing import house_style, new_figure, svg_of

    if language == "zh-Hant":
        return traditional(drawing("zh-Hans", slug)).replace("Noto Sans SC", "Noto Sans TC")
    numbers, zh = OUTPUT if slug == "steel" else CAPACITY, language != "en"
    with house_style(language):
        canvas, axes = new_figure("wide")
        axes.plot(YEARS, numbers, color="#D55E00", marker="s")
        axes.axhline(1000, color="#0072B2", linewidth=0.8)
        axes.fill_between(YEARS, [n * 0.95 for n in numbers], [n * 1.05 for n in numbers], color="#d9e8f2")
        axes.set_ylabel("亿吨" if zh else "Mt CO₂")
        axes.annotate("峰值" if zh else "Peak", (2020, numbers[5]), (2020, numbers[5] * 1.08), ha="center")
        axes.set_ylim(0, max(numbers) * 1.2)
        return svg_of(canvas, f"{slug}.fig-output.{language}")


@functools.cache
def _converter():
    import opencc

    return opencc.OpenCC("s2tw")


def traditional(text: str) -> str:
    """`text` in Traditional characters, good enough for a fixture."""
    return _converter().convert(text)


def points() -> tuple[Point, ...]:
    return tuple(Point("crude_steel_output", "crude_steel_output", "CN", year, value, "Mt",
                       {"zh-Hans": round(value / 100, 4), "en": value}, {"zh-Hans": "亿吨", "en": "Mt"})
                 for year, value in zip(YEARS, OUTPUT, strict=True))


def blocks(slug: str, other: str, language: str) -> tuple[dict, ...]:
    text = PROSE["en" if language == "en" else "zh-Hans"].replace("SLUG", slug).replace("OTHER", other)
    if language.startswith("zh"):
        text = re.sub(r"(?<=[\u3000-\u9fff）])\n(?=[\u3000-\u9fff\[])", "", text)
    return tuple(pandoc.parse(text)["blocks"])


def chapter(slug: str, other: str, language: str, title: str, number: int, part: str, label: str) -> Section:
    figure = Figure(f"{slug}.fig-output", FigureRecord("output", {}, "wide", points(), ("crude_steel_output",), ()),
                    drawing(language, slug), "折线图：粗钢产量" if language != "en" else "Line chart of steel output", TEXT.get(language, TEXT["zh-Hans"]))
    table = TableRecord("growth", {"zh-Hans": "指标", "en": "Indicator"}, (Column("a", {}),), (Row("output", {}, ()),),
                        unit={"zh-Hans": "%", "en": "%"})
    made = blocks(slug, other, language)
    finding = Finding(f"{slug}.finding-peak", FindingRecord("peak", (), f"{slug}.fig-output", "B/yes", "trend"),
                      _inside(made, f"{slug}.finding-peak"), "")
    document = ChapterDocument(slug, language, title, f"{slug}.ipynb", made, {}, (), (figure,),
                               (Table(f"{slug}.tbl-growth", table, title),), (finding,), ())
    return Section(slug, "chapter", title, label.format(number if language == "en" else "三四"[number - 3]), number, part,
                   "body", made, document, rows(slug, language), "A")


def _inside(made: tuple[dict, ...], name: str) -> tuple[dict, ...]:
    return next(tuple(block["c"][1]) for block in made if block["t"] == "Div" and block["c"][0][0] == name)


def rows(slug: str, language: str) -> tuple[NumberRow, ...]:
    zh = language != "en"
    source = "国家统计局《2024年国民经济和社会发展统计公报》" if zh else "National Bureau of Statistics, Communiqué 2024"
    given = {"indicator": "粗钢产量" if zh else "Crude steel output", "region": "CN", "year": "2024", "value": "1005.0913",
             "unit": "百万吨" if zh else "Mt", "status": "final", "vintage": "", "source": source, "released": "2025-01-17",
             "estimated": "true", "verified": "", "file": "data/observations/steel.csv", "line": "41"}
    shown = [("output_latest", "10.05亿吨", "1,005 Mt"), ("output_growth", "下降1.7%", "down 1.7%"),
             ("peak_year", "2020", "2020"), ("output_gap", "0.60亿吨", "60 Mt"), ("output_peak", "10.65亿吨", "1,065 Mt"),
             ("output_fall", "下降5.6%", "down 5.6%"), ("tbl-growth.output.a", "5.8", "5.8"), ("tbl-growth.output.b", "−1.4", "−1.4")]
    return tuple(NumberRow(f"{slug}.num.{name}", name, chinese if zh else english,
                           "粗钢产量" if zh else "Crude steel output", "2024", "规模以上工业企业" if zh else "enterprises above designated size",
                           "最终" if zh else "final", "x₂₀₂₄ ÷ x₂₀₂₃ − 1" if "growth" in name else "", (given, {**given, "year": "2023"}),
                           (f"{slug}.level-1",)) for name, chinese, english in shown)


def a_book(language: str = "zh-Hans", *, draft: bool = False, about: str = "") -> Book:
    """Two parts with a chapter each, a preface and a colophon; zh-Hant is the converted zh-Hans."""
    if language == "zh-Hant":
        made = a_book("zh-Hans", draft=draft, about=about)
        return replace(_converted(made), language="zh-Hant", words=words("zh-Hant"))
    title, subtitle, publisher, steel, pv, label, figure, table, old, new = TITLES[language]
    zh = language != "en"
    preface = about or ("本报告只写有据可查的数字。" if zh else "This report holds no number that cannot be traced.")
    sections = (
        Section("preface", "matter", "前言" if zh else "Preface", place="front", blocks=tuple(pandoc.parse(preface)["blocks"])),
        Section("traditional", "part", old, "第一部分" if zh else "Part 1", 1),
        chapter("steel", "pv", language, steel, 3, "traditional", label),
        Section("emerging", "part", new, "第二部分" if zh else "Part 2", 2),
        chapter("pv", "steel", language, pv, 4, "emerging", label),
        Section("about", "matter", "关于本版" if zh else "About this edition", place="back",
                blocks=tuple(pandoc.parse("commit 0123abc")["blocks"])),
    )
    numbered = {}
    for slug, number, name in (("steel", 3, steel), ("pv", 4, pv)):
        numbered[f"{slug}.fig-output"] = Numbered(f"{slug}.fig-output", "figure", f"{number}-1", figure.format(f"{number}-1"), name, slug)
        numbered[f"{slug}.tbl-growth"] = Numbered(f"{slug}.tbl-growth", "table", f"{number}-1", table.format(f"{number}-1"), name, slug)
    findings = tuple(FindingLine(item.id, section.id, item.blocks, "B/yes", "trend", f"{section.id}.fig-output")
                     for section in sections if section.document for item in section.document.findings)
    edition = Edition("full-2025", datetime.date(2025, 12, 14), "released", "1.0",
                      {"zh-Hans": "年度报告", "zh-Hant": "年度報告", "en": "Annual report"})
    return Book(language, edition, title, subtitle, publisher, sections, numbered, findings, words(language), "0123abc",
                draft=draft, stamp={"at": "第1稿"} if draft else {})


def _converted(thing):
    """A book with every string converted; the pictures are redrawn by `drawing`."""
    if isinstance(thing, str):
        return traditional(thing).replace("Noto Sans SC", "Noto Sans TC")
    if isinstance(thing, (tuple, list)):
        return type(thing)(map(_converted, thing))
    if isinstance(thing, dict):
        return {key: _converted(value) for key, value in thing.items()}
    if is_dataclass(thing):
        return replace(thing, **{item.name: _converted(getattr(thing, item.name)) for item in fields(thing)})
    return thing


def books() -> dict[str, Book]:
    return {language: a_book(language) for language in LANGUAGES}
