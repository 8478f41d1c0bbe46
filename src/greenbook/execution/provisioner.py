"""A kernel that was forked and waits to be told its connection, and the jupyter_client provisioner that tells it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import traceback
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

NAME = "greenbook-forked"
GROUP = "jupyter_client.kernel_provisioners"
_POLL = 0.002


class Waiting:
    """A kernel's process, forked from this one before anything ran here; it behaves as a Popen.

    It has to be forked this early: a process with an event loop and a zmq context cannot be forked safely.
    """

    stdin = stdout = stderr = None

    def __init__(self, set_by_imports: dict[str, str]) -> None:
        reads, self._writes = os.pipe()
        self.returncode: int | None = None
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._writes)
            _become_kernel(reads, parent, set_by_imports)
        os.close(reads)

    def begin(self, command: list[str], environment: dict[str, str]) -> None:
        """Tells the kernel its command line and environment; it starts at once."""
        with os.fdopen(self._writes, "w") as pipe:
            json.dump({"command": command, "environment": environment}, pipe)

    def poll(self) -> int | None:
        """The exit code, as Popen gives it; None while the process runs."""
        if self.returncode is None:
            self._settle(os.WNOHANG)
        return self.returncode

    def wait(self) -> int | None:
        """The exit code, waited for."""
        if self.returncode is None:
            self._settle(0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def _settle(self, options: int) -> None:
        try:
            process, status = os.waitpid(self.pid, options)
        except ChildProcessError:
            self.returncode = -signal.SIGKILL  # reaped with the strays of its run
            return
        if process:
            self.returncode = os.waitstatus_to_exitcode(status)


def _become_kernel(pipe: int, parent: int, set_by_imports: dict[str, str]) -> None:
    """Runs the kernel in this forked child, as `python -m greenbook.execution.kernel` would; never returns."""
    code = 1
    try:
        os.setsid()
        with os.fdopen(pipe) as told:
            text = told.read()
        if text:
            from greenbook.execution import kernel

            request = json.loads(text)
            os.environ.clear()
            os.environ.update({**request["environment"], **set_by_imports, "JPY_PARENT_PID": str(parent)})
            place = request["command"].index("greenbook.execution.kernel")
            sys.argv = [str(kernel.__file__), *request["command"][place + 1:]]
            kernel.run(parent)
            code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class ForkedProvisioner(LocalProvisioner):
    """Takes the kernel that waits in this worker in place of starting one."""

    waiting: Waiting | None = None

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        kernel: Any = self.waiting  # has of a Popen what LocalProvisioner uses of it
        kernel.begin(cmd, options["env"])
        self.process = kernel
        self.pid = self.pgid = kernel.pid
        return self.connection_info

    async def wait(self) -> int | None:
        while await self.poll() is None:
            await asyncio.sleep(_POLL)
        return await super().wait()


def use(waiting: Waiting) -> None:
    """Has every kernel of this process come from `waiting`; a worker has one kernel."""
    ForkedProvisioner.waiting = waiting
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[NAME] = EntryPoint(NAME, f"{__name__}:ForkedProvisioner", GROUP)
    factory.default_provisioner_name = NAME
