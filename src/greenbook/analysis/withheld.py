"""F2, B and E: methods that short national series cannot bear. Rows of the gate without code (brief, 8.1)."""

from __future__ import annotations

from greenbook.analysis import reasons
from greenbook.analysis.result import absent, stopped
from greenbook.catalog.comparability import Verdict, named, refuse
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import Value

LEAST = {"F2": 40, "B": 30}
WORDS = {
    "F2": ("自动ARIMA、机器学习、VAR或协整", "automatic ARIMA, machine learning, VAR or cointegration"),
    "B": ("未知时点的结构突变检验", "a test for a break at an unknown date"),
    "E": ("前沿效率（DEA、SBM、Malmquist–Luenberger）", "efficiency frontiers (DEA, SBM, Malmquist–Luenberger)"),
}


def verdict(method: str, series: Indicator, inputs: int = 3, outputs: int = 2) -> Verdict:
    """The gate's refusal of F2, B or E on `series`, with what is there and what is needed. Raises KeyError for others.

    E asks for a panel: each year no fewer regions than max(m·s, 3(m + s)) of `inputs` m and `outputs` s.
    """
    (zh, en), (what_zh, what_en), points = named(series), WORDS[method], len(series.points)
    if method == "E" and not series.regions[1:]:
        needed = panel_needs(inputs, outputs)
        return refuse(
            "panel",
            f"{zh}是单一全国序列，不是每年{needed}个以上可比单元的面板，不作{what_zh}",
            f"{en} is one national series and no panel of {needed} comparable units a year, as {what_en} need",
            reasons.needed(needed),
        )
    if method == "E":
        needed, regions = panel_needs(inputs, outputs), len([code for code in series.regions if code != "CN"])
        return refuse(
            "panel",
            f"{zh}只有{regions}个可比单元的面板，少于所需的{needed}个，不作{what_zh}",
            f"{en}: a panel of {regions} comparable units; {what_en} need {needed}",
            reasons.units_of(series, regions),
            reasons.needed(needed),
        )
    if points < LEAST[method]:
        return refuse(
            "few",
            f"{zh}只有{points}个年度点，少于{LEAST[method]}个，不作{what_zh}",
            f"{en} has {points} annual points; {LEAST[method]} are needed for {what_en}",
            reasons.points_of(series),
            reasons.needed(LEAST[method]),
        )
    return refuse("unused", f"{zh}：本报告没有采用{what_zh}", f"{en}: this report does not use {what_en}")


def panel_needs(inputs: int, outputs: int) -> int:
    """max(m·s, 3(m + s)) units a year (brief, 8.1, E)."""
    return max(inputs * outputs, 3 * (inputs + outputs))


def withheld(method: str, series: Indicator, inputs: int = 3, outputs: int = 2) -> Value:
    """The absent Value with which a chapter says that F2, B or E is not run on `series`, and why: its reason is printed
    among the limits. Raises KeyError for another method."""
    stop = stopped(method, (series,), verdict(method, series, inputs, outputs), *series.years[:1], *series.years[-1:])
    return absent((series,), stop)
