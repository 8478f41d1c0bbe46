"""papermill's engine with our limits: IPC transport, one deadline for the chapter, bounded outputs."""

from __future__ import annotations

import asyncio
import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
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


class PromptClient(AsyncKernelClient):
    """A client that is ready when the kernel has answered and is idle again.

    The library's own waits out a fixed 0.2 s after that, for messages of before. Those end with the idle of our own
    question, so nothing is left to wait for.
    """

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        end = time.monotonic() + (timeout or float("inf"))
        while not await self._answered(self.kernel_info()):
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answered(self, question: str) -> bool:
        try:
            reply = await self.shell_channel.get_msg(timeout=1)
            while True:
                # Not yet subscribed, the client misses the idle of its first question and asks again.
                message = await self.iopub_channel.get_msg(timeout=0.05)
                idle = message["content"].get("execution_state") == "idle"
                if idle and message["parent_header"].get("msg_id") == question:
                    self._handle_kernel_info_reply(reply)
                    return True
        except Empty:
            return False

    wait_for_ready = _async_wait_for_ready


class IpcKernelManager(AsyncKernelManager):
    """A kernel over sockets in the run's folder; their names are relative, for a socket's path may be 107 long."""

    transport = Unicode("ipc")
    ip = Unicode("socket")

    async def _async_wait(self, pollinterval: float = 0.002) -> None:
        while await self._async_is_alive():
            await asyncio.sleep(0.002)

    def client(self, **options: Any) -> Any:
        self.client_factory = PromptClient  # set here, since nbclient sets its own before it asks for a client
        return super().client(**options)


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
