"""Every page of the real book in a browser, in both themes, and before two checkers: a part of `make evidence`.

    python bench/pages.py [_build/full-2025]
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
THEMES = ("light", "dark")
GRAVE = ("serious", "critical")
VNU = "vnu-jar@26.9.27"
AXE = "() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"

Row = tuple[str, int, int, str]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A folder over http, as any plain server gives it."""

    def log_message(self, *words: object) -> None:
        """Says nothing: the browser's own log is what is read."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder` over http on this machine, while the block lasts."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def pages_of(report: Path) -> list[str]:
    """Every HTML page below `report` but the single files, by its path."""
    return sorted(path.relative_to(report).as_posix() for path in report.rglob("*.html")
                  if path.parent != report and path.name != "404.html")


def axe_script() -> str:
    """The source of axe-core that the Python package ships."""
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")


def watched(page, site: str, troubles: list[str]) -> None:
    """Notes in `troubles` whatever the console says and every request that leaves `site`."""
    page.on("console", lambda message: troubles.append(f"console: {message.text[:160]}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {str(error)[:160]}"))
    page.on("request", lambda request: None if request.url.startswith((site, "data:", "blob:"))
            else troubles.append(f"request: {request.url[:160]}"))


def violations(page, script: str) -> list[tuple[str, str, str]]:
    """(impact, rule, first element) of each rule of axe-core that the open page breaks."""
    page.evaluate(script)
    return [(found["impact"], found["id"], found["nodes"][0]["html"][:120]) for found in page.evaluate(AXE)]


def looked_at(report: Path, names: list[str], say=lambda line: None) -> tuple[Counter, list[str], list[str]]:
    """Opens each page in both themes: violations by impact, what the grave ones are, console and foreign requests."""
    from playwright.sync_api import sync_playwright

    counts, grave, troubles, script = Counter(), [], [], axe_script()
    with served(report) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(reduced_motion="reduce")  # else a colour is read while it changes
        watched(page, site, troubles)
        for name in names:
            page.goto(f"{site}/{name}")
            page.wait_for_load_state("load")
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                for impact, rule, html in violations(page, script):
                    counts[impact] += 1
                    if impact in GRAVE:
                        grave.append(f"{name} {theme}: {impact} {rule}: {html}")
                        say(grave[-1])
        browser.close()
    return counts, grave, troubles


def invalid(files: list[Path]) -> list[str]:
    """What vnu calls an error in `files`; the checker comes from npm, for evidence only."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, VNU],
                       check=True, capture_output=True)
        jar = next(Path(folder).rglob("vnu.jar"))
        done = subprocess.run(["java", "-Xss16m", "-jar", str(jar), "--errors-only", "--format", "gnu",
                               *map(str, files)], capture_output=True, text=True)
    return [line for line in done.stderr.splitlines() if line.strip()]


def rows(report: Path) -> list[Row]:
    """The rows of this part: axe, console and requests, vnu; `wrong` is what must be 0."""
    report = report.resolve()
    names = pages_of(report)
    counts, grave, troubles = looked_at(report, names, lambda line: print(line, file=sys.stderr, flush=True))
    files = sorted(report.rglob("*.html"))
    errors = invalid(files)
    for line in [*dict.fromkeys(troubles), *errors[:40]]:
        print(line, file=sys.stderr)
    lesser = ", ".join(f"{count} {impact}" for impact, count in sorted(counts.items()) if impact not in GRAVE) or "none"
    return [
        ("axe-core: serious or critical (pages × themes)", len(names) * len(THEMES), len(grave), f"lesser: {lesser}"),
        ("pages opened: console messages, requests beyond the folder", len(names), len(troubles), "over http"),
        ("vnu: errors (all pages and single files)", len(files), len(errors), VNU),
    ]


if __name__ == "__main__":
    made = rows(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "full-2025")
    print(*made, sep="\n")
    raise SystemExit(1 if any(row[2] for row in made) else 0)
