"""Fixtures of the execution stage: a project a test, a project a module, and a package that stands still."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_project import Tiny

from greenbook.execution import key


@pytest.fixture(scope="session", autouse=True)
def machinery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the package as what keys are made of: a file saved while the tests run changes no key."""
    folder, own = tmp_path_factory.mktemp("machinery") / "greenbook", key.PACKAGE
    shutil.copytree(own, folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    key.PACKAGE = folder
    yield folder
    key.PACKAGE = own


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return Tiny(tmp_path_factory.mktemp("project"))
