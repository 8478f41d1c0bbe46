"""What a change of each kind executes and draws again, by the real command; the whole table is in `make evidence`."""

import sys

import pytest

from building import BOOKS, ROOT

sys.path.insert(0, str(ROOT / "bench"))

from cached import WAYS, equality
from kills import copied
from mutations import CHANGES, House


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return House(tmp_path_factory.mktemp("mutations"))


@pytest.mark.parametrize("kind", ["a code cell", "a prose cell", "a page template", "times of files", "order of files"])
def test_change_executes_and_draws_exactly_what_depends_on_it(house, kind):
    change, executed, drawn = CHANGES[kind]
    change(house)
    assert house.build() == (executed, drawn)


def test_explanation_names_the_chapters_that_load_a_changed_observation(house):
    path = house.book / "data" / "observations" / "steel.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("2005,349.3615,", "2005,349.36151,"), "utf-8")
    assert house.explained() == {slug for slug in ("steel", "recycling", "carbon")
                                 if "crude_steel_output" in house.loads(slug)} != set()
    path.write_text(text, "utf-8")
    assert house.explained() == set()


def test_records_are_the_same_bytes_however_the_chapters_ran(tmp_path):
    rows = list(equality(copied(BOOKS / "small", tmp_path), (WAYS[0], WAYS[-1])))
    assert [(row[1], row[2]) for row in rows] == [(3, 0)] * 4
