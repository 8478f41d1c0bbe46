"""What a chapter's execution depends on, as hashes.

Two steps, because what a notebook reads is known only after it ran. The code key covers what is known before:
code cells, parameters, edition and the environment. The full key adds the slices that the run was seen to read and
the modules of greenbook that it was seen to import.
Not in either: prose, line numbers, the commit, sources, page templates, numbering, files' times and places.
"""

from __future__ import annotations

import platform
import re
import sysconfig
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from greenbook.execution.normal import digest
from greenbook.execution.source import SourceNotebook
from greenbook.project import HOUSE, Project
from greenbook.records import canonical

# Raised when the stored form of an executed chapter changes.
FORMAT = 2

PACKAGE = Path(__file__).resolve().parents[1]
IMPORTED = ("authoring", "analysis", "style", "catalog")
MODULE = "module:"
NOT_IMPORTED = ("cli.py", "console.py")
# Of this package only what shapes the stored notebook: kernel, limits of output, normal form.
SHAPING = ("kernel.py", "watch.py", "engine.py", "worker.py", "normal.py", "folder.py", "zygote.py",
           "provisioner.py")
FONTS = ("fontpkg_noto_sans", "fontpkg_source_serif_4", "manimgx_fonts_cjk", "pylopdf_fonts_zh_cn",
         "pylopdf_fonts_zh_tw")


def environment_parts(project: Project) -> dict[str, str]:
    """Name → hash of all that every chapter of `project` depends on."""
    lock = _lock(project)
    return {
        "format": str(FORMAT),
        "python": f"{platform.python_implementation()} {platform.python_version()} {platform.machine()}",
        "machinery": _files(PACKAGE, _machinery()),
        "style": _files(project.templates, _all(project.templates / "style")),
        "locale": _files(project.templates, _all(project.templates / "locale")),
        "lock": digest(lock),
        "packages": digest(canonical(_installed(lock)).encode()),
        "fonts": digest(canonical(_fonts()).encode()),
    }


def chapter_parts(notebook: SourceNotebook, parameters: Mapping[str, Any], edition: str) -> dict[str, str]:
    """Name → hash of what one chapter depends on before anything is known of its reads."""
    cells = [[cell.id, sorted(cell.tags), cell.source] for cell in notebook.code]
    return {"cells": digest(canonical(cells).encode()), "edition": edition,
            "parameters": digest(canonical(dict(parameters)).encode())}


def module_hashes() -> dict[str, str]:
    """`module:analysis/kaya.py` → hash, of every module of greenbook that a chapter may import."""
    paths = [path for name in IMPORTED for path in (PACKAGE / name).rglob("*.py")]
    return {MODULE + path.relative_to(PACKAGE).as_posix(): digest(path.read_bytes()) for path in sorted(paths)}


def part_of(name: str) -> str:
    """How a thing that a run read is called among the parts of its key."""
    return name if name.startswith(MODULE) else f"slice:{name}"


def read_hash(name: str, hashes: Mapping[str, str]) -> str:
    """The hash of what a kernel sees under `name`: a slice's or a module's, `.` for the list of all slices, or
    `absent`. `hashes` are those of slices and of modules."""
    if name == ".":
        return digest(canonical(sorted(slice for slice in hashes if not slice.startswith(MODULE))).encode())
    return hashes.get(name) or hashes.get(name.removesuffix(".json")) or "absent"


def combined(parts: Mapping[str, str]) -> str:
    """One key of named hashes."""
    return digest(canonical(dict(parts)).encode())


def full_key(code_key: str, reads: Iterable[str], hashes: Mapping[str, str]) -> str:
    """The key under which a chapter is stored that read `reads`: slices and modules."""
    return combined({"code": code_key, **{part_of(name): read_hash(name, hashes) for name in reads}})


def _machinery() -> list[Path]:
    """What every chapter runs with, whatever it imports."""
    root = [path for path in PACKAGE.glob("*.py") if path.name not in NOT_IMPORTED]
    return [*root, *(PACKAGE / "execution" / name for name in SHAPING)]


def _all(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _files(root: Path, paths: Iterable[Path]) -> str:
    entries = sorted((path.relative_to(root).as_posix(), digest(path.read_bytes())) for path in paths)
    return digest(canonical(entries).encode())


def _lock(project: Project) -> bytes:
    for folder in (project.root, HOUSE):
        if (folder / "requirements.lock").is_file():
            return (folder / "requirements.lock").read_bytes()
    return b""


def _installed(lock: bytes) -> list[str]:
    """Versions as installed, of the packages that the lock names: an environment may differ from its lock."""
    names = {_plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock.decode("utf-8"), re.MULTILINE)}
    return sorted(path.name for path in _site().glob("*.dist-info")
                  if _plain(path.name.split("-")[0]) in names)


def _fonts() -> list[tuple[str, str]]:
    """The installers' own lists of the font packages' files, each with its sha256."""
    records = (record for name in FONTS for record in _site().glob(f"{name}-*.dist-info/RECORD"))
    return sorted((record.parent.name, digest(record.read_bytes())) for record in records)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _site() -> Path:
    return Path(sysconfig.get_paths()["purelib"])
