"""Stops from outside: the user's signals, and a second build."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_project import running

from greenbook.errors import Busy
from greenbook.execution.lock import one_build

SCRIPT = """
import sys; sys.path.insert(0, {tests!r})
from pathlib import Path
from tiny_project import Tiny
from greenbook.errors import Interrupted
from greenbook.execution import key
from greenbook.project import Project
key.PACKAGE = Path({machinery!r})
tiny = object.__new__(Tiny)
tiny.project, tiny.slices, tiny.events = Project(Path({root!r})), Path({root!r}) / "slices", []
try:
    tiny.execute("done", "sleeps", "waits", jobs=2)
except Interrupted as error:
    print(error)
    sys.exit(error.exit_code)
"""


def start(root: Path, machinery: Path) -> subprocess.Popen:
    script = SCRIPT.format(tests=str(Path(__file__).parent), root=str(root), machinery=str(machinery))
    return subprocess.Popen([sys.executable, "-P", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True)


def wait_for(seen: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not seen() and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.mark.parametrize("sent, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_ends_the_build_soon_keeps_what_is_done_and_leaves_no_process(tiny, machinery, sent, code):
    root = tiny.project.root
    tiny.write("done", [("data", "load('steel')")])
    tiny.write("sleeps", [("data", "import os, time\nif not os.fork():\n    os.setsid()\ntime.sleep(60)")])
    tiny.write("waits", [("data", "import time\ntime.sleep(60)")])
    build = start(root, machinery)
    wait_for(lambda: list(tiny.project.runs.glob("e/waits-*/watch.jsonl")) and len(running(root)) >= 5, 30)
    assert len(running(root)) >= 5
    started = time.monotonic()
    build.send_signal(sent)
    out, err = build.communicate(timeout=10)
    assert time.monotonic() - started < 5
    assert (build.returncode, out, err) == (code, "stopped; 1 of 3 chapters kept\n", "")
    assert running(root) == []
    execution = tiny.execute("done")
    assert execution.executed["done"].cached


def test_build_that_is_killed_takes_its_kernels_with_it(tiny, machinery):
    root = tiny.project.root
    for slug in ("done", "sleeps", "waits"):
        tiny.write(slug, [("data", "import os, time\nos.fork()\ntime.sleep(60)")])
    build = start(root, machinery)
    wait_for(lambda: len(running(root)) >= 6, 30)
    build.kill()
    build.communicate()
    wait_for(lambda: not running(root), 10)
    left = running(root)
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert left == []


def test_second_build_is_refused_and_told_the_process(tiny):
    with one_build(tiny.project), pytest.raises(Busy) as caught, one_build(tiny.project):
        raise AssertionError("two builds hold one lock")
    assert str(caught.value) == (f"_build/.lock: GB801: found another build at work (process {os.getpid()}); "
                                 "expected one build of a project at a time; wait until it ends")
    assert caught.value.exit_code == 8


def test_lock_of_a_killed_build_holds_nobody_up(tiny):
    script = (f"from pathlib import Path\nfrom greenbook.project import Project\n"
              f"from greenbook.execution.lock import one_build\nimport os\n"
              f"with one_build(Project(Path({str(tiny.project.root)!r}))):\n    os.kill(os.getpid(), 9)")
    assert subprocess.run([sys.executable, "-P", "-c", script]).returncode == -9
    with one_build(tiny.project):
        assert (tiny.project.build / ".lock").read_text() == str(os.getpid())


ORPHANS = """
import os, sys, threading, time
from greenbook.execution.processes import adopt_orphans, end_descendants
adopt_orphans()
left = 0
for _ in range(20):
    reads, writes = os.pipe()
    if (middle := os.fork()) == 0:
        for _ in range(30):
            threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
        held = bytearray(100 << 20)
        if os.fork() == 0:
            os.setsid()
            os.write(writes, str(os.getpid()).encode())
        time.sleep(30)
        os._exit(0)
    child = int(os.read(reads, 20))
    os.kill(middle, 9)
    end_descendants()
    try:
        left += open(f"/proc/{child}/stat").read().rpartition(")")[2].split()[0] != "Z"
        os.kill(child, 9)
    except OSError:
        pass
print(left)
"""


def test_child_of_a_process_that_is_just_dying_is_found_and_ended():
    done = subprocess.run([sys.executable, "-P", "-c", ORPHANS], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_two_builds_at_once_without_the_lock_leave_each_others_processes_alone(tiny, machinery):
    """Both run the same code at the same time; the second sweeps the chapters' earlier runs when it begins."""
    root = tiny.project.root
    for slug in ("done", "sleeps", "waits"):
        tiny.write(slug, [("data", "load('steel')\nimport time\ntime.sleep(6)")])
    (tiny.project.runs / "e" / "done-00000000-1x-0").mkdir(parents=True)
    builds = []
    for count in (2, 4):
        builds.append(start(root, machinery))
        wait_for(lambda count=count: len(list(tiny.project.runs.glob("e/*/watch.jsonl"))) >= count, 30)
        assert len(list(tiny.project.runs.glob("e/*/watch.jsonl"))) == count
    ended = [build.communicate(timeout=90) for build in builds]
    assert [build.returncode for build in builds] == [0, 0], ended
    assert running(root) == [] and list((tiny.project.runs / "e").iterdir()) == []


def test_what_a_killed_build_left_is_swept_by_the_next(tiny, machinery):
    root = tiny.project.root
    for slug in ("done", "sleeps", "waits"):
        tiny.write(slug, [("data", "import time\ntime.sleep(60)")])
    build = start(root, machinery)
    wait_for(lambda: list(tiny.project.runs.glob("e/*/watch.jsonl")), 30)
    build.kill()
    build.communicate()
    left = sorted(path.name for path in (tiny.project.runs / "e").iterdir())
    assert len(left) == 2 and all(f"-{build.pid}-" in name for name in left)
    for name in left:
        slug = name.partition("-")[0]
        tiny.write(slug, [("data", "load('steel')")])
        assert not tiny.execute(slug).problems
    assert list((tiny.project.runs / "e").iterdir()) == []
