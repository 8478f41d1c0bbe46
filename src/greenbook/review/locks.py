"""Whether the lists of what is installed agree: pyproject.toml, the locks, environment.yml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from greenbook.errors import Problem

RUNTIME, EVERYTHING = "requirements.lock", "requirements-dev.lock"
PYPROJECT, CONDA = "pyproject.toml", "environment.yml"
AGAIN = "make the lock again with uv pip compile, and take out host names"
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
_WANTED = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?\s*(>=|==)\s*([\w.]+)")


def plain(name: str) -> str:
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> list[tuple[str, str]]:
    """(name, version) of each line of `lock`; a package may stand twice, for different Pythons."""
    return [(plain(name), version) for name, version in _PIN.findall(lock.read_text("utf-8"))]


def problems_of_locks(root: Path) -> list[Problem]:
    """Where the lists in the folder `root` disagree with each other (GB791–GB796)."""
    project = tomllib.loads((root / PYPROJECT).read_text("utf-8"))["project"]
    problems = _unlike_environment(root, project)
    for name in (RUNTIME, EVERYTHING):
        problems += _unlike_project(name, pins(root / name), project)
        problems += _unsafe(name, (root / name).read_text("utf-8"))
    return problems + _unlike_each_other(pins(root / RUNTIME), pins(root / EVERYTHING))


def _unlike_project(lock: str, pinned: list[tuple[str, str]], project: dict[str, Any]) -> list[Problem]:
    problems = []
    for line in project["dependencies"]:
        wanted = _WANTED.match(line)
        if wanted is None:
            problems.append(Problem(PYPROJECT, "", "GB791", f"found {line}", "expected a name with a floor", AGAIN))
            continue
        name, sign, version = wanted.groups()
        found = [other for package, other in pinned if package == plain(name)]
        if not found:
            problems.append(Problem(lock, "", "GB791", f"found no {name}", f"expected a pin of {line}", AGAIN))
        problems += [Problem(lock, name, "GB792", f"found {name} {other}", f"expected {line} as in {PYPROJECT}", AGAIN)
                     for other in found if not _fits(other, sign, version)]
    return problems


def _fits(version: str, sign: str, wanted: str) -> bool:
    return numbers(version) == numbers(wanted) if sign == "==" else numbers(version) >= numbers(wanted)


def numbers(version: str) -> list[int]:
    """The numbers of a version, by which versions compare: 4.004 is 4.4."""
    return [int(part) for part in re.findall(r"\d+", version)]


def _unsafe(lock: str, text: str) -> list[Problem]:
    """Lines without a hash, or that lead to one host."""
    problems = []
    for block in re.split(r"\n(?=\S)", text.strip()):
        head = block.splitlines()[0].strip(" \\")
        if "://" in block or " @ " in block:
            problems.append(Problem(lock, "", "GB793", f"found an address in {head}",
                                    "expected names and versions only", AGAIN))
        if "--hash=sha256:" not in block:
            problems.append(Problem(lock, "", "GB794", f"found {head} without a hash",
                                    "expected --hash=sha256:… of each file", AGAIN))
    return problems


def _unlike_each_other(runtime: list[tuple[str, str]], everything: list[tuple[str, str]]) -> list[Problem]:
    return [Problem(EVERYTHING, name, "GB795", f"found no {name} {version}", f"expected the versions of {RUNTIME}",
                    AGAIN) for name, version in sorted(set(runtime) - set(everything))]


def _unlike_environment(root: Path, project: dict[str, Any]) -> list[Problem]:
    from ruamel.yaml import YAML

    listed = YAML(typ="safe").load((root / CONDA).read_text("utf-8"))["dependencies"]
    python = next((item for item in listed if isinstance(item, str) and item.split()[0] == "python"), "no python")
    problems = []
    if python.removeprefix("python").strip() != project["requires-python"]:
        problems.append(Problem(CONDA, "", "GB796", f"found {python}",
                                f"expected python {project['requires-python']} as in {PYPROJECT}", "write that"))
    pip: list[str] = next((item["pip"] for item in listed if isinstance(item, dict)), [])
    return problems + [Problem(CONDA, "", "GB796", f'found no "{option}" under pip',
                               f"expected the packages of {RUNTIME}", "add it")
                       for option in (f"-r {RUNTIME}", "--require-hashes") if option not in pip]
