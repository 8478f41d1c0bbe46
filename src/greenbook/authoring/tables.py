"""The tables of a chapter (the brief, 2.1 and 4), made of Indicators and Values and never of bare numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from greenbook.analysis.gap import Gap, gap
from greenbook.analysis.growth import cagr
from greenbook.authoring.policies import Policy
from greenbook.authoring.table import NOT_APPLICABLE, Table, cell_of, table_of, words
from greenbook.catalog.comparability import both_languages
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import Target, Value
from greenbook.records import Cell, Column, Row, Text
from greenbook.units import split_show

INDICATOR = {"zh-Hans": "指标", "en": "Indicator"}
YEAR = {"zh-Hans": "年份", "en": "Year"}


def scope_table(*indicators: Indicator) -> Table:
    """Scope and data: unit, coverage, source, vintage and last release, years, evidence grade, gaps; a row an
    indicator.

    An indicator without data by the edition's date keeps its row: that it is missing is what the table says.
    """
    heads = (
        ("unit", "单位", "Unit"),
        ("coverage", "口径", "Coverage"),
        ("source", "来源", "Source"),
        ("vintage", "数据版本与最近发布", "Vintage, last release"),
        ("years", "年份", "Years"),
        ("grade", "证据等级", "Grade"),
        ("gaps", "缺口", "Gaps"),
    )
    columns = [Column(key, {"zh-Hans": zh, "en": en}, align="left") for key, zh, en in heads]
    rows = [Row(_key(item), item.label, _scope_cells(item)) for item in indicators]
    return table_of(
        INDICATOR,
        columns,
        rows,
        kind="scope",
        indicators=[name for item in indicators for name in item.origins],
        inputs=[key for item in indicators for point in item.points for key in point.inputs],
        notes=_scope_notes([item for item in indicators if item.note and not item.empty]),
    )


def _scope_notes(noted: Sequence[Indicator]) -> list[Text]:
    """Each note once, after the names of the indicators it is of: under a table of many it would stand for none."""
    named: dict[tuple[str, str], list[Text]] = {}
    for item in noted:
        named.setdefault((item.note["zh-Hans"], item.note["en"]), []).append(item.label)
    return [{"zh-Hans": f"{'、'.join(label['zh-Hans'] for label in labels)}：{zh}",
             "en": f"{', '.join(label['en'] for label in labels)}: {en}"} for (zh, en), labels in named.items()]


def _scope_cells(item: Indicator) -> tuple[Cell, ...]:
    unit = {language: _unit_words(item, language) for language in ("zh-Hans", "en")}
    last = item.points[-1] if item.points else None
    vintage = " ".join(filter(None, (last.vintage, last.released))) if last else ""
    sources = tuple(sorted({key for point in item.points for key in point.inputs}))
    ends = (item.points[0].year, item.points[-1].year) if item.points else (0, -1)
    missing = [year for year in range(ends[0], ends[1] + 1) if item.point(year) is None]
    gaps = (
        ("截至本版数据日期没有数据", "no data by the edition's date")
        if item.empty
        else (_runs(missing, "—"), _runs(missing, "–"))
    )
    return (
        words(unit["zh-Hans"], unit["en"]),
        words(item.scope.get("zh-Hans", ""), item.scope.get("en", "")),
        Cell(sources=sources) if sources else Cell(symbol=NOT_APPLICABLE),
        words(vintage, vintage),
        words(_runs([item.first_year, item.last_year], "—", True), _runs([item.first_year, item.last_year], "–", True))
        if item.points
        else Cell(symbol=NOT_APPLICABLE),
        words(item.grade, item.grade),
        words(*gaps),
    )


def level_table(*indicators: Indicator, years: Sequence[int] | None = None, by: str = "year") -> Table:
    """Levels: a row a year and a column an indicator, units in the heads (`by="indicator"` the other way round).

    `years` are the last six that any of them has, where not given.
    """
    held = [item for item in indicators if not item.empty]
    chosen = sorted(years if years is not None else sorted({year for item in held for year in item.years})[-6:])
    values = {(item.id, year): item.at(year) for item in held for year in chosen}
    if by == "indicator":
        columns = [Column(str(year), _same(str(year))) for year in chosen]
        rows = [Row(_key(item), item.label, tuple(cell_of(values[item.id, year]) for year in chosen)) for item in held]
        return table_of(INDICATOR, columns, rows, values.values(), unit=_common_unit(held))
    columns = [Column(_key(item), item.label, _unit(item)) for item in held]
    rows = [Row(str(year), _same(str(year)), tuple(cell_of(values[item.id, year]) for item in held)) for year in chosen]
    return table_of(YEAR, columns, rows if held else [], values.values())


def growth_table(
    *indicators: Indicator,
    windows: Sequence[tuple[int, int]] = ((2015, 2020), (2020, 2024)),
    latest: bool = True,
    nominal: bool = False,
    across_vintages: Text | None = None,
) -> Table:
    """Compound average growth a year in each window (and with `latest` on the last year), a row an indicator, in
    per cent.

    What the gate refuses is n.a., with its reason among the table's refusals.
    """
    held = [item for item in indicators if not item.empty]
    spans = [(start, end) for start, end in windows]
    lasts = sorted({item.points[-1].year for item in held}) if latest else []
    spans += [(year - 1, year) for year in lasts[-1:] if (year - 1, year) not in spans]
    values = {(item.id, span): _average(item, span, nominal, across_vintages) for item in held for span in spans}
    columns = [Column(_span_key(span), _span_head(span)) for span in spans]
    rows = [Row(_key(item), item.label, tuple(cell_of(values[item.id, span]) for span in spans)) for item in held]
    return table_of(INDICATOR, columns, rows, values.values(), unit={"zh-Hans": "%", "en": "%"})


def _average(item: Indicator, span: tuple[int, int], nominal: bool, across_vintages: Text | None) -> Value:
    return cagr(item, *span, across_vintages=across_vintages, nominal=nominal)


def target_table(*pairs: tuple[Indicator, Value] | Indicator | Gap) -> Table:
    """Targets: document, target value, latest observed, required annual rate, status; a row a target.

    Takes pairs (indicator, target), Indicators (all their targets) or Gaps.
    """
    gaps = [found for pair in pairs for found in _gaps(pair)]
    heads = (
        ("document", "文件", "Document", "left"),
        ("target", "目标值", "Target", "right"),
        ("latest", "最新值", "Latest", "right"),
        ("required", "所需年均变化", "Required a year", "right"),
        ("status", "状态", "Status", "left"),
    )
    columns = [Column(key, {"zh-Hans": zh, "en": en}, align=align, dated=key == "latest")
               for key, zh, en, align in heads]
    rows, values = [], []
    for item in gaps:
        aim = item.target.target
        if aim is None:
            continue
        rows.append(
            Row(
                aim.id,
                _target_head(item, aim),
                (
                    words(aim.document.get("zh-Hans", ""), aim.document.get("en", "")),
                    Cell(value=item.target.content),
                    cell_of(item.latest),
                    cell_of(item.required) if item.status not in ("reached", "missed") else Cell(symbol=NOT_APPLICABLE),
                    words(item.words["zh-Hans"], item.words["en"]),
                ),
            )
        )
        values += [item.target, item.latest, *([item.required] if item.required.exists else [])]
    stops = [item.refusal for item in gaps if item.refusal]
    return table_of({"zh-Hans": "目标", "en": "Target for"}, columns, rows, values, kind="targets", refusals=stops)


def _gaps(pair: tuple[Indicator, Value] | Indicator | Gap) -> list[Gap]:
    if isinstance(pair, Gap):
        return [pair] if pair.target.target else []
    series, targets = (pair, pair.targets) if isinstance(pair, Indicator) else (pair[0], (pair[1],))
    return [gap(series, target) for target in targets if target.target]


def _target_head(item: Gap, aim: Target) -> Text:
    label = aim.label or item.indicator.label
    return {"zh-Hans": f"{label.get('zh-Hans', '')}（{aim.year}年）", "en": f"{label.get('en', '')} ({aim.year})"}


def policy_table(policies: Iterable[Policy]) -> Table:
    """Policies: a row a document or event with its date, number, issuer and what it says."""
    heads = (
        ("date", "日期", "Date"),
        ("number", "文号", "Number"),
        ("issuer", "发布机构", "Issuer"),
        ("summary", "要点", "What it says"),
    )
    columns = [Column(key, {"zh-Hans": zh, "en": en}, align="left") for key, zh, en in heads]
    held = list(policies)
    rows = [
        Row(
            item.id,
            _title(item),
            (cell_of(item.day), words(item.number, item.number), _text(item.issuer), _text(item.summary)),
        )
        for item in held
    ]
    return table_of(
        {"zh-Hans": "文件或事件", "en": "Document or event"},
        columns,
        rows,
        [item.day for item in held],
        kind="policies",
    )


def value_table(
    stub: Text,
    columns: Mapping[str, Text],
    rows: Mapping[str, tuple[Text, Sequence[Value | Text | None]]],
    unit: Text | None = None,
) -> Table:
    """Any other table: `columns` key → head, `rows` key → (head, one Value, words or None a column). Heads in
    both languages.

    Raises ValueError where a row has not one entry a column, or a head lacks a language.
    """
    heads = [
        Column(key, both_languages(head, f"the head of {key}"), align=_align(place, rows))
        for place, (key, head) in enumerate(columns.items())
    ]
    made, values = [], []
    for key, (head, entries) in rows.items():
        if len(entries) != len(heads):
            raise ValueError(f"row {key} has {len(entries)} entries for {len(heads)} columns")
        made.append(Row(key, both_languages(head, f"the head of {key}"), tuple(map(_entry, entries))))
        values += [entry for entry in entries if isinstance(entry, Value)]
    return table_of(
        both_languages(stub, "the stub"), heads, made, values, unit=both_languages(unit, "unit") if unit else None
    )


def _align(place: int, rows: Mapping[str, tuple[Text, Sequence[Value | Text | None]]]) -> str:
    return (
        "left"
        if any(isinstance(entries[place], dict) for _, entries in rows.values() if len(entries) > place)
        else "right"
    )


def _entry(entry: Value | Text | None) -> Cell:
    if isinstance(entry, Value) or entry is None:
        return cell_of(entry)
    return _text(both_languages(entry, "a cell"))


def _text(text: Text) -> Cell:
    return words(text.get("zh-Hans", ""), text.get("en", ""))


def _title(policy: Policy) -> Text:
    quoted = "《{}》" if policy.title_is_original else "{}"
    return {**policy.title, "zh-Hans": quoted.format(policy.title.get("zh-Hans", ""))}


def _key(item: Indicator) -> str:
    return item.id.replace(":", "-").replace("/", "-")


def _same(text: str) -> Text:
    return {"zh-Hans": text, "en": text}


def _unit(item: Indicator) -> str:
    return split_show(item.show["zh-Hans"])[0]


def _unit_words(item: Indicator, language: str) -> str:
    return item.counter.get(language) or item.units[split_show(item.show[language])[0]].head(language)


def _common_unit(held: Sequence[Indicator]) -> Text:
    """The unit that all share, to be printed once; empty where they differ, and each cell prints its own."""
    units = {language: {_unit_words(item, language) for item in held} for language in ("zh-Hans", "en")}
    return (
        {language: words.pop() for language, words in units.items()}
        if all(len(words) == 1 for words in units.values())
        else {}
    )


def _span_key(span: tuple[int, int]) -> str:
    return f"{span[0]}-{span[1]}"


def _span_head(span: tuple[int, int]) -> Text:
    if span[1] - span[0] == 1:
        return _same(str(span[1]))
    return {"zh-Hans": f"{span[0]}—{span[1]}", "en": f"{span[0]}–{span[1]}"}


def _runs(years: Sequence[int | None], dash: str, span: bool = False) -> str:
    """Years as runs: 2005, 2010—2012; with `span` the two ends as one run."""
    held = [year for year in years if year is not None]
    if span:
        return f"{held[0]}{dash}{held[-1]}" if held[0] != held[-1] else str(held[0])
    runs: list[list[int]] = []
    for year in held:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}{dash}{last}" for first, last in runs)
