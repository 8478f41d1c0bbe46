"""The kernel of a run: ipykernel's own, with limits, the watch, and a truthful account of what stopped a cell.

Started as `python -P -m greenbook.execution.kernel -f <connection file>` in the run's folder.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from greenbook.errors import Problem, near
from greenbook.execution.processes import die_with_parent
from greenbook.execution.watch import Watch

LOG = "watch.jsonl"
_OPTIONS = ("--HistoryManager.enabled=False", "--InteractiveShellApp.ignore_cwd=True", "--IPKernelApp.log_level=50")


class Account:
    """Tells the log which cell runs and, when one fails, where the author's own line is."""

    def __init__(self, shell: Any, watch: Watch) -> None:
        self.shell, self.watch, self.ran = shell, watch, 0

    def before(self, info: Any) -> None:
        # Counted here: whether the shell has raised its own count by now differs between versions of IPython.
        self.ran += bool(info.store_history)
        self.watch.cell = self.ran

    def after(self, result: Any) -> None:
        count, self.watch.cell = self.watch.cell, 0
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            self.watch.note({"event": "error", "cell": count, **self.describe(error)})

    def describe(self, error: BaseException) -> dict[str, Any]:
        """An exception in plain values: kind, words, the deepest line that stands in a cell, the near name."""
        cell, line = self.origin(error)
        problems = [dataclasses.asdict(item) for item in getattr(error, "problems", ()) if isinstance(item, Problem)]
        return {"name": type(error).__name__, "words": _words(error), "at": cell, "line": line,
                "problems": problems, "near": self.near(error)}

    def origin(self, error: BaseException) -> tuple[int, int]:
        """Execution count and line of the last frame that is a cell's; a syntax error names its own line."""
        if isinstance(error, SyntaxError) and (count := self.count(error.filename or "")):
            return count, error.lineno or 0
        found, trace = (0, 0), error.__traceback__
        while trace is not None:
            if count := self.count(trace.tb_frame.f_code.co_filename):
                found = (count, trace.tb_lineno)
            trace = trace.tb_next
        return found

    def count(self, filename: str) -> int:
        label = self.shell.compile.format_code_name(filename)
        return int(label[1].removeprefix("In[").removesuffix("]")) if label else 0

    def near(self, error: BaseException) -> str:
        name = getattr(error, "name", None)
        if isinstance(error, NameError) and name:
            return near(name, [key for key in self.shell.user_ns if not key.startswith("_")]) or ""
        if isinstance(error, AttributeError) and name:
            return near(name, [key for key in dir(error.obj) if not key.startswith("_")]) or ""
        return ""


def _words(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an author's exception may fail to print itself; its name is enough
        return ""


def _leave(*_: Any) -> None:
    # IPython's exit() ends the kernel a moment later and leaves no error; as SystemExit it is seen at once.
    raise SystemExit(0)


def main() -> None:
    """Runs the kernel of this process's command line until it is told to stop."""
    run(int(os.environ.get("JPY_PARENT_PID", os.getppid())))


def run(parent: int) -> None:
    """Runs the kernel of `sys.argv` until it is told to stop, or until the process `parent` ends."""
    die_with_parent(parent)
    limits = json.loads(Path("task.json").read_text("utf-8"))["limits"]
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize([*sys.argv[1:], *_OPTIONS])
    shell: Any = app.shell
    watch = Watch(Path.cwd() / LOG)
    account = Account(shell, watch)
    shell.events.register("pre_run_cell", account.before)
    shell.events.register("post_run_cell", account.after)
    shell.events.register("post_run_cell", watch.modules)
    shell.user_ns.update(exit=_leave, quit=_leave)
    sys.addaudithook(watch.hook)
    app.start()


if __name__ == "__main__":
    main()
