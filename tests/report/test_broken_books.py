"""Bad input: one broken book each. The real command runs; its whole message and exit code are compared.

`expected.txt` holds the exit code in its first line and then what the command prints to stderr, progress left out.
"""

import hashlib
import re

import pytest

from building import BOOKS, copy_book, run_build

BROKEN = sorted(path.name for path in BOOKS.iterdir() if path.name.startswith("broken-"))
PROGRESS = re.compile(r"^(execution|read|publish): \S.* (running|done|cached|failed|waiting)( [\d.]+ s)?$")


def told(stderr):
    return "\n".join(line for line in stderr.splitlines() if not PROGRESS.match(line))


def published(folder):
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(params=BROKEN)
def broken(request, tmp_path, small):
    """A broken book over which the good small book's report already stands."""
    folder = copy_book(request.param, tmp_path / "book")
    standing = folder / "_build" / "full-2025"
    standing.parent.mkdir()
    standing.symlink_to((small / "_build" / "full-2025").resolve())
    return request.param, folder, standing


def test_broken_book_is_refused_with_its_message_and_the_last_report_stands(broken):
    name, folder, standing = broken
    code, _, message = (BOOKS / name / "expected.txt").read_text("utf-8").partition("\n")
    target, before = standing.resolve(), published(standing.resolve())
    done = run_build("report", project=folder)
    assert told(done.stderr) == message.strip("\n")
    assert done.returncode == int(code)
    assert standing.resolve() == target and published(target) == before


def test_every_kind_of_bad_input_has_its_book():
    kinds = {"parameter", "book-key", "value", "twin", "twin-values", "duplicate-reference", "unresolved-reference",
             "alt", "source", "glyph", "cell", "row"}
    assert {name.removeprefix("broken-") for name in BROKEN} >= kinds
