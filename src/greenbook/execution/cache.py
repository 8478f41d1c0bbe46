"""Executed chapters by content, under `_build/cache/executed`.

`reads/<code key>.json` lists the sets of slices that runs of that code were seen to read; with the slices' present
hashes each set gives a full key; `<key[:2]>/<key>/` holds the executed notebook, its record and the record's hash.
An entry is checked whenever it is read, and removed where it is damaged. Writing is by rename; files are 0444.
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.execution.key import full_key
from greenbook.execution.normal import digest
from greenbook.execution.whole import write_folder, write_whole
from greenbook.records import canonical

NOTEBOOK, RECORD, SEAL = "executed.ipynb", "record.json", "seal"
_SETS = 8


@dataclass(frozen=True)
class Entry:
    """A stored chapter, checked: `content` are the bytes of its executed notebook."""

    key: str
    path: Path
    content: bytes
    record: dict[str, Any]


class Cache:
    """The store in `folder`; `notes` tells what was removed from it, and why."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: list[str] = []

    def find(self, code_key: str, hashes: Mapping[str, str]) -> Entry | None:
        """The stored run of that code that read what the slices now hold, or None."""
        for reads in self._reads(code_key):
            if entry := self._entry(full_key(code_key, reads, hashes)):
                return entry
        return None

    def store(self, code_key: str, reads: list[str], hashes: Mapping[str, str], content: bytes,
              record: Mapping[str, Any]) -> Entry:
        """Stores a run and gives its entry. A full disk raises EnvironmentMissing; other OSErrors pass through."""
        key = full_key(code_key, reads, hashes)
        full = {**record, "key": key, "code": code_key, "reads": sorted(reads), "output": digest(content)}
        text = canonical(full).encode()
        target = self._folder(key)
        try:
            write_folder(target, {NOTEBOOK: content, RECORD: text, SEAL: digest(text).encode()})
            self._remember(code_key, sorted(reads))
        except OSError as error:
            raise _refused(error, self.folder) from error
        return Entry(key, target / NOTEBOOK, content, full)

    def last(self, edition: str, slug: str) -> Path:
        """Where stands what the last run of a chapter depended on."""
        return self.folder / "last" / edition / f"{slug}.json"

    def remember(self, edition: str, slug: str, parts: Mapping[str, str]) -> None:
        """Keeps what a run depended on, so that `explain` can tell the change; a build never reads it."""
        path = self.last(edition, slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, canonical({"parts": dict(parts)}).encode())

    def _folder(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entry(self, key: str) -> Entry | None:
        folder = self._folder(key)
        try:
            text, content = (folder / RECORD).read_bytes(), (folder / NOTEBOOK).read_bytes()
            sealed = (folder / SEAL).read_bytes().decode("ascii", "replace")
        except FileNotFoundError:
            if folder.is_symlink() or folder.exists():
                self._remove(folder, "incomplete")
            return None
        except OSError as error:
            self._remove(folder, f"unreadable ({error.strerror})")
            return None
        if digest(text) != sealed:
            self._remove(folder, "damaged record")
            return None
        record = json.loads(text)
        if record["key"] != key or record["output"] != digest(content):
            self._remove(folder, "damaged notebook")
            return None
        return Entry(key, folder / NOTEBOOK, content, record)

    def _reads(self, code_key: str) -> list[list[str]]:
        path = self.folder / "reads" / f"{code_key}.json"
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
        path = self.folder / "reads" / f"{code_key}.json"
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
