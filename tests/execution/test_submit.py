"""The seam: one task in, one result out; both travel."""

import pickle
import threading

import pytest

from greenbook.execution import submit as submit_module
from greenbook.execution.schedule import longest_first, run_tasks
from greenbook.execution.submit import submit
from greenbook.execution.task import ChapterTask, TaskResult


def task(slug):
    return ChapterTask(slug, f"notebooks/{slug}.ipynb", "{}", {"chapter_id": slug}, "e:2025-12-14", f"/runs/{slug}-0",
                       "/project", "/slices", {"a": "b"}, "/style", "/locale", "/faces")


def test_task_and_result_pickle():
    for thing in (task("steel"), TaskResult("steel", "done", {"run": []}, b"{}")):
        assert pickle.loads(pickle.dumps(thing)) == thing


@pytest.mark.parametrize("reasons, expected, attempts", [
    (["done"], "done", 1), (["start", "done"], "done", 2), (["start", "start", "done"], "start", 2),
    (["error", "done"], "error", 1),
])
def test_kernel_that_does_not_start_is_tried_once_more_and_nothing_else_is(monkeypatch, reasons, expected, attempts):
    left = list(reasons)
    monkeypatch.setattr(submit_module, "_attempt", lambda task, stop, server: TaskResult(task.slug, left.pop(0), {}))
    result = submit(task("steel"))
    assert (result.reason, result.attempts) == (expected, attempts)


def test_longest_run_starts_first_and_the_unknown_before_it():
    tasks = [task(slug) for slug in ("a", "b", "c", "d")]
    assert [item.slug for item in longest_first(tasks, {"a": 1, "b": 3, "d": 2})] == ["c", "b", "d", "a"]


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_no_more_tasks_run_at_once_than_jobs_and_each_ends_once(monkeypatch, jobs):
    at_once, most, lock = 0, 0, threading.Lock()

    def counts(task, stop, server):
        nonlocal at_once, most
        with lock:
            at_once, most = at_once + 1, max(most, at_once + 1)
        threading.Event().wait(0.02)
        with lock:
            at_once -= 1
        return TaskResult(task.slug, "done", {})

    monkeypatch.setattr("greenbook.execution.schedule.submit", counts)
    started, ended = [], []
    stop = run_tasks([task(f"c{number}") for number in range(9)], jobs, starts=lambda item: started.append(item.slug),
                     ends=lambda item, result: ended.append(result.slug))
    assert most <= jobs and not stop.is_set()
    assert started == [f"c{number}" for number in range(9)] and sorted(ended) == started


def test_failure_of_the_build_itself_stops_the_running_chapters(monkeypatch):
    def waits(task, stop, server):
        stop.wait(5)
        return TaskResult(task.slug, "stopped", {})

    monkeypatch.setattr("greenbook.execution.schedule.submit", waits)

    def breaks(item):
        if item.slug == "b":
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        run_tasks([task("a"), task("b")], 2, starts=breaks, ends=lambda item, result: None)
