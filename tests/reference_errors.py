"""The list of reference vectors at the end of a run: each with the largest relative error found."""

PREFIX = "RV-"


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
