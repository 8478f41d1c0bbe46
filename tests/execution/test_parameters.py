"""Parameters: the names of book.yml and of the notebook are the same, and values are plain."""

import json
import math

import pytest

from greenbook.execution.parameters import declared, problems_of_parameters
from greenbook.execution.source import parse_source


def notebook(source):
    cell = {"id": "parameters", "cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source}
    return parse_source(json.dumps({"nbformat": 4, "cells": [cell]}).encode(), "notebooks/x.ipynb")


def messages(source, **given):
    return [str(problem) for problem in problems_of_parameters(notebook(source), given)]


def test_declared_parameters_come_with_their_defaults():
    assert declared(notebook("a = 1\nb: str = 'x'\nc = [1, {'d': None}]\ne = -2.5").parameters) == (
        {"a": 1, "b": "x", "c": [1, {"d": None}], "e": -2.5}, [])


@pytest.mark.parametrize("line", ["b = a", "import os", "open_chapter(a)", "a.b = 1", "c, d = 1, 2", "b = 1 + x",
                                  "b = ="])
def test_line_that_is_no_literal_assignment_is_named(line):
    [message] = messages(f"a = 1\n{line}", a=1)
    assert message == ("notebooks/x.ipynb:parameters:2: GB415: found something other than name = literal; "
                       "expected assignments of literals only; move the line to a cell below")


def test_misspelt_parameter_names_its_near_name_both_ways():
    assert messages("year = 2024", yaer=2025) == [
        'notebooks/x.ipynb:parameters: GB221: found parameter "yaer" in notebooks/book.yml; expected one of year; '
        "write year",
        'notebooks/x.ipynb:parameters: GB222: found parameter "year" that notebooks/book.yml does not give; '
        "expected the names of notebooks/book.yml: yaer; write yaer"]


@pytest.mark.parametrize("default, value", [
    ("2024", "2024"), ("2024", True), ("2024", 1.5), ("'x'", 3), ("True", 1), ("1.5", "x"), ("[1]", {"a": 1}),
])
def test_value_of_another_kind_than_its_default_is_refused(default, value):
    [message] = messages(f"p = {default}", p=value)
    assert f"GB223: found p = {value!r} in notebooks/book.yml; expected a value of the kind of its default" in message


@pytest.mark.parametrize("value", [math.nan, math.inf, 10**30, "a\x00b", "a\u202eb", "\ud800", object(), [math.nan],
                                   {1: 2}, {"a": {"b": "\x07"}}])
def test_value_that_could_not_arrive_unchanged_is_refused(value):
    [message] = messages("p = None", p=value)
    assert "GB223" in message and "expected a plain value" in message


@pytest.mark.parametrize("default, value", [
    ("None", "x"), ("None", None), ("'x'", None), ("1.5", 2), ("'x'", "粗钢 \"quoted\" \\ \n"), ("{}", {"a": [1]}),
])
def test_value_that_fits_is_accepted(default, value):
    assert messages(f"p = {default}", p=value) == []
