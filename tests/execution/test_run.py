"""Real kernels under papermill: what counts as a whole run, and what each kind of stop says."""

import json
import os

import pytest
from tiny_project import LIMITS, Tiny, running

from greenbook.execution.task import Limits

ODD = 'quote " backslash \\ newline \n tab \t 粗钢 {x}'
CHAPTERS = {
    "whole": [("data", "steel = load('steel')\nshow('value', name='output', value=steel['value'], unit='Mt', show={})"),
              ("look", "import sys\nprint(os.getcwd())\nsys.path, sorted(os.environ), object()")],
    "raised": [("data", "alpha = 1\n\ndef halve(x):\n    return alhpa / 2"), ("use", "1\nhalve(alpha)")],
    "exits": [("data", "import sys\nsys.exit(0)"), ("never", "1")],
    "quits": [("data", "exit()"), ("never", "1")],
    "dies": [("data", "1"), ("fatal", "os._exit(0)"), ("never", "1")],
    "killed": [("fatal", "import signal\nos.kill(os.getpid(), signal.SIGKILL)")],
    "reads": [("data", "import pandas\npandas.read_csv('/etc/passwd')")],
    "swallows": [("data", "import socket, subprocess\n\ndef hidden(f, *a, **k):\n    try:\n        f(*a, **k)\n"
                  "    except Exception:\n        pass"),
                 ("reach", "hidden(open, '/etc/passwd')\nhidden(open, chapter_root + '/notebooks/whole.ipynb')\n"
                  "hidden(os.scandir, chapter_root)\nhidden(open, chapter_root + '/report.txt', 'w')\n"
                  "hidden(os.remove, chapter_root + '/notebooks/whole.ipynb')\n"
                  "hidden(socket.create_connection, ('127.0.0.1', 9))\nhidden(subprocess.run, ['ls'])\n"
                  "hidden(os.system, 'true')\nhidden(os.listdir)\nhidden(open, 'own.txt', 'w')")],
    "unopened": [("again", "show('opening', chapter='other', edition='e', as_of='2025-12-14')")],
    "unreadable": [("data", "show('value', nonsense=1)")],
    "foreign": [("data", "display({'application/javascript': 'alert(1)', 'text/plain': 'x'}, raw=True)")],
    "odd": [("data", "show('value', name='odd', value=None, unit=text, show={})")],
    "prints": [("data", "for i in range(2000):\n    print('x' * 1000)")],
    "hungry": [("data", "x = bytearray(8 << 30)")],
}
ROOTED = "chapter_id = ''\nedition = None\nchapter_root = ''"


@pytest.fixture(scope="module")
def book(shared: Tiny):
    entries = []
    for slug, cells in CHAPTERS.items():
        rooted = "chapter_root" in str(cells)
        parameters = {"chapter_root": str(shared.project.root)} if rooted else {"text": ODD} if slug == "odd" else {}
        source = ROOTED if rooted else "chapter_id = ''\nedition = None\ntext = ''" if slug == "odd" else None
        shared.write(slug, cells, prose="Prose stays.", **({"parameters": source} if source else {}))
        entries.append(shared.entry(slug, **parameters))
    os.environ["SECRET_TOKEN"] = "hush"
    try:
        return shared, shared.execute(*entries, jobs=3)
    finally:
        del os.environ["SECRET_TOKEN"]


MESSAGES = {
    "raised": "data:4: GB430: found NameError: name 'alhpa' is not defined in \"return alhpa / 2\"; "
              "expected a name defined above; write alpha",
    "exits": "data:2: GB431: found an end of the notebook in \"sys.exit(0)\"",
    "quits": "data:1: GB431: found an end of the notebook in \"exit()\"",
    "dies": "fatal: GB432: found the kernel dead in cell 5 (exit 0)",
    "killed": "fatal: GB432: found the kernel dead in cell 4 (signal 9; possibly out of memory)",
    "reads": "data:2: GB440: found a read of /etc/passwd",
    "unreadable": "data: GB447: found a record that cannot be read",
    "hungry": "data:1: GB436: found no memory left in \"x = bytearray(8 << 30)\"",
}


@pytest.mark.parametrize("slug", MESSAGES)
def test_chapter_that_does_not_end_well_is_told_with_cell_line_and_cure(book, slug):
    _, execution = book
    found = [str(problem) for problem in execution.problems if problem.path == f"notebooks/{slug}.ipynb"]
    assert len(found) == 1 and found[0].startswith(f"notebooks/{slug}.ipynb:{MESSAGES[slug]}"), found
    assert slug not in execution.executed


def test_reach_outside_is_told_even_where_the_code_hides_its_failure(book):
    tiny, execution = book
    found = {(problem.place, problem.code, problem.found) for problem in execution.problems
             if problem.path == "notebooks/swallows.ipynb"}
    assert found == {
        ("reach", "GB440", "found a read of /etc/passwd"), ("reach", "GB440", "found a read of notebooks/whole.ipynb"),
        ("reach", "GB440", f"found a read of {tiny.project.root}"), ("reach", "GB441", "found a write to report.txt"),
        ("reach", "GB441", "found a write to notebooks/whole.ipynb"),
        ("reach", "GB442", "found a connection to 127.0.0.1"), ("reach", "GB443", "found a start of the program ls"),
        ("reach", "GB443", "found a start of the program true")}
    assert (tiny.project.notebooks / "whole.ipynb").exists() and not (tiny.project.root / "report.txt").exists()


def test_chapter_that_opens_another_is_refused(book):
    _, execution = book
    found = [str(problem) for problem in execution.problems if "unopened" in problem.path]
    assert found == ["notebooks/unopened.ipynb: GB448: found as opened chapter: unopened of 2025-12-14, "
                     "other of 2025-12-14; expected unopened of 2025-12-14; "
                     "write chapter = open_chapter(chapter_id, edition) below the parameters"]


def test_other_chapters_go_on_when_some_fail(book):
    _, execution = book
    assert set(execution.executed) == {"whole", "foreign", "odd", "prints"}


def test_records_come_out_of_the_cells_that_displayed_them(book):
    _, execution = book
    chapter = execution.executed["whole"]
    assert [cell.cell_id for cell in chapter.cells] == ["parameters", "injected-parameters", "open", "data", "look"]
    assert [record.name for record in chapter.cells[3].records] == ["output"]
    assert [type(record).__name__ for record in chapter.records()] == ["OpeningRecord", "ValueRecord"]


def test_parameters_reach_the_notebook_exactly(book):
    _, execution = book
    assert execution.executed["odd"].records()[1].unit == ODD


def test_run_sees_neither_the_users_environment_nor_the_project_on_its_path(book):
    tiny, execution = book
    text = execution.executed["whole"].path.read_text()
    assert "SECRET_TOKEN" not in text and "GREENBOOK_SLICES" in text
    assert str(tiny.project.root) not in text and "0x" not in text


def test_stored_notebook_holds_no_time_no_random_id_and_no_prose(book):
    _, execution = book
    tree = json.loads(execution.executed["whole"].path.read_bytes())
    assert set(tree["metadata"]) == {"kernelspec", "language_info"}
    assert {key for cell in tree["cells"] for key in cell["metadata"]} == {"tags"}
    assert [cell["id"] for cell in tree["cells"]][1] == "injected-parameters"
    assert "Prose stays." not in str(tree)


def test_failed_notebook_is_kept_with_its_prose_and_its_error(book):
    tiny, _ = book
    tree = json.loads((tiny.project.runs / "e" / "raised.failed.ipynb").read_text())
    assert tree["cells"][0]["source"] == "Prose stays."
    assert "NameError" in str(tree["cells"][-1]["outputs"])


def test_foreign_output_is_left_out_and_named(book):
    _, execution = book
    assert "foreign: left out an output of type application/javascript in cell data" in execution.notes
    tree = json.loads(execution.executed["foreign"].path.read_bytes())
    assert tree["cells"][-1]["outputs"] == [
        {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}]


def test_endless_printing_is_cut_with_a_visible_note(book):
    _, execution = book
    content = execution.executed["prints"].path.read_text()
    assert len(content) < 2 << 20 and "[greenbook: cut here" in content


def test_whole_run_leaves_no_folder_and_no_process(book):
    tiny, _ = book
    assert not list((tiny.project.runs / "e").glob("whole-*"))
    assert running(tiny.project.root) == []


def test_progress_tells_each_chapters_states(book):
    tiny, _ = book
    assert tiny.states("whole") == ["waiting", "running", "done"]
    assert tiny.states("dies") == ["waiting", "running", "failed"]


def test_chapter_beyond_its_time_is_killed_with_all_it_started(tiny):
    tiny.write("loops", [("data", "while True:\n    pass")])
    tiny.write("stopped", [("child", "import time\nif not os.fork():\n    time.sleep(60)\n    os._exit(0)"),
                           ("halt", "import signal\nos.kill(os.getpid(), signal.SIGSTOP)")])
    execution = tiny.execute("loops", "stopped", limits=Limits(seconds=1.5, grace=3))
    assert [str(problem) for problem in execution.problems] == [
        "notebooks/loops.ipynb:data: GB433: found cell 4 still running after 1.5 s; "
        "expected a chapter within 1.5 s; make it shorter, or look for a loop without end",
        "notebooks/stopped.ipynb:halt: GB433: found cell 5 still running after 1.5 s; "
        "expected a chapter within 1.5 s; make it shorter, or look for a loop without end"]
    assert running(tiny.project.root) == []


def test_equal_runs_are_equal_bytes_whatever_the_number_of_workers(tiny):
    source = "{1: object(), 2: {'b', 'a', 'c'}}\nimport warnings\nwarnings.warn('x')\nprint(sorted({'q', 'r'}))"
    tiny.write("a", [("data", f"load('steel')\n{source}")])
    tiny.write("b", [("data", f"load('paper')\n{source}")])
    first = {slug: chapter.path.read_bytes() for slug, chapter in tiny.execute("a", "b", jobs=2).executed.items()}
    again = tiny.execute("b", "a", jobs=1, use_cache=False, limits=LIMITS).executed
    assert len(first) == 2 and first == {slug: chapter.path.read_bytes() for slug, chapter in again.items()}
