"""How much the cache may hold, and what two projects that share one see of each other."""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from test_cache import book, quick, ran  # noqa: F401  (pytest finds the fixture here)
from tiny_project import Tiny

from greenbook.errors import CommandError
from greenbook.execution.cache import Cache
from greenbook.execution.explanation import explain
from greenbook.execution.room import FRESH, limit
from greenbook.publishing.kept import keep, kept, make_room, recall

DAY = 86_400.0


def entries(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("??/*")}


def aged(folder: Path, days: float) -> None:
    """Makes everything in `folder` last used `days` ago."""
    then = time.time() - days * DAY
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def stored(cache: Cache, name: str, size: int, days: float) -> str:
    """An entry of about `size` bytes that was last used `days` ago; its key."""
    entry = cache.store(name, ["a"], {"a": "b"}, b"x" * size, {"run": []})
    for path in (entry.path.with_name("seal"), cache.folder / "reads" / f"{name}.json"):
        os.utime(path, (time.time() - days * DAY,) * 2)
    return entry.key


def test_what_was_used_longest_ago_goes_first_and_only_as_much_as_must(tmp_path):
    cache = Cache(tmp_path / "executed", tmp_path / "last", 2_500_000)
    keys = [stored(cache, f"code{number}", 1_000_000, days) for number, days in enumerate((1, 4, 2, 3))]
    assert cache.find("code1", {"a": "b"}).key == keys[1]  # read just now, though stored first
    assert set(cache.trim()) == {keys[2], keys[3]}
    assert entries(cache.folder) == {keys[0], keys[1]}
    assert cache.find("code2", {"a": "b"}) is None and cache.find("code0", {"a": "b"}).key == keys[0]
    assert sorted(path.stem for path in (cache.folder / "reads").iterdir()) == ["code0", "code1"]
    assert cache.notes == []


def test_what_a_build_of_this_hour_used_stays_whatever_the_limit(tmp_path):
    cache = Cache(tmp_path / "executed", tmp_path / "last", 0)
    old, new = stored(cache, "old", 10, 1), stored(cache, "new", 10, 0)
    assert cache.trim() == [old] and entries(cache.folder) == {new}


def test_parts_that_a_killed_build_left_are_swept(tmp_path):
    cache = Cache(tmp_path / "executed", tmp_path / "last", 1 << 30)
    stored(cache, "one", 10, 0)
    [entry] = cache.folder.glob("??/*")
    old, young = (entry.with_name(f".{name}.77.part") for name in ("old", "young"))
    for part in (old, young):
        part.mkdir()
    os.utime(old, (time.time() - 2 * FRESH,) * 2)
    cache.trim()
    assert not old.exists() and young.exists() and entry.exists()


def test_build_keeps_its_cache_within_the_limit(book, monkeypatch):  # noqa: F811
    assert ran(book) == {"steel", "paper"}
    aged(book.project.cache / "executed", 2)
    monkeypatch.setenv("GREENBOOK_CACHE_MB", "0")
    book.slice("steel", 3)
    assert ran(book) == {"steel"}  # paper is read, and so is of this hour; the old run of steel goes
    assert len(entries(book.project.cache / "executed")) == 2
    book.slice("steel", 1)
    assert ran(book) == {"steel"}


@pytest.mark.parametrize("words", ["much", "-1", "1.5", "２"])
def test_limit_that_is_no_number_is_refused(book, monkeypatch, words):  # noqa: F811
    monkeypatch.setenv("GREENBOOK_CACHE_MB", words)
    with pytest.raises(CommandError) as caught:
        book.execute("steel")
    assert caught.value.problems[0].code == "GB214" and words in caught.value.problems[0].found


def test_limit_is_two_gigabytes_where_none_is_set(monkeypatch):
    monkeypatch.delenv("GREENBOOK_CACHE_MB", raising=False)
    assert limit() == 2_048_000_000


def test_two_projects_share_one_cache_and_explain_each_for_itself(book, tmp_path_factory, monkeypatch):  # noqa: F811
    common = tmp_path_factory.mktemp("common")
    monkeypatch.setenv("GREENBOOK_CACHE", str(common))
    other = object.__new__(Tiny)
    root = tmp_path_factory.mktemp("other") / "deeper"
    shutil.copytree(book.project.root, root)
    other.project, other.slices, other.events = type(book.project)(root), root / "slices", []
    assert ran(book) == {"steel", "paper"} and ran(other) == set()
    assert not (book.project.cache / "executed").exists()
    other.slice("steel", 3)
    assert ran(other) == {"steel"} and ran(book) == set()
    book.slice("steel", 9)
    [change] = explain(book.task("steel"), book.cut())[0].changes
    assert change.part == "slice:steel.json"
    assert {item.cached for item in explain(other.task("steel"), other.cut())} == {True}


STORE = """
import sys
from pathlib import Path
from greenbook.execution.cache import Cache
cache = Cache(Path(sys.argv[1]), Path(sys.argv[2]), 0)
for turn in range(25):
    content = b"same" * 1000 if turn % 2 else sys.argv[2].encode()
    entry = cache.store("code", ["a"], {"a": "b"}, content, {"run": []})
    found = cache.find("code", {"a": "b"})
    assert found is None or len(found.content) in (4000, len(sys.argv[2])), found
    cache.trim()
"""


def test_eight_processes_that_store_one_key_leave_it_whole(tmp_path):
    words = [[sys.executable, "-P", "-c", STORE, str(tmp_path / "executed"), f"{tmp_path}/last{number}"]
             for number in range(8)]
    builds = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in words]
    assert [(build.communicate(timeout=60)[1], build.returncode) for build in builds] == [("", 0)] * 8
    cache = Cache(tmp_path / "executed", tmp_path / "last", 0)
    assert cache.find("code", {"a": "b"}) is not None
    assert not list((tmp_path / "executed").glob("??/.*"))


def test_answer_kept_for_publishing_is_checked_when_it_is_read(tmp_path):
    asked = []
    for _ in range(2):
        assert kept(tmp_path / "html", "question", lambda: asked.append(1) or "粗钢") == "粗钢"
    assert asked == [1]
    [path] = (tmp_path / "html").iterdir()
    good = path.read_bytes()
    for at in range(len(good) * 8):
        bad = bytearray(good)
        bad[at // 8] ^= 1 << at % 8
        path.write_bytes(bad)
        assert recall(tmp_path / "html", "question") is None, at
    assert kept(tmp_path / "html", "question", lambda: "again") == "again"


def test_answers_used_longest_ago_make_room(tmp_path, monkeypatch):
    monkeypatch.setenv("GREENBOOK_CACHE_MB", "1")
    for number in range(4):
        keep(tmp_path / ("html" if number % 2 else "fonts"), str(number), b"x" * 400_000)
    aged(tmp_path, 3)
    assert recall(tmp_path / "fonts", "0") is not None
    make_room(tmp_path)
    assert recall(tmp_path / "fonts", "0") is not None
    assert sum(1 for path in tmp_path.rglob("*") if path.is_file()) == 2


def test_make_clean_keeps_the_cache_and_distclean_does_not(tmp_path):
    root = Path(__file__).parents[2]
    for name in ("_build/cache/executed/ab", "_build/full-2025.v1", "_build/runs/e", ".venv/bin"):
        (tmp_path / name).mkdir(parents=True)
    command = ["make", "-s", "-f", str(root / "Makefile"), "-C", str(tmp_path)]
    subprocess.run([*command, "clean"], check=True)
    assert sorted(path.name for path in (tmp_path / "_build").iterdir()) == ["cache"]
    assert (tmp_path / "_build/cache/executed/ab").is_dir() and (tmp_path / ".venv/bin").is_dir()
    subprocess.run([*command, "distclean"], check=True)
    assert not (tmp_path / "_build").exists() and not (tmp_path / ".venv").exists()


def test_readers_of_an_entry_that_goes_find_it_whole_or_not_at_all(tmp_path):
    cache = Cache(tmp_path / "executed", tmp_path / "last", 0)
    stop, torn = threading.Event(), []

    def reads():
        mine = Cache(tmp_path / "executed", tmp_path / "last", 0)
        while not stop.is_set():
            mine.find("code", {"a": "b"})
        torn.extend(mine.notes)

    reader = threading.Thread(target=reads, daemon=True)
    reader.start()
    try:
        for _ in range(100):
            stored(cache, "code", 100_000, 2)
            cache.trim()
    finally:
        stop.set()
        reader.join()
    assert torn == []
