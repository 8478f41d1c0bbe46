"""Small valid chapters, made by hand: state only what varies."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from greenbook.catalog.entries import IndicatorEntry, Issuer, Observation, Policy, Source, Term
from greenbook.catalog.view import Catalog
from greenbook.documents.document import (
    ChapterDocument,
    Figure,
    Finding,
    Reference,
    Shown,
    Table,
)
from greenbook.language import printed
from greenbook.outline import ChapterEntry, Edition, Outline, Part
from greenbook.records import FigureRecord, FindingRecord, TableRecord, ValueRecord
from greenbook.units import Unit, Units

UNITS = Units(
    {
        "Mt": Unit("Mt", "mass", Fraction(10**6), {"zh-Hans": "百万吨", "en": "Mt"}, {}),
        "亿吨": Unit("亿吨", "mass", Fraction(10**8), {"zh-Hans": "亿吨", "en": "100 million t"}, {}),
        "亿千瓦": Unit("亿千瓦", "power", Fraction(100), {"zh-Hans": "亿千瓦", "en": "100 GW"}, {}),
        "GW": Unit("GW", "power", Fraction(1), {"zh-Hans": "吉瓦", "en": "GW"}, {}),
        "%": Unit("%", "ratio", Fraction(1, 100), {"zh-Hans": "{}%", "en": "{}%"}, {}),
        "CNY billion": Unit("CNY billion", "money", Fraction(10**9), {"zh-Hans": "十亿元", "en": "CNY {} billion"}, {}),
        "亿元": Unit("亿元", "money", Fraction(10**8), {"zh-Hans": "亿元", "en": "CNY {} hundred million"}, {}),
    }
)
OUTPUT = {"zh-Hans": "亿吨@2", "en": "Mt@0"}
KEY = "crude_steel_output|CN|2024||1|2025-01-31|aaaaaaaa"
LANGUAGES = ("zh-Hans", "en", "zh-Hant")


@dataclass(frozen=True)
class Reading:
    """What composition needs of a ChapterReading."""

    documents: dict
    problems: tuple = ()


def an_outline(slugs=("steel", "pv"), **changes):
    chapters = tuple(
        ChapterEntry(slug, {"zh-Hans": f"章{slug}", "en": f"Chapter on {slug}"}, f"{slug}.ipynb", {}, {}, "one", number)
        for number, slug in enumerate(slugs, 1)
    )
    loose = {
        slug: ChapterEntry(slug, {"zh-Hans": name, "en": slug.title()}, f"{slug}.ipynb", {}, {})
        for slug, name in (("preface", "前言"), ("outlook", "展望"))
    }
    given = dict(
        title={"zh-Hans": "发展报告", "en": "A report"},
        subtitle={"zh-Hans": "绿皮书", "en": "A green book"},
        publisher={"zh-Hans": "报社", "en": "The paper"},
        languages=LANGUAGES,
        editions={edition.id: edition for edition in (an_edition("early", datetime.date(2024, 6, 30)), an_edition())},
        default_edition="full",
        front=(loose["preface"],),
        parts=(Part("one", 1, {"zh-Hans": "传统产业", "en": "Traditional"}, chapters),),
        back=(loose["outlook"],),
    )
    return Outline(**{**given, **changes})


def an_edition(name="full", as_of=datetime.date(2025, 12, 14), state="draft", **changes):
    return Edition(name, as_of, state, "0.1", {"zh-Hans": f"版{name}", "en": f"Edition {name}"}, **changes)


def an_observation(year=2024, value=1005.0913, vintage="1", released=datetime.date(2025, 1, 31), **changes):
    key = f"crude_steel_output|CN|{year}||{vintage}|{released}|aaaaaaaa"
    given = dict(
        indicator="crude_steel_output",
        region="CN",
        year=year,
        value=value,
        status="final",
        bound="",
        as_at="",
        vintage=vintage,
        source="S",
        released=released,
        released_is_estimated=False,
        note="",
        file="data/observations/steel.csv",
        line=year - 2000,
        key=key,
    )
    return Observation(**{**given, **changes})


def a_catalog(observations=None, glossary=(), policies=(), verified=False):
    entry = IndicatorEntry(
        "crude_steel_output",
        "steel",
        {"zh-Hans": "粗钢产量", "en": "Crude steel output"},
        "Mt",
        OUTPUT,
        "flow",
        scope={"zh-Hans": "规模以上", "en": "above designated size"},
        chapters=("steel", "pv"),
    )
    body = Issuer("NBS", "国家统计局", "National Bureau of Statistics", "统计局", "NBS")
    source = Source(
        "S",
        "NBS",
        "统计公报",
        "Communiqué",
        True,
        "2025-02-28",
        "day",
        "official",
        "mirror",
        "",
        verified,
        "",
        "",
        body,
        "data/sources.csv",
        2,
    )
    rows = tuple(observations if observations is not None else (an_observation(),))
    return Catalog(
        UNITS,
        {entry.id: entry},
        rows,
        {"S": source},
        {"NBS": body},
        {policy.id: policy for policy in policies},
        {},
        {},
        tuple(glossary),
        (),
    )


def a_policy(name="plan", date=datetime.date(2024, 5, 23), **changes):
    given = dict(
        id=name,
        kind="document",
        date=date,
        date_is_estimated=False,
        issuer_zh="国务院",
        issuer_en="State Council",
        title_zh="行动方案",
        title_en="Action plan",
        title_is_original=True,
        number="国发〔2024〕12号",
        summary_zh="要点",
        summary_en="Content",
        source="S",
    )
    return Policy(**{**given, **changes})


def a_term(zh, en, avoid_zh=(), avoid_en=()):
    return Term(1, zh, en, "", tuple(avoid_zh), tuple(avoid_en))


def a_value(name="output", value=1005.0913, **changes):
    given = dict(
        unit="Mt",
        show=OUTPUT,
        indicator="crude_steel_output",
        label={"zh-Hans": "粗钢产量", "en": "Crude steel"},
        period="2024",
        inputs=(KEY,),
    )
    return ValueRecord(name, value, **{**given, **changes})


def text(words):
    return {"t": "Str", "c": words}


def par(name, *inlines):
    return {"t": "Div", "c": [[name, ["par"], []], [{"t": "Para", "c": list(inlines)}]]}


def ref(target):
    return {"t": "Link", "c": [["", ["ref"], []], [], [f"#{target}", ""]]}


def cite(key):
    item = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[item], [text(f"[@{key}]")]]}


def an_object(name, kind):
    caption = {"t": "Div", "c": [["", ["caption"], []], [{"t": "Para", "c": [text(f"题{name}")]}]]}
    return {"t": "Div", "c": [[name, [kind], []], [caption]]}


def a_document(
    slug="steel",
    language="zh-Hans",
    values=None,
    figures=("output",),
    tables=(),
    findings=(),
    blocks=(),
    references=(),
    **changes,
):
    """A chapter with a heading, a paragraph that prints each value, its figures and tables, then `blocks`."""
    records = {f"{slug}.{name}": record for name, record in (values or {"output": a_value()}).items()}
    drawn = "en" if language == "en" else "zh-Hans"
    texts = {name: printed(record, drawn, UNITS) for name, record in records.items()}
    if language == "zh-Hant":
        texts = {name: told.replace("亿吨", "億噸") for name, told in texts.items()}
    spans = [{"t": "Span", "c": [["", ["value"], [["name", name]]], [text(told)]]} for name, told in texts.items()]
    own = [
        {"t": "Header", "c": [2, [f"{slug}.level", [], []], [text("规模" if drawn != "en" else "Level")]]},
        par(f"{slug}.level-1", *spans),
    ]
    own += [an_object(f"{slug}.fig-{name}", "figure") for name in figures]
    own += [an_object(f"{slug}.tbl-{name}", "table") for name in tables]
    given = dict(
        slug=slug,
        language=language,
        title=f"题目{slug}",
        notebook=f"notebooks/{slug}.ipynb",
        blocks=(*own, *blocks),
        values=records,
        shown=tuple(Shown(name, "", told, f"{slug}.level-1", "level-zh") for name, told in texts.items()),
        figures=tuple(
            Figure(
                f"{slug}.fig-{name}",
                FigureRecord(name, {}, "wide", (), ("crude_steel_output",), ()),
                "<svg/>",
                "alt",
                f"图题{name}",
            )
            for name in figures
        ),
        tables=tuple(Table(f"{slug}.tbl-{name}", TableRecord(name, {}, (), ()), f"表题{name}") for name in tables),
        findings=tuple(findings),
        references=tuple(Reference(target, f"{slug}.level-1", "level-zh") for target in references),
    )
    return ChapterDocument(**{**given, **changes})


def a_finding(slug="steel", name="peak", words="产量下降", strength="A/yes", figure="output"):
    record = FindingRecord(name, ("output",), figure, strength, "fact")
    return Finding(f"{slug}.finding-{name}", record, (par(f"{slug}.finding-{name}-1", text(words)),), words)


def readings(*documents, problems=()):
    """Readings by slug from documents of any chapter and language."""
    by_slug = {}
    for document in documents:
        by_slug.setdefault(document.slug, {})[document.language] = document
    return {slug: Reading(own, tuple(problems)) for slug, own in by_slug.items()}


def in_all_languages(slug="steel", **changes):
    return [a_document(slug, language, **changes) for language in LANGUAGES]
