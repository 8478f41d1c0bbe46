"""The methods keep to three times what bench/method_speed.py is to show: 5 ms and 3 s of the processor."""

from building import bench

SLACK = 3


def test_lmdi_of_forty_parts_over_twenty_years():
    speed = bench("method_speed")
    assert speed.lmdi_seconds() < SLACK * speed.LMDI_GOAL


def test_the_whole_analysis_of_the_index_chapter():
    speed = bench("method_speed")
    seconds, found = speed.chapter_seconds()
    assert found.exists and len(found.components) == 10
    assert found.sensitivity and all(total.exists for _, _, total in found.sensitivity)
    assert seconds < SLACK * speed.CHAPTER_GOAL
