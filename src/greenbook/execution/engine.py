"""papermill's engine with our limits: IPC transport, one deadline for the chapter, bounded outputs."""

from __future__ import annotations

import time
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets import Unicode

from greenbook.execution.task import Limits

NAME = "greenbook"
CUT = "\n[greenbook: cut here; a cell may print {} bytes]\n"


class OutputLimitError(Exception):
    """A chapter's records and displays together are larger than its limit."""


class IpcKernelManager(AsyncKernelManager):
    """A kernel over sockets in the run's folder; their names are relative, for a socket's path may be 107 long."""

    transport = Unicode("ipc")
    ip = Unicode("socket")


class Client(PapermillNotebookClient):
    """nbclient, told the chapter's limits; it knows at each moment which cell runs."""

    limits = Limits()

    def __init__(self, nb_man: Any, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self.running, self.printed, self.shown = "", 0, 0
        self.exit: int | None = None
        self.deadline: float | None = None
        self.timeout_func = lambda cell: self.remaining()
        self.on_cell_execute = self._starts

    def remaining(self) -> float:
        """Seconds left for the chapter, counted from its first cell; at least a tenth, for none means no limit."""
        if self.deadline is None:
            self.deadline = time.monotonic() + self.limits.seconds
        return max(0.1, self.deadline - time.monotonic())

    def _starts(self, cell: Any, cell_index: int) -> None:
        self.running, self.printed = cell["id"], 0
        self.remaining()

    async def _async_check_alive(self) -> None:
        try:
            await super()._async_check_alive()
        except DeadKernelError:
            self.exit = getattr(self.km.provisioner.process, "returncode", None)
            raise

    def output(self, outs: Any, msg: Any, display_id: Any, cell_index: int) -> Any:
        if msg["msg_type"] == "stream":
            if self.printed > self.limits.text:
                return None
            self.printed += len(msg["content"]["text"])
            if self.printed > self.limits.text:
                msg["content"]["text"] = CUT.format(self.limits.text)
        else:
            self.shown += sum(len(str(value)) for value in msg["content"].get("data", {}).values())
            if self.shown > self.limits.output:
                raise OutputLimitError
        return super().output(outs, msg, display_id, cell_index)


class Engine(NBClientEngine):
    """The engine of a worker. A worker runs one notebook, so its client may be kept on the class."""

    limits = Limits()
    client: Client | None = None

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, start_timeout: int = 60,
                                 **options: Any) -> Any:
        cls.client = Client(
            nb_man, kernel_name=kernel_name, startup_timeout=start_timeout, kernel_manager_class=IpcKernelManager,
            shutdown_kernel="immediate", record_timing=False, store_widget_state=False, coalesce_streams=True,
        )
        cls.client.limits = cls.limits
        return cls.client.execute()


papermill_engines.register(NAME, Engine)
