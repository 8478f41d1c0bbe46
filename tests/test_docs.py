"""The documentation cannot lie: commands, targets and links are as documented."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from greenbook.cli import parser

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
