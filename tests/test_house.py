"""The house keeps its own rules: sizes, names, locked versions, one list of dependencies."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


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


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pinned(lock):
    found = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / lock).read_text("utf-8"), re.M)
    return {name.lower().replace("_", "-").replace(".", "-"): version for name, version in found}


def direct():
    names = [re.match(r"[\w.-]+", line)[0] for line in project()["dependencies"]]
    return {name.lower().replace("_", "-").replace(".", "-") for name in names}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_every_dependency_with_hashes_and_names_no_host(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert direct() <= pinned(lock).keys()
    assert "://" not in text and " @ " not in text
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_locks_agree_with_each_other():
    runtime, everything = map(pinned, LOCKS)
    assert {name: everything.get(name) for name in runtime} == runtime


def test_environment_for_conda_installs_the_same_lock():
    tree = YAML(typ="safe").load((ROOT / "environment.yml").read_text("utf-8"))
    python = next(item for item in tree["dependencies"] if isinstance(item, str) and item.startswith("python "))
    through_pip = next(item for item in tree["dependencies"] if isinstance(item, dict))["pip"]
    assert python.removeprefix("python ") == project()["requires-python"]
    assert "-r requirements.lock" in through_pip and "--require-hashes" in through_pip


def test_floors_of_known_faults_hold():
    versions = pinned("requirements.lock")
    floors = {"nbconvert": (7, 17, 2), "mistune": (3, 3, 4), "jinja2": (3, 1, 6)}
    for name, floor in floors.items():
        assert tuple(map(int, versions[name].split(".")[:3])) >= floor, name
