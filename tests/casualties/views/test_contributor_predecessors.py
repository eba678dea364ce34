"""A contributor with its dissolved predecessors: a choice in the address, one selection of all, and a warning."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.casualties.views.following import behind, numbers_of
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_casualty, make_country, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db
TOGETHER = "/contributors/SRB/?with=predecessors"


@pytest.fixture(scope="module")
def serbia(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two dead of Serbia, three of the states before it, one of Montenegro, one of Germany; nobody of the GDR."""
    with kept(django_db_blocker):
        make_serbia()
        yield


client = remembering_client("serbia")


def make_serbia() -> None:
    make_release()
    make_country()
    serbia, montenegro = make_country(iso3="SRB", name="Serbia"), make_country(iso3="MNE", name="Montenegro")
    both = _dissolved("SCG", "Serbia and Montenegro", date(2006, 6, 5), "SRB", "MNE")
    yugoslavia = _dissolved("YUG", "Yugoslavia", date(2003, 2, 4), "SRB", "MNE", "SVN")
    _dissolved("DDR", "German Democratic Republic", date(1990, 10, 3), "DEU")
    make_country(iso3="SVN", name="Slovenia")
    unmik = make_mission(acronym="UNMIK", started_on=date(1999, 6, 10))
    make_casualty(mission=unmik, nationality=serbia)
    make_casualty(mission=unmik, nationality=serbia, occurred_on=date(2010, 2, 1), cause="illness")
    make_casualty(mission=unmik, nationality=both, occurred_on=date(2004, 3, 1), cause="accident")
    make_casualty(mission=unmik, nationality=both, occurred_on=date(2005, 3, 1), cause="illness")
    make_casualty(mission=unmik, nationality=yugoslavia, occurred_on=date(2001, 3, 1))
    make_casualty(mission=unmik, nationality=montenegro, occurred_on=date(2011, 3, 1))
    make_casualty(mission=unmik, nationality=make_country(iso3="DEU", name="Germany"), occurred_on=date(2011, 3, 2))


def _dissolved(iso3: str, name: str, ended_on: date, *successors: str) -> Any:
    return make_country(iso3=iso3, name=name, status="dissolved", ended_on=ended_on, successors=[*successors])


def test_as_recorded_is_what_an_address_without_the_choice_means(client: Client, serbia: None) -> None:
    response = client.get("/contributors/SRB/?cause=illness")
    assert row(table(response, "By mission"), "All")[1] == "1"
    assert 'href="/contributors/SRB/?with=predecessors&amp;cause=illness"' in page(response)
    for address in ("/contributors/SCG/", "/contributors/SVN/?with=", "/contributors/TCD/"):
        assert ("With dissolved predecessors" in page(client.get(address))) == ("SVN" in address), address


def test_a_blank_beside_the_choice_does_not_undo_it(client: Client, serbia: None) -> None:
    for address in (f"{TOGETHER}&with=", TOGETHER.replace("with=", "with=&with=")):
        assert main_of(client.get(address)) == main_of(client.get(TOGETHER)), address


def test_everybody_of_all_states_is_one_selection(client: Client, serbia: None) -> None:
    response = client.get(TOGETHER)
    shown = main_of(response)
    assert (
        "5 people with the nationality Serbia, Serbia and Montenegro or Yugoslavia have died serving in UN peace "
        "operations, in incidents from 2001 to 2019, 2 of them by malicious acts."
    ) in shown
    assert (
        "In these figures, recorded under a state that was dissolved: Serbia and Montenegro ( 2), Yugoslavia ( 1)."
        in shown
    )
    assert "nationality: Serbia, Serbia and Montenegro or Yugoslavia" in shown
    assert row(table(response, "By mission"), "UNMIK")[1] == row(table(response, "By mission"), "All")[1] == "5"
    assert 'href="/missions/UNMIK/?nationality=SRB&amp;nationality=SCG&amp;nationality=YUG"' in page(response)
    numbers = numbers_of(response)
    assert len(numbers) > 20
    assert [(url, n) for url, n in numbers if behind(client, url) != n] == []


def test_what_such_figures_must_not_be_taken_for(client: Client, serbia: None) -> None:
    shown = main_of(client.get(TOGETHER))
    assert (
        "People of the dissolved states are counted here in full, and in the same way for every other country that "
        "came after them (Montenegro and " in shown
    )
    assert "Do not add such figures up over countries" in shown
    assert "Do not add such figures" not in main_of(client.get("/contributors/SRB/"))
    alone = main_of(client.get("/contributors/DEU/?with=predecessors"))
    assert "People of the dissolved state are counted here in full. Do not add" in alone
    assert "German Democratic Republic (0)" in alone


def test_files_are_of_the_same_selection(client: Client, serbia: None) -> None:
    text = unescape(page(client.get(TOGETHER)))
    query = "nationality=SRB&nationality=SCG&nationality=YUG"
    for address in (
        f"/casualties.csv?header=1&{query}",
        f"/figures.csv?by=year%2Ccause&{query}",
        f"/trends.csv?by=cause&{query}",
    ):
        assert f'href="{address}"' in text
    file: Any = client.get(f"/trends.csv?cause=illness&{query}")
    windows = {one["last_year"]: one["persons"] for one in csv.DictReader(io.StringIO(file.getvalue().decode()))}
    shown = table(client.get(f"{TOGETHER}&cause=illness"), "Five-year windows")
    assert [
        (windows[f"20{end}"], row(shown, f"20{start}–{end}")[1]) for start, end in (("01", "05"), ("06", "10"))
    ] == [
        ("1", "1"),
        ("1", "1"),
    ]


def test_filters_keep_the_choice(client: Client, serbia: None) -> None:
    response = client.get(f"{TOGETHER}&cause=illness&from=2003&to=2012")
    assert "2 people who died of illness with the nationality Serbia, Serbia and" in main_of(response)
    assert '<input type="hidden" name="with" value="predecessors">' in page(response)
    for left in (
        "with=predecessors&amp;cause=illness",
        "with=predecessors&amp;from=2003&amp;to=2012",
        "with=predecessors",
    ):
        assert f'href="/contributors/SRB/?{left}"' in page(response)
    nobody = client.get(f"{TOGETHER}&cause=unknown")
    assert "This is a counted zero" in main_of(nobody)
    assert 'href="/contributors/SRB/?with=predecessors"' in page(nobody).partition('class="zero"')[2]


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/contributors/TCD/?with=predecessors", "with=predecessors"),
        ("/contributors/SCG/?with=predecessors", "with=predecessors"),
        ("/contributors/SRB/?with=family", "with=family"),
        ("/contributors/SRB/?with=predecessors&with=family", "with=predecessors, family"),
        (f"{TOGETHER}&nationality=MNE", "nationality=MNE"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(client: Client, serbia: None, address: str, named: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert named in main_of(response)
    assert "By mission" not in page(response)
