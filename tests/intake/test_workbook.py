"""Workbooks: every cell that is not plain is refused at its place, or taken under a declared rule."""

import datetime
import io
import resource
import subprocess
import sys
import zipfile

import pytest
from openpyxl.styles.numbers import FORMAT_PERCENTAGE_00

FILL = "fill: {region: CN, status: final, source: TR01}\n"
PLAIN = [["指标", "2024年", "2025年"], ["粗钢产量", 1005.0913, 960.8]]
VALUES = {("crude_steel_output", "CN", "2024"): "1005.0913", ("crude_steel_output", "CN", "2025"): "960.8"}
IN_RULE = "or declare {} in the mapping"


def test_plain_workbook_gives_its_values(desk):
    assert desk.values(desk.workbook(PLAIN), FILL) == VALUES


def merged(book, sheet):
    sheet.merge_cells("B2:C2")


def formula(book, sheet):
    sheet["C2"] = "=B2*1"


def error(book, sheet):
    sheet["C2"] = "#REF!"
    sheet["C2"].data_type = "e"


def hidden_row(book, sheet):
    sheet.append(["粗钢产量", 1, 2])
    sheet.row_dimensions[3].hidden = True


def hidden_column(book, sheet):
    sheet["D1"], sheet["D2"] = "x", 1
    sheet.column_dimensions["D"].hidden = True


def hidden_sheet(book, sheet):
    book.create_sheet("old").sheet_state = "hidden"


def second_sheet(book, sheet):
    book.create_sheet("T")


def percent(book, sheet):
    sheet["C2"] = 0.123
    sheet["C2"].number_format = FORMAT_PERCENTAGE_00


def text_number(book, sheet):
    sheet["C2"] = "1,005"


def mac_dates(book, sheet):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book.epoch = CALENDAR_MAC_1904


def far(book, sheet):
    sheet["ZZ300001"] = 1


def doubled(book, sheet):
    sheet["C1"] = "2024年"


@pytest.mark.parametrize(("change", "message"), [
    (merged, "book.xlsx!S!B2: GB355: found cells merged down to C2; expected cells apart; unmerge them, or declare "
             "merged: fill in the mapping"),
    (formula, "book.xlsx!S!C2: GB356: found a formula without a stored value; expected a value; open and save the "
              "workbook in a spreadsheet, or paste the values"),
    (error, "book.xlsx!S!C2: GB357: found an error value; expected a value; mend the formula, or empty the cell"),
    (hidden_row, "book.xlsx!S!A3: GB358: found a hidden row; expected visible rows; show it, delete it, or declare "
                 "hidden: skip or read in the mapping"),
    (hidden_column, "book.xlsx!S!D1: GB358: found a hidden column; expected visible columns; show it, delete it, or "
                    "declare hidden: skip or read in the mapping"),
    (hidden_sheet, 'book.xlsx: GB353: found hidden sheet "old"; expected visible sheets only; delete it, or declare '
                   "hidden: skip in the mapping"),
    (second_sheet, "book.xlsx: GB353: found 2 sheets: S, T; expected one sheet; name one as sheet in the mapping"),
    (percent, "book.xlsx!S!C2: GB359: found 0.123 shown as 12.3%; expected a plain number; write 12.3 without a per "
              "cent format, or declare percent: as_shown in the mapping"),
    (text_number, 'book.xlsx!S!C2: GB310: found "1,005"; expected a number; write 1005'),
    (mac_dates, "book.xlsx: GB353: found days counted from 1904; expected days counted from 1900; switch the date "
                "system"),
    (far, "book.xlsx: GB352: found a value in ZZ300001; expected at most 200,000 rows and 500 columns; split the "
          "table"),
    (doubled, 'book.xlsx!S!C1: GB354: found column "2024年" again; expected each column once; delete one of the two, '
              "or tell them apart"),
], ids=lambda item: getattr(item, "__name__", ""))
def test_cell_that_is_not_plain_is_refused_at_its_place(desk, change, message):
    before = desk.bytes()
    assert desk.messages(desk.workbook(PLAIN, change), FILL) == [message]
    assert desk.bytes() == before


@pytest.mark.parametrize(("change", "rule", "expected"), [
    (merged, "merged: fill", {**VALUES, ("crude_steel_output", "CN", "2025"): "1005.0913"}),
    (hidden_row, "hidden: skip", VALUES),
    (hidden_column, "hidden: skip", VALUES),
    (hidden_sheet, "hidden: skip", VALUES),
    (second_sheet, "sheet: S", VALUES),
], ids=lambda item: getattr(item, "__name__", ""))
def test_cell_is_taken_under_its_rule(desk, change, rule, expected):
    assert desk.values(desk.workbook(PLAIN, change), f"{FILL}{rule}\n") == expected


def test_per_cent_is_taken_as_shown_under_its_rule(desk):
    rows = [["indicator", "2021"], ["eaf_share", 0.102]]
    path = desk.workbook(rows, lambda book, sheet: setattr(sheet["B2"], "number_format", FORMAT_PERCENTAGE_00))
    assert desk.values(path, FILL + "percent: as_shown\n") == {("eaf_share", "CN", "2021"): "10.2"}


def test_hidden_and_blank_rows_are_counted_as_dropped(desk):
    def change(book, sheet):
        hidden_row(book, sheet)
        sheet.append([])
        sheet.append(["粗钢产量（亿吨）", None, None])
        sheet["C7"] = None

    made = desk.prepare(desk.workbook(PLAIN, change), FILL + "hidden: skip\n")
    assert made.shaped.dropped == [("book.xlsx!S!3", "hidden row"), ("book.xlsx!S!4", "blank row"),
                                   ("book.xlsx!S!A5", "no figure")]
    assert made.shaped.rows == made.shaped.used + len(made.shaped.dropped)


def test_dates_and_stored_noise_become_plain_texts(desk):
    rows = [["indicator", "region", "year", "value", "status", "source", "released"],
            ["crude_steel_output", "CN", 2026, 0.1 + 960.7, "preliminary", "TR01", datetime.date(2027, 1, 19)]]
    (change,) = desk.prepare(desk.workbook(rows)).compared.added
    assert (change.new["value"], change.new["released"], change.new["year"]) == ("960.8", "2027-01-19", "2026")


def rezipped(path, edit):
    """The workbook with its parts changed by `edit(name, content)`, or dropped where that gives None."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (content := edit(name, old.read(name))) is not None:
                new.writestr(name, content)
        for name, content in (edit(None, b"") or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def added(name, content=b"x"):
    return lambda part, old: old if part else {name: content}


def entity(part, old):
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    return None if part is None else doctype + old if part == "xl/worksheets/sheet1.xml" else old


@pytest.mark.parametrize(("name", "content", "found"), [
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "found an .xls file"),
    ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "found an encrypted workbook or an .xls file"),
    ("a.xlsx", b"indicator,2025\nx,1\n", "found a file that is no workbook, whatever its name"),
    ("a.xlsx", b"<html><table></table></html>", "found a file that is no workbook, whatever its name"),
    ("~$a.xlsx", b"\x05lock", "found the lock file of an open workbook"),
    ("a.xlsm", None, "found a workbook with .xlsm"),
    ("a.csv", None, "found a workbook with .csv"),
    ("a.xlsx", added("xl/vbaProject.bin"), "found macros"),
    ("a.xlsx", added("xl/externalLinks/externalLink1.xml"), "found links to other workbooks"),
    ("a.xlsx", added("xl/workbook.bin"), "found a binary workbook (.xlsb)"),
    ("a.xlsx", lambda part, old: None if part == "xl/workbook.xml" else old, "found a file without a workbook in it"),
    ("a.xlsx", entity, "found a document type in the workbook's XML"),
], ids=["xls", "encrypted", "csv", "html", "lock", "xlsm", "renamed", "macros", "links", "xlsb", "empty", "entity"])
def test_file_that_is_no_plain_workbook_is_refused(desk, name, content, found):
    plain = desk.workbook(PLAIN)
    content = plain.read_bytes() if content is None else rezipped(plain, content) if callable(content) else content
    (message,) = desk.messages(desk.file(name, content), FILL)
    assert message.startswith(f"{name}: GB351: {found}")


def test_workbook_cut_or_flipped_at_any_place_is_refused_or_unchanged(desk):
    whole = desk.workbook(PLAIN).read_bytes()
    for end in range(0, len(whole), max(1, len(whole) // 25)):
        assert desk.messages(desk.file("cut.xlsx", whole[:end]), FILL), end
    for place in range(0, len(whole), max(1, len(whole) // 25)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        path = desk.file("flipped.xlsx", bytes(damaged))
        assert desk.messages(path, FILL) or desk.values(path, FILL) == VALUES, place


def test_bomb_is_refused_by_its_list_before_it_is_unpacked(desk):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(400_000_000))
    path = desk.file("bomb.xlsx", out.getvalue())
    assert path.stat().st_size < 1_000_000
    start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    (message,) = desk.messages(path)
    assert message == ("bomb.xlsx: GB352: found 400,000,011 bytes unpacked; expected at most 150,000,000; "
                       "split the table")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - start < 2


def test_bomb_that_lies_about_its_size_is_refused_within_it(desk):
    plain = desk.workbook(PLAIN)
    bomb = rezipped(plain, lambda part, old: bytes(3_000_000) if part == "xl/worksheets/sheet1.xml" else old)
    bomb = bomb.replace((3_000_000).to_bytes(4, "little"), (3_000).to_bytes(4, "little"))
    (message,) = desk.messages(desk.file("lie.xlsx", bomb), FILL)
    assert message.startswith("lie.xlsx: GB351: found part xl/worksheets/sheet1.xml damaged")


def test_pipe_is_refused_and_never_blocks(desk):
    import os

    os.mkfifo(desk.folder / "pipe.csv")
    (message,) = desk.messages(desk.folder / "pipe.csv")
    assert message.startswith("pipe.csv: GB301: found no regular file")


@pytest.mark.parametrize("name", ["a b.csv", "粗钢.csv", 'q"uote.csv', "new\nline.csv"])
def test_odd_file_names_are_printed_on_one_line(desk, name):
    (message,) = desk.messages(desk.file(name, "x\n"))
    assert "\n" not in message and message.split(":")[0] == name.replace("\n", "\\u000a")


def test_help_and_check_import_no_reader_of_workbooks():
    code = ("import sys, greenbook.cli as c; c.parser(); "
            "print(sorted({'python_calamine', 'openpyxl', 'pandas'} & set(sys.modules)))")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
