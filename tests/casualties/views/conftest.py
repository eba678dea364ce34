"""One browser for a module whose pages need one, and the product for it."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test.testcases import LiveServerThread

from tests.casualties.views.static_files import StaticFilesOnce
from tests.chromium import installed

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def browser_page() -> Iterator["Page"]:
    """One page of one browser. Django has to be told that its thread may use the database while the browser runs."""
    from playwright.sync_api import sync_playwright  # the other modules of this folder do without

    path = installed()
    assert path, "no Chromium or Chrome is installed: python -m tests.chromium"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=options)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.set_default_timeout(15_000)
        yield page
        browser.close()


@pytest.fixture
def opened(browser_page: "Page", settings: Any) -> Iterator[Callable[[str], int]]:
    """Opens an address of the product on the page and answers its status."""
    from tests.casualties.views.accessibility import AXE  # as above

    settings.PUBLIC_READING = True
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, AXE.parent]
    server = LiveServerThread("127.0.0.1", StaticFilesOnce, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None

    def open_address(address: str) -> int:
        response = browser_page.goto(f"http://127.0.0.1:{server.port}{address}", wait_until="domcontentloaded")
        assert response is not None
        return response.status

    yield open_address
    StaticFilesOnce.left_out.clear()
    browser_page.context.clear_cookies()
    browser_page.emulate_media(color_scheme="light", forced_colors="none")
    browser_page.goto("about:blank")
    server.terminate()


@pytest.fixture
def leave_out_charts() -> Callable[[], None]:
    """From its call on their library is not there: drawings take most of the time, and tests/casualties/charts have
    them."""
    return lambda: StaticFilesOnce.left_out.append("plotly")
