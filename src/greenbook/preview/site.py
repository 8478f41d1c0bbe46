"""The preview's pages: the published folder over loopback, with a script that reloads the open page.

Only GET, only for the names of this machine, only with the token that the terminal showed: the first address brings
it, a cookie of this site carries it on.
"""

from __future__ import annotations

import asyncio
import html
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from greenbook.errors import Problem

HOSTS = ("127.0.0.1", "localhost", "[::1]")
COOKIE = "greenbook-preview"
HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
ERROR_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'"
# The place is an element's id and how far below the window's edge it stands: the page above it may have changed.
RELOAD = """\
const key = "greenbook-place " + location.pathname;
const kept = JSON.parse(sessionStorage.getItem(key) || "null");
sessionStorage.removeItem(key);
if (kept) {
  const there = kept.id && document.getElementById(kept.id);
  scrollTo(0, there ? there.getBoundingClientRect().top + scrollY - kept.below : kept.y);
}
function leave() {
  const seen = [...document.querySelectorAll("[id]")].find(item => item.getBoundingClientRect().top >= 0);
  const below = seen ? seen.getBoundingClientRect().top : 0;
  sessionStorage.setItem(key, JSON.stringify({id: seen && seen.id, below, y: scrollY}));
  location.reload();
}
const events = new EventSource("/_preview/events");
let first = null;
events.onmessage = event => {
  if (first === null) first = event.data;
  else if (event.data !== first) leave();
};
"""
ERROR_STYLE = ("body{font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem}"
               "li{margin:0 0 1.2rem}code{font-size:1.05em}dl{display:grid;grid-template-columns:auto 1fr;gap:0 1rem;"
               "margin:.3rem 0}dd{margin:0}@media(prefers-color-scheme:dark){body{background:#16191d;color:#e4e6e8}}")


class State:
    """What the preview shows now: the folder published last, and the problems of the last build."""

    def __init__(self, link: Path, port: int, token: str) -> None:
        self.link, self.port, self.token = link, port, token
        self.version = 0
        self.problems: list[Problem | str] = []

    def built(self, problems: list[Problem | str]) -> None:
        """A build ended; with problems the page that names them takes the place of the book."""
        self.problems = problems
        self.version += 1


def application(state: State, stopping: Callable[[], bool]) -> Any:
    """The server's routes, behind the checks of `_Door`."""

    async def events(request: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            told = None
            while not stopping() and not await request.is_disconnected():
                if told != state.version:
                    told = state.version
                    yield f"data: {told}\n\n"
                await asyncio.sleep(0.05)

        return StreamingResponse(stream(), media_type="text/event-stream", headers=HEADERS)

    async def script(request: Request) -> Response:
        return Response(RELOAD, media_type="text/javascript", headers=HEADERS)

    async def page(request: Request) -> Response:
        path = request.path_params["path"]
        if state.problems and (not path or path.endswith((".html", "/"))):
            return HTMLResponse(error_page(state.problems), 500, {**HEADERS, "Content-Security-Policy": ERROR_POLICY})
        return _file(state.link, path)

    routes = [Route("/_preview/events", events), Route("/_preview/reload.js", script),
              Route("/{path:path}", page, methods=["GET", "HEAD"])]
    return _Door(Starlette(routes=routes), state)


def _file(link: Path, path: str) -> Response:
    root = link.resolve()
    try:
        wanted = (root / (path or "zh-Hans/index.html")).resolve()
        wanted = wanted / "index.html" if wanted.is_dir() else wanted
        found = wanted.is_relative_to(root) and wanted.is_file()
    except (OSError, ValueError):  # a NUL or a name too long
        found = False
    if not found:
        return PlainTextResponse("no such page", 404, HEADERS)
    if wanted.suffix == ".html":
        return HTMLResponse(_reloading(wanted.read_text("utf-8")), headers=HEADERS)
    return FileResponse(wanted, headers=HEADERS)


def error_page(problems: Sequence[Problem | str]) -> str:
    """The page that stands in the book's place: each problem with its notebook and cell, and what to do."""
    items = "".join(f"<li>{_problem(item)}</li>" for item in problems)
    return _reloading(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The book does not build</title>'
        f"<style>{ERROR_STYLE}</style></head><body><h1>The book does not build</h1><ol>{items}</ol>"
        "<p>This page goes away when they are mended.</p></body></html>")


def _problem(problem: Problem | str) -> str:
    if isinstance(problem, str):
        return f"<code>{html.escape(problem)}</code>"
    where = f"<code>{html.escape(problem.path)}</code>"
    where += f", cell or line <code>{html.escape(problem.place)}</code>" if problem.place else ""
    rows = [("found", problem.found.removeprefix("found ")), ("expected", problem.expected.removeprefix("expected ")),
            ("do", problem.do)]
    told = "".join(f"<dt>{name}</dt><dd>{html.escape(text)}</dd>" for name, text in rows if text)
    return f"{where} <small>{html.escape(problem.code)}</small><dl>{told}</dl>"


def _reloading(page: str) -> str:
    return page.replace("</head>", '<script src="/_preview/reload.js" defer></script></head>', 1)


class _Door:
    """Lets in only requests that name this machine, come from this site and bring the token.

    A page elsewhere must read nothing by DNS rebinding (its Host is its own name) nor by a link or a frame.
    """

    def __init__(self, app: Callable, state: State) -> None:
        self.app, self.state = app, state
        self.hosts = {f"{name}:{state.port}" for name in HOSTS}

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._refusal(Request(scope))
        await (answer or self.app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        if len(request.headers.getlist("host")) != 1 or request.headers["host"] not in self.hosts:
            return PlainTextResponse("this host is not served", 403, HEADERS)
        if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return PlainTextResponse("not from another site", 403, HEADERS)
        given = request.query_params.get("token")
        if given is not None and self._right(given):
            return self._admitted(request)
        if self._right(request.cookies.get(COOKIE, "")):
            return None
        return PlainTextResponse("open the address that the terminal shows, with its token", 403, HEADERS)

    def _right(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.state.token.encode())

    def _admitted(self, request: Request) -> Response:
        """The same address without the token, which then stands in no history and no reference."""
        rest = [(name, value) for name, value in parse_qsl(request.url.query) if name != "token"]
        path = "/" + request.url.path.lstrip("/")
        answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303, HEADERS)
        answer.set_cookie(COOKIE, self.state.token, httponly=True, samesite="strict", path="/")
        return answer
