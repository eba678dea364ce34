"""The pages on the real release: server time, and what a person waits for in a browser with a cold cache."""

from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench.figures import Figure, median_ms
from tests.bench.world import World, read, web
from tests.chromium import installed

PAGES = (
    "/",
    "/missions/",
    "/missions/MINUSMA/",
    "/trends/",
    "/incidents/",
    "/incidents/?cause=malicious-act&from=2013",
)
IN_BROWSER = ("/", "/missions/MINUSMA/", "/trends/", "/incidents/")
# Largest contentful paint, and the time by which tasks of the main thread were longer than 50 ms (blocking time).
WATCH = """
window.seen = {paint: 0, blocked: 0};
new PerformanceObserver(list => { for (const e of list.getEntries()) window.seen.paint = e.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => {
  for (const e of list.getEntries()) window.seen.blocked += Math.max(0, e.duration - 50);
}).observe({type: 'longtask', buffered: true});
"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pages(where: World) -> list[Figure]:
    """Server time of each page, then each in a browser that knows nothing yet, then once more."""
    with web(where) as (address, _pid):
        figures = [
            Figure(f"{page}  server, nothing changed since", median_ms(lambda: read(address + page), times=15), "ms")  # noqa: B023
            for page in PAGES
        ]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(installed()), args=ARGUMENTS)
            for page in IN_BROWSER:
                figures += _in_browser(browser, address, page)
            browser.close()
    return figures


def _in_browser(browser: Any, address: str, page: str) -> list[Figure]:
    """Paint and blocking are medians of five visits, each with a new profile; bytes are those on the wire."""
    visits = [_visit(browser, address + page) for _ in range(5)]
    paint, blocked, first, again = (sorted(values)[2] for values in zip(*visits, strict=True))
    return [
        Figure(f"{page}  largest contentful paint", paint, "ms", aim="< 1,000"),
        Figure(f"{page}  total blocking time", blocked, "ms", aim="< 150"),
        Figure(f"{page}  transferred, first visit", first / 1024, "KiB", aim="< 500"),
        Figure(f"{page}  transferred, second visit", again / 1024, "KiB"),
    ]


def _visit(browser: Any, address: str) -> tuple[float, float, float, float]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sent = [0.0]
    session.on("Network.loadingFinished", lambda event: sent.__setitem__(0, sent[0] + event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    seen, first = page.evaluate("window.seen"), sent[0]
    page.goto(address, wait_until="networkidle")
    context_bytes = sent[0] - first
    context.close()
    return float(seen["paint"]), float(seen["blocked"]), first, context_bytes
