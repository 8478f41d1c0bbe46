"""One thing flipped in the data: the manifests name every sentence, figure, table and language that changes, and the
published files change there and nowhere else. On two chapters of the real book, in three languages."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from named_changes import named, number_id, resting, rewritten, squeezed
from published_units import changed, page_units, units

from building import ROOT, once, run_build

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
CHAPTERS = ("--chapter", "steel", "--chapter", "renewables", "--format", "html")
OBSERVATIONS, MACRO = "data/observations/steel.csv", "data/indicators/macro.yml"


@dataclass(frozen=True)
class Flip:
    """An edit of one data file; the inputs that it touches; the source of which only the citation changes; the
    registers that print the thing itself; the languages whose sentences and figures change."""

    file: str
    old: str
    new: str
    of_input: Callable
    of_group: Callable
    cites: str = ""
    registers: frozenset = frozenset()
    data_files: frozenset = frozenset()
    languages: tuple = LANGUAGES
    rows: str = "(?!)"


def _line(prefix):
    lines = (ROOT / OBSERVATIONS).read_text("utf-8").splitlines()
    return f"{OBSERVATIONS}:{next(place for place, line in enumerate(lines, 1) if line.startswith(prefix))}"


STEEL_2020 = "crude_steel_output,CN,2020,"
FLIPS = {
    "observation": Flip(
        OBSERVATIONS, f"{STEEL_2020}1064.7665", f"{STEEL_2020}1066.7665",
        of_input=lambda item: f"{item.get('file')}:{item.get('line')}" == _line(STEEL_2020),
        of_group=lambda group: _line(STEEL_2020) in group["lines"],
        data_files=frozenset({"data/observations.csv"}), rows=r"crude_steel_output\|.*\|CN\|2020\|"),
    "source date": Flip(
        "data/sources.csv", r"(?m)^(S_GEC_2024,.*),2025-01-23,", r"\1,2025-01-24,",
        of_input=lambda item: item.get("source") == "S_GEC_2024",
        of_group=lambda group: "S_GEC_2024" in group["source"],
        cites="S_GEC_2024", registers=frozenset({"vintages.tbl-sources"}), 
        data_files=frozenset({"data/sources.csv"}), rows=r"S_GEC_2024\|"),
    "unit": Flip(
        MACRO, r"(capacity_hydro:\n  label: .*\n  unit: )GW", r"\1万千瓦",
        of_input=lambda item: item.get("indicator") == "capacity_hydro",
        of_group=lambda group: group["name"] == "capacity_hydro",
        data_files=frozenset({"data/observations.csv", "data/indicators.csv"}), rows=r"capacity_hydro\|"),
    # English shows GW: only the table of units in the reader's guide may change there.
    "factor": Flip(
        "data/units.yml", r'(亿千瓦: \{dimension: power, factor: )"1e8"', r'\1"5e7"',
        of_input=lambda item: item.get("unit") == "GW",
        of_group=lambda group: "capacity" in group["name"] or group["kind"] == "target",
        registers=frozenset({"guide.tbl-units"}),
        languages=("zh-Hans", "zh-Hant")),
}


def _report(project):
    done = run_build("report", *CHAPTERS, project=project)
    assert done.returncode == 0, done.stderr
    return project / "_build" / "full-2025-part"


@pytest.fixture(scope="session")
def two_chapters(tmp_path_factory):
    """The real data and two chapters, built in a folder of their own."""
    def make(folder):
        # Without the findings kept of the edition before: a changed one would be told in annex 5 as well.
        for part in ("notebooks", "data", "templates"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("findings"))
        _report(folder)
        return str(folder)

    return Path(once(tmp_path_factory, "two-chapters", make))


@pytest.fixture(scope="session", params=[pytest.param(name, marks=pytest.mark.xdist_group(f"flip {name}"))
                                         for name in FLIPS])
def flipped(request, two_chapters, tmp_path_factory):
    """Each flip, made in a copy and built."""
    flip = FLIPS[request.param]
    project = tmp_path_factory.mktemp("flip") / "book"
    shutil.copytree(two_chapters, project, symlinks=True)
    path = project / flip.file
    text, count = re.subn(flip.old, flip.new, path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")
    editions = (two_chapters / "_build/full-2025-part", _report(project))
    manifests = (json.loads((edition / "manifest.json").read_text("utf-8")) for edition in editions)
    return Both(flip, *editions, tuple(manifests))


@dataclass(frozen=True)
class Both:
    """A flip, the edition before and after it, with their manifests."""

    flip: Flip
    before: Path
    after: Path
    manifests: tuple

    def resting(self):
        """What rests on the flipped thing by either manifest: a highest year may be another one after it."""
        return resting(self.manifests, self.flip.of_input, self.flip.of_group)

    def named(self, language):
        """A figure whose picture rounds a change away still prints it in its table of points."""
        found = named(*self.manifests, language)
        if language in self.flip.languages:
            hashes = [{item["path"]: item["sha256"] for item in manifest["files"]} for manifest in self.manifests]
            found.figures |= {item["id"] for item in self.manifests[0]["figures"]
                              if hashes[0][item["data"]] != hashes[1].get(item["data"])}
        return found

    def cited(self, language):
        """The figures and tables that name the source alone, by its title: its date is printed with them."""
        page = page_units(self.before / f"report-{'en' if language == 'en' else 'zh-Hans'}.html")
        found = next((item for item in self.manifests[0]["sources"] if item["id"] == self.flip.cites), None)
        rests = self.resting()
        title = squeezed(found["release"]["en" if language == "en" else "zh-Hans"]) if found else ""
        return {name for name in rests.figures | rests.tables if found and title in squeezed(page[name])}


def test_manifests_name_changes_that_rest_on_what_was_flipped(flipped):
    rests = flipped.resting()
    assert rests.values and rests.figures and rests.tables
    for language in LANGUAGES:
        found = flipped.named(language)
        changes = bool(found.sentences and found.figures and found.tables and found.values)
        assert changes == (language in flipped.flip.languages and not flipped.flip.cites), language
        assert found.values <= rests.values
        assert found.figures <= rests.figures and found.tables <= rests.tables
        assert found.printed <= rests.values
        assert bool(found.printed) == bool(found.sentences), "a sentence changed in words that print no value"


def pages(both, language):
    """The book on one page before and after the flip, by id."""
    return [page_units(edition / f"report-{language}.html") for edition in (both.before, both.after)]


def unexplained(both, language, before, after):
    """What differs between two pages and is not named by the manifests, or is named and does not differ."""
    found, rests, actual = both.named(language), both.resting(), changed(before, after)
    cited = both.cited(language)
    cards = {number_id(item["id"]): item["id"] for item in both.manifests[0]["values"]}
    exhibits = {item["id"] for kind in ("figures", "tables") for item in both.manifests[0][kind]}
    wrong = (actual & exhibits) ^ (found.figures | found.tables | cited)
    wrong |= {name for name in actual & cards.keys() if cards[name] not in rests.values}
    wrong |= {number_id(name) for name in found.values if number_id(name) in before} - actual
    others = actual - exhibits - cards.keys()
    wrong |= both.flip.registers - others
    return wrong | {name for name in others - both.flip.registers
                    if rewritten(squeezed(before[name]), found.sentences) != squeezed(after[name])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_changes_where_the_manifests_say_and_nowhere_else(flipped, language):
    before, after = pages(flipped, language)
    assert not unexplained(flipped, language, before, after)
    words = squeezed("".join(after.values()))
    assert all(squeezed(new) in words for _, _, new in flipped.named(language).sentences)


@pytest.mark.parametrize("unit", ["steel.limits-1", "steel.fig-iron", "steel.tbl-methods", "guide.tbl-units"])
def test_a_change_that_nothing_names_is_found(flipped, unit):
    before, after = pages(flipped, "en")
    if unit in changed(before, after):
        after[unit] = before[unit]
    else:
        after[unit] += "1"
    assert unexplained(flipped, "en", before, after) == {unit}


def test_files_beside_the_pages_change_only_with_what_they_hold(flipped):
    """Drawings and the data annex; pages are compared above, and the search's index follows from them."""
    wanted = {"manifest.json", "data/datapackage.json", *flipped.flip.data_files}
    figures, chapters = set(), set()
    for language in LANGUAGES:
        found = flipped.named(language)
        figures |= found.figures
        chapters |= {f"source/{name.partition('.')[0]}.html" for name in found.values | found.figures}
        drawn = named(*flipped.manifests, language).figures
        wanted |= {f"{language}/figures/{name}.{kind}" for name in drawn for kind in ("svg", "png")}
    wanted |= {f"data/{name}.csv" for name in figures} | ({"data/points.csv"} if figures else set())
    actual = changed(units(flipped.before), units(flipped.after))
    files = {file for file, _ in actual}
    made = (".html", "search-list.js", "-numbers.js")
    derived = {file for file in files if file.endswith(made) or "/search/" in file}
    assert files - derived == wanted
    assert {file for file in derived if file.startswith("source/")} <= chapters
    rows = {row for file, row in actual if file.endswith(".csv")}
    assert all(row.partition("|")[0] in figures or re.match(flipped.flip.rows, row) for row in rows)
