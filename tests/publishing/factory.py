"""A small composed book with every element of the conventions, made without notebooks, data or composition."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import fields, is_dataclass, replace

from factory_words import PROSE, TEXT, TITLES

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


STAMP = {"edition": "full-2025", "version": "0.1", "state": "review-1", "commit": "0123abc", "as_of": "2025-12-14"}


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
                    drawing(language, slug), "折线图：粗钢产量" if language != "en" else "Line chart of steel output",
                    TEXT[language])
    table = TableRecord("growth", {"zh-Hans": "指标", "en": "Indicator"}, (Column("a", {}),), (Row("output", {}, ()),),
                        unit={"zh-Hans": "万亿千瓦时", "en": "TWh"})
    made = blocks(slug, other, language)
    finding = Finding(f"{slug}.finding-peak", FindingRecord("peak", (), f"{slug}.fig-output", "B/yes", "trend"),
                      _inside(made, f"{slug}.finding-peak"), "")
    document = ChapterDocument(slug, language, title, f"{slug}.ipynb", made, {}, (), (figure,),
                               (Table(f"{slug}.tbl-growth", table, title),), (finding,), ())
    label = label.format(number if language == "en" else "三四"[number - 3])
    return Section(slug, "chapter", title, label, number, part, "body", made, document, rows(slug, language), "A")


def _inside(made: tuple[dict, ...], name: str) -> tuple[dict, ...]:
    return next(tuple(block["c"][1]) for block in made if block["t"] == "Div" and block["c"][0][0] == name)


def rows(slug: str, language: str) -> tuple[NumberRow, ...]:
    zh = language != "en"
    source = ("国家统计局《2024年国民经济和社会发展统计公报》" if zh
              else "National Bureau of Statistics, Communiqué 2024")
    label, unit = ("粗钢产量", "百万吨") if zh else ("Crude steel output", "Mt")
    scope, status = ("规模以上工业企业", "最终") if zh else ("enterprises above designated size", "final")
    given = {"indicator": label, "region": "CN", "year": "2024", "value": "1005.0913", "unit": unit, "status": status,
             "vintage": "", "source": source, "released": "2025-01-17", "estimated": "true", "verified": "",
             "file": "data/observations/steel.csv", "line": "41"}
    shown = [("output_latest", "10.05亿吨", "1,005 Mt"), ("output_growth", "下降1.7%", "down 1.7%"),
             ("peak_year", "2020", "2020"), ("output_gap", "0.60亿吨", "60 Mt"),
             ("output_peak", "10.65亿吨", "1,065 Mt"), ("output_fall", "下降5.6%", "down 5.6%"),
             ("tbl-growth.output.a", "5.8", "5.8"),
             ("tbl-growth.output.b", "−1.4", "−1.4")]
    return tuple(NumberRow(f"{slug}.num.{name}", name, chinese if zh else english, label, "2024", scope, status,
                           "x₂₀₂₄ ÷ x₂₀₂₃ − 1" if "growth" in name else "", (given, {**given, "year": "2023"}),
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
        Section("preface", "matter", "前言" if zh else "Preface", place="front",
                blocks=tuple(pandoc.parse(preface)["blocks"])),
        Section("traditional", "part", old, "第一部分" if zh else "Part 1", 1),
        chapter("steel", "pv", language, steel, 3, "traditional", label),
        Section("emerging", "part", new, "第二部分" if zh else "Part 2", 2),
        chapter("pv", "steel", language, pv, 4, "emerging", label),
        Section("about", "matter", "关于本版" if zh else "About this edition", place="back",
                blocks=tuple(pandoc.parse("commit 0123abc")["blocks"])),
    )
    numbered = {}
    for slug, number, name in (("steel", 3, steel), ("pv", 4, pv)):
        for kind, anchor, words_of in (("figure", f"{slug}.fig-output", figure),
                                       ("table", f"{slug}.tbl-growth", table)):
            place = f"{number}-1"
            numbered[anchor] = Numbered(anchor, kind, place, words_of.format(place), name, slug)
    findings = tuple(FindingLine(item.id, section.id, item.blocks, "B/yes", "trend", f"{section.id}.fig-output")
                     for section in sections if section.document for item in section.document.findings)
    edition = Edition("full-2025", datetime.date(2025, 12, 14), "released", "1.0",
                      {"zh-Hans": "年度报告", "zh-Hant": "年度報告", "en": "Annual report"})
    return Book(language, edition, title, subtitle, publisher, sections, numbered, findings, words(language), "0123abc",
                draft=draft, stamp=STAMP if draft else {})


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
