"""As known at a date: a page says what it said when that release was the newest, and of which day its figures are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.choices import CasualtyState, Cause, Outcome
from casualties.filters import forget_basis
from casualties.models import Casualty
from tests.casualties.views.reading import main_of, page, table, words
from tests.factories import make_casualty, make_country, make_incident, make_release
from tests.kept import RememberingClient, kept, remembering_client

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2022, 11, 28), date(2023, 11, 28)
THEN = "known_at=2022-11-28"
PAGES = [
    "/",
    "/?scope=uniformed",
    "/missions/",
    "/missions/MINUSMA/",
    "/missions/MINUSMA/?cause=malicious-act",
    "/missions/MINUSMA/?scope=uniformed",
    "/trends/",
    "/trends/?cause=illness&scope=uniformed",
    "/incidents/",
    "/incidents/?view=people&from=2018",
    "/incidents/?personnel=police",
    "/open-cases/",
    "/contributors/",
    "/contributors/TCD/",
]
FILES = ["/figures.csv?by=year,cause", "/trends.csv?by=cause", "/same-days.csv?by=cause", "/open-cases.csv?header=0"]


@dataclass(frozen=True)
class Then:
    """What the product said when the first release was the newest."""

    said: dict[str, str]  # the words of a page, the text of a file
    overview: str


@pytest.fixture(scope="module")
def then(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Then]:
    """Both releases stand; the second reclassifies, withdraws, adds, brings injuries. The answer is of the first."""
    with kept(django_db_blocker):
        come = first_release()
        forget_basis()
        client = RememberingClient()
        of_then = {address: said(client, address) for address in PAGES}
        of_then |= {address: text_of(client, address) for address in FILES}
        overview = page(client.get("/"))
        come()
        yield Then(of_then, overview)


client = remembering_client("then")


def first_release() -> Callable[[], None]:
    """Make the first release; the answer lets the second come."""
    make_release(released_on=FIRST)
    tchad = make_country()
    undetermined = make_casualty(cause=Cause.TO_BE_DETERMINED, occurred_on=date(2019, 3, 1), known_at=FIRST)
    gone = make_casualty(occurred_on=date(2020, 5, 5), known_at=FIRST, personnel="police", nationality=tchad)
    for day in (date(2018, 5, 5), date(2021, 5, 5), date(2021, 5, 5), date(2022, 5, 5)):
        make_casualty(occurred_on=day, known_at=FIRST, nationality=tchad)

    def come() -> None:
        make_release(released_on=SECOND)
        settled = make_incident(cause=Cause.ILLNESS, occurred_on=date(2019, 3, 1))
        Casualty.objects.filter(pk=undetermined.pk).update(incident=settled, cause=Cause.ILLNESS, known_at=SECOND)
        Casualty.objects.filter(pk=gone.pk).update(state=CasualtyState.WITHDRAWN, withdrawn_on=SECOND, known_at=SECOND)
        for day in (date(2023, 2, 2), date(2018, 2, 2), date(2021, 5, 5)):
            make_casualty(occurred_on=day, known_at=SECOND, nationality=tchad)
        make_casualty(occurred_on=date(2021, 5, 5), outcome=Outcome.INJURY, known_at=SECOND)
        forget_basis()

    return come


def said(client: Client, address: str) -> str:
    """The words of the page, without those that say the day and the address."""
    return words_of(client.get(address))


def words_of(response: Any) -> str:
    assert response.status_code == 200, page(response)[:2000]
    text = main_of(response)
    for other in (
        r", as known on 28 November 2022",
        r"\(as known at [^)]*\)",
        r"As known at \S+ ×",
        r" /\S*",
        r"What changed between releases",
    ):
        text = re.sub(other, "", text)
    return re.sub(r"\s+", " ", text).replace("; as known at 28 November 2022", "").replace(" .", ".")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_what_it_said_then(client: Client, then: Then, address: str) -> None:
    asked = f"{address}{'&' if '?' in address else '?'}{THEN}"
    response = client.get(asked)
    assert words_of(response) == then.said[address]
    assert said(client, address) != then.said[address]
    whole = page(response)
    bar = re.search(r'<div class="scope".*?</div></div>', whole, re.S)
    assert bar
    assert "as known on 28 November 2022" in words(bar.group())
    if "/incidents/" not in address:  # a list has no source line; its scope bar says the day
        assert "release of 28 Nov 2022, as known on 28 November 2022; own calculation" in words(whole)
    assert ">Current figures</a>" in whole


@pytest.mark.parametrize("address", FILES)
def test_a_file_holds_what_it_held_then(client: Client, then: Then, address: str) -> None:
    assert text_of(client, f"{address}&{THEN}") == then.said[address]
    assert text_of(client, address) != then.said[address]


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return b"".join(response).decode()


def test_an_incident_has_the_people_of_that_day(client: Client, then: Then) -> None:
    address = "/incidents/MINUSMA-2021-05-05-malicious-act/"
    now, earlier = client.get(address), client.get(f"{address}?{THEN}")
    assert "Three people killed by a malicious act" in main_of(now)
    assert "Two people killed by a malicious act" in main_of(earlier)
    assert len(table(earlier, "People")) == 3
    assert "History of changes" not in main_of(earlier).replace("the history of changes", "")
    nobody = client.get(f"/incidents/MINUSMA-2023-02-02-malicious-act/?{THEN}")
    assert "Nobody was recorded in this incident as known on 28 November 2022." in main_of(nobody)


def test_links_of_the_page_keep_the_day(client: Client, then: Then) -> None:
    for address in ("/", "/missions/", "/missions/MINUSMA/", "/incidents/", "/open-cases/"):
        main = re.search(r"<main.*?</main>", page(client.get(f"{address}?{THEN}")), re.S)
        links = re.findall(r'href="(/(?:incidents|missions|trends|open-cases)/[^"#]*)', main.group())  # type: ignore[union-attr]
        own = [link for link in links if link not in {"/missions/", "/incidents/", "/open-cases/"}]
        assert own, address
        assert [link for link in own if "known_at=2022-11-28" not in link] == []


def test_going_to_another_mission_or_contributor_keeps_the_day(client: Client, then: Then) -> None:
    for address in ("/missions/MINUSMA/", "/contributors/", "/contributors/TCD/"):
        form = re.search(r'<form class="jump.*?</form>', page(client.get(f"{address}?{THEN}")), re.S)
        assert form, address
        assert '<input type="hidden" name="known_at" value="2022-11-28">' in form.group(), address


def test_the_choice_keeps_the_rest_of_the_address(client: Client, then: Then) -> None:
    response = client.get("/missions/MINUSMA/?cause=illness&known_at=2023-01-15")
    bar = re.search(r'<div class="scope".*?</form>', page(response), re.S)
    assert bar
    assert '<input type="hidden" name="cause" value="illness">' in bar.group()
    assert re.findall(r'<option value="([^"]*)"( selected)?', bar.group()) == [
        ("", ""),
        ("2023-01-15", " selected"),
        ("2022-11-28", ""),
    ]
    assert 'href="/missions/MINUSMA/?cause=illness">Current figures' in bar.group()


def test_with_one_release_there_is_no_choice(then: Then) -> None:
    assert 'name="known_at"' not in then.overview


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?known_at=2022-11-27", "known_at=2022-11-27 lies before 2022-11-28, the first release"),
        ("/trends/?known_at=2999-01-01", "known_at=2999-01-01 lies after 2023-11-28, the newest release"),
        ("/missions/?known_at=yesterday", "known_at=yesterday is not a day written as YYYY-MM-DD"),
        (f"/statements/?{THEN}", "known_at=2022-11-28 is not a filter of the register of published figures"),
        (f"/revisions/?{THEN}", "known_at=2022-11-28 cannot stand together with since and until"),
        (f"/method/?{THEN}", "known_at=2022-11-28 is not a filter of this page"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(client: Client, then: Then, address: str, said: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert said in main_of(response)
