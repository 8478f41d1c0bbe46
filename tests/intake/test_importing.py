"""A researcher's table into the catalog: mapped, compared, asked for, written, or refused under its own place."""

# ruff: noqa: E501  (whole messages)
import csv
import hashlib
import re

import pytest

from building import ROOT, run_build
from greenbook.catalog.reading import read_catalog

FILL = "fill: {region: CN, status: final, source: TR01}\n"
LONG = "indicator,region,year,value,status,source,released\n"
ROW = "crude_steel_output,CN,2026,960.8,preliminary,TR01,2027-01-19\n"


@pytest.mark.parametrize(("text", "mapping"), [
    (LONG + ROW.replace("2026", "2025").replace("2027", "2026"), ""),
    ("指标,地区,年份,数值,状态,来源,发布日期\n粗钢产量,全国,2025年,960.8,初步,TR01,2026-01-19\n", ""),
    ("发布日期,数值,单位,年份,地区,指标名称,数据来源,状态\n2026-01-19,96080,万吨,2025,中国,粗钢产量,TR01,初步数\n", ""),
    ("Indicator,2025\nCrude steel output,960.8\n", FILL),
    ("指标,2025年\n粗钢产量（亿吨）,9.608\n", FILL),
    ("年份,粗钢产量（万吨）\n2025,96080\n", FILL),
    ("year,crude_steel_output\n2025,96080\n", FILL + "unit: 万吨\n"),
    ("t,x,remark\n2025,9.608,a\n", FILL + "columns: {t: year, x: value, remark: ignore}\nunits: "
                                          "{crude_steel_output: 亿吨}\n"),
], ids=["long", "chinese", "unit", "years", "years-unit", "indicators", "one-unit", "mapped"])
def test_each_layout_language_and_unit_gives_the_same_value(desk, text, mapping):
    if "x: value" in mapping:
        mapping = mapping.replace("fill: {", "fill: {indicator: crude_steel_output, ")
    assert desk.values(desk.file("a.csv", text), mapping) == {("crude_steel_output", "CN", "2025"): "960.8"}


@pytest.mark.parametrize("encode", [
    lambda text: text.encode(), lambda text: b"\xef\xbb\xbf" + text.encode(), lambda text: text.encode("gb18030"),
    lambda text: text.replace("\n", "\r\n").encode()], ids=["utf-8", "bom", "gb18030", "crlf"])
def test_encodings_give_the_same_value(desk, encode):
    content = encode("指标,2025年\n粗钢产量,960.8\n")
    options = {"encoding": "GB18030"} if content[:2] == "指".encode("gb18030") else {}
    assert desk.values(desk.file("a.csv", content), FILL, **options) == {("crude_steel_output", "CN", "2025"): "960.8"}
    if options:
        assert desk.messages(desk.file("a.csv", content), FILL) == [
            "a.csv:1: GB304: found bytes that are not UTF-8 (looks like GB18030); expected the encoding UTF-8; save the "
            "file as UTF-8, or give --encoding GB18030"]


def test_table_shows_added_changed_with_the_change_in_per_cent_and_unchanged(desk):
    text = LONG + ROW + ROW.replace("2026,960.8,preliminary", "2023,1029.3,final").replace("2027-01-19", "2024-01-31") \
        + ROW.replace("2026,960.8,preliminary", "2022,1013.0030,final").replace("2027-01-19", "2023-01-31")
    mapping = "fill: {released_is_estimated: 'true'}\n"
    lines = list(desk.prepare(desk.file("a.csv", text), mapping).lines())
    assert lines[1:] == [
        "3 rows read = 3 used + 0 dropped",
        "  rule     no unit declared: taken as stored (Mt)",
        "  added    crude_steel_output|CN|2026  960.8",
        "  changed  crude_steel_output|CN|2023  1019.0813 → 1029.3 (Δ +1.00 %)",
        "1 to add, 1 to change, 1 unchanged, 0 refused"]


def test_faults_of_shape_and_of_catalog_come_together_and_refused_rows_are_not_listed_as_changes(desk):
    text = ("指标,地区,年份,数值,状态,来源,发布日期\n粗钢产量,全国,2026,960.8,初步核算,TR01,2027-01-19\n"
            "粗钢产量,全国,2027,\"9,60\",终值,TR01,2028-01-19\n粗钢产量,全国,2028,960,终值,TR99,2029-01-19\n")
    made = desk.prepare(desk.file("a.csv", text))
    assert [(problem.place, problem.code) for problem in made.problems] == [("3", "GB310"), ("4", "GB322")]
    assert [line for line in made.lines() if line.startswith("  added")] == ["  added    crude_steel_output|CN|2026  960.8"]
    assert list(made.lines())[-1] == "1 to add, 0 to change, 0 unchanged, 2 refused"


def test_change_says_that_a_bound_stays(desk):
    bounded = LONG.replace("status,", "status,bound,") + ROW.replace("preliminary,", "preliminary,约,")
    list(desk.prepare(desk.file("a.csv", bounded)).write())
    made = desk.prepare(desk.file("b.csv", LONG + ROW.replace("960.8", "961.2")))
    assert "  changed  crude_steel_output|CN|2026  960.8 → 961.2 (Δ +0.04 %); bound: stays about" in list(made.lines())


def rows_of(desk, name):
    """The rows of a table, by a second reader."""
    return list(csv.DictReader((desk.project.data / name).read_text("utf-8").splitlines()))


def test_written_tables_are_sorted_declared_and_read_and_a_second_import_changes_nothing(desk):
    path = desk.file("a.csv", LONG + ROW)
    made = desk.prepare(path)
    assert list(made.write()) == [
        "data/observations/steel.csv: written", "data/imports.csv: written",
        "data/rows.csv: imports.csv: no → 1 rows", "data/rows.csv: observations/steel.csv: 45 → 46 rows"]
    rows = rows_of(desk, "observations/steel.csv")
    keys = [(row["indicator"], row["region"], int(row["year"])) for row in rows]
    assert keys == sorted(keys) and ("crude_steel_output", "CN", 2026) in keys
    assert any(row.year == 2026 and row.value == 960.8 for row in read_catalog(desk.project).observations)
    (line,) = rows_of(desk, "imports.csv")
    assert line["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (line["file"], line["rows_read"], line["rows_used"], line["added"]) == ("a.csv", "1", "1", "1")
    again = desk.prepare(path)
    assert again.tables == {} and again.compared.unchanged == 1


def test_rows_read_are_rows_used_and_rows_dropped_with_reasons(desk):
    text = "粗钢\nindicator,2024,2025\ncrude_steel_output,1005.0913,960.8\n合计,1,2\ncrude_steel_output,,…\n"
    made = desk.prepare(desk.file("a.csv", text), FILL + "header_row: 2\ndrop: {合计: a sum}\nmissing: [\"…\"]\n")
    assert made.problems == []
    lines = list(made.lines())
    assert lines[1] == "4 rows read = 1 used + 3 dropped"
    assert lines[2:5] == ["  dropped  above the header: a.csv:1", "  dropped  a sum: a.csv:4",
                          "  dropped  no figure: a.csv:5"]
    assert made.shaped.rows == made.shaped.used + len(made.shaped.dropped)


@pytest.mark.parametrize(("text", "mapping", "message"), [
    (LONG + ROW.replace("960.8", '"1,005.1"'), "", 'a.csv:2: GB310: found "1,005.1"; expected a number; write 1005.1'),
    (LONG + ROW.replace("960.8", "9608000"), "", 'a.csv:2: GB332: value: found "9.608e+06"; expected a value near '
     "961, that of 2025 (line 22); correct the value or its unit, or write `plausible: ` and the reason in the note"),
    (LONG + ROW.replace("TR01", "TR0l"), "", 'a.csv:2: GB322: source: found "TR0l"; expected an id of data/sources.csv; '
     "write TR09"),
    (LONG + ROW.replace("960.8", "…"), "", 'a.csv:2: GB310: found "…"; expected a number; declare it: `missing: ["…"]` '
     "in the mapping"),
    (LONG + ROW + ROW, "", "a.csv:3: GB363: found crude_steel_output|CN|2026|| again; expected a key that a.csv:2 does "
     "not have; delete one of the two, or tell them apart"),
    (LONG + ROW[:-1] + ",\n", "", "a.csv:2: GB308: found 8 cells; expected 7 cells; delete the comma at its end"),
    ("指标,2025\n粗缸产量,1\n", FILL, 'a.csv:2: GB361: found indicator "粗缸产量"; expected an indicator of the catalog; '
     "write 粗钢产量"),
    ("指标,2025,x\n粗钢产量,1,2\n", FILL, 'a.csv:1: GB354: found column "x"; expected a column of observations, a year or '
     "an indicator; declare it under columns in the mapping, or as ignore"),
    ("指标,2025\n粗钢产量,1\n", "", "a.csv:1: GB362: found no region, status, source; expected these columns, or one "
     "value for all rows; add the columns, or `fill: {region: …}` in the mapping"),
    ("指标,2025,单位\n粗钢产量,1,太瓦时\n", FILL, 'a.csv:2: GB323: found unit "太瓦时"; expected an id of data/units.yml or '
     "its word; declare it under units in the mapping"),
    ("指标,2025,单位\n粗钢产量,1,%\n", FILL, 'a.csv:2: GB324: found unit "%" (ratio); expected a unit of mass, as '
     "crude_steel_output is in Mt; correct the unit"),
    ("指标;2025\n粗钢产量;1,5\n", FILL, "a.csv:1: GB309: found semicolons between the columns; expected commas; save the "
     "table as CSV with commas"),
    ("指标,2025\n", FILL, "a.csv:1: GB354: found no row below the header; expected the header on line 1; correct "
     "header_row or the file"),
    (LONG + ROW, "fil: {region: CN}\n", 'mapping.yml:1: GB350: found key "fil"; expected some of encoding, sheet, '
     "header_row, layout, columns, indicators, regions, units, unit, fill, missing, drop, merged, hidden, percent; "
     "write fill"),
    (LONG + ROW, "columns: {x: yaer}\n", 'mapping.yml:1: GB350: columns: found "yaer"; expected one of indicator, region, '
     "year, value, status, bound, as_at, vintage, source, released, released_is_estimated, note, unit, ignore; "
     "write year"),
])
def test_fault_is_named_at_its_place_in_the_file(desk, text, mapping, message):
    before = desk.bytes()
    assert desk.messages(desk.file("a.csv", text), mapping) == [message]
    assert desk.bytes() == before


def test_conversion_keeps_the_figure_as_published(desk):
    made = desk.prepare(desk.file("a.csv", "指标,2026\n粗钢产量（万吨）,96080.55\n"), FILL)
    (change,) = made.compared.added
    assert (change.new["value"], change.new["note"]) == ("960.8055", "original: 96080.55 万吨")


def test_day_of_release_is_that_of_the_source_and_estimated_where_it_is_not_exact(desk):
    (change,) = desk.prepare(desk.file("a.csv", "indicator,2024\nco2_fossil_total,12000\n"),
                             "fill: {region: CN, status: final, source: DS_GCB2024, vintage: OTHER}\n").compared.added
    assert (change.new["released"], change.new["released_is_estimated"]) == ("2024-11-13", "false")


def test_command_asks_and_writes_nothing_without_a_terminal_or_yes(desk):
    path, before = desk.file("a.csv", LONG + ROW), desk.bytes()
    for words in ([], ["--dry-run", "--yes"]):
        done = run_build("import", path, *words, project=desk.project.root)
        assert done.returncode == 0 and "nothing was written" in done.stdout and desk.bytes() == before
    done = run_build("import", path, "--yes", project=desk.project.root)
    assert done.returncode == 0 and "data/observations/steel.csv: written" in done.stdout
    assert any(row.year == 2026 for row in read_catalog(desk.project).observations)


def test_command_refuses_with_exit_code_3_and_the_whole_message(desk):
    done = run_build("import", desk.file("a.csv", LONG + ROW.replace("960.8", "−5")), project=desk.project.root)
    assert done.returncode == 3
    assert done.stderr == 'a.csv:2: GB310: found "−5"; expected a number; write -5\n1 problem\nnothing was written\n'


def test_every_message_code_is_listed():
    page = (ROOT / "docs/reference/messages/intake.md").read_text("utf-8")
    page += (ROOT / "docs/reference/messages/catalog.md").read_text("utf-8")
    used = {code for path in (ROOT / "src/greenbook/intake").glob("*.py")
            for code in re.findall(r"\"(GB\d{3})\"", path.read_text("utf-8"))}
    assert used == used & set(re.findall(r"^\| (GB\d{3}) \|", page, re.M)) and len(used) > 12
