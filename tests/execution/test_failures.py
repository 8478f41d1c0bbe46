"""What the kernel's account of an error becomes, in a shell without a kernel."""

import atexit
import json
import warnings

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from greenbook.execution.failures import problems_of_result
from greenbook.execution.kernel import Account, _leave
from greenbook.execution.source import parse_source
from greenbook.execution.task import ChapterTask, Limits, TaskResult

TASK = ChapterTask("x", "n", "", {}, "", "", "/project", "", {}, "", "", "", Limits())


class Notes:
    """Stands where the kernel's watch writes its log."""

    def __init__(self):
        self.cell, self.entries = 0, []

    def note(self, entry):
        self.entries.append(json.loads(json.dumps(entry)))


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    quiet = Config({"HistoryManager": {"enabled": False}})
    made = InteractiveShell(ipython_dir=str(tmp_path_factory.mktemp("ipython")), config=quiet)
    made.user_ns.update(exit=_leave, quit=_leave)
    yield made
    made.atexit_operations()
    atexit.unregister(made.atexit_operations)


def told(shell, *cells):
    """The problems of a notebook with these code cells, run as far as they go."""
    notes = Notes()
    account = Account(shell, notes)
    shell.reset(new_session=False)
    shell.execution_count = 1
    shell.user_ns.update(exit=_leave)
    shell.events.register("pre_run_cell", account.before)
    shell.events.register("post_run_cell", account.after)
    try:
        for code in ("", "", *(code for _, code in cells)):
            with warnings.catch_warnings(action="ignore"):  # IPython warns of SystemExit
                if shell.run_cell(code or "pass", store_history=True).error_in_exec:
                    break
    finally:
        shell.events.unregister("pre_run_cell", account.before)
        shell.events.unregister("post_run_cell", account.after)
    nodes = [{"id": name, "cell_type": "code", "source": code or "pass",
              "metadata": {"tags": ["parameters"] if name == "parameters" else []}}
             for name, code in (("parameters", "pass"), *cells)]
    source = parse_source(json.dumps({"nbformat": 4, "cells": nodes}).encode(), "notebooks/x.ipynb")
    result = TaskResult("x", "error", {"watch": notes.entries, "cells": [], "run": []})
    return [str(problem) for problem in problems_of_result(source, TASK, result)]


OURS = """from greenbook.errors import GreenbookError, Problem
raise GreenbookError([Problem('', '', 'GB471', 'found 2 of "x"', 'expected one', 'write y'),
                      Problem('data/a.csv', '7', 'GB301', 'found b', 'expected c', 'write d')])"""
CASES = {
    "an attribute": ("'text'.uppper()",
                     ["data:1: GB430: found AttributeError: 'str' object has no attribute 'uppper' in "
                      "\"'text'.uppper()\"; expected an attribute that exists; write upper"]),
    "syntax": ("a = 1\nb = = 2", ['data:2: GB430: found SyntaxError: invalid syntax']),
    "an end": ("raise SystemExit", ['data:1: GB431: found an end of the notebook in "raise SystemExit"']),
    "an end by IPython": ("1\nexit()", ['data:2: GB431: found an end of the notebook in "exit()"']),
    "an interruption": ("raise KeyboardInterrupt", ["data:1: GB435: found an interruption"]),
    "memory": ("raise MemoryError", ["data:1: GB436: found no memory left"]),
    "words told by a call": ("raise ValueError('GB472: found no \"steal\"; expected an indicator; write steel')",
                             ['data:1: GB472: found no "steal"; expected an indicator; write steel']),
    "a library's own line": ("import json\n\njson.loads(\n    '{')",
                             ["data:3: GB430: found JSONDecodeError: Expecting property name"]),
    "lines of words": ("raise ValueError('a\\nb\\n' + 'c' * 300)", ["data:1: GB430: found ValueError: a b cc"]),
    "an exception that cannot print itself": ("class Mute(Exception):\n    def __str__(self): 1 / 0\nraise Mute",
                                              ["data:2: GB430: found ZeroDivisionError: division by zero in"]),
}


@pytest.mark.parametrize("what", CASES)
def test_error_in_a_cell_is_told_with_the_authors_line(shell, what):
    code, expected = CASES[what]
    found = told(shell, ("data", code))
    assert len(found) == len(expected)
    for message, start in zip(found, expected, strict=True):
        assert message.startswith(f"notebooks/x.ipynb:{start}"), message
        assert len(message) < 480 and "\n" not in message


def test_problems_that_an_error_carries_keep_their_own_places(shell):
    assert told(shell, ("data", OURS)) == [
        'notebooks/x.ipynb:data:2: GB471: found 2 of "x"; expected one; write y',
        "data/a.csv:7: GB301: found b; expected c; write d"]


def test_error_in_a_function_is_placed_where_the_function_stands(shell):
    [message] = told(shell, ("make", "def f(x):\n    y = x\n    return alpha / y"), ("use", "alhpa = 1\nf(2)"))
    assert message.startswith("notebooks/x.ipynb:make:3: GB430: found NameError: name 'alpha' is not defined in "
                              '"return alpha / y"; expected a name defined above; write alhpa')
