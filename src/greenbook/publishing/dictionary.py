"""The data dictionary: what each column of the annex means, in each language."""

from __future__ import annotations

from pathlib import Path

MEANINGS: dict[str, tuple[str, str]] = {
    "indicator": ("指标编号", "id of the indicator"),
    "id": ("编号", "id"),
    "label_zh": ("指标名称（中文）", "name of the indicator in Chinese"),
    "label_en": ("指标名称（英文）", "name of the indicator in English"),
    "region": ("地区代码，CN为全国", "code of the region; CN is the whole country"),
    "year": ("年份", "year"),
    "value": ("数值，以单位列所示单位计", "value, in the unit given"),
    "unit": ("存储单位", "unit in which the value is stored"),
    "status": ("数据状态：最终、初步、修订、推算、估计、预计",
               "status: final, preliminary, revised, derived, estimated, projected"),
    "bound": ("界限：超过、不低于、不足、约；空为确值",
              "bound: over, at_least, under, about; empty for a point"),
    "as_at": ("时点或年内时段", "point in time, or part of the year"),
    "vintage": ("数据版本，同一版本内可比；空为不明",
                "vintage within which the series is comparable; empty where not known"),
    "source": ("资料来源编号", "id of the source"),
    "released": ("公开日期", "day on which the figure became public"),
    "released_is_estimated": ("公开日期是否为推定", "whether that day is estimated"),
    "note": ("说明", "note"),
    "sector": ("所属数据文件", "sector, the file in which it stands"),
    "kind": ("类别", "kind"),
    "scope_zh": ("口径（中文）", "scope in Chinese"),
    "scope_en": ("口径（英文）", "scope in English"),
    "direction": ("数值向何方变化更绿色", "direction in which it is greener"),
    "price_basis": ("价格基准", "price basis"),
    "breaks": ("口径变化年份", "years from which the series is not comparable with before"),
    "reported_growth": ("官方公布增速的指标编号", "id of the published growth rate"),
    "chapters": ("所用章节", "chapters that use it"),
    "issuer": ("发布机构编号", "id of the issuing body"),
    "issuer_zh": ("发布机构（中文）", "issuing body in Chinese"),
    "issuer_en": ("发布机构（英文）", "issuing body in English"),
    "release_zh": ("发布文件说明（中文）", "description of the release in Chinese"),
    "release_en": ("发布文件说明（英文）", "description of the release in English"),
    "published": ("发布日期", "date of publication"),
    "published_precision": ("发布日期的精度", "precision of that date"),
    "licence": ("许可；空为未注明", "licence; empty where none is stated"),
    "verified_at_origin": ("是否已与发布机构原文核对", "whether it was checked at the issuer's own page"),
    "policy": ("政策文件编号", "id of the policy document"),
    "baseline_year": ("基期年份", "baseline year"),
    "date": ("日期", "date"),
    "date_is_estimated": ("日期是否为推定", "whether the date is estimated"),
    "title_zh": ("标题（中文）", "title in Chinese"),
    "title_en": ("标题（英文）", "title in English"),
    "number": ("文号", "document number"),
    "summary_zh": ("内容提要（中文）", "summary in Chinese"),
    "summary_en": ("内容提要（英文）", "summary in English"),
    "figure": ("图的编号", "id of the figure"),
    "series": ("图中序列", "series in the figure"),
    "x": ("横轴取值", "value on the horizontal axis"),
    "shown_zh": ("中文版图中数值", "value drawn in the Chinese editions"),
    "unit_zh": ("中文版图中单位", "unit drawn in the Chinese editions"),
    "shown_en": ("英文版图中数值", "value drawn in the English edition"),
    "unit_en": ("英文版图中单位", "unit drawn in the English edition"),
    "formula": ("计算公式；空为直接引用", "formula; empty for a figure taken as published"),
}

COLUMNS: dict[str, tuple[str, ...]] = {
    "observations": ("indicator", "label_zh", "label_en", "region", "year", "value", "unit", "status", "bound", "as_at",
                     "vintage", "source", "released", "released_is_estimated", "note"),
    "indicators": ("id", "label_zh", "label_en", "sector", "unit", "kind", "scope_zh", "scope_en", "direction",
                   "price_basis", "breaks", "reported_growth", "chapters"),
    "sources": ("id", "issuer", "issuer_zh", "issuer_en", "release_zh", "release_en", "published",
                "published_precision", "kind", "licence", "verified_at_origin"),
    "targets": ("id", "policy", "indicator", "label_zh", "label_en", "value", "bound", "unit", "year", "baseline_year",
                "scope_zh", "scope_en", "released", "released_is_estimated", "source", "note"),
    "policies": ("id", "kind", "date", "date_is_estimated", "issuer_zh", "issuer_en", "title_zh", "title_en", "number",
                 "summary_zh", "summary_en", "source"),
    "points": ("figure", "series", "indicator", "region", "x", "value", "unit", "shown_zh", "unit_zh", "shown_en",
               "unit_en", "status", "bound", "formula"),
}


def dictionary(language: str, templates: Path) -> list[dict[str, str]]:
    """Rows (table, column, meaning) of the dictionary in `language`; zh-Hant is converted from zh-Hans."""
    rows = [{"table": table, "column": column, "meaning": MEANINGS[column][language == "en"]}
            for table, columns in COLUMNS.items() for column in columns]
    if language == "zh-Hant":
        from greenbook.documents.traditional import Converter

        convert = Converter.of(templates).text
        rows = [{**row, "meaning": convert(row["meaning"])} for row in rows]
    return rows
