"""A fixed seed for what hypothesis makes up, and the errors of reference vectors kept for the summary."""

import pytest
from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("house")


@pytest.fixture
def within(record_property):
    """`within("RV-09", found, expected)`: both within the tolerance (relative unless `apart` is given), error kept."""

    def check(vector, found, expected, tolerance=1e-6, apart=None):
        pairs = zip(flat(found), flat(expected), strict=True)
        errors = [(abs(one - two), abs(two)) for one, two in pairs]
        record_property(vector, max(error / size if size else error for error, size in errors))
        for error, size in errors:
            assert error <= (tolerance * size if apart is None else apart), (vector, found, expected)

    return check


def flat(numbers):
    if isinstance(numbers, (int, float)):
        return [float(numbers)]
    return [number for item in numbers for number in flat(item)]
