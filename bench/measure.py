"""One command measured: wall and processor seconds of all its processes, peak memory, what it left running."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SUBREAPER = 36


@dataclass(frozen=True)
class Taken:
    """Seconds, the exit code, the peak of proportional memory in MiB (0 where not sampled), processes left behind."""

    wall: float
    cpu: float
    code: int
    peak: float
    left: int


def adopt() -> None:
    """Makes orphans of what is measured our children, so that their time is counted and none stays."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)


def taken(command: list[str], cwd: Path, environment: dict[str, str], log: Path, *, memory: bool = False,
          limit: float = 900) -> Taken:
    """Runs `command` to its end and measures it; kills it after `limit` seconds."""
    stop, peak = threading.Event(), [0.0]
    sampler = threading.Thread(target=_sample, args=(stop, peak), daemon=True)
    started = time.perf_counter()
    with open(log, "wb") as words:
        process = subprocess.Popen(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=words,
                                   stderr=words)
    if memory:
        sampler.start()
    cpu, code = 0.0, None
    while code is None:
        found, status, usage = os.wait4(-1, os.WNOHANG)
        if found:
            cpu += usage.ru_utime + usage.ru_stime
            code = os.waitstatus_to_exitcode(status) if found == process.pid else None
        elif time.perf_counter() - started > limit:
            os.kill(process.pid, signal.SIGKILL)
        else:
            time.sleep(0.003)
    wall, process.returncode = time.perf_counter() - started, code
    stop.set()
    left = len(below(os.getpid()))
    return Taken(wall, cpu + _gather(), code, peak[0], left)


def below(root: int) -> list[int]:
    """All processes under `root`, however deep; those that wait to be reaped are not counted."""
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                children.setdefault(int(fields[1]), []).append(int(name))
    found, waiting = [], [root]
    while waiting:
        more = children.get(waiting.pop(), [])
        found += more
        waiting += more
    return found


def environment(python: Path, **more: str) -> dict[str, str]:
    """The environment of what is measured: bytecode allowed (without it imports take three times as long)."""
    kept = {name: value for name, value in os.environ.items()
            if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "MPLBACKEND")}
    return {**kept, "PATH": f"{python.parent}:{kept.get('PATH', '')}", **more}


def machine() -> str:
    """The machine in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}")


def median(runs: list[Taken], what: str) -> float:
    """The median of one figure over the rounds."""
    return statistics.median(getattr(run, what) for run in runs)


def _sample(stop: threading.Event, peak: list[float]) -> None:
    while not stop.wait(0.25):
        peak[0] = max(peak[0], sum(map(_memory, below(os.getpid()))))


def _memory(process: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _gather() -> float:
    """Ends what the command left running; the processor seconds of that."""
    for process in below(os.getpid()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    cpu = 0.0
    with contextlib.suppress(ChildProcessError):
        while True:
            usage = os.wait4(-1, 0)[2]
            cpu += usage.ru_utime + usage.ru_stime
    return cpu
