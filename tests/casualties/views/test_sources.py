"""Whose data figures are: the release of the UN, records of our own, or both, and never a release that nobody made."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from casualties.filters import load_basis
from missions.models import ImportBatch
from tests.casualties.views.reading import main_of
from tests.factories import make_casualty, make_release, make_signed_report

pytestmark = pytest.mark.django_db
HUB = "Source: United Nations Peace & Security Data Hub, release of 28 Nov 2023"
QUOTED = "Source: United Nations Peace & Security Data Hub, DPPADPOSS-FATALITIES, release of 28 November 2023"
PAGES = ("/", "/missions/MINUSMA/", "/trends/", "/open-cases/", "/statements/", "/reports/")


@pytest.fixture(autouse=True)
def somebody(settings: Any) -> None:
    settings.PUBLIC_READING = True
    make_casualty()


def of_the_un() -> None:
    make_release()


def of_our_own(day: date = date(2023, 11, 29)) -> None:
    make_release(released_on=day, kind=ImportBatch.Kind.OWN)


def lines(client: Client, address: str) -> str:
    answer = client.get(address)
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def test_a_release_of_the_un_alone(client: Client) -> None:
    of_the_un()
    assert f"{HUB}; own calculation." in main_of(client.get("/open-cases/"))


@pytest.mark.parametrize("address", PAGES)
def test_records_of_our_own_are_named_beside_it(client: Client, address: str) -> None:
    of_the_un()
    of_our_own()
    shown = main_of(client.get(address))
    assert f"{HUB}, and own records of 29 Nov 2023; own calculation." in shown
    assert "release of 29 Nov" not in shown


def test_as_known_before_them_they_are_not_named(client: Client) -> None:
    of_the_un()
    of_our_own()
    assert f"{HUB}, as known on 28 November 2023; own calculation." in main_of(
        client.get("/open-cases/?known_at=2023-11-28")
    )
    now = main_of(client.get("/open-cases/?known_at=2023-11-29"))
    assert f"{HUB}, and own records of 29 Nov 2023, as known on 29 November 2023; own calculation." in now


def test_of_records_of_our_own_alone_nothing_is_the_uns(client: Client) -> None:
    of_our_own()
    shown = main_of(client.get("/open-cases/"))
    assert "Source: own records of 29 Nov 2023; own calculation." in shown
    assert "Data Hub" not in shown
    assert "# source: own records of 2023-11-29\n" in lines(client, "/casualties.csv?header=1").replace("\r", "")


def test_files_and_quoted_figures_say_the_same(client: Client) -> None:
    of_our_own(date(2023, 11, 20))
    of_the_un()
    source = "United Nations Peace & Security Data Hub, DPPADPOSS-FATALITIES, release of 2023-11-28"
    for address in ("/casualties.csv?header=1", "/figures.csv?by=year&header=1"):
        written = lines(client, address).replace("\r", "")
        assert f"# source: {source} and own records of 2023-11-20\n" in written
    assert f"{QUOTED}; own records of 20 November 2023, as known at 28 November 2023." in unescape(
        lines(client, "/incidents/")
    )


def test_the_newest_of_each_kind_counts() -> None:
    of_the_un()
    make_release(released_on=date(2024, 6, 30))
    of_our_own()
    of_our_own(date(2024, 1, 31))
    found = load_basis()
    assert (found.sources.published_on, found.sources.own_on) == (date(2024, 6, 30), date(2024, 1, 31))
    then = found.at(date(2023, 12, 1)).sources
    assert (then.published_on, then.own_on) == (date(2023, 11, 28), date(2023, 11, 29))


def test_a_signed_report_keeps_whose_data_it_was_made_from(client: Client) -> None:
    of_the_un()
    of_our_own()
    signed = make_signed_report()
    of_our_own(date(2024, 2, 1))
    shown = main_of(client.get(f"/reports/signed/{signed.pk}/"))
    assert f"{HUB}, and own records of 29 Nov 2023; own calculation." in shown
