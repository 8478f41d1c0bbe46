"""What runs again, by kind of change. The worker is replaced by one that reads what the code says it loads."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from tiny_project import Tiny

from greenbook.errors import EnvironmentMissing
from greenbook.execution import cache as cache_module
from greenbook.execution import key, schedule
from greenbook.execution.assembled import assembled
from greenbook.execution.explanation import Change, explain
from greenbook.execution.normal import digest, normalised
from greenbook.execution.source import parse_source
from greenbook.execution.task import TaskResult

LOADS = re.compile(r"load\('(\w+)'\)")
USES = re.compile(r"uses\('([\w/.]+)'\)")


def quick(task, stop=None, server=None):
    """A result as a worker gives it, without a kernel: each cell's output tells what it loaded."""
    source = parse_source(task.source.encode(), task.notebook)
    watch = [{"event": "slice", "what": f"{name}.json", "cell": 4}
             for cell in source.code for name in LOADS.findall(cell.source)]
    values = [Path(task.slices, entry["what"]).read_text() for entry in watch]
    watch += [{"event": "module", "what": f"module:{name}", "cell": 4}
              for cell in source.code for name in USES.findall(cell.source)]
    opening = {"chapter": task.parameters["chapter_id"], "edition": "e", "as_of": "2025-12-14"}
    outputs = {"data": {"application/vnd.greenbook.opening+json": opening, "text/plain": "".join(values)},
               "output_type": "display_data", "metadata": {}}
    ran = {"cells": [{"id": "open", "outputs": [outputs], "execution_count": 3}]}
    content = normalised(assembled(source, ran), (task.root,)).encode()
    record = {"reason": "done", "output": digest(content), "watch": watch, "run": [cell.id for cell in source.code]}
    return TaskResult(task.slug, "done", record, content, 0.5)


@pytest.fixture
def book(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    monkeypatch.setattr(schedule, "submit", quick)
    tiny.write("steel", [("data", "x = load('steel')")])
    tiny.write("paper", [("data", "x = load('paper')")])
    return tiny


def ran(book: Tiny, *entries) -> set[str]:
    execution = book.execute(*(entries or ("steel", "paper")))
    assert not execution.problems
    return {slug for slug, chapter in execution.executed.items() if not chapter.cached}


def touch_all(book):
    for path in book.project.root.rglob("*"):
        os.utime(path, (1, 1))


def rewrite(**change):
    def apply(book):
        book.write("steel", change.pop("cells", [("data", "x = load('steel')")]), **change)
    return apply


def store_outputs(book):
    path = book.project.notebooks / "steel.ipynb"
    tree = json.loads(path.read_text())
    tree["cells"][-1].update(outputs=[{"output_type": "stream", "name": "stdout", "text": "old"}], execution_count=9)
    path.write_text(json.dumps(tree))


CHANGES = {
    "a slice read": (lambda book: book.slice("steel", 3), {"steel"}),
    "a slice nobody reads": (lambda book: book.slice("cement", 3), set()),
    "code": (rewrite(cells=[("data", "x = load('steel') ")]), {"steel"}),
    "the id of a code cell": (rewrite(cells=[("dates", "x = load('steel')")]), {"steel"}),
    "the tag of a code cell": (rewrite(tags={"data": ["if-x"]}), {"steel"}),
    "prose": (rewrite(prose="Other words."), set()),
    "stored outputs": (store_outputs, set()),
    "times of files": (touch_all, set()),
    "house style": (lambda book: (book.project.templates / "style" / "tokens.yml").write_text("a: 1\n"),
                    {"steel", "paper"}),
    "words of labels": (lambda book: (book.project.templates / "locale" / "en.yml").write_text("figure: Fig.\n"),
                        {"steel", "paper"}),
    "page templates": (lambda book: (book.project.templates / "page.html").write_text("x"), set()),
    "locked versions": (lambda book: (book.project.root / "requirements.lock").write_text("papermill==9\n"),
                        {"steel", "paper"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_change_runs_exactly_the_chapters_that_read_it(book, what):
    change, expected = CHANGES[what]
    assert ran(book) == {"steel", "paper"}
    change(book)
    assert ran(book) == expected
    assert ran(book) == set()


def test_parameter_changed_runs_that_chapter(book):
    for slug in ("steel", "paper"):
        book.write(slug, [("data", f"load('{slug}')")], parameters="chapter_id = ''\nedition = None\nsince = 2015")
    entries = [book.entry("steel", since=2015), book.entry("paper", since=2015)]
    assert ran(book, *entries) == {"steel", "paper"}
    assert ran(book, book.entry("steel", since=2016), entries[1]) == {"steel"}


def test_module_changed_runs_the_chapters_that_imported_it(book, monkeypatch, tmp_path, machinery):
    package = tmp_path / "greenbook"
    shutil.copytree(machinery, package)
    monkeypatch.setattr(key, "PACKAGE", package)
    book.write("paper", [("data", "load('paper'); uses('analysis/kaya.py'); uses('authoring/chapter.py')")])
    book.write("steel", [("data", "load('steel'); uses('authoring/chapter.py')")])
    ran(book)
    for module, expected in (("publishing/edition.py", set()), ("analysis/new.py", set()),
                             ("analysis/kaya.py", {"paper"}), ("authoring/chapter.py", {"steel", "paper"}),
                             ("errors.py", {"steel", "paper"}), ("execution/normal.py", {"steel", "paper"})):
        with open(package / module, "a") as file:
            file.write("# changed\n")
        assert ran(book) == expected, module


def test_old_data_that_come_back_are_found_again(book):
    ran(book)
    book.slice("steel", 3)
    ran(book)
    book.slice("steel", 1)
    assert ran(book) == set()


def test_cached_chapter_gives_the_same_records_and_bytes(book):
    first, second = book.execute("steel").executed["steel"], book.execute("steel").executed["steel"]
    assert (first.cached, second.cached) == (False, True)
    assert first.records() == second.records() and first.key == second.key and len(first.records()) == 1
    assert first.path.read_bytes() == second.path.read_bytes()


def test_project_in_another_folder_has_the_same_keys(book, tmp_path_factory, monkeypatch):
    other = tmp_path_factory.mktemp("other") / "deep" / "er"
    shutil.copytree(book.project.root, other)
    moved = object.__new__(Tiny)
    moved.project, moved.slices, moved.events = type(book.project)(other), other / "slices", []
    assert book.execute("steel").executed["steel"].key == moved.execute("steel").executed["steel"].key


def entry_folder(book: Tiny) -> Path:
    return book.execute("steel").executed["steel"].path.parent


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


DAMAGE = {
    **{f"bit of {name} at {at}": (lambda folder, name=name, at=at: flip(folder / name, at))
       for name in ("executed.ipynb", "record.json", "seal") for at in (0, 7, 61, -1)},
    "notebook cut": lambda folder: os.truncate(folder / "executed.ipynb", 10),
    "record empty": lambda folder: os.truncate(folder / "record.json", 0),
    "notebook gone": lambda folder: (folder / "executed.ipynb").unlink(),
    "seal gone": lambda folder: (folder / "seal").unlink(),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damaged_entry_is_removed_with_a_note_and_never_served(book, how):
    folder = entry_folder(book)
    content = (folder / "executed.ipynb").read_bytes()
    folder.chmod(0o755)
    DAMAGE[how](folder)
    execution = book.execute("steel")
    assert not execution.executed["steel"].cached
    assert any(note.startswith("removed an entry from the cache") for note in execution.notes)
    assert execution.executed["steel"].path.read_bytes() == content
    assert ran(book, "steel") == set()


def test_entries_that_changed_places_are_not_served(book):
    chapters = book.execute("steel", "paper").executed
    one, two = chapters["steel"].path.parent, chapters["paper"].path.parent
    aside = one.with_name("aside")
    one.rename(aside), two.rename(one), aside.rename(two)
    assert ran(book) == {"steel", "paper"}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"reads": 1}'])
def test_damaged_list_of_reads_is_removed_and_made_again(book, content):
    entry_folder(book)
    [listing] = (book.project.cache / "executed" / "reads").glob("*.json")
    listing.write_text(content)
    execution = book.execute("steel")
    assert not execution.executed["steel"].cached
    assert any("list of reads" in note for note in execution.notes)
    assert ran(book, "steel") == set()


def test_build_that_uses_no_cache_runs_all_and_stores(book):
    ran(book)
    assert {c.cached for c in book.execute("steel", "paper", use_cache=False).executed.values()} == {False}
    assert ran(book) == set()


def test_input_that_changes_during_the_run_fails_the_chapter(book, monkeypatch):
    def meddles(task, stop=None, server=None):
        Path(task.run).mkdir(parents=True)
        result = quick(task)
        book.slice("steel", 99)
        return result

    monkeypatch.setattr(schedule, "submit", meddles)
    [problem] = book.execute("steel").problems
    assert problem.code == "GB445" and "steel.json" in problem.found
    assert not list(book.project.cache.glob("executed/*/*/record.json"))


def test_machinery_that_changes_during_the_run_is_not_stored_under_its_old_name(book, monkeypatch):
    def meddles(task, stop=None, server=None):
        (book.project.templates / "style" / "tokens.yml").write_text("later: 1\n")
        Path(task.run).mkdir(parents=True)
        (Path(task.run) / "executed.ipynb").write_bytes(quick(task).content)
        return quick(task)

    monkeypatch.setattr(schedule, "submit", meddles)
    execution = book.execute("steel")
    assert execution.notes == ("steel: executed but not kept, greenbook's own files changed during the run",)
    assert execution.executed["steel"].path.is_file()
    monkeypatch.setattr(schedule, "submit", quick)
    assert ran(book, "steel") == {"steel"}


def test_full_disk_ends_with_the_environments_error_and_leaves_no_part(book, monkeypatch):
    def full(target, files):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache_module, "write_folder", full)
    with pytest.raises(EnvironmentMissing) as caught:
        book.execute("steel")
    assert caught.value.problems[0].code == "GB751"


def test_cache_that_cannot_be_written_costs_only_time(book, monkeypatch):
    def refused(target, files):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(cache_module, "write_folder", refused)
    execution = book.execute("steel")
    assert not execution.problems and "steel" in execution.executed
    assert execution.notes == ("steel: executed but not kept, the cache cannot be written (Read-only file system)",)


def test_explanation_names_the_input_that_changed(book):
    assert [(item.cached, item.changes) for item in explain(book.task("steel"), book.cut())] == [(False, ())]
    ran(book)
    assert {item.cached for item in explain(book.task("steel", "paper"), book.cut())} == {True}
    before = book.cut().hashes["steel"]
    book.slice("steel", 3)
    book.write("paper", [("data", "load('paper')")])
    steel, paper = explain(book.task("steel", "paper"), book.cut())
    assert steel.changes == (Change("slice:steel.json", before, book.cut().hashes["steel"]),)
    assert [change.part for change in paper.changes] == ["cells"]


def test_nothing_heavy_is_imported_where_nothing_runs(book, machinery):
    import subprocess
    import sys

    for slug in ("steel", "paper"):
        book.execute(slug)
    script = f"""
import sys, datetime; sys.path.insert(0, {str(Path(__file__).parent)!r})
import greenbook.execution.run as run
import greenbook.execution.key as key
from greenbook.project import Project
from greenbook.order import Task
from greenbook.outline import ChapterEntry, Edition
from pathlib import Path; import hashlib
class S: folder = Path({str(book.slices)!r}); hashes = {{p.stem: hashlib.sha256(p.read_bytes()).hexdigest()
                                                        for p in folder.glob('*.json')}}
key.PACKAGE = Path({str(machinery)!r})
entries = tuple(ChapterEntry(s, {{}}, s + '.ipynb', {{'chapter_id': s, 'edition': None}}, {{}})
                for s in ('steel', 'paper'))
edition = Edition('e', datetime.date(2025, 12, 14), 'draft', '', {{}})
done = run.execute(Task(Project(Path({str(book.project.root)!r})), None, edition, entries, (), (), 1, False), S)
assert all(c.cached for c in done.executed.values()) and len(done.executed) == 2
heavy = {{'papermill', 'nbconvert', 'nbformat', 'nbclient', 'jupyter_client', 'pandas', 'numpy', 'matplotlib',
          'pandera', 'psutil', 'asyncio', 'concurrent.futures', 'subprocess'}}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
