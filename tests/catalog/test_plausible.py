"""Slips of unit and sign."""

import pytest

OBSERVATIONS = "observations/steel.csv"
PLACE = "data/observations/steel.csv"
CURE = "correct the value or its unit, or write `plausible: ` and the reason in the note"


@pytest.mark.parametrize(("value", "shown"), [
    ("10190813", "1.01908e+07"), ("0.1019", "0.1019"), ("-1019.0813", "-1019.08")])
def test_value_in_another_unit_or_sign_is_refused_with_both_values(book, value, shown):
    book.replace(OBSERVATIONS, "1019.0813", value)
    assert (f'{PLACE}:3: GB332: value: found "{shown}"; expected a value near 1018, that of 2022 (line 2); {CURE}'
            in book.messages())


def test_value_that_a_note_accepts_is_read(book):
    book.replace(OBSERVATIONS, "1019.0813,final,,,,NBS,2024-01-31,true,",
                 "20,final,,,,NBS,2024-01-31,true,plausible: half the works closed")
    book.replace(OBSERVATIONS, "2025-01-31,true,\n", "2025-01-31,true,plausible: they opened again\n")
    assert book.messages() == []


def test_share_above_one_hundred_is_refused(book):
    book.replace("indicators/steel.yml", "kind: rate", "kind: share")
    book.replace(OBSERVATIONS, "2024,-1.7", "2024,170")
    assert book.messages() == [f'{PLACE}:6: GB332: value: found "170"; expected a share between 0 and 100 %; {CURE}']


def test_rate_may_change_its_sign_and_size(book):
    row = "crude_steel_output_growth_reported,CN,2024,-1.7,final,,,,NBS,2025-01-31,true,\n"
    book.replace(OBSERVATIONS, row, row.replace("2024,-1.7", "2023,120").replace("2025-01", "2024-01") + row)
    assert book.messages() == []
