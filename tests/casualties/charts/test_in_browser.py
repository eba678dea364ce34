"""The scripts and styles of our pages in a real browser, under the policy that the server sends."""

import functools
import json
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.test import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Route, sync_playwright

from casualties.charts.embed import source_line
from casualties.charts.shares import shares
from casualties.charts.windows import rolling_windows, windows_by_cause
from casualties.charts.years import years_by_cause
from tests.casualties.charts.frames_of import ILL, A, M, by_cause, windows
from tests.chromium import OPTIONS, installed
from tests.factories import RELEASED_ON

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[3] / "static"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
PART = '{% include "casualties/_chart.html" with chart=years %}'
PAGE = (
    '{% extends "base.html" %}{% block title %}Test{% endblock title %}'
    '{% block charts %}{% include "casualties/_chart_assets.html" %}{% endblock charts %}'
    '{% block scripts %}{% include "casualties/_htmx_assets.html" %}{% endblock scripts %}'
    '{% block main %}<div class="lede"><h1>Test</h1></div><h2>Charts</h2>'
    '{% include "casualties/_chart.html" with chart=rolling %}'
    '<form hx-get="/part.html" hx-target="#results" hx-sync="this:replace"><button type="submit">Apply</button></form>'
    '<div class="results" id="results" data-updating="Updating figures"><p id="old">4,344</p></div>'
    '{% include "casualties/_chart.html" with chart=shares %}'
    '{% include "casualties/_chart.html" with chart=multiples %}'
    "{% endblock main %}"
)


def context() -> dict[str, Any]:
    years = by_cause({year: {M: 9, A: 4, ILL: 7, "to-be-determined": 2, "unknown": 1} for year in range(2015, 2024)})
    line = windows({1993: 259, 2013: 103, 2023: 107}, first=1948, last=2023, provisional=True)
    side = {"name": "MINUSMA", "others_name": "all other missions", "span": "2015 to 2023 (p)"}
    return {
        "release_date": RELEASED_ON,
        "scope_bar": {"scope": "all peace operations", "counting": "deaths"},
        "years": years_by_cause(
            years, id="years", last_year=2023, provisional=True, scope="all", source=source_line(RELEASED_ON)
        ),
        "rolling": rolling_windows(line, id="rolling", scope="all peace operations", csv_url="/x.csv"),
        "shares": shares(years, years.assign(persons=9), id="shares", scope="all", **side),
        "multiples": windows_by_cause(line, id="multiples", scope="all"),
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small server of rendered pages, our static files and the policy of the settings."""
    folder = tmp_path_factory.mktemp("site")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_STATIC}}
    with override_settings(STORAGES=storages):
        for name, source in {"page": PAGE, "part": PART}.items():
            html = engines["django"].from_string(source).render(context())
            (folder / f"{name}.html").write_text(html, encoding="utf-8")
    (folder / "static").symlink_to(STATIC)
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(map(str, sources))}" for name, sources in directives.items())

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))  # how often it looks for its end
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert (STATIC / "vendor" / "plotly-basic.min.js").exists(), "the front-end files are missing: make assets"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=installed(), args=OPTIONS)
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the console of an opened page said, and every address it asked outside our own server."""
    return []


@pytest.fixture
def open_page(browser: Browser, site: str, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens the test page in a browser window of its own; without `charts` their library does not arrive, which saves
    most of the time."""
    contexts = []

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def failure(error: Error) -> None:
        complaints.append(str(error))

    def asked(request: Request) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            complaints.append(request.url)

    def opened(*, width: int = 1440, height: int = 900, charts: bool = True, **options: Any) -> Page:
        made = browser.new_context(viewport={"width": width, "height": height}, base_url=site, **options)
        contexts.append(made)
        page = made.new_page()
        page.on("console", console)
        page.on("pageerror", failure)
        page.on("request", asked)
        if not charts:
            page.route("**/plotly-basic*", lambda route: route.abort())
        page.goto("/page.html")
        return page

    yield opened
    for made in contexts:
        made.close()


def drawn(page: Page) -> list[str]:
    plots = page.locator(".plot[data-fig]:has(.main-svg)")
    return [str(plot.get_attribute("data-fig")) for plot in plots.all()]


def test_charts_are_drawn_without_a_violation_or_a_foreign_request(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = open_page()
    page.set_viewport_size({"width": 1440, "height": 4000})
    for chart in ("rolling", "shares", "multiples"):
        page.wait_for_selector(f"#{chart} .main-svg")
    assert set(drawn(page)) == {"rolling-fig", "shares-fig", "multiples-malicious-act-fig"}
    colours = page.evaluate("[...document.querySelectorAll('#rolling .js-line')].map(p => getComputedStyle(p).stroke)")
    assert "rgb(122, 26, 43)" in colours  # --malicious of the light theme
    assert complaints == []


def test_a_chart_is_drawn_when_it_comes_near(open_page: Callable[..., Page]) -> None:
    page = open_page(width=390, height=300)
    page.locator("#rolling").scroll_into_view_if_needed()
    page.wait_for_selector("#rolling .main-svg")
    assert "rolling-fig" in drawn(page)
    assert "multiples-malicious-act-fig" not in drawn(page)
    height = page.evaluate("document.querySelector('#multiples .plot').clientHeight")
    page.locator("#multiples").scroll_into_view_if_needed()
    page.wait_for_selector("#multiples .main-svg")
    assert page.evaluate("document.querySelector('#multiples .plot').clientHeight") == height


def test_the_chosen_theme_is_remembered_and_stands_before_the_first_paint(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="light")
    line = "getComputedStyle(document.querySelector('#rolling .js-line')).stroke"
    page.wait_for_selector("#rolling .main-svg")
    light = page.evaluate(line)
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate(line) != light
    page.add_init_script(
        "new MutationObserver(() => { if (document.body && window.themeAtBody === undefined)"
        " window.themeAtBody = document.documentElement.dataset.theme || 'none'; })"
        ".observe(document, { childList: true, subtree: true })"
    )
    page.reload()
    assert page.evaluate("window.themeAtBody") == "dark"


def test_without_a_choice_the_system_decides(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="dark", charts=False)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 30)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_without_plotly_the_tables_open(open_page: Callable[..., Page]) -> None:
    page = open_page(charts=False)
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".plot[data-fig]:visible").count() == 0
    assert page.get_by_role("cell", name="259").first.is_visible()


def test_without_script_the_page_is_whole(open_page: Callable[..., Page]) -> None:
    page = open_page(width=390, java_script_enabled=False)
    assert page.get_by_role("link", name="Missions").is_visible()
    assert not page.get_by_role("button", name="Menu").is_visible()
    assert not page.get_by_role("button", name="Light or dark").is_visible()
    page.locator("#rolling summary").click()
    assert page.locator("#rolling").get_by_role("cell", name="259").first.is_visible()


def test_the_menu_opens_and_escape_closes_it(open_page: Callable[..., Page]) -> None:
    page = open_page(width=390, charts=False)
    menu, link = page.get_by_role("button", name="Menu"), page.get_by_role("link", name="Trends")
    assert not link.is_visible()
    menu.click()
    assert link.is_visible()
    assert menu.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not link.is_visible()


def test_a_swapped_in_chart_is_drawn(open_page: Callable[..., Page], complaints: list[str]) -> None:
    page = open_page()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_selector("#years .main-svg")
    assert page.locator("#old").count() == 0
    assert complaints == []


def test_old_figures_vanish_at_once_while_new_ones_are_fetched(open_page: Callable[..., Page]) -> None:
    page = open_page(charts=False)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/part.html", hold)
    height = page.evaluate("document.getElementById('results').clientHeight")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_selector("#results[aria-busy=true]")
    assert not page.locator("#old").is_visible()
    assert page.evaluate("document.getElementById('results').clientHeight") == height
    assert page.locator("[data-updating-note]").inner_text() == "Updating figures"
    page.wait_for_timeout(50)
    held[0].continue_()
    page.wait_for_selector("#years")
    assert page.locator("#results").get_attribute("aria-busy") == "false"
    assert page.locator("[data-updating-note]").inner_text() == ""


def test_a_choice_that_another_one_replaces_is_no_error(open_page: Callable[..., Page], complaints: list[str]) -> None:
    page = open_page(charts=False)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        held.append(route)

    page.route("**/part.html", hold_the_first)
    page.get_by_role("button", name="Apply").click()
    page.wait_for_selector("#results[aria-busy=true]")
    page.locator("form[hx-get]").evaluate("form => form.requestSubmit()")
    page.wait_for_selector("#years")
    assert len(held) == 2
    assert [said for said in complaints if "htmx" in said] == []


@pytest.mark.parametrize("failure", ["server", "network"])
def test_a_failed_fetch_shows_no_figure(open_page: Callable[..., Page], failure: str) -> None:
    page = open_page(charts=False)
    answer: Callable[[Route], None] = (
        (lambda route: route.fulfill(status=500, body="4,344"))
        if failure == "server"
        else (lambda route: route.abort())
    )
    page.route("**/part.html", answer)
    page.get_by_role("button", name="Apply").click()
    page.wait_for_selector("#results [role=alert]")
    said = page.locator("#results").inner_text()
    assert "The figures could not be fetched" in said
    assert "4,344" not in said
    assert page.locator("#results [role=alert]").evaluate("e => e === document.activeElement")


def test_a_refusal_is_shown(open_page: Callable[..., Page]) -> None:
    page = open_page(charts=False)
    page.route("**/part.html", lambda route: route.fulfill(status=400, body="<p>No figures shown</p>"))
    page.get_by_role("button", name="Apply").click()
    page.wait_for_selector("text=No figures shown")


def test_paper_has_every_chart_in_light_and_the_release_in_its_foot(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="dark")
    page.evaluate(
        "window.addEventListener('beforeprint', () => { window.onPaper = {"
        " drawn: [...document.querySelectorAll('.plot[data-fig]')].every(p => p.querySelector('.main-svg')),"
        " line: getComputedStyle(document.querySelector('#rolling .js-line')).stroke,"
        " foot: getComputedStyle(document.documentElement).getPropertyValue('--print-foot') }; })"
    )
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    paper = page.evaluate("window.onPaper")
    assert paper["drawn"] is True
    assert paper["line"] == "rgb(122, 26, 43)"
    page.emulate_media(media="print")
    foot = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--print-foot')")
    assert "Release of 28 November 2023. Figures marked p are provisional." in json.loads(foot)
    assert page.evaluate("document.documentElement.dataset.theme") is None  # as before
