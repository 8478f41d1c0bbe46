"""Labels keep off lines, marks, bars and the rules of breaks, inside the drawing, and the checker sees where not."""

import pytest

from building import bench
from greenbook.style import finishing
from greenbook.style.apart import settle
from greenbook.style.drawing import house_style, new_figure, svg_of
from greenbook.style.ends import end_labels, with_last, write_ends

ROUND = (2010, 2011, 2012, 2013, 2014)


def noted(ax, words, place, **more):
    return ax.annotate(words, place, **{"xytext": (0, 6), "textcoords": "offset points", "ha": "center",
                                        "fontsize": 7.5, **more})


def on_a_line(ax):
    ax.plot(ROUND, [1, 5, 1, 5, 1])
    noted(ax, "more than 1.0", (2012, 1))


def on_a_break(ax):
    ax.plot(ROUND, [3] * 5, linestyle="None", marker="o")
    ax.axvline(2012.05, linestyle=":")
    noted(ax, "3.000", (2012, 3))


def on_another(ax):
    ax.plot([2010, 2010.05, 2014], [3, 3, 4], linestyle="None", marker="o")
    for place in ((2010, 3), (2010.05, 3)):
        noted(ax, "more than 3.0", place)


def on_a_mark(ax):
    ax.plot([2010, 2012, 2012, 2014], [1, 3, 3.3, 5], linestyle="None", marker="o")
    noted(ax, "3.00", (2012, 3))


def on_a_bar(ax):
    ax.bar(ROUND, [1, 2, 3, 2, 1])
    noted(ax, "about 2.0", (2011, 2))


def over_the_edge(ax):
    ax.plot(ROUND, [1, 2, 3, 4, 5], linestyle="None", marker="o")
    noted(ax, "more than a hundred thousand", (2014, 5))


DRAWINGS = {on_a_line: "words on a line", on_a_break: "words on a break", on_another: "words on words",
            on_a_mark: "words on a mark", on_a_bar: "words on a line", over_the_edge: "words over the edge"}


def kinds(draw, after, language="en"):
    with house_style(language):
        figure, ax = new_figure("narrow")
        draw(ax)
        after(ax)
        return {fault.kind for fault in bench("measured_words").faults(figure)}


@pytest.mark.parametrize("draw", DRAWINGS)
def test_what_covers_something_is_seen_and_moved(draw):
    assert DRAWINGS[draw] in kinds(draw, lambda ax: None)
    assert kinds(draw, settle) == set()


@pytest.mark.parametrize("draw", DRAWINGS)
def test_the_same_places_are_found_in_each_run(draw):
    def drawn():
        with house_style("en"):
            figure, ax = new_figure("narrow")
            draw(ax)
            settle(ax)
            return svg_of(figure, "x")
    assert drawn() == drawn()


def test_a_label_that_stands_free_is_left_where_its_author_put_it():
    with house_style("en"):
        _, ax = new_figure("wide")
        ax.plot(ROUND, [1, 2, 3, 4, 5], linestyle="None", marker="o")
        note = noted(ax, "3.0", (2012, 3), xytext=(0, 9))
        settle(ax)
        assert note.get_position() == (0, 9)


def test_a_rule_ends_before_the_names_beside_it():
    def draw(ax):
        ax.plot(ROUND, [1, 5, 1, 5, 3])
        ax.axhline(3)
        end_labels(ax, [(2014, 3, "Yarn", "#000000")])
    assert kinds(draw, lambda ax: write_ends(ax, alone=True)) == set()


class Last:
    """The last value of a series, as `label` writes it."""

    points, years = ["point"], [2024]

    def bound(self, point):
        return "about "

    def point(self, item, year):
        return 29.3


WRITTEN = {"PM2.5": "PM2.5 about 29.3", "CO₂ per tonne": "CO₂ per tonne about 29.3", "29 µg/m³": "29 µg/m³", "": ""}


@pytest.mark.parametrize(("name", "written"), WRITTEN.items())
def test_the_last_value_stands_at_the_end_of_a_line_once(name, written):
    assert with_last(Last(), Last(), name) == written


def test_a_title_of_a_panel_does_not_take_the_unit_away():
    class Words:
        language = "en"

    with house_style("en"):
        _, axes = new_figure("wide", (1, 2))
        for panel in axes.flat:
            panel.greenbook_unit = "GW"
            panel.set_title("Wafers", loc="left")
        finishing.name_units(list(axes.flat), Words())
        assert [panel.get_ylabel() for panel in axes.flat] == ["GW", ""]
        bars = axes.flat[1]
        bars.barh([0, 1], [1, 2])
        finishing.name_units(list(axes.flat), Words())
        assert bars.get_title(loc="left") == "Wafers, GW"
