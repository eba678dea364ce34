"""The mark r: figures that are others than when their year, or window, was first published as closed."""

import re
from datetime import date

import pytest
from django.test import Client

from casualties.choices import CasualtyState
from casualties.filters import forget_basis
from casualties.models import Casualty
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_casualty, make_mission, make_release

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2022, 11, 28), date(2023, 11, 28)
YEARS = "/figures.csv?by=year"


@pytest.fixture
def first_release() -> Casualty:
    """Years 2016 to 2022 with one death each and a second one in 2018; the answer is withdrawn later."""
    make_release(released_on=FIRST)
    for year in range(2016, 2023):
        make_casualty(occurred_on=date(year, 5, 5), known_at=FIRST)
    return make_casualty(occurred_on=date(2018, 6, 6), known_at=FIRST)


@pytest.fixture
def two_releases(first_release: Casualty) -> None:
    """The second release withdraws one of 2018 and adds one of 2022 and one of 2023."""
    make_release(released_on=SECOND)
    Casualty.objects.filter(pk=first_release.pk).update(
        state=CasualtyState.WITHDRAWN, withdrawn_on=SECOND, known_at=SECOND
    )
    for year in (2022, 2023):
        make_casualty(occurred_on=date(year, 7, 7), known_at=SECOND)
    forget_basis()


def marks(client: Client, address: str, column: str) -> dict[str, str]:
    """The marks of a file by the words of a column; those without one are left out."""
    lines = b"".join(client.get(address)).decode().splitlines()
    head = lines[0].split(",")
    rows = [dict(zip(head, line.split(","), strict=True)) for line in lines[1:]]
    return {cells[column]: cells["mark"] for cells in rows if cells["mark"]}


@pytest.mark.usefixtures("first_release")
def test_with_one_release_nothing_is_revised(client: Client) -> None:
    assert marks(client, YEARS, "year") == {"2022": "p"}
    assert 'title="revised' not in page(client.get("/")).split("<footer")[0]


@pytest.mark.usefixtures("two_releases")
def test_years_of_a_file(client: Client) -> None:
    """2022 was open when it was first published, so what came to it then is no revision of a closed year."""
    assert marks(client, YEARS, "year") == {"2018": "r", "2023": "p"}
    assert marks(client, f"{YEARS}&known_at=2022-11-28", "year") == {"2022": "p"}
    assert marks(client, f"{YEARS}&cause=illness", "year") == {"2023": "p"}


@pytest.mark.usefixtures("two_releases")
def test_windows_of_a_file(client: Client) -> None:
    found = marks(client, "/trends.csv", "last_year")
    assert found == {"2020": "r", "2021": "r", "2023": "p"}


@pytest.mark.usefixtures("two_releases")
def test_tables_of_a_page_lead_to_what_changed(client: Client) -> None:
    response = client.get("/missions/MINUSMA/")
    (label,) = set(
        re.findall(r'aria-label="([^"]*, table)"[^>]*><table[^>]*>(?:(?!</table>).)*?>Year<', page(response))
    )
    years = table(response, label)
    assert row(years, "2018")[1] == "1 r"
    assert row(years, "2021")[1] == "1"
    assert row(table(response, "Five-year windows"), "2017–21")[1] == "5 r"
    link = re.search(r'<a class="why" href="(/revisions/\?[^"]*from=2018[^"]*to=2018[^"]*)"', page(response))
    assert link
    changed = client.get(link.group(1).replace("&amp;", "&"))
    assert changed.status_code == 200
    assert ["Withdrawn", "−1"] in table(changed, "From one count to the other")
    assert "first published as closed; the mark leads to what changed" in page(response)


@pytest.mark.usefixtures("two_releases")
def test_a_test_of_no_year_has_nothing_that_was_revised(client: Client) -> None:
    assert "r" not in marks(client, "/trend-tests.csv?personnel=other&from=2023", "subject").values()


@pytest.mark.usefixtures("two_releases")
def test_what_the_mark_of_a_year_and_of_a_window_means_is_said_of_each(client: Client) -> None:
    said = main_of(client.get("/missions/MINUSMA/"))
    assert "r in the table: another number than when that year, or the last of all these years, was first" in said
    assert "r in the table: another number than when the last year of the window was first published" in said


@pytest.mark.usefixtures("first_release")
def test_sums_and_headline_figures_of_closed_years_have_the_mark_of_their_rows(
    client: Client, first_release: Casualty
) -> None:
    """A mission that lay in closed years alone lost somebody: its total, its tile and its row say so."""
    onuc = make_mission(acronym="ONUC", status="ended", started_on=date(1960, 7, 15), ended_on=date(1964, 6, 30))
    for year in (1960, 1961, 1962, 1964):
        make_casualty(mission=onuc, occurred_on=date(year, 9, 9), cause="malicious-act", known_at=FIRST)
    lost = make_casualty(mission=onuc, occurred_on=date(1960, 9, 9), cause="malicious-act", known_at=FIRST)
    make_release(released_on=SECOND)
    Casualty.objects.filter(pk=lost.pk).update(state=CasualtyState.WITHDRAWN, withdrawn_on=SECOND, known_at=SECOND)
    forget_basis()
    response = client.get("/missions/ONUC/")
    label = re.search(r'aria-label="([^"]*, table)"[^>]*><table[^>]*>(?:(?!</table>).)*?>Year<', page(response))
    assert label
    years = table(response, label.group(1))
    assert row(years, "1960")[1] == "1 r"
    assert (years[-1][1], years[-1][-1]) == ("4 r", "4 r")
    shown = main_of(response)
    assert "Deaths, all causes, 1960–64 4r" in shown
    assert "Killed by malicious acts, 1960–64 4r" in shown
    assert shown.count("Killed by malicious acts, 1960–64") == 1  # the only window is all of its years
