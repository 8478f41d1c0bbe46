"""The house keeps its own rules: sizes, names, locked versions, one list of dependencies."""

import ast
from pathlib import Path

import pytest

from greenbook.review.locks import pins, problems_of_locks

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_module_stays_under_300_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_no_module_is_named_after_nothing():
    banned = {"utils", "helpers", "common", "core", "base", "manager"}
    assert not banned & {path.stem for path in MODULES} | banned & {path.parent.name for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_module_uses_nothing_unsafe(path):
    """No unpickling, eval, exec or shell; YAML only by the round-trip or safe reader."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            assert name not in {"eval", "exec", "pickle.load", "pickle.loads", "yaml.load", "os.system"}, name
            assert not any(word.arg == "shell" for word in node.keywords), f"{name} with a shell"


def test_story_of_the_build_fits_one_screen():
    assert len((ROOT / "build.py").read_text("utf-8").splitlines()) <= 60


def test_locks_project_and_conda_environment_agree():
    """Every dependency is pinned with hashes, no host is named, and conda users get the same versions."""
    assert [str(problem) for problem in problems_of_locks(ROOT)] == []


def test_floors_of_known_faults_hold():
    versions = dict(pins(ROOT / "requirements.lock"))
    floors = {"nbconvert": (7, 17, 2), "mistune": (3, 3, 4), "jinja2": (3, 1, 6)}
    for name, floor in floors.items():
        assert tuple(map(int, versions[name].split(".")[:3])) >= floor, name
