"""The documentation cannot lie: commands, targets and links are as documented."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from greenbook.cli import parser
from greenbook.grammar import ROLES
from greenbook.outline import STATES

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"),
                ROOT / "notebooks/README.md", ROOT / "data/README.md"])


def subcommands():
    action = next(action for action in parser()._actions if action.dest == "command")
    return action.choices


def test_each_command_is_documented_and_nothing_else_is():
    text = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    assert set(re.findall(r"`build\.py (\w+)", text)) == set(subcommands())


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_each_command_has_help(name):
    done = subprocess.run([sys.executable, "build.py", name, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and "--project" in done.stdout


def test_each_documented_option_exists():
    text = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    for name, rest in re.findall(r"`build\.py (\w+)([^`]*)`", text):
        known = {option for action in subcommands()[name]._actions for option in action.option_strings}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known


def targets():
    return dict(re.findall(r"^([a-z-]+):[^#\n]*## (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M))


def test_make_help_lists_every_target():
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    for name, words in targets().items():
        assert re.search(rf"make {name}\b", done.stdout) and words in done.stdout


def test_each_recipe_is_one_line():
    text = (ROOT / "Makefile").read_text("utf-8")
    for recipe in re.findall(r"^[a-z-]+:[^\n]*##[^\n]*\n((?:\t[^\n]*\n)*)", text, re.M):
        assert recipe.count("\n") == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def codes(text):
    """The codes that `text` names, those of ranges like GB531–GB540 too."""
    for first, last in re.findall(r"\bGB(\d{3})(?!\d)(?:–(?:GB)?(\d{3}))?", text):
        yield from range(int(first), int(last or first) + 1)


def test_each_code_of_a_message_is_documented_and_nothing_else_is():
    """What the package can say against what `docs/reference/messages` lists (GB18030 is no code)."""
    said = {code for path in (ROOT / "src").rglob("*.py") for code in codes(path.read_text("utf-8"))}
    said |= set(codes((ROOT / "templates/house/style-rules.yml").read_text("utf-8")))
    told = {code for path in (ROOT / "docs/reference/messages").glob("*.md") for code in codes(path.read_text("utf-8"))}
    assert said - told == set() and told - said == set()


def test_each_key_of_the_book_is_documented():
    text = (ROOT / "docs/reference/book.md").read_text("utf-8")
    keys = set(re.findall(r'"([a-z_]+)": (?:_|dict)', (ROOT / "src/greenbook/grammar.py").read_text("utf-8")))
    assert {"title", "as_of", "slug", "evidence", "people", "parameters"} <= keys
    assert {key for key in (*keys, *ROLES, *STATES) if f"`{key}`" not in text} == set()


def test_each_variable_that_a_user_may_set_is_documented():
    """Read from the environment, and not written by the build itself for its kernels."""
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    own = set(re.findall(r"GREENBOOK_[A-Z_]+", (ROOT / "src/greenbook/execution/folder.py").read_text("utf-8")))
    read = set(re.findall(r'"(GREENBOOK_[A-Z_]+)"', sources)) - own - {"GREENBOOK_RUN"}
    text = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    assert read and {name for name in read if f"`{name}`" not in text} == set()
