"""The parts of an edition side by side: order, one heavy part at a time, a process that dies."""

import os
import time

import pytest

from greenbook.errors import EnvironmentMissing
from greenbook.publishing.crew import Part, side_by_side


def test_answers_of_all_parts_come_and_two_heavy_ones_never_run_together():
    def slept():
        started = time.monotonic()
        time.sleep(0.2)
        return started, time.monotonic()

    begun = []
    parts = [Part("a", slept, heavy=True), Part("b", slept, heavy=True), Part("c", slept)]
    made = list(side_by_side(parts, 3, begun.append))
    assert begun == ["a", "c", "b"] and len(made) == 3
    last = max(made)
    assert last[0] >= sorted(end for _, end in made)[0]


def test_a_part_whose_process_dies_is_named_and_the_others_are_ended():
    parts = [Part("slow", lambda: time.sleep(60)), Part("dead", lambda: os._exit(3))]
    started = time.monotonic()
    with pytest.raises(EnvironmentMissing) as raised:
        list(side_by_side(parts, 2, lambda name: None))
    assert raised.value.problems[0].code == "GB714" and "dead" in raised.value.problems[0].path
    assert time.monotonic() - started < 30
