"""A reason that names its year gets no second one put before it."""

import pytest

from greenbook.language import says_its_year


@pytest.mark.parametrize("words", ["2019年起基数调整", "from 2019 on, another base", "In 2019 the base changed",
                                   "nine categories in 2019, ten in 2018", "the total of 2019 is a revised level"])
def test_reason_names_its_year(words):
    assert says_its_year(words, 2019)


@pytest.mark.parametrize("words", ["基数调整", "another base", "ten categories against 12019", "ten in 2018"])
def test_reason_does_not_name_its_year(words):
    assert not says_its_year(words, 2019)
