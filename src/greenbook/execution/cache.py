"""Executed chapters by content, under `_build/cache/executed`.

`reads/<code key>.json` lists the sets of slices that runs of that code were seen to read; with the slices' present
hashes each set gives a full key; `<key[:2]>/<key>/` holds the executed notebook, its record and the record's hash.
An entry is checked whenever it is read, and removed where it is damaged. Writing is by rename; files are 0444.
Several projects may share one folder, named by the variable GREENBOOK_CACHE: nothing in it tells of a project.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.execution.key import full_key
from greenbook.execution.normal import digest
from greenbook.execution.room import FOLDER, limit, sweep, trim, used
from greenbook.execution.whole import write_folder, write_whole
from greenbook.project import Project
from greenbook.records import canonical

NOTEBOOK, RECORD, SEAL = "executed.ipynb", "record.json", "seal"
_SETS = 8
_LOOKS = 3


@dataclass(frozen=True)
class Entry:
    """A stored chapter, checked: `content` are the bytes of its executed notebook."""

    key: str
    path: Path
    content: bytes
    record: dict[str, Any]


def cache_of(project: Project) -> Cache:
    """The cache of `project`: its own, or the one that GREENBOOK_CACHE names. Raises CommandError for a bad limit."""
    shared = os.environ.get(FOLDER, "").strip()
    return Cache(Path(shared).expanduser().resolve() if shared else project.cache / "executed",
                 project.cache / "last", limit())


class Cache:
    """The store in `folder`, of at most `most` bytes; `notes` tells what was damaged and removed from it.

    In the folder `own`, which no other project shares, stands what the last run of each chapter depended on.
    """

    def __init__(self, folder: Path, own: Path, most: int) -> None:
        self.folder, self.own, self.most = folder, own, most
        self.notes: list[str] = []

    def find(self, code_key: str, hashes: Mapping[str, str]) -> Entry | None:
        """The stored run of that code that read what the slices now hold, or None."""
        for reads in self._reads(code_key):
            if entry := self._entry(full_key(code_key, reads, hashes)):
                used(entry.path.with_name(SEAL))
                used(self._listing(code_key))
                return entry
        return None

    def store(self, code_key: str, reads: list[str], hashes: Mapping[str, str], content: bytes,
              record: Mapping[str, Any]) -> Entry:
        """Stores a run and gives its entry; one of the same content that another build stored meanwhile stays.

        A full disk raises EnvironmentMissing; other OSErrors pass through.
        """
        key = full_key(code_key, reads, hashes)
        full = {**record, "key": key, "code": code_key, "reads": sorted(reads), "output": digest(content)}
        text = canonical(full).encode()
        target = self._folder(key)
        try:
            if (there := self._entry(key)) is None or there.content != content:
                write_folder(target, {NOTEBOOK: content, RECORD: text, SEAL: digest(text).encode()})
            self._remember(code_key, sorted(reads))
        except OSError as error:
            raise _refused(error, self.folder) from error
        return Entry(key, target / NOTEBOOK, content, full)

    def last(self, edition: str, slug: str) -> Path:
        """Where stands what the last run of a chapter depended on."""
        return self.own / edition / f"{slug}.json"

    def remember(self, edition: str, slug: str, parts: Mapping[str, str]) -> None:
        """Keeps what a run depended on, so that `explain` can tell the change; a build never reads it."""
        path = self.last(edition, slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, canonical({"parts": dict(parts)}).encode())

    def trim(self) -> list[str]:
        """Removes the entries used longest ago while all take more than `most` bytes; the keys of those removed."""
        entries = [(path, path / SEAL) for path in self.folder.glob("??/*") if not path.name.startswith(".")]
        removed = trim(entries, self.most)
        sweep(self.folder, "??/.*.part")
        if removed:
            stamps = [seal.stat().st_mtime for _, seal in entries if seal.exists()]
            self._forget_listings(min(stamps, default=0.0))
        return [path.name for path in removed]

    def _forget_listings(self, before: float) -> None:
        """Removes lists of reads that were used before any entry that is left: none of theirs is."""
        for path in (self.folder / "reads").glob("*.json"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _listing(self, code_key: str) -> Path:
        return self.folder / "reads" / f"{code_key}.json"

    def _folder(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entry(self, key: str) -> Entry | None:
        """The entry, sound, or None; a damaged one is removed. Another build may replace or remove it while it is
        read, so damage counts only where it is found again."""
        found: Entry | str | None = None
        for _ in range(_LOOKS):
            found = self._look(key)
            if not isinstance(found, str):
                return found
        self._remove(self._folder(key), str(found))
        return None

    def _look(self, key: str) -> Entry | str | None:
        """The entry, None where there is none, or what is wrong with it."""
        folder = self._folder(key)
        try:
            text, content = (folder / RECORD).read_bytes(), (folder / NOTEBOOK).read_bytes()
            sealed = (folder / SEAL).read_bytes().decode("ascii", "replace")
        except FileNotFoundError:
            return "incomplete" if folder.is_symlink() or folder.exists() else None
        except OSError as error:
            return f"unreadable ({error.strerror})"
        if digest(text) != sealed:
            return "damaged record"
        record = json.loads(text)
        if record["key"] != key or record["output"] != digest(content):
            return "damaged notebook"
        return Entry(key, folder / NOTEBOOK, content, record)

    def _reads(self, code_key: str) -> list[list[str]]:
        path = self._listing(code_key)
        try:
            sets = json.loads(path.read_bytes())
            return [list(map(str, reads)) for reads in sets["reads"] if isinstance(reads, list)]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError):
            with contextlib.suppress(OSError):
                path.unlink()
            self.notes.append(f"removed a damaged list of reads from the cache: {path.stem[:8]}")
            return []

    def _remember(self, code_key: str, reads: list[str]) -> None:
        sets = [reads, *(known for known in self._reads(code_key) if known != reads)][:_SETS]
        path = self._listing(code_key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, canonical({"reads": sets}).encode())

    def _remove(self, folder: Path, why: str) -> None:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder, ignore_errors=True)
        self.notes.append(f"removed an entry from the cache, {why}: {folder.name[:8]}")


def _refused(error: OSError, folder: Path) -> Exception:
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return error
    return EnvironmentMissing([Problem(
        f"_build/{folder.parent.name}/{folder.name}", "", "GB751", f"found {error.strerror or 'an error of the disk'}",
        "expected room for executed chapters", "free some disk and run again; what is finished is kept",
    )])
