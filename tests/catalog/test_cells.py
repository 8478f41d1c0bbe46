"""Cells that say something in another form than the declared one, and what to write instead."""

import pytest

OBSERVATIONS = "observations/steel.csv"
PLACE = "data/observations/steel.csv:3"


@pytest.mark.parametrize(("written", "advice"), [
    ('"1,005.1"', "write 1005.1"), ("1 234", "write 1234"), ("1\u00a0234", "write 1234"),
    ("1\u202f234", "write 1234"), ('"12,34,567"', "write 1234567"), ("１２３", "write 123"), ("٣", "write 3"),
    ("−5", "write -5"), ("(123)", "write -123"), ("12%", "write 12 where the unit is %"), ("1_000", "write 1000"),
    ("1e5", "write 100000"), ('"1,5"', "write 1.5"), ("+5", "write 5"), (".5", "write 0.5"), ("5.", "write 5"),
    ("0x10", "write digits and one point, such as 1005.1"), ("1e400", "write digits and one point, such as 1005.1"),
    ("inf", "write digits and one point, such as 1005.1"), ("nan", "leave the row out where there is no figure"),
    ("", "leave the row out where there is no figure"), ("—", "leave the row out where there is no figure"),
    ("…", "leave the row out where there is no figure"), ("n/a", "leave the row out where there is no figure"),
    (" 5", "write 5"), ("007", "write 7"),
])
def test_number_in_another_form_is_refused_with_what_to_write(book, written, advice):
    book.replace(OBSERVATIONS, "1019.0813", written)
    shown = written.strip('"').replace("\u00a0", "\\u00a0").replace("\u202f", "\\u202f")
    assert book.messages() == [f'{PLACE}: GB310: value: found "{shown}"; expected a number; {advice}']


def test_number_too_large_for_a_double_is_refused(book):
    book.replace(OBSERVATIONS, "1019.0813", "1" * 400)
    assert book.messages() == [f'{PLACE}: GB310: value: found "{"1" * 57}..."; expected a number; '
                               "write digits and one point, such as 1005.1"]


@pytest.mark.parametrize(("written", "expected", "advice"), [
    ("2024/1/31", "a date such as 2025-02-28", "write 2024-01-31"),
    ("2024年1月31日", "a date such as 2025-02-28", "write 2024-01-31"),
    ("2024年2月", "a date such as 2025-02-28", "write 2024-02-29, the last day of the month, and mark it as estimated"),
    ("2024-02", "a date such as 2025-02-28", "write 2024-02-29, the last day of the month, and mark it as estimated"),
    ("31/01/2024", "a date such as 2025-02-28", "write year-month-day"),
    ("45322", "a date such as 2025-02-28", "write year-month-day"),
    ("2024-02-30", "a day of the calendar", "write the right day"),
])
def test_date_in_another_form_is_refused_with_what_to_write(book, written, expected, advice):
    book.replace(OBSERVATIONS, "2024-01-31", written)
    assert book.messages() == [f'{PLACE}: GB312: released: found "{written}"; expected {expected}; {advice}']


@pytest.mark.parametrize(("written", "advice"), [
    ("2023年", "write 2023"), ("２０２３", "write 2023"), ("2023.0", "write digits only, such as 2024"),
    ("2023H1", "write digits only, such as 2024"),
])
def test_year_in_another_form_is_refused_with_what_to_write(book, written, advice):
    book.replace(OBSERVATIONS, "CN,2023", f"CN,{written}")
    assert book.messages() == [f'{PLACE}: GB311: year: found "{written}"; expected a whole number; {advice}']


@pytest.mark.parametrize(("written", "advice"), [
    ("TRUE", "write true"), ("1", "write true"), ("是", "write true"), ("No", "write false"),
    ("perhaps", "write true or false"),
])
def test_flag_in_another_form_is_refused_with_what_to_write(book, written, advice):
    book.replace(OBSERVATIONS, "2024-01-31,true", f"2024-01-31,{written}")
    assert book.messages() == [f'{PLACE}: GB313: released_is_estimated: found "{written}"; '
                               f"expected true or false; {advice}"]


def test_blank_at_the_end_of_a_cell_is_refused(book):
    book.replace(OBSERVATIONS, "2024-01-31,true,", "2024-01-31,true,a remark ")
    assert book.messages() == [f'{PLACE}: GB316: note: found "a remark "; expected no blank at either end; '
                               'write "a remark"']


def test_decomposed_character_is_refused(book):
    book.replace(OBSERVATIONS, "2024-01-31,true,", "2024-01-31,true,cafe\u0301")
    assert book.messages() == [f'{PLACE}: GB316: note: found "cafe\u0301"; expected composed characters (NFC); '
                               "type the cell again"]


def test_empty_cell_that_must_be_filled_is_refused(book):
    book.replace(OBSERVATIONS, "NBS,2024-01-31", "NBS,")
    assert book.messages() == [f'{PLACE}: GB315: released: found ""; expected a value; fill in the day the figure '
                               "became public; a partial date counts as its last day"]


@pytest.mark.parametrize(("old", "new", "message"), [
    ("1019.0813,final", "1019.0813,finl", 'GB314: status: found "finl"; expected one of final, preliminary, revised, '
                                          "derived, estimated, projected; write final"),
    ("1019.0813,final,", "1019.0813,final,more", 'GB314: bound: found "more"; expected one of over, at_least, under, '
                                                 "about or nothing; write one of them"),
    ("CN,2023", "CN,2203", 'GB311: year: found "2203"; expected 1900 to 2100; see whether a digit is wrong'),
    ("CN,2023", "China,2023", 'GB317: region: found "China"; expected CN, or a province: CN-BJ; write it in that form'),
    ("final,,,,NBS,2024", "final,,2023 H1,,NBS,2024",
     'GB317: as_at: found "2023 H1"; expected the day or month of a stock, or the part of the year of a flow; '
     "write it in that form"),
])
def test_cell_outside_the_schema_is_refused_by_pandera_with_its_line(book, old, new, message):
    book.replace(OBSERVATIONS, old, new)
    assert f"{PLACE}: {message}" in book.messages()


@pytest.mark.parametrize("name", ["00700", "2E5", "MAR-1", "1234567890123456789"])
def test_id_that_looks_like_a_number_or_date_keeps_its_text(book, name):
    for file in ("sources.csv", OBSERVATIONS):
        text = book.path(file).read_text("utf-8").replace("\nNBS,", f"\n{name},")
        book.write(file, text.replace(",NBS,20", f",{name},20"))
    catalog = book.read()
    assert name in catalog.sources
    assert {row.source for row in catalog.observations} == {name}
