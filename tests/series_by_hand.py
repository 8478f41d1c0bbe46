"""Series for the tests, made through the slice reader as a kernel makes them."""

from greenbook.catalog.opened import indicator_of

UNITS = {
    "Mt": {"dimension": "mass", "factor": "1000000", "zh-Hans": "百万吨", "en": "Mt"},
    "亿吨": {"dimension": "mass", "factor": "100000000", "zh-Hans": "亿吨", "en": "100 million t"},
    "万吨": {"dimension": "mass", "factor": "10000", "zh-Hans": "万吨", "en": "10,000 t"},
    "Mtce": {"dimension": "energy_tce", "factor": "1000000", "zh-Hans": "百万吨标准煤", "en": "Mtce"},
    "CNY billion": {"dimension": "money_cny", "factor": "1000000000", "zh-Hans": "十亿元", "en": "CNY {} billion"},
    "kgce/t": {"dimension": "energy_per_mass", "factor": "1", "zh-Hans": "千克标准煤/吨", "en": "kgce/t"},
    "%": {"dimension": "ratio", "factor": "1/100", "zh-Hans": "{}%", "en": "{}%"},
    "pp": {"dimension": "ratio", "factor": "1/100", "zh-Hans": "个百分点", "en": "pp"},
    "index": {"dimension": "ratio", "factor": "1/100", "zh-Hans": "{}", "en": "{}"},
    "times": {"dimension": "ratio", "factor": "1", "zh-Hans": "倍", "en": "times"},
    "ratio": {"dimension": "ratio", "factor": "1", "zh-Hans": "{}", "en": "{}"},
}
SHOW = {"Mt": {"zh-Hans": "亿吨@2", "en": "Mt@0"}, "%": {"zh-Hans": "%@1", "en": "%@1"}}


def row(year, value, vintage="T1", **fields):
    """One observation of a slice."""
    key = f"x|CN|{year}|{fields.get('as_at', '')}|{vintage}|{fields.get('released', '2025-01-31')}|00000000"
    return {
        "key": key,
        "region": "CN",
        "year": year,
        "value": value,
        "status": "final",
        "bound": "",
        "as_at": "",
        "vintage": vintage,
        "released": "2025-01-31",
        **fields,
    }


def series(rows, unit="Mt", id="x", **entry):
    """An Indicator of rows, or of {year: value} in one vintage."""
    rows = [row(year, value) for year, value in rows.items()] if isinstance(rows, dict) else rows
    piece = {
        "id": id,
        "label": {"zh-Hans": f"指标{id}", "en": f"Indicator {id}"},
        "unit": unit,
        "kind": "flow",
        "units": UNITS,
        "show": SHOW.get(unit, {"zh-Hans": f"{unit}@1", "en": f"{unit}@1"}),
        "observations": rows,
        "grade": "A",
        **entry,
    }
    return indicator_of(
        piece, lambda: {"plan": {"title": {"zh-Hans": "规划", "en": "Plan"}, "number": "国发〔2024〕12号"}}
    )


def target(value, year, **fields):
    """One target of a slice."""
    return {
        "id": f"t{year}",
        "policy": "plan",
        "label": {"zh-Hans": "目标", "en": "Target"},
        "value": value,
        "bound": "at_least",
        "unit": "Mt",
        "year": year,
        "baseline_year": None,
        "scope": {},
        "released": "2024-05-29",
        **fields,
    }
