"""Watches the project, builds on every save, serves the result on loopback."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from greenbook.errors import EnvironmentMissing, GreenbookError, Interrupted
from greenbook.order import Order
from greenbook.outline import read_outline
from greenbook.project import Project, open_project
from greenbook.publishing.shelf import shelf_of

ADDRESS = "127.0.0.1"
PORTS = 50
RESTS = 700  # milliseconds


def serve(folder: Path, build: Callable[[Order], Any], *, edition: str | None, chapters: tuple[str, ...],
          port: int, stop: threading.Event | None = None) -> None:
    """Serves until interrupted (or `stop` is set); the first build happens before the address is printed."""
    import uvicorn

    from greenbook.preview.site import State, application

    project = open_project(folder)
    stop = stop or threading.Event()
    order = Order(folder, edition, formats=("html",), chapters=chapters, jobs=os.cpu_count() or 1, servers={},
                  looking=True)
    outline = read_outline(project)
    door = listening(port)
    port = door.getsockname()[1]
    state = State(shelf_of(order.task(project, outline)), port, secrets.token_urlsafe(24), outline.languages)
    rebuild(order, build, state.built)
    server = uvicorn.Server(uvicorn.Config(application(state, stop.is_set), host=ADDRESS, port=port,
                                           log_level="warning", server_header=False, access_log=False))
    thread = threading.Thread(target=server.run, args=([door],), daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    print(f"preview: http://{ADDRESS}:{port}/?token={state.token}  (Ctrl-C ends it)", flush=True)
    print(f"         the PDF, on demand: /report-{outline.languages[0]}.pdf", flush=True)
    try:
        follow(changes(project, stop), order, build, state)
    finally:
        stop.set()
        server.should_exit = True
        thread.join(timeout=3)
        state.shelf.press.close()
        for held in (order.servers or {}).values():
            held.close()


def follow(saves: Iterator[bool], order: Order, build: Callable[[Order], Any], state: Any) -> None:
    """Builds at each save: the language that is looked at at once, the others and all unseen pages when saving rests.

    What is found later is told only where it is wrong: the open page stands, and need not be loaded again.
    """
    left: tuple[str, ...] | None = ()

    def told(problems: list[Any]) -> None:
        if problems:
            state.built(problems)

    for saved in saves:
        if saved:
            first = (state.looked_at(),)
            rest = tuple(language for language in state.languages if language not in first)
            left = rest if rebuild(replace(order, languages=first), build, state.built) else None
        elif left is not None:
            if not left or rebuild(replace(order, languages=left), build, told, quiet=True):
                told(state.shelf.problems())
            left = None


def rebuild(order: Order, build: Callable[[Order], Any], built: Callable[[list[Any]], None], *,
            quiet: bool = False) -> bool:
    """One build; its problems, if any, go to the page and to the terminal. Whether there were none."""
    started = time.monotonic()
    try:
        build(order)
    except Interrupted:  # SIGTERM in the middle of a build ends the preview
        raise
    except GreenbookError as error:
        built(list(error.problems) or [error.message])
        print(error, flush=True)
    except Exception as error:  # a file that vanished between two saves must not end the preview
        built([f"{type(error).__name__}: {error}"])
        print(f"{type(error).__name__}: {error}", flush=True)
    else:
        built([])
        if not quiet:
            print(f"built in {time.monotonic() - started:.1f} s", flush=True)
        return True
    return False


def changes(project: Project, stop: threading.Event) -> Iterator[bool]:
    """True for each burst of saved files among notebooks, data and templates; false whenever saving rests."""
    from watchfiles import watch

    folders = [path for path in (project.notebooks, project.data, project.templates) if path.is_dir()]
    for found in watch(*folders, stop_event=stop, debounce=120, step=40, raise_interrupt=True, rust_timeout=RESTS,
                       yield_on_timeout=True,
                       watch_filter=lambda change, path: ".ipynb_checkpoints" not in path and not path.endswith("~")):
        yield bool(found)


def listening(first: int) -> socket.socket:
    """A socket that listens on `first`, or on the next port that is free: held from now on, while the first build runs.

    Raises EnvironmentMissing when none of fifty is free.
    """
    for port in range(first, first + PORTS):
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((ADDRESS, port))
            door.listen(128)
        except OSError:
            door.close()
        else:
            return door
    raise EnvironmentMissing(message=f"found no free port from {first} to {first + PORTS - 1}; end another preview, "
                                     "or choose with --port")
