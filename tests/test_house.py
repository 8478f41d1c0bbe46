"""The house keeps its own rules: sizes, names, locked versions, one list of dependencies."""

import ast
import re
import subprocess
import sys
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


@pytest.mark.parametrize("tool", [["ruff", "check", "--no-cache", "--quiet"], ["mypy"]], ids=["ruff", "mypy"])
def test_linter_and_type_checker_find_nothing(tool, tmp_path):
    """With the settings of pyproject.toml: code, tests, benchmarks and the cells of notebooks; types in `src`."""
    words = [*tool, *(["--cache-dir", str(tmp_path)] if tool == ["mypy"] else [])]
    found = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_no_error_of_the_type_checker_is_silenced_without_a_reason():
    """`# type: ignore` is followed by its kind and, behind a dash, by why; the same for `# noqa` in the package."""
    told = re.compile(r"# (type: ignore|noqa).*?( [—–] |  \()")
    lines = [f"{path.name}: {line}" for path in MODULES for line in path.read_text("utf-8").splitlines()
             if re.search(r"# (type: ignore|noqa)", line)]
    assert [line for line in lines if not told.search(line)] == []


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
