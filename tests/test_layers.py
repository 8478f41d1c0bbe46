"""Arrows go one way: a stage never imports a later one."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "greenbook"

# From the ground up; what stands on one line may not import what stands on a later one.
LAYERS = [
    ("errors",), ("calling",), ("project",), ("grammar",), ("outline",), ("records",), ("units", "order"),
    ("language",),
    ("catalog", "style"), ("analysis",), ("authoring",), ("execution",), ("documents",), ("composition",),
    ("publishing",), ("review", "intake"), ("preview",), ("console",), ("cli",),
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
APART = [("catalog", "style"), ("review", "intake")]


def modules():
    return sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")


def stage(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else names
        if names == ["greenbook"] and isinstance(node, ast.ImportFrom):
            names = [f"greenbook.{alias.name}" for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("greenbook."))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_module_imports_no_later_stage(path):
    own = stage(path)
    for other in imported(path):
        assert other in RANK, f"{other} has no place in the order of stages"
        assert other == own or RANK[other] < RANK[own] or own == other, f"{own} imports {other}, which is later"
        assert (own, other) not in APART and (other, own) not in APART, f"{own} and {other} stand side by side"


def test_every_stage_has_its_place():
    assert {stage(path) for path in modules()} == set(RANK)


def test_nothing_imports_the_story_of_the_build():
    for path in [*modules(), SOURCE / "__init__.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                assert all(alias.name != "build" for alias in node.names), path
            if isinstance(node, ast.ImportFrom):
                assert node.module != "build", path
