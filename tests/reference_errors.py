"""The list of reference vectors at the end of a run: each with the largest relative error found."""

import pytest

PREFIX = "RV-"


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
    """All numbers of nested sequences."""
    if isinstance(numbers, (int, float)):
        return [float(numbers)]
    return [number for item in numbers for number in flat(item)]


def largest(reports):
    """Vector → the largest relative error of its tests, in order."""
    found = {}
    for report in reports:
        for name, error in getattr(report, "user_properties", ()):
            if name.startswith(PREFIX):
                found[name] = max(found.get(name, 0.0), error)
    return dict(sorted(found.items()))


def pytest_terminal_summary(terminalreporter):
    """Prints the list, whichever worker ran the tests."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    found = largest(reports)
    if found:
        terminalreporter.section("reference vectors: largest relative error")
        for name, error in found.items():
            terminalreporter.line(f"{name}  {error:.1e}")
