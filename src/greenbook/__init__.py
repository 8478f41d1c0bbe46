"""greenbook: what a notebook imports. Everything else is the machinery of `build.py`.

The names are looked up when they are first used, so that `import greenbook` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

_NAMES = {
    "open_chapter": "authoring.chapter",
    "growth": "analysis.growth", "cagr": "analysis.growth", "growth_series": "analysis.growth",
    "difference": "analysis.growth", "multiple": "analysis.growth", "average_rate": "analysis.growth",
    "chained": "analysis.chaining", "linked": "analysis.chaining",
    "intensity": "analysis.intensity", "ratio": "analysis.intensity", "summed": "analysis.intensity",
    "pull": "analysis.contribution", "contribution": "analysis.contribution",
    "gap": "analysis.gap",
    "tapio": "analysis.tapio", "lmdi": "analysis.decomposition", "kaya": "analysis.kaya", "product": "analysis.product",
    "remainder": "analysis.remainder", "removed": "analysis.remainder",
    "revisions": "analysis.revisions", "trend": "analysis.trend", "before_after": "analysis.comparison",
    "forecast": "analysis.forecast", "diffusion": "analysis.diffusion",
    "learning": "analysis.learning", "cumulated": "analysis.learning",
    "composite": "analysis.composite", "withheld": "analysis.withheld",
    "count": "authoring.counting",
    "scope_table": "authoring.tables", "level_table": "authoring.tables", "growth_table": "authoring.tables",
    "target_table": "authoring.tables", "policy_table": "authoring.tables", "value_table": "authoring.tables",
    "decoupling_table": "authoring.outcomes", "effect_table": "authoring.outcomes",
    "forecast_table": "authoring.outcomes", "index_table": "authoring.outcomes",
    "sensitivity_table": "authoring.outcomes", "revision_table": "authoring.outcomes",
    "rate_table": "authoring.published", "point_table": "authoring.published",
    "charts": "style.charts",
}

__all__ = sorted(_NAMES)


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"greenbook has no {name}; it has {', '.join(__all__)}")
    module = importlib.import_module(f"greenbook.{_NAMES[name]}")
    found = module if _NAMES[name].endswith(f".{name}") and name == "charts" else getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
