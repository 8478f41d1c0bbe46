"""Bytes that are refused before anything is read from them: each with its whole message."""

import os

import pytest

OBSERVATIONS = "observations/steel.csv"
PLACE = "data/observations/steel.csv"


def text(book):
    return book.path(OBSERVATIONS).read_text("utf-8")


def test_file_in_gb18030_without_declaration_is_refused_with_the_guess(book):
    book.write("issuers.csv", book.path("issuers.csv").read_text("utf-8").encode("gb18030"))
    assert book.messages() == [
        "data/issuers.csv:2: GB304: found bytes that are not UTF-8 (looks like GB18030); "
        "expected the encoding UTF-8; save the file as UTF-8, or declare GB18030 in data/encodings.yml"]


def test_file_in_gb18030_that_is_declared_reads_as_the_same_data(book):
    before = book.read()
    book.write("issuers.csv", book.path("issuers.csv").read_text("utf-8").encode("gb18030"))
    book.write("encodings.yml", "issuers.csv: GB18030\n")
    assert book.read().issuers == before.issuers


def test_file_in_utf8_that_is_declared_as_gb18030_is_refused(book):
    book.write("encodings.yml", "issuers.csv: GB18030\n")
    assert book.messages() == ["data/issuers.csv:1: GB304: found a file in UTF-8; expected the encoding GB18030; "
                               "remove it from data/encodings.yml"]


def test_declaration_of_an_unknown_file_is_refused_with_the_near_name(book):
    book.write("encodings.yml", "issuer.csv: GB18030\n")
    assert book.messages() == ['data/encodings.yml:1: GB304: found "issuer.csv: GB18030"; '
                               "expected a file of data/ and UTF-8 or GB18030; write issuers.csv"]


def test_one_byte_order_mark_is_accepted(book):
    before = book.read()
    book.write(OBSERVATIONS, "\ufeff" + text(book))
    assert book.read().observations == before.observations


def test_two_byte_order_marks_are_refused(book):
    book.write(OBSERVATIONS, "\ufeff\ufeff" + text(book))
    assert book.messages() == [f"{PLACE}:1: GB304: found two byte order marks; expected the encoding UTF-8; "
                               "save the file as UTF-8"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "big5"])
def test_file_in_another_encoding_is_never_read_as_other_characters(book, encoding):
    book.write("issuers.csv", "id,name_zh,name_en,short_zh,short_en\nNBS,中文,a,中文,b\n".encode(encoding))
    assert any("data/issuers.csv:" in message and ("GB304" in message or "GB305" in message)
               for message in book.messages())


@pytest.mark.parametrize(("sign", "name"), [
    ("\0", "U+0000 (control character)"), ("\t", "U+0009 (control character)"),
    ("\u202e", "U+202E (right-to-left override)"), ("\u200b", "U+200B (zero width space)"),
    ("\ufeff", "U+FEFF (zero width no-break space)"), ("\ufffd", "U+FFFD (replacement character)"),
    ("\u2028", "U+2028 (line separator)"),
])
def test_hidden_character_is_refused_with_its_line_and_name(book, sign, name):
    book.replace(OBSERVATIONS, "2023,1019", f"2023{sign},1019")
    assert book.messages() == [f"{PLACE}:3: GB305: found {name}; expected characters that can be seen; delete it"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_another_system_read_as_the_same_data(book, end):
    before = book.read()
    book.write(OBSERVATIONS, text(book).replace("\n", end))
    assert book.read().observations == before.observations


def test_mixed_line_ends_are_refused_where_they_change(book):
    book.write(OBSERVATIONS, text(book).replace("\n", "\r\n").replace("\r\n", "\n", 1))
    assert book.messages() == [f"{PLACE}:2: GB306: found another line end than on line 1; "
                               "expected one kind of line end; save the file with LF line ends"]


def test_last_line_without_an_end_is_refused(book):
    book.write(OBSERVATIONS, text(book)[:-4])
    assert book.messages() == [f"{PLACE}:6: GB306: found a last line without an end; expected a whole last line; "
                               "see whether the file is cut off, then end the line"]


def test_file_cut_at_any_byte_within_a_row_is_refused(book):
    from greenbook.catalog import schema
    from greenbook.catalog.files import DataFile, decode
    from greenbook.catalog.strict import read_rows

    whole = book.path(OBSERVATIONS).read_bytes()
    for length in range(len(whole)):
        if whole[:length].endswith(b"\n"):
            continue
        problems = []
        content = decode(DataFile(PLACE, whole[:length], ""), "UTF-8", problems)
        if content is not None:
            read_rows(PLACE, content, schema.OBSERVATIONS.names, problems)
        assert problems, f"accepted in silence at byte {length}"


def test_empty_file_is_refused(book):
    book.write("sources.csv", "")
    assert book.messages() == ["data/sources.csv:1: GB301: found an empty file; expected a header row or keys; "
                               "restore the file"]


def test_missing_file_is_refused(book):
    book.path("glossary.csv").unlink()
    assert book.messages() == ["data/glossary.csv: GB301: found no readable file (No such file or directory); "
                               "expected a file; add it or its permission"]


def test_pipe_in_place_of_a_file_does_not_block(book):
    book.path("glossary.csv").unlink()
    os.mkfifo(book.path("glossary.csv"))
    assert book.messages() == ["data/glossary.csv: GB301: found no regular file; expected a file; "
                               "put a file in its place"]


def test_link_out_of_the_project_is_refused(book, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.csv"
    outside.write_text("a\n")
    book.path("glossary.csv").unlink()
    book.path("glossary.csv").symlink_to(outside)
    assert book.messages() == ["data/glossary.csv: GB301: found a link out of the project; "
                               "expected a file of the project; copy the file here"]


def test_file_above_the_limit_is_refused_before_it_is_read(book, monkeypatch):
    monkeypatch.setattr("greenbook.catalog.files.LARGEST_FILE", 1500)
    book.write("glossary.csv", "x" * 1501)
    assert book.messages() == ["data/glossary.csv: GB303: found 1,501 bytes; expected at most 1,500; split the file"]


def test_stray_file_is_refused_and_a_lock_file_is_not_seen(book):
    book.write("observations/steel.xlsx", b"PK")
    book.write("observations/~$steel.xlsx", b"PK")
    assert book.messages() == ['data/observations: GB301: found "steel.xlsx"; '
                               "expected files called <small letters>.csv; rename it, or bring it in with import"]


def test_file_name_with_a_line_break_stays_on_one_line(book):
    book.write("observations/a\nb.csv", b"x")
    assert book.messages() == ['data/observations: GB301: found "a\\u000ab.csv"; '
                               "expected files called <small letters>.csv; rename it, or bring it in with import"]
