"""The report's own data read, and keep the promises that they make."""

import datetime
import re
import time

import pytest

from greenbook.catalog import schema
from greenbook.catalog.citing import source_words
from greenbook.catalog.joining import describe_input
from greenbook.catalog.reading import read_catalog
from greenbook.catalog.slices import read_slice, write_slices
from greenbook.outline import read_outline
from greenbook.project import HOUSE, Project
from greenbook.units import split_show


@pytest.fixture(scope="module")
def catalog(real):
    return read_catalog(real)


@pytest.fixture(scope="module")
def editions(real):
    return {edition.id: edition.as_of for edition in read_outline(real).editions.values()}


def test_every_row_of_every_file_is_read(catalog, real):
    lines = sum(path.read_text("utf-8").count("\n") - 1 for path in (real.data / "observations").glob("*.csv"))
    assert len(catalog.observations) == lines > 3000
    for name in ("sources", "policies", "targets", "issuers"):
        assert len(getattr(catalog, name)) == (real.data / f"{name}.csv").read_text("utf-8").count("\n") - 1


def test_keys_are_unique_and_lead_back(catalog):
    assert len({row.key for row in catalog.observations}) == len(catalog.observations)
    assert all(catalog.observation(row.key) is row for row in catalog.observations)


def test_nothing_released_later_is_in_any_edition(catalog, editions):
    for as_of in editions.values():
        view = catalog.at(as_of)
        assert all(row.released <= as_of for row in view.all_observations())
        assert all(target.released <= as_of for target in view.targets())
        assert all(policy.date <= as_of for policy in view.policies())
    counts = [len(catalog.at(as_of).all_observations()) for as_of in sorted(editions.values())]
    assert counts == sorted(set(counts)), "a later edition knows more"


@pytest.mark.parametrize(("edition", "vintage", "value"), [
    ("interim-2025-06", "GCB2024", 10905.7), ("full-2025", "GCB2025", 10896.5)])
def test_carbon_dioxide_of_2020_is_that_of_the_newest_budget_known(catalog, editions, edition, vintage, value):
    rows = [row for row in catalog.at(editions[edition]).observations("co2_fossil_total") if row.year == 2020]
    newest = max(rows, key=lambda row: row.released)
    assert newest.vintage == vintage
    assert round(newest.value, 1) == value


def test_every_indicator_can_be_shown_in_both_languages(catalog):
    for entry in catalog.indicators.values():
        for language in ("zh-Hans", "en"):
            unit, digits = split_show(entry.show[language])
            for row in catalog.by_indicator.get(entry.id, ()):
                catalog.units.convert(row.value, entry.unit, unit)
            assert 0 <= digits <= 4, entry.id


def test_every_chapter_named_in_the_data_is_a_chapter_of_the_book(catalog, real):
    slugs = {entry.slug for entry in read_outline(real).chapters}
    named = {slug for entry in (*catalog.indicators.values(), *catalog.targets.values()) for slug in entry.chapters}
    assert named <= slugs


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_no_printed_source_names_a_host_or_doubles_its_brackets(catalog, language):
    for source in catalog.sources.values():
        words = source_words(source, language)
        assert not re.search(r"https?:|www\.|\.(?:com|cn|org|net|gov)\b", words), words
        assert words.count("《") == words.count("》") and "《《" not in words, words
        if source.body is None:
            assert words.startswith(("转引：", "as reported: ")), words


def test_every_input_is_described_with_words_in_both_languages(catalog):
    view = catalog.at(datetime.date.max)
    keys = [row.key for row in catalog.observations[::7]] + [f"target:{name}" for name in catalog.targets]
    for key in [*keys, *(f"policy:{name}" for name in catalog.policies)]:
        found = describe_input(view, key)
        assert all(found[text][language] for text in ("label", "printed", "release") for language in ("zh-Hans", "en"))


def test_slices_of_an_edition_hold_what_its_view_shows(catalog, editions, tmp_path):
    view = catalog.at(editions["full-2025"])
    made = write_slices(view, tmp_path)
    assert set(made.hashes) == {*catalog.indicators, "_policies", "_cases", "_units"}
    held = sum(len(read_slice(tmp_path, name)["observations"]) for name in catalog.indicators)
    assert held == len(view.all_observations())
    assert read_slice(tmp_path, "crude_steel_output")["grade"] == "A"


def test_slices_are_the_same_bytes_in_another_folder_and_reading(catalog, editions, copied, tmp_path):
    again = read_catalog(copied)
    first = write_slices(catalog.at(editions["full-2025"]), tmp_path / "one")
    second = write_slices(again.at(editions["full-2025"]), tmp_path / "two")
    assert first.hashes == second.hashes


def test_reading_is_quick_and_quicker_once_verified(copied):
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        read_catalog(copied)
        seconds.append(time.perf_counter() - start)
    assert seconds[0] < 3 * 1.5 and seconds[1] < 3 * 0.25, seconds


def test_small_book_reads_and_holds_only_rows_that_the_real_data_hold(catalog):
    small = read_catalog(Project(HOUSE / "tests" / "books" / "small"))
    assert small.indicators.keys() <= catalog.indicators.keys() and small.sources.keys() <= catalog.sources.keys()
    known = {(row.indicator, row.region, row.year, row.vintage) for row in catalog.observations}
    assert {(row.indicator, row.region, row.year, row.vintage) for row in small.observations} <= known
    assert small.cases == {} and len(small.indicators) >= 4 and small.targets and small.policies


def test_reference_names_every_file_and_column():
    text = (HOUSE / "docs" / "reference" / "data.md").read_text("utf-8")
    for table in schema.TABLES:
        section = text.split(f"## {table.file}")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(table.names), table.file
        for column in table.columns:
            assert all(f"`{word}`" in section for word in column.values), column.name


def test_every_message_code_is_listed():
    page = (HOUSE / "docs" / "reference" / "messages" / "catalog.md").read_text("utf-8")
    listed = set(re.findall(r"^\| (GB\d{3}) \|", page, re.M))
    folder = HOUSE / "src" / "greenbook" / "catalog"
    used = {code for path in folder.glob("*.py") for code in re.findall(r"\"(GB3\d\d)\"", path.read_text("utf-8"))}
    assert used <= listed
