"""What a reader's browser loads and how soon it shows: a part of `make evidence`.

    python bench/weight.py [_build/full-2025]
"""

from __future__ import annotations

import gzip
import statistics
import sys
from pathlib import Path
from typing import Any

from pages import CHROMIUM, FLAGS, ROOT, served

LANGUAGES = {"zh-Hans": "碳排放", "en": "carbon", "zh-Hant": "碳排放"}
ROUNDS = 5
PAGE, REQUESTS, FONTS, SINGLE = 300_000, 15, 1_600_000, 25_000_000
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}  # 1.6 Mbit/s
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(it => sum += it.hadRecentInput ? 0 : it.value))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 400); })"""

Row = tuple[str, int, int, str]


def loaded(browser: Any, address: str, line: dict[str, Any] | None = None, **kind: Any) -> dict[str, float]:
    """Bytes and requests of a page that was never seen before, fonts apart; first paint in ms; layout shift.

    `line` is a slow one, as Chromium's own tools emulate it."""
    context = browser.new_context(**kind)
    page, sizes = context.new_page(), []
    if line:
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    page.on("requestfinished", lambda request: sizes.append((request.url, request.sizes()["responseBodySize"])))
    page.goto(address)
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => 0)")
    shift, paint = page.evaluate(SHIFT), page.evaluate(PAINT)
    context.close()
    fonts = [size for url, size in sizes if url.endswith(".woff2")]
    return {"bytes": sum(size for _, size in sizes) - sum(fonts), "requests": len(sizes) - len(fonts),
            "fonts": sum(fonts), "paint": paint, "shift": shift}


def searched(browser: Any, site: str, language: str) -> tuple[float, int]:
    """Milliseconds from the typed word to the first hit, on a page just opened, and the number of hits."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/{language}/search.html")
    page.wait_for_selector("#query:not([disabled])")
    start = page.evaluate("performance.now()")
    page.fill("#query", LANGUAGES[language])
    page.wait_for_selector("#hits li", timeout=15000)
    found = page.evaluate("performance.now()") - start, page.locator("#hits li").count()
    context.close()
    return found


def rows(report: Path) -> list[Row]:
    """The heaviest chapter page of each language, time to paint and to a hit, and the sizes of the whole files."""
    from playwright.sync_api import sync_playwright

    report, made = report.resolve(), []
    with served(report) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language in LANGUAGES:
            made += _of_language(browser, site, report, language)
        browser.close()
    for path in sorted(report.glob("report-*")):
        size = path.stat().st_size
        too_big = int(path.suffix == ".html" and size > SINGLE)
        made.append((f"{path.name}: bytes", size, too_big, f"{size / 1e6:.1f} MB"))
    return made


def _of_language(browser: Any, site: str, report: Path, language: str) -> list[Row]:
    chapters = {path.name for path in (report / "source").glob("*.html")}
    heavy = max((path for path in (report / language).glob("*.html") if path.name in chapters),
                key=lambda path: path.stat().st_size)
    seen = [loaded(browser, f"{site}/{language}/{heavy.name}") for _ in range(ROUNDS)]
    phone = loaded(browser, f"{site}/{language}/{heavy.name}", **PHONE)
    slow = loaded(browser, f"{site}/{language}/{heavy.name}", SLOW, **PHONE)
    one, paint = seen[0], statistics.median(item["paint"] for item in seen)
    packed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in (heavy, *(report / "assets").glob("book.*"),
                                                                    report / "assets" / "theme.js",
                                                                    report / language / "assets" / "fonts.css"))
    fonts = sum(path.stat().st_size for path in (report / language / "assets").glob("*.woff2"))
    times = sorted(searched(browser, site, language) for _ in range(ROUNDS))
    took, hits = times[len(times) // 2]
    shift = max(item["shift"] for item in [*seen, phone, slow])
    return [
        (f"{language}: heaviest chapter page, bytes besides fonts, uncompressed", int(one["bytes"]),
         int(one["bytes"] > PAGE), f"{heavy.name}, at most {PAGE:,}; {packed:,} with gzip"),
        (f"{language}: its requests besides fonts", int(one["requests"]), int(one["requests"] > REQUESTS),
         f"at most {REQUESTS}"),
        (f"{language}: bytes of all fonts", fonts, int(fonts > FONTS),
         f"at most {FONTS:,}; {one['fonts']:,.0f} loaded"),
        (f"{language}: layout shift, wide, on a phone, on a slow line, in thousandths", round(shift * 1000),
         int(shift > 0.1), "good is below 100"),
        (f"{language}: first paint on a phone and a slow line, ms", round(slow["paint"]), 0, "1.6 Mbit/s, 150 ms"),
        (f"{language}: first paint, ms", round(paint), 0, f"median of {ROUNDS}, page never seen before"),
        (f"{language}: from word to first hit, ms", round(took), int(hits == 0), f"{hits} hits, first search"),
    ]


if __name__ == "__main__":
    answer = rows(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "full-2025")
    print(*answer, sep="\n")
    raise SystemExit(1 if any(row[2] for row in answer) else 0)
