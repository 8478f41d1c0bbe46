"""The annex prints the simulations from the output of the bench, and the output is what the bench gives."""

import importlib.util
import json
import re
from types import SimpleNamespace

import pytest

from greenbook.composition import evidence
from greenbook.composition.methods import MODULES, methods_in_use
from greenbook.project import HOUSE

MATTER = HOUSE / "templates" / "matter"
FOUND = json.loads(evidence.FIGURES.read_text("utf-8"))


def bench():
    spec = importlib.util.spec_from_file_location("method_evidence", HOUSE / "bench" / "method_evidence.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(blocks):
    found = re.findall(r'"t": "(?:Str", "c": "([^"]*)"|Space")', json.dumps(blocks, ensure_ascii=False))
    return "".join(word or " " for word in found)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_annex_prints_every_figure_of_the_simulations(language):
    shown = text_of(evidence.evidence_blocks(MATTER, SimpleNamespace(drawn=language)))
    for share in (FOUND["frontier"]["years"]["share"], *FOUND["coverage"]["t"], *FOUND["sup_f"].values()):
        assert f"{100 * share:.0f}%" in shown
    for ceiling in FOUND["ceiling"]:
        assert f"{ceiling['high']:.2f}" in shown
    assert str(FOUND["seed"]) in shown and "{" not in shown


def test_annex_without_figures_has_no_table(tmp_path):
    assert evidence.evidence_blocks(MATTER, SimpleNamespace(drawn="en"), tmp_path / "none.json") == ()


def test_words_of_the_simulations_hold_no_result():
    """The words name levels and horizons; a result stands in the output only."""
    words = (MATTER / "evidence.yml").read_text("utf-8")
    results = [FOUND["frontier"]["years"]["share"], *FOUND["coverage"]["t"], *FOUND["mann_kendall"].values()]
    assert not any(f"{100 * share:.0f}%" in words for share in results if round(100 * share) not in (5, 80))


def test_simulation_run_again_gives_the_recorded_figures():
    made = bench()
    assert made.coverage() == FOUND["coverage"]
    assert made.ceilings(300)[2] == FOUND["ceiling"][2]


def test_figures_are_within_the_ranges_known_beforehand():
    """The brief, 8.2; the shares of panels depend on how alike the units are, so they only have to fall."""
    shares = [FOUND["frontier"][name]["share"] for name in ("6", "20", "30")]
    assert 0.3 < FOUND["frontier"]["years"]["share"] < 0.6 and shares == sorted(shares, reverse=True)
    assert FOUND["coverage"]["normal"] == pytest.approx([0.766, 0.718, 0.696], abs=0.02)
    assert FOUND["coverage"]["t"] == pytest.approx([0.812, 0.800, 0.808], abs=0.02)
    assert FOUND["mann_kendall"]["0.0"] == pytest.approx(0.05, abs=0.015)
    assert FOUND["mann_kendall"]["0.5"] == pytest.approx(0.19, abs=0.03)
    assert FOUND["sup_f"]["0.0"] == pytest.approx(0.085, abs=0.02)
    assert FOUND["sup_f"]["0.5"] == pytest.approx(0.36, abs=0.03)
    spans = [item["high"] - item["low"] for item in FOUND["ceiling"]]
    assert spans == sorted(spans, reverse=True) and FOUND["ceiling"][0]["high"] == 5.0


def test_every_method_with_code_has_its_formula_in_both_languages():
    assert methods_in_use() == set(MODULES) - {"E"}
    for language in ("zh-Hans", "en"):
        text = (MATTER / f"methods.{language}.md").read_text("utf-8")
        assert set(re.findall(r'if "(\w+)" in methods', text)) == set(MODULES)
