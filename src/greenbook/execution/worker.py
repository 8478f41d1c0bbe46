"""One process for one chapter: `python -P -m greenbook.execution.worker` in the run's folder.

It reads `task.json`, has papermill run the notebook and writes `result.json` last. What papermill's own file says
about completeness is no evidence: after a dead kernel or a time-out it says `completed`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from greenbook.execution.folder import KERNEL
from greenbook.execution.imports import imported
from greenbook.execution.normal import digest, foreign, normalised
from greenbook.execution.processes import adopt_orphans, die_with_parent, end_descendants
from greenbook.execution.source import INJECTED
from greenbook.execution.task import Limits

EXECUTED = "executed.ipynb"
PARTIAL = "partial.ipynb"
RESULT = "result.json"


def main() -> None:
    """Runs the task of the current folder."""
    work(int(sys.argv[1]))


def work(parent: int, kernel: Any = None) -> None:
    """Runs the task of the current folder for the process `parent`, in `kernel` where one was forked beforehand."""
    signal.signal(signal.SIGTERM, _stop)
    die_with_parent(parent, signal.SIGTERM)
    adopt_orphans()
    if kernel is not None:
        from greenbook.execution.provisioner import use

        use(kernel)
    task = json.loads(Path("task.json").read_text("utf-8"))
    started = time.monotonic()
    reason, details, notebook = run(task)
    end_descendants()
    record = {"reason": reason, **details, **_counted(notebook), "seconds": round(time.monotonic() - started, 3)}
    if reason == "done":
        record["foreign"] = foreign(notebook)
        record["output"] = digest(_write(EXECUTED, normalised(notebook, (os.getcwd(), task["root"]))))
    elif notebook is not None:
        _write(PARTIAL, json.dumps(notebook, ensure_ascii=False))
    _write("result.part", json.dumps(record, ensure_ascii=False))
    os.replace("result.part", RESULT)


def run(task: dict[str, Any]) -> tuple[str, dict[str, Any], Any]:
    """How the notebook ended: reason, its details, and the notebook as far as it came."""
    nbformat = imported("nbformat")
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

    from greenbook.execution.engine import NAME, Engine, OutputLimitError

    Engine.limits = Limits(**task["limits"])
    source = nbformat.from_dict(json.loads(task["source"]))
    try:
        notebook = execute_notebook(
            source, None, parameters=task["parameters"], engine_name=NAME, kernel_name=KERNEL, language="python",
            progress_bar=False, start_timeout=Engine.limits.start, request_save_on_cell_execute=False,
        )
        return "done", {}, _named(notebook)
    except PapermillExecutionError:
        return "error", {}, _partial(Engine)
    except CellTimeoutError:
        reason = "timeout"
    except DeadKernelError:
        reason = "died"
    except OutputLimitError:
        reason = "output"
    except Exception as error:
        started = Engine.client is not None and Engine.client.running
        return "worker" if started else "start", {"words": f"{type(error).__name__}: {error}"}, _partial(Engine)
    client: Any = Engine.client
    return reason, {"running": client.running, "exit": client.exit}, _partial(Engine)


def _partial(engine: Any) -> Any:
    return _named(engine.client.nb) if engine.client else None


def _named(notebook: Any) -> Any:
    """The notebook with the injected cell under its own id; papermill gives it a random one at each run."""
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = INJECTED
    return notebook


def _counted(notebook: Any) -> dict[str, Any]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"] if notebook is not None else []
    runnable = [cell for cell in cells if cell.source.strip()]
    return {"cells": [cell["id"] for cell in runnable],
            "run": [cell["id"] for cell in runnable if cell.execution_count is not None]}


def _write(name: str, text: str) -> bytes:
    content = text.encode("utf-8", "backslashreplace")
    with open(name, "wb") as file:
        file.write(content)
    return content


def _stop(*_: Any) -> None:
    end_descendants()
    os._exit(1)


if __name__ == "__main__":
    main()
