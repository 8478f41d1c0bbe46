"""What a cell touches outside itself, seen by an audit hook in the kernel.

Slices that are read are noted: they are the chapter's inputs. Other files, the network and other programs are
refused, and the refusal is noted too, so that code which swallows the exception does not hide it. Files opened
in native code are not seen; imports of such readers are refused by name before the run.
"""

from __future__ import annotations

import json
import os
import site
import sys
import sysconfig
from pathlib import Path
from types import FrameType
from typing import Any

from greenbook.errors import GreenbookError, Problem

_SYSTEM = ("/proc", "/sys", "/dev", "/usr/share/zoneinfo", "/etc/localtime", "/etc/timezone", "/etc/mime.types")
_AT_IMPORT = ("/usr", "/etc", "/lib", "/lib64", "/bin", "/sbin", "/opt", "/var/cache", "/System", "/Library")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
            "socket.bind", "socket.sendto")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
_LISTINGS = ("os.listdir", "os.scandir")
_CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.chmod", "os.truncate",
            "shutil.rmtree")
# Of these the part that a chapter imports is learned from it; the others go into every key.
_OWN = tuple(f"greenbook.{name}" for name in ("authoring", "analysis", "style", "catalog"))

CODES = {"read": "GB440", "write": "GB441", "network": "GB442", "program": "GB443"}
WORDS = {
    "read": ("found a read of {}", "expected only indicators that chapter.load gives",
             "bring the data into data/ and load it"),
    "write": ("found a write to {}", "expected nothing written outside the run",
              "remove it, or write to the current folder"),
    "network": ("found a connection to {}", "expected no network in a chapter",
                "bring the data into data/ and load it"),
    "program": ("found a start of the program {}", "expected no other program in a chapter",
                "do it in Python, or before the build"),
}


class Watch:
    """The hook's state: which cell runs, where a cell may read and write, and the log of what it did."""

    def __init__(self, log: Path) -> None:
        run, package = Path(os.environ["GREENBOOK_RUN"]), Path(__file__).resolve().parents[1]
        self.cell, self.package = 0, os.path.realpath(package)
        self.run = str(run)
        self.slices = os.path.realpath(os.environ["GREENBOOK_SLICES"])
        given = (str(run), str(package), os.environ["GREENBOOK_STYLE"], os.environ["GREENBOOK_LOCALE"])
        self.readable = tuple(os.path.realpath(folder) for folder in (*given, *_libraries(), *_SYSTEM))
        self.listable = {os.path.realpath(entry) for entry in sys.path if entry}
        self.noted: set[tuple[str, str]] = set()
        self.descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def note(self, entry: dict[str, Any]) -> None:
        """Appends one line to the log at once: a kernel that dies has told what it did."""
        os.write(self.descriptor, (json.dumps(entry, ensure_ascii=True) + "\n").encode())

    def modules(self, *_: Any) -> None:
        """Notes the modules of greenbook that were imported since it was last asked: inputs, as slices are."""
        for name in [name for name in sys.modules if name.startswith(_OWN)]:
            path = getattr(sys.modules[name], "__file__", None)
            if path and ("module", name) not in self.noted:
                self.noted.add(("module", name))
                what = os.path.relpath(os.path.realpath(path), self.package)
                self.note({"event": "module", "what": f"module:{what}", "cell": self.cell})

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The audit hook; outside cells it does nothing."""
        if not self.cell:
            return
        if event == "open":
            self._opened(arguments[0], arguments[2] or 0)
        elif event in _LISTINGS:
            self._listed(arguments[0] if arguments[0] is not None else ".")
        elif event in _CHANGES:
            self._changed(arguments)
        elif event in _NETWORK:
            self._connected(event, arguments)
        elif event in _PROGRAMS and not _importing():
            self._refuse("program", os.path.basename(_text(_first(arguments[0]))))

    def _opened(self, path: Any, flags: int) -> None:
        if isinstance(path, int):
            return
        real = os.path.realpath(os.fsdecode(path))
        if flags & _WRITING:
            if not _under(real, (self.run, "/dev")) and "__pycache__" not in real:
                self._refuse("write", real)
        elif _under(real, (self.slices,)):
            self._slice(os.path.relpath(real, self.slices))
        else:
            self._read(real)

    def _listed(self, path: Any) -> None:
        if isinstance(path, int):
            return
        real = os.path.realpath(os.fsdecode(path))
        if real == self.slices:
            self._slice(".")
        elif real not in self.listable:
            self._read(real)

    def _read(self, real: str) -> None:
        # an entry of sys.path may be a zip, which whoever looks for an installed package tries to open
        known = real in self.listable or _under(real, self.readable)
        if not known and not (_under(real, _AT_IMPORT) and _importing()):
            self._refuse("read", real)

    def _changed(self, arguments: tuple[Any, ...]) -> None:
        for argument in arguments:
            if isinstance(argument, (str, bytes, os.PathLike)):
                real = os.path.realpath(os.fsdecode(argument))
                if not _under(real, (self.run,)) and "__pycache__" not in real:
                    self._refuse("write", real)

    def _connected(self, event: str, arguments: tuple[Any, ...]) -> None:
        address = arguments[-1] if event in ("socket.connect", "socket.bind", "socket.sendto") else arguments[0]
        local = isinstance(address, (str, bytes)) and event in ("socket.connect", "socket.bind")
        if local and (not address or _under(os.path.realpath(os.fsdecode(address)), (self.run,))):
            return
        self._refuse("network", _text(_first(address)))

    def _slice(self, name: str) -> None:
        if ("slice", name) not in self.noted:
            self.noted.add(("slice", name))
            self.note({"event": "slice", "what": name, "cell": self.cell})

    def _refuse(self, event: str, what: str) -> None:
        if (event, what) not in self.noted:
            self.noted.add((event, what))
            self.note({"event": event, "what": what, "cell": self.cell})
        found, expected, do = WORDS[event]
        raise GreenbookError([Problem("", "", CODES[event], found.format(what), expected, do)])


def _libraries() -> set[str]:
    """The folders of Python itself and of installed packages; their versions are in the key."""
    paths = sysconfig.get_paths()
    found = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    found |= {sysconfig.get_path(name, vars=base) for name in ("stdlib", "platstdlib")}
    found |= set(site.getsitepackages())
    return found | ({sys.prefix} if sys.prefix != sys.base_prefix else set())


def _under(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, (tuple, list)) and value else value


def _text(value: Any) -> str:
    return os.fsdecode(value) if isinstance(value, (str, bytes, os.PathLike)) else str(value)


def _importing() -> bool:
    """Whether the event comes from a module that is being imported, and so not from a cell's own line."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
