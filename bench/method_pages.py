"""Writes the pages of the documentation that are made and not typed: `docs/methods.md` from the source of the methods
annex, `docs/explanation/cross-check.md` from our methods and other libraries on the same input.

`python bench/method_pages.py`; a test compares the pages with what this makes.
"""

from __future__ import annotations

import json
import re
import sys

import numpy
from ruamel.yaml import YAML

from greenbook.analysis import rank, smoothing, weighting
from greenbook.analysis.comparison import mean_shift
from greenbook.composition.evidence import FIGURES, evidence_rows
from greenbook.composition.methods import methods_in_use
from greenbook.project import HOUSE

MATTER, DOCS = HOUSE / "templates" / "matter", HOUSE / "docs"
OIL = (446.6565229, 454.4733065, 455.662974, 423.6322388, 456.2713279, 440.5880501, 425.3325201, 485.1494479,
       506.0481621, 526.7919833, 514.268889, 494.2110193)  # fmt: skip
AIR = (17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.577569, 33.477398,
       39.021581, 41.386432, 41.596552)  # fmt: skip
RISING = (1.2, 1.5, 1.4, 1.9, 2.3, 2.2, 2.8, 3.1, 3.0, 3.6)
SKEWED = ((7, 312, 1891, 6613), (72, 88, 728, 941804), (10, 252, 2594, 3466), (65, 54, 350, 501), (29, 48, 380, 912))
SLOT = re.compile(r'^::: \{\.slot name="(\w+)"\}\n:::\n?', re.M)
WHERE = re.compile(r'\{% if "(\w+)" in methods %\}\n(.*?)\{% endif %\}\n', re.S)
Line = tuple[str, str, str, str]


def main() -> int:
    """Writes both pages."""
    (DOCS / "methods.md").write_text(methods_page(), "utf-8")
    (DOCS / "explanation" / "cross-check.md").write_text(cross_check_page(), "utf-8")
    return 0


# ---- the methods -------------------------------------------------------------------------------------


def methods_page() -> str:
    """The annex on methods in both languages, as Markdown that any page shows."""
    said = (
        "Made by `python bench/method_pages.py` from the source of the methods annex (`templates/matter/`). "
        "Do not edit here; the report prints the same with its figures."
    )
    parts = [f"# Methods · 方法\n\n{said}\n"]
    for language, name in (("en", "English"), ("zh-Hans", "中文")):
        parts.append(f"## {name}\n\n{plain((MATTER / f'methods.{language}.md').read_text('utf-8'), language)}")
    return "\n".join(parts)


def plain(text: str, language: str) -> str:
    """Pandoc's Markdown with templates as plain Markdown: conditions kept where the method has code."""
    used = methods_in_use()
    text = WHERE.sub(lambda found: found[2] if found[1] in used else "", text)
    text = SLOT.sub(lambda found: gate_table(language) if found[1] == "gate" else evidence_table(language), text)
    day = {"en": "the edition's date", "zh-Hans": "本版数据日期"}[language]
    text = re.sub(r"\{\{ as_of \}\}", day, text)
    text = re.sub(r"^(#+) (.*?) \{#.*?\}$", r"#\1 \2", text, flags=re.M)
    text = re.sub(r"~([^~\s]+)~", r"<sub>\1</sub>", text)
    text = re.sub(r"\^([^^\n]+?)\^", r"<sup>\1</sup>", text)
    text = re.sub(r"\s?\[@[^\]]*\]", "", text)
    return re.sub(r"\n{3,}", "\n\n", text)


def gate_table(language: str) -> str:
    """The rows of the gate as a Markdown table."""
    heads = {
        "en": ("code", "method", "needs", "on 10–15 annual points", "otherwise"),
        "zh-Hans": ("代号", "方法", "需要", "十到十五个年度点", "不满足时"),
    }[language]
    words = {
        "en": {"run": "run", "warn": "run with a warning", "refuse": "refused"},
        "zh-Hans": {"run": "可行", "warn": "可行，附警示", "refuse": "不采用"},
    }[language]
    rows = YAML(typ="safe").load((MATTER / "gate.yml").read_bytes())
    cells = [
        (
            row["code"],
            row[language]["method"],
            row[language]["needs"],
            words[row["outcome"]],
            row[language]["otherwise"],
        )
        for row in rows
    ]
    return table(heads, cells) + "\n"


def evidence_table(language: str) -> str:
    """What was simulated for the refusals, as a Markdown table."""
    found = evidence_rows(MATTER, language)
    return f"{found[0]}\n\n{table(found[1], found[2])}" if found else ""


# ---- the cross-check ---------------------------------------------------------------------------------


def cross_check_page() -> str:
    """Ours beside theirs, and why they differ where they do."""
    lines = [*smoothing_lines(), *trend_lines(), *weight_lines(), *break_lines()]
    heads = ("what, on which input", "ours", "theirs", "why they differ")
    return f"""# Our methods beside other libraries

Made by `python bench/method_pages.py`, which runs both on the same input; do not edit the numbers. The libraries
serve the tests only, except SALib, which computes the Sobol indices of the index itself. The inputs are those of the
reference vectors.

{table(heads, lines)}
## Where we go our own way

- **Exponential smoothing is our own code** though statsmodels has it: a kernel would wait seconds for the import, and
  the reference vector holds both to the same numbers. Levels and slopes at the start are those of least squares, as there.
- **Mann–Kendall is exact for up to fifteen different numbers.** The normal approximation that pymannkendall uses is
  wrong in the tail on ten points; S, Z, τ and the slope agree to the last digit.
- **TOPSIS and entropy weights are in the code for the annex and the refusal only.** Another normalisation makes another
  winner, and entropy gives the weight to whatever is skewed.
- **LMDI and Kaya have no peer that installs here** (one is on a code host only, the other pins an old pandas). They are
  held to published vectors, to the integral along the exponential path, and to the properties that define them.

## The simulations beside those of the editorial brief

Ours are `bench/method_evidence.py` with the seed in its output; the brief's were made once, by other code, and are kept
here to compare.

{table(("what", "ours", "the brief's", "why they differ"), simulation_lines())}"""


def simulation_lines() -> list[Line]:
    """The shares and ranges of bench/method_evidence.json beside those of section 8.2 of the brief."""
    found = json.loads(FIGURES.read_text("utf-8"))
    frontier, noise = found["frontier"], "chance: within 0.02"
    units = ("6", "20", "30")
    alike = "the makers of the units differ: how alike they are sets the height; both fall with their number"

    def row(name: str, ours: list[float], theirs: str, why: str) -> Line:
        return name, ", ".join(f"{number:.3f}" for number in ours), theirs, why

    def range_of(place: int) -> list[float]:
        return [found["ceiling"][place]["low"], found["ceiling"][place]["high"]]

    return [
        row("share of years on the frontier", [frontier["years"]["share"]], "0.44", alike),
        row("share on it, 6, 20 and 30 units", [frontier[key]["share"] for key in units], "0.48, 0.24, 0.19", alike),
        row("normal 80 % interval, 1, 3, 5 years", found["coverage"]["normal"], "0.766, 0.718, 0.696", noise),
        row("t interval with drift, the same", found["coverage"]["t"], "0.812, 0.800, 0.808", noise),
        row("Mann–Kendall, AR 0 and 0.5", list(found["mann_kendall"].values()), "not given, 0.19", noise),
        row("sup-F, AR 0 and 0.5", list(found["sup_f"].values()), "0.085, 0.36", noise),
        row("ceiling, data to 0.21", range_of(0), "0.32, 5.0 (the bound)", "they do not"),
        row("ceiling, data to 0.43", range_of(1), "0.52, 2.98", "the upper end hangs on few draws and on the search"),
        row("ceiling, data to 0.64", range_of(2), "0.68, 1.19", "chance, and another search"),
    ]


def smoothing_lines() -> list[Line]:
    """Exponential smoothing and Theta beside statsmodels."""
    from statsmodels.tsa.forecasting.theta import ThetaModel
    from statsmodels.tsa.holtwinters import Holt, SimpleExpSmoothing

    oil, air = numpy.array(OIL), numpy.array(AIR)
    ses = SimpleExpSmoothing(oil, initialization_method="estimated").fit()
    holt = Holt(air, initialization_method="known", initial_level=AIR[0], initial_trend=AIR[1] - AIR[0])
    straight = holt.fit(smoothing_level=0.8, smoothing_trend=0.2, optimized=False)
    theta = ThetaModel(oil, period=1, deseasonalize=False, use_test=False).fit()
    level, slope, _ = smoothing.holt(AIR, 0.8, 0.2)
    ours = smoothing.fitted_ses(OIL, 1)
    small = "only in the last digits: two searches for the same least squares"
    return [
        (
            "SES, oil, estimated α (statsmodels)",
            f"{ours.parameters[0]:.4f}",
            f"{ses.params['smoothing_level']:.4f}",
            small,
        ),
        ("the same, one year ahead", f"{ours.forecasts[0]:.3f}", f"{ses.forecast(1)[0]:.3f}", small),
        (
            "Holt, air, α 0.8, β 0.2, two years ahead",
            f"{level + 2 * slope:.3f}",
            f"{straight.forecast(2)[1]:.3f}",
            "they do not",
        ),
        (
            "Theta, oil, three years ahead",
            f"{smoothing.theta(OIL, 3).forecasts[2]:.2f}",
            f"{theta.forecast(3).iloc[2]:.2f}",
            small,
        ),
    ]


def trend_lines() -> list[Line]:
    """Mann–Kendall and Sen beside pymannkendall and scipy."""
    from pymannkendall import original_test
    from scipy.stats import theilslopes

    theirs, years = original_test(RISING), range(10)
    low, high = rank.sen_interval(years, RISING) or (0.0, 0.0)
    bounds = theilslopes(RISING, years, 0.95)
    return [
        (
            "Mann–Kendall, ten points, Z (pymannkendall)",
            f"{rank.z_score(rank.score(RISING), rank.variance(RISING)):.6f}",
            f"{theirs.z:.6f}",
            "they do not",
        ),
        (
            "the same, p",
            f"{rank.p_value(RISING):.6f}",
            f"{theirs.p:.6f}",
            "ours is exact, theirs the normal approximation",
        ),
        ("Sen slope", f"{rank.sen(years, RISING)[0]:.6f}", f"{theirs.slope:.6f}", "they do not"),
        (
            "95 % interval of the slope (scipy)",
            f"{low:.4f} to {high:.4f}",
            f"{bounds[2]:.4f} to {bounds[3]:.4f}",
            "ours by the exact distribution of S, theirs by the normal one",
        ),
    ]


def weight_lines() -> list[Line]:
    """Entropy weights and TOPSIS beside pymcdm."""
    from pymcdm.methods import TOPSIS
    from pymcdm.weights import entropy_weights

    matrix = numpy.array(SKEWED, float)
    ours, theirs = weighting.entropy_weights(SKEWED), entropy_weights(matrix)
    choice, half = ((1, 3000), (2, 3750), (5, 4500)), (0.5, 0.5)
    vector = weighting.topsis(choice, half, (False, True))
    other = TOPSIS()(numpy.array(choice, float), numpy.array(half), numpy.array([-1, 1]))
    return [
        (
            "entropy weight of the most skewed of four columns (pymcdm)",
            f"{max(ours):.6f}",
            f"{max(theirs):.6f}",
            "they do not",
        ),
        (
            "TOPSIS, best of three",
            f"number {vector.index(max(vector)) + 1}",
            f"number {int(other.argmax()) + 1}",
            "vector normalisation here, min–max there by default",
        ),
    ]


def break_lines() -> list[Line]:
    """The Nile's one break beside ruptures."""
    import ruptures
    from statsmodels.datasets import nile

    flow = nile.load_pandas().data["volume"].to_numpy(float)
    place = ruptures.Dynp(model="l2", min_size=10, jump=1).fit(flow).predict(n_bkps=1)[0]
    best = max(range(10, len(flow) - 9), key=lambda cut: mean_shift(flow[:cut].tolist(), flow[cut:].tolist())[2])
    return [("the Nile, last year before the one break (ruptures)", str(1870 + best), str(1870 + place), "they do not")]


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
