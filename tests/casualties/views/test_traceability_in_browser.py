"""Clicking numbers at random, page by page, in a real browser on the real release: the next page states the same.

Others every day; of every page one, by turns out of its sentences, notes and titles and out of everything.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.casualties.views.following import NUMBER, number
from tests.casualties.views.static_files import PagesServer, StaticFilesOnce
from tests.chromium import OPTIONS, installed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.realdata,
    pytest.mark.django_db,
    pytest.mark.usefixtures("real_release"),
]
PAGES = ("/", "/missions/", "/missions/UNMISS/", "/contributors/", "/trends/", "/open-cases/")
# Opens what is folded, marks the links of the page that carry a number alone, and answers how many there are.
MARK_NUMBERS = """(within) => {
    document.querySelectorAll("details").forEach((part) => { part.open = true; });
    const links = [...document.querySelectorAll("main a[href^='/incidents/']")];
    const told = links.filter((link) => link.closest(within));
    const numbers = told.filter((link) => /^[\\d,]+$/.test(link.innerText.trim()));
    numbers.forEach((link, place) => { link.dataset.place = place; });
    return numbers.length;
}"""
WITHIN = (".lede, .figures, h3, .multiples", "main")


@pytest.fixture
def site(real_release: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The product on a thread and connections of its own: what the release holds is committed. Charts are not drawn."""
    monkeypatch.setattr(StaticFilesOnce, "left_out", ["plotly"])
    server = PagesServer()
    server.begin()
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def test_a_clicked_number_is_stated_by_the_next_page(site: str) -> None:
    """The browser is closed before the database is left: while it runs, this thread may not ask the database."""
    path = installed()
    assert path, "no Chromium or Chrome is installed: python -m tests.chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        page = browser.new_page()
        clicked = [_click(page, site + address, WITHIN[turn % 2]) for turn, address in enumerate(PAGES)]
        browser.close()
    assert [(address, said, there) for address, said, there in clicked if said != there] == []


def _click(page: Page, address: str, within: str) -> tuple[str, int, int]:
    """Click a number of a part of a page: where that led, the number, and the number stated there."""
    page.goto(address, wait_until="domcontentloaded")
    found = page.evaluate(MARK_NUMBERS, within)
    assert found, f"no number of {address} leads anywhere"
    link = page.locator(f"[data-place='{random.Random(f'{page.url} {datetime.now(tz=UTC).date()}').randrange(found)}']")
    text = link.inner_text().strip()
    assert NUMBER.fullmatch(text)
    link.click()
    said = page.locator("p.count").inner_text().split()[0]
    return page.url, number(text), 0 if said == "No" else number(said)
