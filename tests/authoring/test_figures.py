"""Figures: what is drawn is what is recorded, in both languages."""

import re
from dataclasses import replace

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from greenbook import charts, gap
from greenbook.authoring.label import Label
from greenbook.authoring.mistakes import AuthoringError
from greenbook.catalog.entries import Break
from greenbook.records import FigureRecord
from greenbook.style.marks import segments


def drawn(chapter, records, function, *uses, **words):
    chapter.figure("output", uses=list(uses), **words)(function)
    record = records()[-1]
    assert isinstance(record, FigureRecord)
    return record


def refused(code, word=""):
    return pytest.raises(AuthoringError, match=rf"^{code}: found .*{word}")


def test_figure_is_drawn_in_both_languages_with_their_units(chapter, records):
    held = chapter.load("steel")

    def draw(ax, label):
        ax.plot(held.years, label.values(held))
        ax.set_ylabel(label.unit(held))
        ax.annotate(label("峰值", "Peak"), (held.highest.year, label.number(held.highest)))

    record = drawn(chapter, records, draw, held)
    assert set(record.drawings) == {"zh-Hans", "en"}
    assert ">亿吨<" in record.drawings["zh-Hans"] and ">峰值<" in record.drawings["zh-Hans"]
    assert ">Mt<" in record.drawings["en"] and ">Peak<" in record.drawings["en"]
    point = record.points[-1] if record.points[-1].x == 2024 else next(item for item in record.points if item.x == 2024)
    assert (
        point.value == 965
        and point.shown == {"zh-Hans": 9.65, "en": 965}
        and point.shown_unit == {"zh-Hans": "亿吨", "en": "Mt"}
    )
    assert record.indicators == ("steel",) and len(record.inputs) == 10


def test_every_point_of_the_series_is_recorded_once(chapter, records):
    held = chapter.load("steel")
    record = drawn(chapter, records, lambda ax, label: charts.bars(ax, label, held), held)
    assert [point.x for point in record.points] == list(range(2015, 2025))
    assert record.points[0].label == {"zh-Hans": "产量steel", "en": "Output of steel"}


CHARTS = {
    "lines": lambda ax, label, a, b: charts.lines(ax, label, a, b),
    "highlight": lambda ax, label, a, b: charts.lines(ax, label, a, b, highlight=0),
    "index_lines": lambda ax, label, a, b: charts.index_lines(ax, label, a.index(2020), b.index(2020)),
    "ranked": lambda ax, label, a, b: charts.ranked_bars(ax, label, [a.latest, b.latest]),
    "stacked": lambda ax, label, a, b: charts.stacked_area(ax, label, a, b),
    "dots": lambda ax, label, a, b: charts.dots(ax, label, a, b),
    "steps": lambda ax, label, a, b: charts.steps(ax, label, a, b),
}


@pytest.mark.parametrize("chart", CHARTS)
def test_house_chart_is_drawn_and_recorded(chapter, records, chart):
    a, b = chapter.load("steel"), chapter.load("cement")
    record = drawn(chapter, records, lambda ax, label: CHARTS[chart](ax, label, a, b), a, b)
    words = "".join(re.findall(r"<text[^>]*>([^<]*)<", record.drawings["en"])).replace(" ", "")
    assert {point.indicator for point in record.points} == {"steel", "cement"}
    assert "Outputofsteel" in words and "Outputofcement" in words


def test_small_multiples_share_one_scale(chapter, records):
    a, b = chapter.load("steel"), chapter.load("cement")
    record = drawn(chapter, records, lambda axes, label: charts.small_multiples(axes, label, a, b), a, b, panels=(1, 2))
    assert len(record.points) == 20
    words = re.findall(r"<text[^>]*>([^<]*)<", record.drawings["en"])
    assert all(str(Label("en").point(item, item.years[-1])) in words for item in (a, b))


def test_bullet_shows_latest_and_target(chapter, records):
    held = chapter.load("steel")
    found = gap(held, held.target(2026))
    record = drawn(chapter, records, lambda ax, label: charts.bullet(ax, label, found), found)
    assert {point.series for point in record.points} == {"steel", "target:t2026"}
    assert "target:t2026" in record.inputs
    assert "target: at least 1,100 Mt" in record.drawings["en"]


def test_series_shown_in_other_units_are_drawn_in_the_first_ones(chapter, records):
    a, b = chapter.load("steel"), chapter.load("small")
    record = drawn(chapter, records, lambda ax, label: charts.lines(ax, label, a, b), a, b)
    assert next(point for point in record.points if point.series == "small").shown["zh-Hans"] == 0.04


def test_two_units_of_one_dimension_in_a_chart_are_refused(chapter):
    a, b = chapter.load("steel"), chapter.load("small")

    def draw(ax, label):
        ax.plot(a.years, label.values(a))
        ax.plot(b.years, label.values(b))

    with refused("GB492", "万吨"):
        chapter.figure("output", uses=[a, b])(draw)


def test_break_is_marked_in_few_words_and_cuts_the_line(chapter, records):
    held = chapter.load("cement")
    record = drawn(chapter, records, lambda ax, label: charts.lines(ax, label, held), held)
    assert ">口径调整<" in record.drawings["zh-Hans"] and ">scope change<" in record.drawings["en"]
    assert record.indicators == ("cement",) and record.notes == ()


def breaks_in(drawing):
    return drawing.count(">口径调整<")


def test_panel_marks_the_breaks_of_its_own_series_alone(chapter, records):
    a, b = chapter.load("steel"), chapter.load("cement")
    record = drawn(chapter, records, lambda axes, label: charts.small_multiples(axes, label, a, b), a, b, panels=(1, 2))
    assert breaks_in(record.drawings["zh-Hans"]) == 1


def test_line_of_a_panel_is_cut_at_its_break(chapter, records):
    held, counted = chapter.load("cement"), []

    def draw(axes, label):
        charts.small_multiples(axes, label, held, held)
        counted.append([len(line.get_xdata()) for line in axes.flat[0].lines])

    drawn(chapter, records, draw, held, panels=(1, 2))
    assert counted[0][:2] == [3, 7]


def test_line_is_cut_where_years_are_missing_in_a_yearly_series_only(chapter):
    held = chapter.load("steel")
    assert segments(held.only([2015, 2016, 2017, 2020, 2021])) == [(0, 3), (3, 5)]
    assert segments(held.only([2015, 2016, 2018, 2019])) == [(0, 4)]
    assert segments(held.only([2015, 2018, 2021, 2024])) == [(0, 4)]


def test_break_that_is_not_drawn_is_not_marked(chapter, records):
    held = chapter.load("cement")
    record = drawn(chapter, records, lambda ax, label: charts.lines(ax, label, held.since(2019)), held)
    assert breaks_in(record.drawings["zh-Hans"]) == 0


def test_words_of_breaks_a_year_apart_are_written_once(chapter, records):
    change = {"zh-Hans": "又一次", "en": "again"}
    held = chapter.load("cement")
    held = replace(held, breaks=(*held.breaks, Break(2019, change)))
    record = drawn(chapter, records, lambda ax, label: charts.lines(ax, label, held), held, size="narrow")
    assert breaks_in(record.drawings["zh-Hans"]) == 1


def test_years_are_ticks_where_less_is_drawn_than_used(chapter, records):
    held = chapter.load("steel")
    record = drawn(chapter, records, lambda ax, label: ax.plot([2023, 2024], label.values(held.since(2023))), held)
    assert ">2024<" in record.drawings["en"] and "2,024" not in record.drawings["en"]


def test_panels_of_different_units_have_scales_of_their_own_and_say_so(chapter, records):
    a, b, limits = chapter.load("steel"), chapter.load("share"), []

    def draw(axes, label):
        charts.lines(axes[0, 0], label, a)
        charts.dots(axes[0, 1], label, b)
        limits.append(axes)

    record = drawn(chapter, records, draw, a, b, panels=(1, 2))
    assert record.drawings["zh-Hans"].count(">独立坐标<") == 2
    assert limits[0][0, 1].get_ylim()[1] < 20


def test_panels_of_one_unit_share_their_scale_and_its_numbers(chapter, records):
    a, b, limits = chapter.load("steel"), chapter.load("cement"), []

    def draw(axes, label):
        charts.lines(axes[0, 0], label, a)
        charts.lines(axes[0, 1], label, b)
        limits.append(axes)

    record = drawn(chapter, records, draw, a, b, panels=(1, 2))
    assert "独立坐标" not in record.drawings["zh-Hans"]
    assert limits[0][0, 0].get_ylim() == limits[0][0, 1].get_ylim()
    assert not limits[0][0, 1].yaxis.get_tick_params()["labelleft"]


def test_dot_of_a_bound_is_written_with_its_word(chapter, records):
    held = chapter.load("share")
    record = drawn(chapter, records, lambda ax, label: charts.dots(ax, label, held), held)
    assert ">超过12.0<" in record.drawings["zh-Hans"] and ">more than 12.0<" in record.drawings["en"]
    assert ">10.0<" in record.drawings["en"]


def test_words_of_a_bound_keep_off_the_axis_and_the_edge(chapter, records):
    held, sides = chapter.load("share"), []

    def draw(ax, label):
        charts.dots(ax, label, held)
        sides.extend((text.get_text(), text.get_ha()) for text in ax.texts)

    drawn(chapter, records, draw, held)
    assert ("more than 12.0", "right") in sides and ("10.0", "center") in sides


def test_target_beyond_the_last_point_has_its_tick_and_stays_in_the_drawing(chapter, records):
    held, notes = chapter.load("steel"), []

    def draw(ax, label):
        charts.bars(ax, label, held)
        charts.target_mark(ax, label, held.target(2026))
        notes.extend((ax.texts[-1], ax.figure))

    record = drawn(chapter, records, draw, held, size="narrow")
    words, figure = notes[-2:]
    assert ">2026<" in record.drawings["en"]
    assert words.get_window_extent(FigureCanvasAgg(figure).get_renderer()).x1 <= figure.bbox.x1


def test_index_put_on_another_base_names_that_base(chapter, records):
    held = chapter.load("steel").index(2015).index(2020)
    record = drawn(chapter, records, lambda ax, label: charts.index_lines(ax, label, held), held)
    assert ">2020年=100<" in record.drawings["zh-Hans"] and ">2020 = 100<" in record.drawings["en"]


def test_empty_name_at_the_end_of_a_line_is_not_written(chapter, records):
    held = chapter.load("steel")
    record = drawn(chapter, records, lambda ax, label: charts.lines(ax, label, held, words=[""]), held)
    assert "Output of steel" not in record.drawings["en"]


def test_number_of_a_bar_below_zero_stands_under_it(chapter, records):
    held, notes = chapter.load("small"), []
    held = replace(held, points=tuple(replace(point, value=-point.value) for point in held.points))

    def draw(ax, label):
        charts.bars(ax, label, held)
        notes.append(ax.texts[-1])

    drawn(chapter, records, draw, held)
    assert notes[0].get_va() == "top" and notes[0].xyann[1] < 0


def test_years_are_not_crowded_where_the_author_makes_room_beyond_the_data(chapter, records):
    held, ticks = chapter.load("steel"), []

    def draw(ax, label):
        charts.lines(ax, label, held)
        ax.set_xlim(1990, 2060)
        ticks.append(ax)

    drawn(chapter, records, draw, held)
    assert len(ticks[0].get_xticks()) < 4


def test_preliminary_points_are_hollow(chapter, records):
    held = chapter.load("small")
    record = drawn(chapter, records, lambda ax, label: charts.bars(ax, label, held), held)
    assert re.search(r'<path[^>]*fill="none"[^>]*stroke="#0072b2"', record.drawings["en"])
    assert record.points[-1].status == "preliminary"


def test_bounds_are_triangles(chapter, records):
    held = chapter.load("share")
    record = drawn(chapter, records, lambda ax, label: charts.dots(ax, label, held), held)
    assert record.points[-1].bound == "over" and len(record.points) == 3


def test_author_may_draw_freely(chapter, records):
    held = chapter.load("steel")

    def draw(ax, label):
        ax.scatter(held.years, label.values(held))
        ax.axhline(label.number(held.lowest), color=charts.colour("muted"))
        ax.axvline(2020)
        ax.text(2016, label.point(held, 2016), label.text(held.latest))
        ax.set_title(label("{base}年以来", "since {base}", base=2015))

    assert "since 2015" in drawn(chapter, records, draw, held).drawings["en"]


WRONG = {
    "stored values": ("GB483", lambda ax, label, held: ax.plot(held.years, held.values)),
    "own numbers": (
        "GB483",
        lambda ax, label, held: ax.plot(held.years, [number * 1.01 for number in label.values(held)]),
    ),
    "a rule": ("GB483", lambda ax, label, held: (ax.plot(held.years, label.values(held)), ax.axhline(7))),
    "a year": ("GB483", lambda ax, label, held: ax.plot([1990, *held.years], [0, *label.values(held)])),
    "scatter": ("GB483", lambda ax, label, held: (label.values(held), ax.scatter(held.years, held.values))),
    "a band": (
        "GB483",
        lambda ax, label, held: ax.fill_between(
            held.years, [number - 1 for number in label.values(held)], [number + 1 for number in label.values(held)]
        ),
    ),
    "bar from elsewhere": ("GB484", lambda ax, label, held: ax.bar(held.years, label.values(held), bottom=5)),
    "cut bars": ("GB484", lambda ax, label, held: (ax.bar(held.years, label.values(held)), ax.set_ylim(5, 12))),
    "typed number": (
        "GB481",
        lambda ax, label, held: (ax.plot(held.years, label.values(held)), ax.text(2016, 9, "9.65")),
    ),
    "typed label": ("GB481", lambda ax, label, held: label("2020年", "in 2020")),
    "one language": ("GB480", lambda ax, label, held: label("峰值")),
    "not drawn": ("GB489", lambda ax, label, held: None),
    "no glyph": (
        "GB488",
        lambda ax, label, held: (ax.plot(held.years, label.values(held)), ax.set_title(label("\U00013000", "x"))),
    ),
    "bold": (
        "GB488",
        lambda ax, label, held: (ax.plot(held.years, label.values(held)), ax.set_title("x", weight="bold")),
    ),
    "own colour": ("GB493", lambda ax, label, held: ax.plot(held.years, label.values(held), color="red")),
    "absent": ("GB482", lambda ax, label, held: label.number(held.at(1990))),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_chart_that_shows_what_is_not_recorded_is_refused(chapter, wrong):
    held, (code, function) = chapter.load("steel"), WRONG[wrong]
    with refused(code):
        chapter.figure("output", uses=[held])(lambda ax, label: function(ax, label, held))


def test_line_through_points_only_is_refused(chapter):
    held = chapter.load("share")
    with refused("GB485", "share"):
        chapter.figure("output", uses=[held])(lambda ax, label: ax.plot(held.years, label.values(held)))


def test_words_with_a_numeral_in_a_name_are_no_typed_number(chapter, records):
    held = chapter.load("steel")

    def draw(ax, label):
        ax.plot(held.years, label.values(held))
        ax.set_title(label("PM2.5和CO₂", "PM2.5 and CO₂"))

    assert "PM2.5" in drawn(chapter, records, draw, held).drawings["en"]


def test_error_of_the_author_stays_the_author_s(chapter):
    held = chapter.load("steel")
    with pytest.raises(ZeroDivisionError):
        chapter.figure("output", uses=[held])(lambda ax, label: 1 / 0)


@pytest.mark.parametrize("uses", [[], [3], "steel"])
def test_figure_needs_indicators_or_values(chapter, uses):
    with refused("GB486"):
        chapter.figure("output", uses=uses)


def test_unknown_size_is_refused(chapter):
    held = chapter.load("steel")
    with refused("GB487", "huge"):
        chapter.figure("output", uses=[held], size="huge")(lambda ax, label: None)


def test_negative_ticks_have_a_true_minus_and_one_number_of_places(chapter):
    assert Label("en").ticks([-1500.0, 0.0, 0.5]) == ["−1,500.0", "0.0", "0.5"]
    assert Label("zh-Hans").ticks([0, 2000, 4000]) == ["0", "2000", "4000"]
