"""What a composite index hands back: its score and band, its parts, ranks and sensitivity, with their lineage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from greenbook.analysis import scoring
from greenbook.analysis.eligible import Component
from greenbook.analysis.result import RATIO, Result, absent, both, number, stopped
from greenbook.catalog.comparability import refuse
from greenbook.catalog.derived import merged
from greenbook.catalog.indicator import INDEX_SHOW, INDEX_UNIT, Indicator
from greenbook.catalog.selection import Observed
from greenbook.catalog.value import Value, settled
from greenbook.records import Refusal, Text

WORDS = {
    "normalisation": both("归一方法", "Normalisation"),
    "weights": both("权重", "Weights"),
    "aggregation": both("汇总方法", "Aggregation"),
    "imputation": both("插补方法", "Imputation"),
    "left_out": both("剔除一项指标", "One indicator left out"),
}


@dataclass(frozen=True, eq=False)
class Composite(Result):
    """`score` under the house choice (0 in the base year, 100 at the goals), `median`, `lower` and `upper` of the 80 %
    band of the draws, `parts` the points each dimension adds, `ranks` the rank of each year (1 is best) with
    `best_rank` and `worst_rank` of its 80 %, `sensitivity` the first-order and total Sobol index of each choice.

    `components` are the indicators used, `left` those left out, as refusals; without a score they are the dashboard.
    """

    score: Indicator
    median: Indicator
    lower: Indicator
    upper: Indicator
    parts: tuple[Indicator, ...]
    ranks: Indicator
    best_rank: Indicator
    worst_rank: Indicator
    sensitivity: tuple[tuple[Text, Value, Value], ...]
    components: tuple[Component, ...]
    left: tuple[Refusal, ...]
    base: int = 0
    draws: Any = None

    def drawn(self) -> tuple[Indicator | Value, ...]:
        return (self.score, self.lower, self.upper)

    def change(self, start: int, end: int) -> Value:
        """The change of the score in points; refused where the 80 % band of the change spans zero (brief, 8.3)."""
        if self.refusal:
            return absent(self.sources, self.refusal)
        for year in (start, end):
            if self.score.point(year) is None:
                return self.score.at(year)
        steps = self.draws[:, self.score.years.index(end)] - self.draws[:, self.score.years.index(start)]
        low, high = _quantiles(steps, (0.1, 0.9))
        if low <= 0 <= high:
            verdict = refuse(
                "band",
                f"指数{start}—{end}年的变化小于区间带，不作为发现",
                f"the index's change from {start} to {end} is within its band and no finding",
            )
            return absent(self.sources, stopped("X", self.sources, verdict, start, end), self.score.label)
        points = [self.score.known(start), self.score.known(end)]
        return number(
            (self.score,),
            points,
            points[1].value - points[0].value,
            unit=INDEX_UNIT,
            show=INDEX_SHOW,
            form="change",
            label=self.score.label,
            period=f"{start}—{end}",
            notes=self.notes,
            formula=f"{self.score.id}[{end}] − {self.score.id}[{start}]",
        )


@dataclass(frozen=True, eq=False)
class Writer:
    """Turns the arrays of one index into Indicators and Values with their lineage."""

    held: tuple[Component, ...]
    years: list[int]
    board: scoring.Board
    label: Text
    left: tuple[Refusal, ...]
    seed: int
    draws: int
    base: int

    def write(self, words: list[Text]) -> Composite:
        found = scoring.published(self.board)
        runs = scoring.draw(self.board, self.draws, self.seed)
        low, middle, high = (_columns(runs, share) for share in (0.1, 0.5, 0.9))
        own, best, worst = self._ranks(found, runs)
        return Composite(
            tuple(item.series for item in self.held),
            None,
            self._notes(),
            self._line("score", found, both("", "")),
            self._line("median", middle, both("（中位数）", "median"), True),
            self._line("lower", low, both("（80%区间下限）", "lower end of 80%"), True),
            self._line("upper", high, both("（80%区间上限）", "upper end of 80%"), True),
            self._parts(words),
            self._line("rank", own, both("（位次）", "rank")),
            self._line("best-rank", best, both("（最好位次）", "best rank"), True),
            self._line("worst-rank", worst, both("（最差位次）", "worst rank"), True),
            self._sensitivity(),
            self.held,
            self.left,
            self.base,
            runs,
        )

    def _notes(self) -> tuple[Text, ...]:
        if not self.left:
            return ()
        zh, en = (
            mark.join(item.reason[language] for item in self.left)
            for mark, language in (("；", "zh-Hans"), ("; ", "en"))
        )
        return (both(f"未纳入指数：{zh}", f"Not in the index: {en}"),)

    def _line(self, key: str, numbers: Any, words: Text, drawn: bool = False) -> Indicator:
        first, *others = (item.series for item in self.held)
        unit, show = ("ratio", both("ratio@0", "ratio@0")) if "rank" in key else (INDEX_UNIT, INDEX_SHOW)
        points = [
            replace(self._origin(year, drawn), value=settled(float(amount)))
            for year, amount in zip(self.years, numbers, strict=True)
        ]
        label = both(self.label["zh-Hans"] + words["zh-Hans"], ", ".join(filter(None, (self.label["en"], words["en"]))))
        return self._plain(first, others, f"composite:{key}", points, label, unit, show)

    def _plain(
        self,
        first: Indicator,
        others: Sequence[Indicator],
        name: str,
        points: list[Observed],
        label: Text,
        unit: str,
        show: Text,
    ) -> Indicator:
        return first.derive(
            name,
            points,
            f"{name}: Σ w · (x − base) / (goal − base) × 100 over {len(self.held)} indicators",
            *others,
            label=label,
            unit=unit,
            show=show,
            kind="index",
            counter={},
            scope={},
            price_basis="",
            direction="up",
            breaks=(),
            first_published={},
            notes=self._notes(),
            refusals=self.left,
            grade="",
        )

    def _origin(self, year: int, drawn: bool) -> Observed:
        """What the point of a year inherits: of each indicator the number of the year, or its neighbours."""
        points = [point for item in self.held for point in item.behind(year, self.years)]
        both_ = merged(*points)
        keys = (*both_.inputs, *((f"simulation:composite-{self.seed}-{self.draws}",) if drawn else ()))
        return replace(both_, year=year, inputs=keys, as_at="", bound="", vintage="")

    def _parts(self, words: list[Text]) -> tuple[Indicator, ...]:
        weights, parts = scoring.weights_of(self.board, self.board.weights), scoring.progress(self.board)[0]
        made = []
        for group, name in enumerate(words):
            rows = [place for place, own in enumerate(self.board.groups) if own == group]
            numbers = [100 * sum(weights[row] * parts[row][at] for row in rows) for at in range(len(self.years))]
            line = self._line(f"part-{group + 1}", numbers, both("", ""))
            made.append(replace(line, label=name))
        return tuple(made)

    def _ranks(self, found: Any, runs: Any) -> tuple[Any, Any, Any]:
        def ranks(rows: Any) -> Any:
            return (rows[:, None, :] > rows[:, :, None] + 1e-12).sum(axis=2) + 1

        each = ranks(runs)
        return ranks(found[None, :])[0], _columns(each, 0.1, whole=True), _columns(each, 0.9, whole=True)

    def _sensitivity(self) -> tuple[tuple[Text, Value, Value], ...]:
        found = scoring.sobol(self.board, len(self.years) - 1, self.seed)
        sources, points = tuple(item.series for item in self.held), [self._origin(self.years[-1], False)]

        def value(name: str, order: str, amount: float) -> Value:
            return number(
                sources,
                points,
                amount,
                unit="ratio",
                show=RATIO,
                label=WORDS[name],
                period=str(self.years[-1]),
                formula=f"Sobol {order} of {name}, {scoring.SAMPLES} samples",
                simulation=f"sobol-{self.seed}-{scoring.SAMPLES}",
            )

        return tuple(
            (WORDS[name], value(name, "first order", one), value(name, "total", two))
            for name, (one, two) in found.items()
        )


def _columns(rows: Any, share: float, whole: bool = False) -> Any:
    import numpy

    return numpy.quantile(rows, share, axis=0, method="nearest" if whole else "linear")


def _quantiles(row: Any, shares: tuple[float, ...]) -> list[float]:
    import numpy

    return [float(amount) for amount in numpy.quantile(row, shares)]
