"""T: Tapio's decoupling states, every boundary closed, with a class for what cannot be told (brief, 8.1 and 8.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from greenbook.analysis.gate import growth_verdict, intensity_verdict
from greenbook.analysis.rates import growth_rate
from greenbook.analysis.result import PERCENT, RATIO, Result, absent, both, noted, number, stopped
from greenbook.catalog.comparability import Verdict, named, refuse
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.value import Value, settled
from greenbook.records import Refusal, Text

STATES = {
    "strong decoupling": both("强脱钩", "strong decoupling"),
    "weak decoupling": both("弱脱钩", "weak decoupling"),
    "expansive coupling": both("扩张连结", "expansive coupling"),
    "expansive negative decoupling": both("扩张性负脱钩", "expansive negative decoupling"),
    "strong negative decoupling": both("强负脱钩", "strong negative decoupling"),
    "weak negative decoupling": both("弱负脱钩", "weak negative decoupling"),
    "recessive coupling": both("衰退连结", "recessive coupling"),
    "recessive decoupling": both("衰退脱钩", "recessive decoupling"),
    "indeterminate": both("无法判定", "indeterminate"),
    "undefined": both("无定义", "undefined"),
}
LOW, HIGH, SMALLEST = 0.8, 1.2, 1.0


def elasticity(pressure: float, driver: float) -> float:
    """e = (ΔP/P_0) / (ΔG/G_0) of two changes in per cent. Raises ZeroDivisionError for a driver that stands still."""
    return settled(pressure / driver)


def state(pressure: float, driver: float) -> str:
    """The one key of STATES for two finite changes in per cent (RV-08).

    e = 0 belongs to the weak states, 0.8 and 1.2 to coupling; a driver of 0 is undefined, one below 1 % indeterminate.
    """
    if driver == 0:
        return "undefined"
    if abs(driver) < SMALLEST:
        return "indeterminate"
    return _named(pressure, driver)


def _named(pressure: float, driver: float) -> str:
    e, grows = elasticity(pressure, driver), driver > 0
    if e < 0:
        return "strong decoupling" if grows else "strong negative decoupling"
    if e < LOW:
        return "weak decoupling" if grows else "weak negative decoupling"
    if e <= HIGH:
        return "expansive coupling" if grows else "recessive coupling"
    return "expansive negative decoupling" if grows else "recessive decoupling"


def state_within(pressure: float, driver: float, margins: tuple[float, float]) -> str:
    """The state, or indeterminate where revisions of `margins` points in the two changes could turn it into another."""
    own = state(pressure, driver)
    corners = {state(pressure + a * margins[0], driver + b * margins[1]) for a in (-1, 1) for b in (-1, 1)}
    return own if own in ("undefined", "indeterminate") or corners == {own} else "indeterminate"


def decoupling_factor(pressure: float, driver: float) -> float:
    """The OECD's F = 1 − (P/G)_T / (P/G)_0 of two changes in per cent; positive where the ratio falls (RV-04)."""
    return 1 - (1 + pressure / 100) / (1 + driver / 100)


@dataclass(frozen=True, eq=False)
class Decoupling(Result):
    """One window. `state` is a key of STATES; `elasticity` is absent where it is undefined or indeterminate."""

    start: int
    end: int
    state: str
    elasticity: Value
    factor: Value
    pressure: Value
    driver: Value

    @property
    def words(self) -> Text:
        """The state in both languages."""
        return STATES[self.state]

    @property
    def period(self) -> Text:
        """The window in words."""
        one = str(self.end)
        return (
            both(one, one)
            if self.end - self.start == 1
            else both(f"{self.start}—{self.end}", f"{self.start}–{self.end}")
        )

    @property
    def lineage(self) -> tuple[Indicator | Value, ...]:
        return (self.elasticity,)


def tapio(
    pressure: Indicator,
    driver: Indicator,
    start: int,
    end: int,
    *,
    margins: tuple[float, float] = (0.0, 0.0),
    across_vintages: Text | None = None,
) -> Decoupling:
    """How `pressure` (energy, emissions) moved with `driver` (output at constant prices) from `start` to `end`.

    `margins` is the revision range of the two changes, in points: where it could turn the state, the state is
    indeterminate, as where the driver moves less than 1 %. Refused: what growth refuses, of either series.
    """
    verdicts = [growth_verdict(item, start, end, across_vintages) for item in (pressure, driver)]
    verdicts.append(intensity_verdict(driver))
    verdicts.append(_window(pressure, start, end))
    bad = next((verdict for verdict in verdicts if verdict.refused), None)
    if bad is not None:
        return _refused(pressure, driver, start, end, stopped("T", (pressure, driver), bad, start, end))
    changes = [growth_rate(item.known(start).value, item.known(end).value) for item in (pressure, driver)]
    found = state_within(changes[0], changes[1], margins)
    made = _Maker(pressure, driver, start, end, noted(*verdicts))
    slow = _slow(pressure, driver, start, end, found, abs(changes[1]) < SMALLEST)
    unknown = found in ("undefined", "indeterminate")
    stop = stopped("T", (pressure, driver), slow, start, end) if unknown else None
    return Decoupling(
        (pressure, driver),
        stop,
        made.notes,
        start,
        end,
        found,
        absent((pressure, driver), stop, both("弹性", "Elasticity")) if stop else made.elasticity(*changes),
        made.factor(*changes),
        made.growth(pressure, changes[0]),
        made.growth(driver, changes[1]),
    )


def strip(
    pressure: Indicator, driver: Indicator, windows: Iterable[tuple[int, int]], **said: Any
) -> list[Decoupling]:
    """`tapio` of each window: plan periods, or yearly steps as a strip."""
    return [tapio(pressure, driver, start, end, **said) for start, end in windows]


@dataclass(frozen=True)
class _Maker:
    """Makes the Values of one window."""

    pressure: Indicator
    driver: Indicator
    start: int
    end: int
    notes: tuple[Text, ...]

    def _number(self, sources: tuple[Indicator, ...], value: float, **said: Any) -> Value:
        points = [item.known(year) for item in sources for year in (self.start, self.end)]
        period = str(self.end) if self.end - self.start == 1 else f"{self.start}—{self.end}"
        return number(sources, points, value, period=period, notes=self.notes, approximate=bool(self.notes), **said)

    def growth(self, item: Indicator, value: float) -> Value:
        zh, en = named(item)
        return self._number(
            (item,),
            value,
            unit="%",
            show=PERCENT,
            form="growth",
            label=both(f"{zh}增速", f"{en}, growth"),
            formula=f"{item.id}[{self.end}] / {item.id}[{self.start}] − 1",
        )

    def elasticity(self, pressure: float, driver: float) -> Value:
        return self._number(
            (self.pressure, self.driver),
            elasticity(pressure, driver),
            unit="ratio",
            show=RATIO,
            label=both("脱钩弹性", "Elasticity of decoupling"),
            formula=f"(Δ{self.pressure.id} / {self.pressure.id}[{self.start}]) / "
            f"(Δ{self.driver.id} / {self.driver.id}[{self.start}]), {self.start} to {self.end}",
        )

    def factor(self, pressure: float, driver: float) -> Value:
        ratio = f"{self.pressure.id}/{self.driver.id}"
        return self._number(
            (self.pressure, self.driver),
            decoupling_factor(pressure, driver),
            unit="ratio",
            show=RATIO,
            label=both("经合组织脱钩因子", "OECD decoupling factor"),
            formula=f"1 − ({ratio})[{self.end}] / ({ratio})[{self.start}]",
        )


def _window(series: Indicator, start: int, end: int) -> Verdict:
    if end > start:
        return Verdict("run")
    zh, en = named(series)
    return refuse("window", f"{zh}：{start}—{end}年不是一个时段", f"{en}: {start} to {end} is no period")


def _slow(pressure: Indicator, driver: Indicator, start: int, end: int, found: str, small: bool) -> Verdict:
    zh, en = named(driver)
    if small or found == "undefined":
        return refuse(
            "small",
            f"{zh}{start}—{end}年变动不足1%，弹性无法判定",
            f"{en} moved by less than 1% from {start} to {end}, so the elasticity tells nothing",
        )
    return refuse(
        "margin",
        f"{named(pressure)[0]}与{zh}：{start}—{end}年的修订幅度足以改变脱钩状态，不作判定",
        f"{named(pressure)[1]} and {en}: revisions of {start} to {end} are large enough to turn the state of "
        "decoupling, so none is given",
    )


def _refused(pressure: Indicator, driver: Indicator, start: int, end: int, stop: Refusal) -> Decoupling:
    nothing = absent((pressure, driver), stop, both("脱钩弹性", "Elasticity of decoupling"))
    return Decoupling((pressure, driver), stop, (), start, end, "indeterminate", nothing, nothing, nothing, nothing)
