"""K: the Kaya identity, CO₂ = P · (GDP/P) · (E/GDP) · (CO₂/E), shared out by LMDI-I (brief, 8.1 and 8.3)."""

from __future__ import annotations

from greenbook.analysis.decomposition import Decomposition, lmdi
from greenbook.analysis.lmdi import additive
from greenbook.catalog.indicator import Indicator
from greenbook.records import Text

FACTORS = (
    {"zh-Hans": "人口", "en": "Population"},
    {"zh-Hans": "人均国内生产总值", "en": "GDP per head"},
    {"zh-Hans": "单位国内生产总值能耗", "en": "Energy per unit of GDP"},
    {"zh-Hans": "单位能源排放", "en": "CO₂ per unit of energy"},
)
Numbers = tuple[float, float, float, float]


def effects(before: Numbers, after: Numbers) -> list[float]:
    """The four effects from (P, GDP/P, E/GDP, CO₂/E) of one year to that of another (RV-13)."""
    return additive([before], [after])


def kaya(
    population: Indicator,
    gdp: Indicator,
    energy: Indicator,
    emissions: Indicator,
    start: int,
    end: int,
    *,
    chained: bool = False,
    across_vintages: Text | None = None,
    across_scopes: Text | None = None,
) -> Decomposition:
    """The change of `emissions` from `start` to `end`, shared out among the four factors of the identity.

    `gdp` is at constant prices; each total comes from one vintage at both ends. Refused as LMDI is.
    """
    return lmdi(
        (population, gdp, energy, emissions),
        FACTORS,
        start,
        end,
        chained=chained,
        across_vintages=across_vintages,
        across_scopes=across_scopes,
        method="K",
    )
