"""Same commit, same bytes: whatever the folder, time zone, locale and number of jobs. The small book stands for all."""

import hashlib

import pytest

from building import copy_book, run_build


def digests(folder):
    root = (folder / "_build" / "full-2025").resolve()
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    folder = copy_book("small", tmp_path_factory.mktemp("else where") / "書 two")
    done = run_build("report", "--jobs", "1", project=folder, TZ="Asia/Kathmandu", LC_ALL="C",
                     PYTHONHASHSEED="77")
    assert done.returncode == 0, done.stderr
    return folder


def test_two_builds_in_two_places_give_the_same_bytes(small, other):
    assert digests(small) == digests(other) != {}


def test_second_build_changes_nothing_and_says_so(other):
    before = digests(other)
    done = run_build("report", project=other)
    assert done.returncode == 0 and digests(other) == before


def test_unchanged_build_is_decided_from_hashes(small):
    first = run_build("report", project=small)
    assert "nothing changed" in first.stdout


def test_published_files_name_no_folder_of_the_machine(other):
    for path in (other / "_build" / "full-2025").resolve().rglob("*"):
        if path.is_file():
            assert str(other).encode() not in path.read_bytes(), path.name
