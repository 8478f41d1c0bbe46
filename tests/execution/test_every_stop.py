"""Each way in which a notebook can end early, at each of its cells; one failure among forty; one task elsewhere."""

import pickle
import subprocess
import sys

import pytest
from tiny_project import LIMITS, Tiny, running

from greenbook.errors import error_of
from greenbook.execution.key import environment_parts
from greenbook.execution.prepare import prepare
from greenbook.execution.task import Limits

STOPS = {
    "interrupt": ("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)", "GB435"),
    "timeout": ("import time\ntime.sleep(60)", "GB433"),
    "kill": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "GB432"),
    "leave": ("import os\nos._exit(0)", "GB432"),
    "exit": ("import sys\nsys.exit(0)", "GB431"),
}
CELLS = ("first", "second", "third", "last")


@pytest.fixture(scope="module")
def stopped(shared: Tiny):
    """A chapter for each way and cell, executed: the project and what came of it."""
    slugs = {}
    for kind, (code, _) in STOPS.items():
        for at in CELLS:
            slugs[f"{kind}-{at}"] = (kind, at)
            shared.write(f"{kind}-{at}", [(cell, code if cell == at else "load('steel')") for cell in CELLS])
    shared.write("whole", [(cell, "load('steel')") for cell in CELLS])
    return shared, slugs, shared.execute("whole", *slugs, limits=Limits(seconds=2.5, grace=3))


def test_notebook_that_ends_early_is_told_with_its_cell_whatever_ended_it(stopped):
    _, slugs, done = stopped
    told = {problem.path: (problem.code, problem.place.partition(":")[0]) for problem in done.problems}
    assert told == {f"notebooks/{slug}.ipynb": (STOPS[kind][1], at) for slug, (kind, at) in slugs.items()}
    assert error_of(done.problems).exit_code == 4


def test_notebook_that_ends_early_is_neither_given_on_nor_kept(stopped):
    tiny, slugs, done = stopped
    assert set(done.executed) == {"whole"}
    assert len(list(tiny.project.cache.glob("executed/*/*/record.json"))) == 1
    assert all((tiny.project.runs / "e" / f"{slug}.failed.ipynb").is_file() for slug in slugs)
    assert running(tiny.project.root) == []


def test_one_failure_among_forty_costs_one_run(tiny):
    slugs = [f"c{number:02d}" for number in range(40)]
    for slug in slugs:
        tiny.write(slug, [("data", f"load('steel')\nprint({slug!r})")])
    tiny.write("c17", [("data", "1 / 0")])
    first = tiny.execute(*slugs)
    assert [problem.path for problem in first.problems] == ["notebooks/c17.ipynb"] and len(first.executed) == 39
    tiny.write("c17", [("data", "load('steel')")])
    again = tiny.execute(*slugs)
    assert not again.problems
    assert [slug for slug, chapter in again.executed.items() if not chapter.cached] == ["c17"]


ELSEWHERE = """
import pickle, sys
from greenbook.execution.submit import submit
result = submit(pickle.load(open(sys.argv[1], "rb")))
pickle.dump(result, open(sys.argv[2], "wb"))
"""


def test_task_runs_in_a_process_started_by_hand_and_gives_the_same_bytes(tiny, tmp_path):
    tiny.write("steel", [("data", "show('value', name='a', value=load('steel')['value'], unit='Mt', show={})")])
    task = tiny.task("steel")
    prepared, problems = prepare(task, task.entries[0], tiny.cut(), environment_parts(tiny.project), LIMITS)
    assert problems == ()
    (tmp_path / "task").write_bytes(pickle.dumps(prepared.task))
    command = [sys.executable, "-P", "-c", ELSEWHERE, str(tmp_path / "task"), str(tmp_path / "result")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    result = pickle.loads((tmp_path / "result").read_bytes())
    assert (result.slug, result.reason, result.attempts) == ("steel", "done", 1)
    assert result.content == tiny.execute("steel").executed["steel"].path.read_bytes()
