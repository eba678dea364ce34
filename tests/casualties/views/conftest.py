"""One browser for a module whose pages need one, and the product for it."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.casualties.views.static_files import PagesServer, StaticFilesOnce
from tests.chromium import OPTIONS, installed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

UNPAINTED = "--enable-begin-frame-control"  # frames come when they are asked for, and nobody does


@pytest.fixture(scope="module")
def browser() -> Iterator[Callable[..., "Browser"]]:
    """Starts a browser once for each set of further options. Django has to be told that its thread may use the
    database while a browser runs."""
    from playwright.sync_api import sync_playwright  # the other modules of this folder do without

    path = installed()
    assert path, "no Chromium or Chrome is installed: python -m tests.chromium"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright, ExitStack() as started:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")

        @cache
        def start(*options: str) -> "Browser":
            launched = playwright.chromium.launch(executable_path=path, args=[*OPTIONS, *options])
            started.callback(launched.close)
            return launched

        yield start


@pytest.fixture
def browser_page(browser: Callable[..., "Browser"], request: pytest.FixtureRequest) -> Iterator["Page"]:
    """A page that is laid out but never painted, which is a fifth of the browser's work: for what asks for sizes and
    styles, and presses keys. A click waits for frames, as do charts, which are drawn when they come near: a test with
    the mark `painted` has a page with frames.
    """
    painted = request.node.get_closest_marker("painted") is not None
    one = browser() if painted else browser(UNPAINTED)
    context = one.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(browser_page: "Page", settings: Any) -> Iterator[Callable[[str], int]]:
    """Opens an address of the product on the page and answers its status."""
    from tests.casualties.views.accessibility import AXE  # as above

    settings.PUBLIC_READING = True
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, AXE.parent]
    server = PagesServer()
    server.begin()

    def open_address(address: str) -> int:
        response = browser_page.goto(f"http://127.0.0.1:{server.port}{address}", wait_until="domcontentloaded")
        assert response is not None
        return response.status

    yield open_address
    StaticFilesOnce.left_out.clear()
    browser_page.goto("about:blank")
    server.terminate()


@pytest.fixture
def leave_out_charts() -> Callable[[], None]:
    """From its call on their library is not there: drawings take most of the time, and tests/casualties/charts have
    them."""
    return lambda: StaticFilesOnce.left_out.append("plotly")
