"""X: a composite index over time between fixed goalposts, with its uncertainty, or the refusal of a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greenbook.analysis import reasons, scoring
from greenbook.analysis.eligible import Component, chosen
from greenbook.analysis.gate import Verdict
from greenbook.analysis.result import stopped
from greenbook.analysis.scored import Composite, Writer
from greenbook.analysis.weighting import entropy_weights
from greenbook.catalog.comparability import both_languages, named, refuse
from greenbook.catalog.indicator import INDEX_SHOW, INDEX_UNIT, Indicator
from greenbook.catalog.value import Value
from greenbook.records import Refusal, Text

DRAWS = 2000
Dimensions = Mapping[str, tuple[Text, Sequence[tuple[Indicator, float | Value]]]]


def composite(
    dimensions: Dimensions,
    base: int,
    *,
    label: Text,
    weights: Mapping[str, float] | str = "equal",
    expert: Mapping[str, float] | None = None,
    draws: int = DRAWS,
    seed: int = scoring.SEED,
) -> Composite:
    """The index of `dimensions`: key → (words, [(indicator, goal), …]); a goal is a target or a stored number.

    `weights` are equal or stated by dimension (indicators are equal inside one); `expert` are others to vary with.
    Refused: fewer than ten indicators with eight of the ten years to the last common one (a dashboard without a score),
    and entropy weights. Raises ValueError for unknown dimensions in `weights`, or a label in one language.
    """
    words = both_languages(label, "label")
    components = [
        Component(series, key, goal, both_languages(said, "a dimension"))
        for key, (said, held) in dimensions.items()
        for series, goal in held
    ]
    held, years, left, verdict = chosen(components, base)
    if weights == "entropy":
        verdict = _entropy(held, years)
    if verdict.refused:
        return _refused(components, verdict, left, words)
    keys = list(dimensions)
    groups = [keys.index(item.dimension) for item in held]
    used = sorted(set(groups))
    board = scoring.board(
        [scoring.filled(years, item.numbers(years)) for item in held],
        [scoring.filled(years, item.numbers(years), carry=True) for item in held],
        years.index(base),
        [item.aim() for item in held],
        [used.index(group) for group in groups],
        _shares(weights, [keys[group] for group in used]),
        _shares(expert, [keys[group] for group in used]) if expert else (),
    )
    return Writer(held, years, board, words, left, seed, draws, base).write(
        [both_languages(dimensions[keys[group]][0], "a dimension") for group in used]
    )


def _shares(weights: Mapping[str, float] | str, keys: Sequence[str]) -> list[float]:
    if isinstance(weights, str):
        return [1 / len(keys)] * len(keys)
    if not set(keys) <= set(weights):
        raise ValueError(f"weights are missing for {', '.join(sorted(set(keys) - set(weights)))}")
    whole = sum(weights[key] for key in keys)
    return [weights[key] / whole for key in keys]


def _entropy(held: Sequence[Component], years: Sequence[int]) -> Verdict:
    """The refusal of entropy weights, with what they would have done to the indicators that are there."""
    if len(held) < 2:
        return refuse(
            "entropy",
            "熵权法奖励变动大、有趋势的指标，不采用",
            "entropy weights reward what trends, so they are not used",
        )
    rows = [scoring.filled(years, item.numbers(years)) for item in held]
    found = entropy_weights([[max(value, 1e-12) for value in column] for column in zip(*rows, strict=True)])
    place = max(range(len(found)), key=lambda at: found[at])
    (zh, en), share = named(held[place].series), f"{found[place] * 100:.0f}"
    return refuse(
        "entropy",
        f"熵权法奖励变动大、有趋势的指标：{zh}一项将得{share}%的权重，不采用",
        f"entropy weights reward what trends: {en} alone would get {share}%, so they are not used",
        reasons.weight_of(held[place].series, found[place] * 100, [item.series for item in held]),
    )


def _refused(components: Sequence[Component], verdict: Verdict, left: tuple[Refusal, ...], label: Text) -> Composite:
    sources = tuple(item.series for item in components)
    stop = stopped("X", sources, verdict)
    first, *others = sources
    empty = first.derive(
        "composite:score",
        (),
        "",
        *others,
        label=label,
        unit=INDEX_UNIT,
        show=INDEX_SHOW,
        kind="index",
        breaks=(),
        refusals=(stop, *left),
    )
    return Composite(
        sources, stop, (), empty, empty, empty, empty, (), empty, empty, empty, (), tuple(components), left
    )
