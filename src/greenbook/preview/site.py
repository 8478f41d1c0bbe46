"""The preview's pages: the published folder over loopback, with a script that reloads the open page."""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

HOSTS = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
RELOAD = """\
const events = new EventSource("/_preview/events");
let first = null;
events.onmessage = event => {
  if (first === null) first = event.data;
  else if (event.data !== first) location.reload();
};
"""


class State:
    """What the preview shows now: the folder published last, and the problems of the last build."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.version = 0
        self.problems: list[str] = []

    def built(self, problems: list[str]) -> None:
        """A build ended; with problems the page that names them takes the place of the book."""
        self.problems = problems
        self.version += 1


def application(state: State, stopping: Callable[[], bool]) -> Starlette:
    """The server's routes. Only GET; only files under the published folder; only for this machine's names."""

    async def events(request: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            while not stopping() and not await request.is_disconnected():
                yield f"data: {state.version}\n\n"
                await asyncio.sleep(0.2)

        return StreamingResponse(stream(), media_type="text/event-stream", headers=HEADERS)

    async def script(request: Request) -> Response:
        return Response(RELOAD, media_type="text/javascript", headers=HEADERS)

    async def page(request: Request) -> Response:
        if state.problems:
            return HTMLResponse(_problems(state.problems), 500, HEADERS)
        return _file(state.link, request.path_params["path"])

    routes = [Route("/_preview/events", events), Route("/_preview/reload.js", script),
              Route("/{path:path}", page, methods=["GET", "HEAD"])]
    app = Starlette(routes=routes)
    app.add_middleware(_HostCheck)
    return app


def _file(link: Path, path: str) -> Response:
    root = link.resolve()
    wanted = (root / (path or "zh-Hans/index.html")).resolve()
    if wanted.is_dir():
        wanted = wanted / "index.html"
    if not wanted.is_relative_to(root) or not wanted.is_file():
        return PlainTextResponse("no such page", 404, HEADERS)
    if wanted.suffix == ".html":
        return HTMLResponse(_reloading(wanted.read_text("utf-8")), headers=HEADERS)
    return FileResponse(wanted, headers=HEADERS)


def _problems(problems: list[str]) -> str:
    items = "".join(f"<li><code>{html.escape(problem)}</code></li>" for problem in problems)
    return _reloading(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The book does not build</title></head>'
        f"<body><h1>The book does not build</h1><ul>{items}</ul><p>This page goes away when they are mended.</p></body></html>")


def _reloading(page: str) -> str:
    return page.replace("</head>", '<script src="/_preview/reload.js" defer></script></head>', 1)


class _HostCheck:
    """Refuses a request that names a foreign host: a page elsewhere must not read the preview by DNS rebinding."""

    def __init__(self, app: Callable) -> None:
        self.app = app

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        if scope["type"] == "http":
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").rsplit(":", 1)[0]
            if host not in HOSTS:
                await PlainTextResponse("this host is not served", 403, HEADERS)(scope, receive, send)
                return
        await self.app(scope, receive, send)
