"""The fork server: a chapter's kernel is forked, fresh, and gives the bytes of an ordinary one."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from tiny_project import LIMITS, Tiny, running

from greenbook.execution import forkserver
from greenbook.execution.forkserver import ForkServer, serving
from greenbook.execution.normal import normalised
from greenbook.execution.run import execute
from greenbook.execution.task import Limits

LOOK = """\
import sys, tempfile, signal, resource, numpy, pandas, matplotlib.font_manager
load('steel')
print(sorted(os.environ), sys.argv[1:2], sys.path, sys.flags, os.getcwd(), tempfile.gettempdir())
print(signal.getsignal(signal.SIGCHLD), signal.getsignal(signal.SIGTERM), signal.set_wakeup_fd(-1) != 0)
print(resource.getrlimit(resource.RLIMIT_AS), os.getpgrp() == os.getpid(), matplotlib.get_backend())
print(pandas.get_option('display.max_rows'), numpy.geterr(), len(os.listdir('.')), __name__, hash('粗钢'))
pandas.set_option('display.encoding', 'UTF-8')  # ipykernel spells its streams' encoding in capitals
print(pandas._config.config._global_config, sorted(matplotlib.rcParams.items()), numpy.get_printoptions())
print(sorted(matplotlib.font_manager.fontManager.get_font_names()))
pandas.DataFrame(numpy.ones((30, 30)))"""
DRAW = """\
import io, matplotlib
from matplotlib.figure import Figure
figure = Figure()
figure.add_subplot().plot([1, 3, 2])
with matplotlib.rc_context({'svg.hashsalt': 'x'}):
    figure.savefig(text := io.StringIO(), format='svg', metadata={'Date': None})
print(text.getvalue())"""
SPOIL = """\
import builtins, locale, matplotlib, numpy, pandas, sys, warnings
pandas.set_option('display.max_rows', 3)
numpy.seterr(all='raise')
matplotlib.rcParams['lines.linewidth'] = 99
builtins.left = sys.left = 'behind'
os.environ['LEFT'] = 'behind'
warnings.simplefilter('error')
sys.path.insert(0, 'behind')"""


@pytest.fixture(scope="module")
def both(shared: Tiny):
    """The same chapters by forked workers and by ordinary ones: (slug → stored bytes) of each."""
    shared.write("a-spoils", [("data", SPOIL)])
    shared.write("b-looks", [("data", LOOK)])
    shared.write("c-draws", [("data", DRAW)])
    shared.write("d-fails", [("data", "import sys\nsys.exit(0)")])
    slugs = ("a-spoils", "b-looks", "c-draws", "d-fails")
    made = []
    for fork, jobs in ((True, 1), (True, 2), (False, 2)):
        done = execute(shared.task(*slugs, jobs=jobs), shared.cut(), use_cache=False, limits=LIMITS, fork=fork)
        made.append(({slug: chapter.path.read_bytes() for slug, chapter in done.executed.items()}, done))
    return made


def test_forked_chapter_has_the_bytes_of_an_ordinary_one_whatever_the_jobs(both):
    (one, _), (two, _), (ordinary, _) = both
    assert set(ordinary) == {"a-spoils", "b-looks", "c-draws"}
    assert one == two == ordinary


def test_forked_chapter_fails_with_the_words_of_an_ordinary_one(both):
    assert len({done.problems for _, done in both}) == 1 and len(both[0][1].problems) == 1


def test_what_one_chapter_changes_in_its_process_no_other_sees(both):
    text = json.loads(both[0][0]["b-looks"])["cells"][-1]["outputs"][0]["text"]
    assert "behind" not in text and "LEFT" not in text and "'divide': 'warn'" in text


def test_no_second_attempt_was_needed(both):
    assert [done.notes for _, done in both] == [(), (), ()]


def test_server_that_cannot_be_started_is_done_without(tiny, monkeypatch):
    def refused(*_, **__):
        raise OSError(11, "no more processes")

    monkeypatch.setattr(forkserver.ForkServer, "_start", refused)
    tiny.write("steel", [("data", "load('steel')")])
    assert tiny.execute("steel").executed["steel"].records()


def test_server_that_dies_in_the_middle_costs_one_more_attempt(tiny):
    tiny.write("kills", [("data", "import signal, time\n"
                          "server = Path('/proc', str(os.getppid()), 'stat').read_text().split()[3]\n"
                          "if b'zygote' in Path('/proc', server, 'cmdline').read_bytes():\n"
                          "    os.kill(int(server), signal.SIGKILL)\n    time.sleep(20)")])
    execution = tiny.execute("kills")
    assert execution.notes == ("kills: the kernel started at attempt 2",), execution.problems
    assert "kills" in execution.executed and running(tiny.project.root) == []


def test_time_out_ends_a_forked_chapter_with_all_it_started(tiny):
    tiny.write("halts", [("child", "import time\nif not os.fork():\n    os.setsid()\n    time.sleep(60)"),
                         ("halt", "import signal\nos.kill(os.getppid(), signal.SIGSTOP)\nos.kill(os.getpid(), 19)")])
    started = time.monotonic()
    execution = tiny.execute("halts", limits=Limits(seconds=1, start=2, grace=1))
    assert [problem.code for problem in execution.problems] and time.monotonic() - started < 20
    assert running(tiny.project.root) == []


def test_servers_of_many_builds_are_kept_only_while_nothing_they_import_changed(tiny):
    servers: dict[str, ForkServer] = {}
    with serving(servers, "one") as first, serving(servers, "one") as second:
        assert first is second
    with serving(servers, "two") as other:
        assert other is not first and list(servers) == ["two"]


def test_server_whose_build_is_killed_ends_with_it(tiny):
    tiny.write("sleeps", [("data", "import os, time\nif not os.fork():\n    os.setsid()\ntime.sleep(60)")])
    script = (f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r})\nfrom tiny_project import *\n"
              f"tiny = object.__new__(Tiny)\ntiny.project = Project(Path({str(tiny.project.root)!r}))\n"
              f"tiny.slices, tiny.events = tiny.project.root / 'slices', []\ntiny.execute('sleeps')")
    build = subprocess.Popen([sys.executable, "-P", "-c", script])
    end = time.monotonic() + 60
    while len(running(tiny.project.root)) < 4 and time.monotonic() < end:
        time.sleep(0.05)
    assert len(running(tiny.project.root)) >= 4
    build.send_signal(signal.SIGKILL)
    build.wait()
    end = time.monotonic() + 10
    while running(tiny.project.root) and time.monotonic() < end:
        time.sleep(0.05)
    assert running(tiny.project.root) == []


def test_large_picture_is_normalised_in_no_time():
    output = {"output_type": "display_data", "data": {"image/png": "A" * 400_000}, "metadata": {}}
    cells = [{"id": "a", "cell_type": "code", "source": "", "outputs": [output], "execution_count": 1}]
    started = time.process_time()
    assert "A" * 400_000 in normalised({"cells": cells}, ("/project",))
    assert time.process_time() - started < 2
