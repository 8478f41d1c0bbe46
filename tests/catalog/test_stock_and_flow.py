"""RV-27: stock and additions do not sum to the next stock; what is removed shows, and can be told from the data."""

import datetime

import pytest

from greenbook.catalog.reading import read_catalog


@pytest.mark.parametrize(("stock", "before", "added", "after", "removed"), [
    ("pk_green_factories", 5095, 1382, 6430, 47), ("pk_green_parks", 371, 123, 491, 3)])
def test_rv_27_stock_and_flow(real, within, stock, before, added, after, removed):
    """The list removes entries: what stood, plus what was newly listed, less what was removed is what stands."""
    view = read_catalog(real).at(datetime.date(2025, 12, 14))

    def of(indicator, year):
        (row,) = [row for row in view.observations(indicator) if (row.region, row.year) == ("CN", year)]
        return row.value

    within("RV-27", (of(stock, 2023), of(f"{stock}_new", 2024), of(stock, 2024)), (before, added, after), tolerance=0.0)
    assert of(stock, 2023) + of(f"{stock}_new", 2024) != of(stock, 2024)
    within("RV-27", of(stock, 2023) + of(f"{stock}_new", 2024) - of(stock, 2024), removed, tolerance=0.0)
