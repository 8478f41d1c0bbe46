"""The preview's pages: the books on the shelf over loopback, with a script that reloads the open page.

Only GET, only for the names of this machine, only with the token that the terminal showed: the first address brings
it, a cookie of this site carries it on.
"""

from __future__ import annotations

import asyncio
import html
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from greenbook.errors import GreenbookError, Problem
from greenbook.publishing.shelf import Shelf

HOSTS = ("127.0.0.1", "localhost", "[::1]")
COOKIE = "greenbook-preview"
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "woff2": "font/woff2",
         "pdf": "application/pdf"}
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
    """What the preview shows now: the shelf, the problems of the last build, and the language looked at last."""

    def __init__(self, shelf: Shelf, port: int, token: str, languages: Sequence[str]) -> None:
        self.shelf, self.port, self.token, self.languages = shelf, port, token, tuple(languages)
        self.last = self.languages[0]
        self.version = 0
        self.problems: list[Problem | str] = []

    def built(self, problems: list[Problem | str]) -> None:
        """A build ended; with problems the page that names them takes the place of the book."""
        self.problems = problems
        self.version += 1


    def looked_at(self) -> str:
        """The language of the page that was asked for last."""
        return self.last

    def looks_at(self, path: str) -> None:
        """Notes that `path` was asked for, and so which language is read."""
        language = path.partition("/")[0].removeprefix("report-").removesuffix(".pdf")
        if language in self.languages and path.endswith((".html", ".pdf", "/")):
            self.last = language


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

    def page(request: Request) -> Response:
        path = request.path_params["path"] or f"{state.languages[0]}/"
        state.looks_at(path)
        if state.problems and path.endswith((".html", "/", ".pdf")):
            return _refused(state.problems)
        return _file(state.shelf, f"{path}index.html" if path.endswith("/") else path)

    routes = [Route("/_preview/events", events), Route("/_preview/reload.js", script),
              Route("/{path:path}", page, methods=["GET", "HEAD"])]
    return _Door(Starlette(routes=routes), state)


def _file(shelf: Shelf, path: str) -> Response:
    try:
        found = shelf.file(path)
    except GreenbookError as error:
        return _refused(list(error.problems) or [error.message])
    if found is None:
        return PlainTextResponse("no such page", 404, HEADERS)
    kind = TYPES.get(path.rpartition(".")[2], "application/octet-stream")
    if kind == "text/html":
        return HTMLResponse(_reloading(found.decode()), headers=HEADERS)
    return Response(found, media_type=kind, headers=HEADERS)


def _refused(problems: Sequence[Problem | str]) -> Response:
    return HTMLResponse(error_page(problems), 500, {**HEADERS, "Content-Security-Policy": ERROR_POLICY})


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
