"""What was drawn is what was recorded: every number in the artists of a chart is found among its points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from greenbook.authoring.label import Label
from greenbook.authoring.mistakes import AuthoringError
from greenbook.catalog.indicator import Indicator
from greenbook.units import split_show

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DIGITS = re.compile(r"\d[\d,.]*")
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
CLOSE = 1e-9
POSITIONS = 60
# an axis that reaches further than ten times what is drawn on it was set in another unit
EMPTY = 0.1


class Recorded:
    """The numbers that a drawing may show: those that `label` handed out, years, and zero."""

    def __init__(self, label: Label, uses: Iterable[Any]) -> None:
        self.numbers = sorted({0.0, *label.drawn()})
        years = {year for item in uses if isinstance(item, Indicator) for year in item.years}
        years |= {key.year for key in label.numbers}
        self.years = {float(year) for year in years}

    def has(self, number: float) -> bool:
        """Whether `number` was handed out (to nine digits); no number at all (a gap in a line) is always allowed."""
        return not math.isfinite(number) or any(
            math.isclose(number, known, rel_tol=CLOSE, abs_tol=CLOSE) for known in self.numbers
        )

    def place(self, number: float) -> bool:
        """Whether `number` may stand on the axis of positions: a year, the place of a bar, or a recorded number."""
        near_year = any(abs(number - year) < 1 for year in self.years)
        return self.has(number) or near_year or -1 <= number <= POSITIONS


def check_drawn(figure: str, language: str, axes: Iterable[Axes], label: Label, uses: tuple[Any, ...]) -> None:
    """Raises AuthoringError, naming the figure, for a number drawn that is not recorded or lies outside the axis, a bar
    that does not start at zero, a line through a series of points only, or a numeral typed into the chart."""
    recorded = Recorded(label, uses)
    _check_units(figure, language, label)
    for panel in axes:
        numbers = list(_drawn_numbers(panel, recorded))
        for number in numbers:
            if not recorded.has(number):
                raise AuthoringError(
                    "GB483",
                    f'figure "{figure}" ({language}): found {number:g} drawn and not recorded',
                    "expected numbers from label.values(indicator) or label.number(value)",
                    "plot an Indicator, derived if need be",
                )
        _check_places(figure, panel, recorded)
        _check_bars(figure, panel)
        _check_limits(figure, language, panel, numbers)
        _check_lines(figure, panel, label, uses)
        _check_texts(figure, panel, label)


def check_colours(figure: str, svg: str) -> None:
    """Raises AuthoringError for a colour that is no role of tokens.yml: it would have no value on dark pages."""
    from greenbook.style.tokens import tokens

    known = {themes["light"].lower() for themes in tokens().colours.values()}
    for colour in sorted(set(COLOUR.findall(svg))):
        if colour.lower() not in known:
            raise AuthoringError(
                "GB493",
                f'figure "{figure}": found the colour {colour}',
                "expected a role of tokens.yml",
                'write charts.colour("target"), or leave colours alone',
            )


def _check_units(figure: str, language: str, label: Label) -> None:
    """Numbers of one dimension are drawn in one unit: 亿千瓦 beside 万千瓦 on one axis is wrong by 10,000."""
    shown: dict[str, set[str]] = {}
    for drawn in label.numbers.values():
        show = drawn.thing.show if isinstance(drawn.thing, Indicator) else drawn.thing.content.show
        unit = split_show(show[language])[0]
        shown.setdefault(drawn.thing.units[unit].dimension, set()).add(unit)
    for dimension, units in shown.items():
        if len(units) > 1 and dimension != "ratio":
            raise AuthoringError(
                "GB492",
                f'figure "{figure}" ({language}): found {" and ".join(sorted(units))} in one chart',
                "expected one unit",
                "write label.values(series.shown_as(other))",
            )


def _drawn_numbers(panel: Axes, recorded: Recorded) -> Iterator[float]:
    """The numbers on the axis of values: of lines, bars, dots and filled areas."""
    from matplotlib.collections import LineCollection, PathCollection, PolyCollection

    flat = _horizontal(panel)
    for line in _lines(panel):
        if _in_data(line, panel)[0 if flat else 1]:
            yield from map(float, line.get_xdata(orig=False) if flat else line.get_ydata(orig=False))
    for bar in _bars(panel):
        yield float(bar.get_width() if flat else bar.get_height())
    for item in _collections(panel):
        if isinstance(item, PathCollection):
            spots: Any = item.get_offsets()
            yield from (float(spot[0 if flat else 1]) for spot in spots)
        elif isinstance(item, PolyCollection):
            yield from _edges(item, flat, recorded)
        elif isinstance(item, LineCollection):
            for segment in item.get_segments():
                ends = {float(spot[0 if flat else 1]) for spot in segment}
                yield from ends if len(ends) > 1 or flat else ()


def _in_data(line: Any, panel: Axes) -> tuple[bool, bool]:
    """Whether the x and the y of a line are data: the y of axvline and the x of axhline are places on the panel."""
    return line.get_transform().contains_branch_seperately(panel.transData)


def _edges(area: Any, flat: bool, recorded: Recorded) -> Iterator[float]:
    """The edges of a filled area, or its thickness where parts are stacked."""
    for path in area.get_paths():
        columns: dict[float, list[float]] = {}
        for spot in path.vertices:
            columns.setdefault(float(spot[1 if flat else 0]), []).append(float(spot[0 if flat else 1]))
        for column in columns.values():
            low, high = min(column), max(column)
            if not recorded.has(high - low):
                yield from (low, high)


def _lines(panel: Any) -> list[Any]:
    return list(panel.lines)


def _collections(panel: Any) -> list[Any]:
    return list(panel.collections)


def _bars(panel: Axes) -> list[Any]:
    from matplotlib.container import BarContainer

    return [bar for group in panel.containers if isinstance(group, BarContainer) for bar in group]


def _horizontal(panel: Axes) -> bool:
    """Whether the values run along x: horizontal bars, or a chart that says so."""
    from matplotlib.container import BarContainer

    groups = [group for group in panel.containers if isinstance(group, BarContainer)]
    return any(group.orientation == "horizontal" for group in groups) or getattr(panel, "greenbook_flat", False)


def _check_places(figure: str, panel: Axes, recorded: Recorded) -> None:
    flat = _horizontal(panel)
    for line in _lines(panel):
        if _in_data(line, panel)[1 if flat else 0]:
            for number in map(float, line.get_ydata(orig=False) if flat else line.get_xdata(orig=False)):
                if math.isfinite(number) and not recorded.place(number):
                    raise AuthoringError(
                        "GB483",
                        f'figure "{figure}": found a point drawn at {number:g}, which is no year of what it uses',
                        "expected indicator.years or recorded numbers",
                        "plot indicator.years",
                    )


def _check_bars(figure: str, panel: Axes) -> None:
    bars, flat = _bars(panel), _horizontal(panel)
    if not bars:
        return
    low, high = panel.get_xlim() if flat else panel.get_ylim()
    if not min(low, high) <= 0 <= max(low, high):
        raise AuthoringError(
            "GB484",
            f'figure "{figure}": found a bar axis from {low:g} to {high:g}',
            "expected zero on it",
            "leave the axis of bars alone",
        )
    ends = {0.0}
    for bar in bars:
        start, size = (bar.get_x(), bar.get_width()) if flat else (bar.get_y(), bar.get_height())
        if not any(math.isclose(start, end, rel_tol=CLOSE, abs_tol=1e-6) for end in ends):
            raise AuthoringError(
                "GB484",
                f'figure "{figure}": found a bar that starts at {start:g}',
                "expected bars from zero, or on top of another bar",
                "drop bottom= or left=",
            )
        ends.add(start + size)


def _check_limits(figure: str, language: str, panel: Axes, numbers: list[float]) -> None:
    """The axis holds what is drawn and is filled by it: limits typed for one language do not fit the other's unit."""
    flat, bars = _horizontal(panel), _bars(panel)
    ends = [bar.get_x() + bar.get_width() if flat else bar.get_y() + bar.get_height() for bar in bars]
    held = [number for number in (ends or numbers) if math.isfinite(number)]
    low, high = sorted(panel.get_xlim() if flat else panel.get_ylim())
    slack = (high - low) * 1e-6
    outside = [number for number in held if not low - slack <= number <= high + slack]
    reach = max((abs(number) for number in held), default=0.0)
    if outside or 0 < reach < EMPTY * max(abs(low), abs(high)):
        found = f"{outside[0]:g} drawn on" if outside else f"no number above {reach:g} on"
        raise AuthoringError(
            "GB494",
            f'figure "{figure}" ({language}): found {found} an axis from {low:g} to {high:g}',
            "expected an axis that its numbers fill in either language",
            "write charts.room(ax, label, series) in place of typed limits",
        )


def _check_lines(figure: str, panel: Axes, label: Label, uses: tuple[Any, ...]) -> None:
    for item in uses:
        if not (isinstance(item, Indicator) and item.points_only):
            continue
        shown = {drawn.shown for key, drawn in label.numbers.items() if key.series == item.id}
        for line in _lines(panel):
            numbers = [float(number) for number in line.get_ydata(orig=False) if math.isfinite(float(number))]
            joined = line.get_linestyle() not in ("None", "none", "", " ") and len(numbers) > 1
            if (
                joined
                and shown
                and len(set(numbers)) > 1
                and all(any(math.isclose(number, known, rel_tol=CLOSE) for known in shown) for number in numbers)
            ):
                raise AuthoringError(
                    "GB485",
                    f'figure "{figure}": found a line through {item.id}',
                    "expected dots: the series mixes compilers or scopes",
                    "use charts.dots",
                )


def _check_texts(figure: str, panel: Axes, label: Label) -> None:
    """Numerals in the chart come from `label`; tick labels are the axis's own."""
    titles: Any = panel
    for text in [
        *panel.texts,
        panel.title,
        titles._left_title,
        titles._right_title,
        panel.xaxis.label,
        panel.yaxis.label,
    ]:
        words = "".join(text.get_text().split())
        if not DIGITS.search(words):
            continue
        for known in sorted(("".join(said.split()) for said in label.texts), key=len, reverse=True):
            words = words.replace(known, "|") if known else words
        if re.search(r"(?<![A-Za-z])\d", words):
            raise AuthoringError(
                "GB481",
                f'figure "{figure}": found a typed number in "{text.get_text()}"',
                "expected numbers from label",
                "write label.number(value), label.text(value) or label.period(x)",
            )
