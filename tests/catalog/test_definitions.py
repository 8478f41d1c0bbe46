"""Faults of units.yml and indicators/*.yml: each with its whole message."""

# ruff: noqa: E501  (whole messages)
import pytest

STEEL = "indicators/steel.yml"
PLACE = "data/indicators/steel.yml"
KEYS = ("label, unit, show, kind, counter, scope, direction, price_basis, breaks, first_published, points_only, "
        "reported_growth, not_official, note, chapters")


@pytest.mark.parametrize(("old", "new", "message"), [
    ("  direction: down", "  directon: down",
     f':7: GB319: crude_steel_output: found key "directon"; expected one of {KEYS}; write direction'),
    ("  kind: flow\n", "", ":2: GB320: crude_steel_output: found no kind; expected the keys label, unit, show, kind; "
                           "add kind"),
    ("kind: flow", "kind: flows", ':5: GB314: crude_steel_output: kind: found "flows"; '
                                  "expected one of flow, stock, share, rate, price, index, count; write flow"),
    ("unit: Mt\n", "unit: Mtt\n", ':1: GB323: unit: found "Mtt"; expected an id of data/units.yml; write Mt'),
    ("亿吨@2", "亿吨", ':4: GB321: crude_steel_output: show: zh-Hans: found "亿吨"; expected unit@digits, such as Mt@0; '
                      "write the unit, @ and the number of places"),
    ("亿吨@2", "亿吨数@2", ':1: GB323: crude_steel_output: show: zh-Hans: found "亿吨数"; expected an id of data/units.yml; '
                        "write 亿吨"),
    ("亿吨@2", "TWh@2", ':1: GB324: crude_steel_output: show: zh-Hans: found "TWh" (energy_electric); expected a unit of '
                       "mass, as crude_steel_output is in Mt; choose a unit of that dimension"),
    ("{zh-Hans: 粗钢产量, en: Crude steel output}", "粗钢产量",
     ':2: GB321: crude_steel_output: label: found the value "粗钢产量"; expected words in zh-Hans and en; '
     "write label: {zh-Hans: …, en: …}"),
    (", en: Crude steel output}", "}", ":2: GB321: crude_steel_output: label: found the languages zh-Hans; "
                                       "expected words in zh-Hans and en; write label: {zh-Hans: …, en: …}"),
    ("year: 2017", "yaer: 2017", ":8: GB321: crude_steel_output: breaks: found another form; expected a list of a year "
                                 "with words in zh-Hans and en; write - {year: 2017, zh-Hans: …, en: …}"),
    ("chapters: [steel]", "chapters: steel", ':12: GB321: crude_steel_output: chapters: found the value "steel"; '
                                             "expected a list of words; write chapters: [one, two]"),
    ("reported_growth: crude_steel_output_growth_reported", "reported_growth: crude_steel_growth_reported",
     ':1: GB322: reported_growth: found "crude_steel_growth_reported"; expected an id of data/indicators; '
     "write crude_steel_output_growth_reported"),
    ("crude_steel_output_growth_reported:\n", "crude_steel_output:\n",
     ':13: GB318: found key "crude_steel_output" again (first on line 1); expected each key once; '
     "delete one of the two"),
    ("  kind: rate", "  kind: rate: x", ":17: GB318: found broken YAML (mapping values are not allowed in this context); "
                                        "expected keys with values; mend the line or the one before it"),
    ("  kind: rate", "  kind: &a rate\n  note: {zh-Hans: [*a], en: x}",
     ':18: GB321: crude_steel_output_growth_reported: zh-Hans: found a list; expected one value; write one value'),
], ids=["key", "missing", "word", "unit", "digits", "near", "dimension", "text", "language", "break", "list", "growth",
        "twice", "broken", "nested"])
def test_damaged_indicator_is_refused_with_its_line(book, old, new, message):
    book.replace(STEEL, old, new)
    assert PLACE + message in book.messages()


def test_alias_bomb_is_refused_without_growing(book):
    lines = ["a: &a [x, x, x, x]"] + [f"{name}: &{name} [*{last}, *{last}]" for last, name in zip("abcdefg", "bcdefgh", strict=True)]
    book.write(STEEL, "\n".join(lines) + "\n")
    assert any("found an alias (*)" in message for message in book.messages())


@pytest.mark.parametrize(("old", "new", "message"), [
    ('factor: "1e6"', 'factor: "1e6x"', ':1: GB310: Mt: factor: found "1e6x"; expected a factor above zero; '
                                        'write it exactly, such as "1e6" or "1/3"'),
    ('factor: "1e6"', 'factor: "0"', ':1: GB310: Mt: factor: found "0"; expected a factor above zero; '
                                     'write it exactly, such as "1e6" or "1/3"'),
    ('zh-Hans: "{}%"', 'zh-Hans: "{0}%"', ':4: GB321: %: zh-Hans: found "{0}%"; '
                                          "expected a word with {} once at most; write {} where the number stands"),
    ("dimension: mass,", "dimention: mass,", ':1: GB319: Mt: found key "dimention"; expected one of dimension, factor, '
                                             "zh-Hans, en, head-zh-Hans, head-en; write dimension"),
])
def test_damaged_unit_is_refused_with_its_line(book, old, new, message):
    book.replace("units.yml", old, new)
    assert "data/units.yml" + message in book.messages()


def test_indicator_in_two_files_is_refused_and_both_are_named(book):
    book.write("indicators/copy.yml", book.path(STEEL).read_text("utf-8").split("crude_steel_output_growth_reported:\n")[0])
    assert book.messages() == ["data/indicators/steel.yml:1: GB325: found crude_steel_output again; expected an id that "
                               "data/indicators/copy.yml:1 does not have; delete one of the two"]


def test_scalars_stay_text_where_yaml_would_guess(book):
    book.replace(STEEL, "{zh-Hans: 各年为首次公布数, en: each year as first published}", "{zh-Hans: 1e3, en: no}")
    assert book.read().indicators["crude_steel_output"].first_published == {"zh-Hans": "1e3", "en": "no"}
