"""Every page and state in a real browser: the rules of WCAG 2.2 AA, 320 pixels, 200 % text, forced colours, keyboard.

One browser and one server for all of it; records are few, so that a page costs a fraction of a second.
"""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from casualties.models import SavedSelection
from casualties.trends.rebuild import rebuild
from missions.models import ImportBatch, Strength
from tests.casualties.views.accessibility import OPEN_ALL, sign_in, wrong_in, wrong_with
from tests.factories import (
    data_manager,
    make_annual_count,
    make_casualty,
    make_country,
    make_incident,
    make_mission,
    make_release,
    make_statement,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = "MINUSMA-2019-01-20-malicious-act"
# Each page with records; then its own ways of being empty, refused, not there or not available. What pages share, as
# the note of a refused address, stands here once.
READERS = (
    "/", "/missions/", "/missions/?cause=hostile", "/missions/MINUSMA/", "/missions/UNAMA/", "/missions/NONE/",
    "/contributors/", "/contributors/TCD/", "/contributors/EGY/", "/contributors/XXX/",
    "/contributors/SRB/?with=predecessors", "/contributors/TCD/?with=predecessors",
    "/causes/malicious-act/", "/causes/none/", "/compare/", "/compare/?item=MINUSMA&item=MONUSCO",
    "/trends/", "/trends/?outcome=injury", "/revisions/", "/open-cases/", "/open-cases/?mission=UNAMA",
    "/incidents/", "/incidents/?view=people", "/incidents/?mission=UNAMA&from=2019&to=2019",
    "/incidents/?cause=hostile&from=1", "/incidents/?outcome=injury", f"/incidents/{KEY}/",
    f"/incidents/{KEY}/?known_at=2023-07-01", "/statements/", "/statements/said-once/", "/method/",
    "/reports/", "/reports/by-mission-and-cause/?suppress=5", "/data/", "/data/dictionary/", "/api/",
    "/accounts/login/", "/nothing/", "/imports/",
)  # fmt: skip
STAFF = (
    "/", "/incidents/?q=kidal", "/incidents/?q=ab", f"/incidents/{KEY}/", "/imports/", "/imports/*/",
    "/statements/add", "/statements/said-once/edit", "/saved/", "/columns/", "/accounts/password/change/",
)  # fmt: skip
DARK = ("/missions/MINUSMA/", "/incidents/?cause=hostile", f"/incidents/{KEY}/", "/revisions/")
ANNUAL = ("/", "/incidents/", "/incidents/?view=incidents", "/open-cases/")


@pytest.fixture
def records() -> int:
    """A few people in two releases, with everything that pages can show; the number of an import that waits."""
    make_release(released_on=date(2023, 6, 30))
    make_release()
    minusma = make_mission(region="Africa", seat="Bamako", longitude=-8, latitude=12.6)
    make_mission(acronym="MONUC", family="MONUC", started_on=date(1999, 11, 30), ended_on=date(2010, 6, 30))
    congo = make_mission(acronym="MONUSCO", family="MONUC", started_on=date(2010, 7, 1))
    make_mission(acronym="UNAMA", kind="spm", started_on=date(2002, 3, 28))
    make_country(iso3="EGY")
    make_country(iso3="SRB", name="Serbia")
    before = make_country(iso3="SCG", name="Serbia and Montenegro", status="dissolved", successors=["SRB", "MNE"])
    make_casualty(mission=congo, cause="accident", nationality=before)
    convoy = make_incident(place="Kidal", summary="A convoy was hit.", means="ied-roadside", context="convoy")
    for personnel in ("military", "police"):
        make_casualty(incident=convoy, nationality=make_country(), personnel=personnel)
    for year in range(2012, 2024):
        make_casualty(
            mission=congo,
            occurred_on=date(year, 3, 1),
            cause="illness",
            nationality=make_country(),
            known_at=date(2023, 6, 30),
        )
    make_casualty(mission=congo, occurred_on=date(2014, 5, 5), cause="illness")  # a record of its own
    make_casualty(mission=congo, occurred_on=date(2020, 5, 5), cause="to-be-determined", known_at=date(2023, 11, 28))
    for year in range(2013, 2019):
        Strength.objects.create(
            mission=minusma, year=year, category="troops", person_years=1000, months=list(range(1, 13)), source="test"
        )
    rebuild(asked_by="test")
    make_statement(key="said-once")
    manager = data_manager()
    SavedSelection.objects.create(user=manager, name="Mine", page="incidents", query="cause=illness")
    return make_release(state=ImportBatch.State.PREVIEWED, new=3, rows=20, created_by=manager).pk


def test_pages_with_records(
    browser_page: Page, opened: Callable[[str], int], records: int, leave_out_charts: Callable[[], None]
) -> None:
    page = browser_page
    leave_out_charts()
    wrong = wrong_in(page, opened, READERS, "reader")
    page.set_extra_http_headers({"Accept-Language": "fr"})
    wrong |= wrong_in(page, opened, ("/missions/MINUSMA/", "/incidents/"), "French")
    page.set_extra_http_headers({})
    opened("/")
    page.locator("button.help").first.press("Enter")
    assert page.locator(".help-text:popover-open").count() == 1
    wrong |= {"help": found} if (found := wrong_with(page, narrow=False)) else {}
    sign_in(page, opened)
    wrong |= wrong_in(page, opened, [address.replace("*", str(records)) for address in STAFF], "staff")
    assert wrong == {}


def test_states_of_other_data(
    browser_page: Page, opened: Callable[[str], int], leave_out_charts: Callable[[], None]
) -> None:
    """Nothing loaded; annual counts alone, whose windows are computed again."""
    wrong: dict[str, list[str]] = {}
    for address in ("/", "/incidents/"):
        opened(address)
        wrong |= {f"nothing {address}": found} if (found := wrong_with(browser_page)) else {}
    leave_out_charts()
    make_release(kind="bundle")
    make_mission()
    for year in (2015, 2019, 2023):
        make_annual_count(persons=3, year=year)
    for address in ANNUAL:
        assert opened(address) == 200, address
        assert "being computed again" in browser_page.inner_text("body")
        wrong |= {f"annual {address}": found} if (found := wrong_with(browser_page)) else {}
    assert wrong == {}


WRONG = (
    '<p>plain</p><p class="pale">pale</p><p class="wide">wide</p><p class="long">long</p>'
    '<img src="data:,"><i role="img"></i>'
    '<p>Words around <a class="bare" href="/">a link</a> that nothing tells from them but its colour.</p>'
)
SEEN = {
    "320 px": "wide",
    "200 %": "long",
    "no name": "role",
    "color-contrast": "pale",
    "image-alt": "<img",
    "link-in-text-block": "bare",
}


def test_what_is_wrong_is_seen(browser_page: Page, opened: Callable[[str], int]) -> None:
    opened("/nothing/")
    browser_page.evaluate(
        """(parts) => {
            document.querySelector("main").insertAdjacentHTML("beforeend", parts);
            document.querySelector(".pale").style.color = "#aaa";
            document.querySelector(".wide").style.width = "400px";
            document.querySelector(".long").style.width = "50rem";
            document.querySelector(".bare").style.textDecoration = "none";
        }""",
        WRONG,
    )
    found = wrong_with(browser_page)
    for name, part in SEEN.items():
        assert any(line.startswith(f"{name}: ") and part in line for line in found), (name, found)


@pytest.mark.painted
def test_dark_pages_and_the_systems_colours(browser_page: Page, opened: Callable[[str], int], records: int) -> None:
    """The system's colours replace ours: what colour or a shadow said alone has to be said by a line or a letter."""
    browser_page.emulate_media(color_scheme="dark")
    assert wrong_in(browser_page, opened, DARK, "dark", narrow=False) == {}
    browser_page.emulate_media(color_scheme="light", forced_colors="active")
    opened("/missions/MINUSMA/")
    browser_page.wait_for_selector(".main-svg")
    browser_page.evaluate(OPEN_ALL)

    def said(place: str, name: str) -> str:
        style = "(part, name) => getComputedStyle(part)[name]"
        return str(browser_page.locator(place).first.evaluate(style, name))

    assert said(".nav a[aria-current]", "textDecorationLine") == "underline"
    assert float(said("tr.marked > *", "borderLeftWidth").removesuffix("px")) >= 4  # the record
    assert browser_page.locator("abbr.mk").first.inner_text() in {"p", "r"}
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Tab")
    focus = browser_page.evaluate(
        "() => { const at = getComputedStyle(document.activeElement); return [at.outlineStyle, at.outlineWidth,"
        " at.outlineColor !== getComputedStyle(document.body).backgroundColor]; }"
    )
    assert focus == ["solid", "3px", True]
    opened("/incidents/?cause=hostile")
    assert float(said(".note-bar.bad", "borderTopWidth").removesuffix("px")) >= 1
    assert browser_page.locator("#filter-cause[aria-invalid=true]").count() == 1
    opened("/incidents/")
    assert said(".toggle a[aria-current]", "textDecorationLine") == "underline"
    assert said(".chip", "borderTopStyle") in {"solid", "dashed"}


def test_targets_beside_the_text_are_24_pixels(browser_page: Page, opened: Callable[[str], int], records: int) -> None:
    small = (
        "places => places.flatMap(place => [...document.querySelectorAll(place)]).filter(target => {"
        " const box = target.getBoundingClientRect(); return Math.min(box.width, box.height) < 24; })"
        ".map(target => target.outerHTML)"
    )
    for path, places in (
        ("/", [".key a", ".scope a", ".chart-foot a", ".help"]),
        ("/missions/MINUSMA/", [".crumbs a", ".caveat a", ".chart-foot a", ".help"]),
        ("/columns/", ["input[type=checkbox]"]),
        ("/accounts/login/", ["input[type=checkbox]", ".hint a"]),
    ):
        opened(path)
        assert browser_page.locator(places[0]).count()
        assert browser_page.evaluate(small, places) == [], path


def test_paper_has_no_words_that_only_lead_elsewhere(
    browser_page: Page, opened: Callable[[str], int], records: int
) -> None:
    """Outside tables, what leads somewhere on a screen stands on paper only where it is a figure."""
    seen = (
        "() => [...document.querySelectorAll('main a, .foot a')].filter("
        "link => link.checkVisibility() && !link.closest('table, .key, h3, .marks'))"
        ".map(link => link.textContent.trim()).filter(words => !/^[\\d,–]+$/.test(words))"
    )
    browser_page.emulate_media(media="print")
    for path in ("/", "/missions/MINUSMA/", "/causes/to-be-determined/", "/missions/?cause=illness"):
        opened(path)
        assert browser_page.evaluate(seen) == [], path
    arrow = "() => getComputedStyle(document.querySelector('a.sort'), '::after').content"
    assert browser_page.evaluate(arrow) in {'""', "none"}


def test_by_keyboard_from_the_filter_to_the_table_the_incident_and_the_file(
    browser_page: Page, opened: Callable[[str], int], records: int
) -> None:
    page = browser_page
    opened("/incidents/")

    def tab_to(place: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("(place) => document.activeElement.matches(place)", place):
                return
        raise AssertionError(f"the keyboard does not reach {place}")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to("#filter-mission")
    page.keyboard.type("MINUSMA")
    page.wait_for_url("**mission=MINUSMA*")
    assert page.evaluate("document.activeElement.id") == "filter-mission"  # it stays where it was
    page.wait_for_selector("p.count:has-text('2 people who died in MINUSMA, in 1 incident')")
    tab_to(".result a[href^='/casualties.csv']")
    with page.expect_download() as file:
        page.keyboard.press("Enter")
    assert "mission-MINUSMA" in file.value.suggested_filename
    assert len(file.value.path().read_text().splitlines()) == 3
    tab_to("main .scroll")
    tab_to(f"main table a[href='/incidents/{KEY}/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incidents/{KEY}/")
    assert page.locator("h1").inner_text() == page.title().rpartition(" - ")[0]
