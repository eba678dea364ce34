"""People of whom only the month or the year is recorded: every number of a page still equals what its link selects."""

from datetime import date

import pytest
from django.test import Client

from casualties.choices import Cause, DatePrecision
from casualties.counts import total
from casualties.filters import PUBLIC, select
from tests.casualties.views.following import numbers_of
from tests.factories import make_casualty, make_country, make_incident, make_mission, make_release

pytestmark = pytest.mark.django_db
PAGES = ("/", "/missions/MINUSMA/", "/contributors/TCD/", "/causes/malicious-act/", "/open-cases/")


@pytest.fixture
def rough_dates() -> None:
    """In each of six years somebody of each precision and cause; of the open year all before its last day known."""
    make_release()
    mission, chad = make_mission(), make_country()
    for year in range(2018, 2024):
        for number, (precision, day) in enumerate(
            (
                (DatePrecision.DAY, date(year, 5, 2)),
                (DatePrecision.DAY, date(year, 9, 2)),
                (DatePrecision.MONTH, date(year, 5, 1)),
                (DatePrecision.MONTH, date(year, 9, 1)),
                (DatePrecision.YEAR, date(year, 1, 1)),
            )
        ):
            cause = (Cause.MALICIOUS_ACT, Cause.TO_BE_DETERMINED)[number % 2]
            incident = make_incident(mission=mission, cause=cause, occurred_on=day, occurred_precision=precision)
            make_casualty(incident=incident, nationality=chad)


@pytest.mark.usefixtures("rough_dates")
def test_every_number_equals_what_its_link_selects(client: Client) -> None:
    followed = {}
    for address in PAGES:
        for url, number in numbers_of(client.get(address)):
            path, _, query = url.partition("?")
            if path == "/incidents/":
                followed[address, url] = (number, total(select(query, PUBLIC, own=("view",))))
    assert len([url for _, url in followed if "date_to" in url]) > 10
    assert {place: numbers for place, numbers in followed.items() if len(set(numbers)) > 1} == {}
