"""Comparing: what may stand side by side, and that every figure is that of the item alone."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from missions.models import Mission, Strength
from tests.casualties.views.reading import main_of, page, row, table, words
from tests.factories import make_annual_count, make_casualty, make_country, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db


# These come before the records of the module are made, which stay to its end.


def test_annual_counts() -> None:
    make_release(kind="bundle")
    make_annual_count(persons=4, nationality=make_country())
    make_annual_count(persons=2, mission=make_mission(acronym="UNIFIL"))
    response = Client().get("/compare/?item=MINUSMA&item=UNIFIL")
    assert row(table(response, "Deaths by cause"), "All")[1::2] == ["4p", "2p"]
    assert row(table(response, "Deaths by cause"), "Incidents")[1::2] == ["–", "–"]


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mission]:
    """25 dead in MINUSMA, 20 of them by malicious acts and in 2015, and two in UNIFIL."""
    with kept(django_db_blocker):
        yield make_two()


client = remembering_client("two")


def make_two() -> Mission:
    make_release()
    chad = make_country()
    minusma = make_mission(ended_on=date(2023, 12, 31))
    unifil = make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    for _ in range(20):
        make_casualty(mission=minusma, nationality=chad, occurred_on=date(2015, 3, 1))
    for _ in range(5):
        make_casualty(mission=minusma, nationality=chad, occurred_on=date(2016, 3, 1), cause="illness")
    make_casualty(mission=unifil, nationality=make_country(iso3="EGY"), occurred_on=date(2015, 5, 1), cause="illness")
    make_casualty(mission=unifil, nationality=chad, occurred_on=date(2023, 5, 1), cause="illness")
    Strength.objects.create(
        mission=minusma,
        year=2015,
        category=Strength.Category.TROOPS,
        person_years=10_000,
        months=list(range(1, 13)),
        months_filled=0,
        source="test",
    )
    return minusma


def test_it_works(client: Client, two: Mission) -> None:
    response = client.get("/compare/?by=mission&item=MINUSMA&item=UNIFIL")
    assert response.status_code == 200
    shown = main_of(response)
    assert "Two missions side by side: MINUSMA (2013–23) and UNIFIL (1978–2023)." in shown
    counts = table(response, "Deaths by cause")
    assert counts[0] == ["Cause", "MINUSMA", "%", "UNIFIL", "%"]
    assert row(counts, "Malicious act") == ["Malicious act", "20p", "80", "0p", "–"]
    assert row(counts, "All") == ["All", "25p", "100", "2p", "–"]
    assert row(counts, "Incidents")[1::2] == ["6p", "2p"]
    assert "No share is given for fewer than 20 people: UNIFIL." in shown
    assert "Deaths: most in MINUSMA, with 25; fewest in UNIFIL, with 2" in shown


def test_every_figure_leads_to_its_people(client: Client, two: Mission) -> None:
    shown = page(client.get("/compare/?item=MINUSMA&item=UNIFIL&from=2015&to=2016"))
    address = "/incidents/?mission=MINUSMA&amp;cause=illness&amp;from=2015&amp;to=2016"
    assert f'href="{address}"' in shown
    assert "5 people" in main_of(client.get(address.replace("&amp;", "&")))


def test_rates_are_exact_and_say_what_they_cover(client: Client, two: Mission) -> None:
    """20 of 10,000 person-years: 2.00, Garwood's interval 12.217 to 30.889 per 10,000."""
    response = client.get("/compare/?item=MINUSMA&item=UNIFIL")
    (rates,) = [rows for rows in _tables(response) if rows[0][0] == "Compared" and "Rate per 1,000" in rows[0]]
    assert row(rates, "MINUSMA")[1:8] == ["20", "5", "10,000", "2015", "12", "2.00", "1.22 to 3.09"]
    assert row(rates, "UNIFIL")[-3] == "no rate"
    assert "UNIFIL: no rate: no uniformed person-years are recorded for these years." in main_of(response)


def test_periods(client: Client, two: Mission) -> None:
    response = client.get("/compare/?by=period&item=2015&item=2016-2020&item=2019-23")
    counts = table(response, "Deaths by cause")
    assert counts[0][1::2] == ["2015", "2016–20", "2019–23"]
    assert row(counts, "All")[1::2] == ["21", "5", "1p"]
    assert 'href="/incidents/?from=2016&amp;to=2020"' in page(response)
    assert "a period is compared as it stands, and has no windows of its own" in main_of(response)


def test_contributors_have_no_rate(client: Client, two: Mission) -> None:
    response = client.get("/compare/?by=contributor&item=TCD&item=EGY&cause=illness")
    assert row(table(response, "Deaths by cause"), "Deaths")[1::2] == ["6p", "1p"]
    assert "strengths are recorded by mission, not for this group of people" in main_of(response)


def test_the_form_alone_before_two_are_chosen(client: Client, two: Mission) -> None:
    empty = client.get("/compare/")
    assert empty.status_code == 200
    assert "Deaths by cause" not in main_of(empty)
    one = client.get("/compare/?item=MINUSMA&item=&item=")
    assert "One is chosen: choose at least one more to compare it with." in main_of(one)
    assert '<option value="MINUSMA" selected>' in page(one)


def test_a_filter_that_the_items_say_is_refused_with_what_to_write_instead(client: Client, two: Mission) -> None:
    said = main_of(client.get("/compare/?item=MINUSMA&item=UNIFIL&mission=UNIFIL"))
    assert (
        "mission=UNIFIL is not a filter of a comparison by mission: what is compared is given as item, for example "
        "item=MINUSMA&item=UNAMID."
    ) in said


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("by=region&item=x", "by"),
        ("by=mission&by=period", "by"),
        ("item=MINUSMA&item=NOWHERE", "item"),
        ("by=contributor&item=TCD&item=Chad", "item"),
        ("by=period&item=2015&item=2016-2012", "item"),
        ("by=period&item=2015&item=2030", "item"),
        ("by=period&item=15&item=2016", "item"),
        ("by=period&item=2015-15&item=2015", "item"),
        ("by=period&item=2015&item=2016&from=2012", "from"),
        ("item=MINUSMA&item=UNIFIL&mission=UNIFIL", "mission"),
        ("item=MINUSMA&item=UNIFIL&outcome=all", "outcome"),
        ("item=MINUSMA&item=UNIFIL&kind=spm", "item"),
        ("item=a&item=b&item=c&item=d&item=e&item=f&item=g", "item"),
        ("item=MINUSMA&item=UNIFIL&what=1", "what"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(client: Client, two: Mission, query: str, name: str) -> None:
    response = client.get(f"/compare/?{query}")
    assert response.status_code == 400
    assert name in main_of(response)
    assert "Counts and shares" not in page(response)
    refused = client.get(f"/compare.csv?{query}")
    assert refused.status_code == 400
    assert name in refused.content.decode()


def test_the_file_says_the_same(client: Client, two: Mission) -> None:
    response = client.get("/compare.csv?item=MINUSMA&item=UNIFIL&cause=malicious-act&header=1")
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    rows = [line.split(",") for line in lines if not line.startswith("#")]
    cells = [dict(zip(rows[0], cells, strict=True)) for cells in rows[1:]]
    assert [(one["item"], one["cause"], one["persons"], one["mark"]) for one in cells] == [
        ("MINUSMA", "all", "20", "p"),
        ("MINUSMA", "malicious-act", "20", "p"),
        ("UNIFIL", "all", "0", "p"),
        ("UNIFIL", "malicious-act", "0", "p"),
    ]
    assert cells[0]["rate"].startswith("2.0")
    assert client.get("/compare.csv?item=MINUSMA").status_code == 400
    assert client.get("/compare.csv?item=MINUSMA&item=UNIFIL&header=2").status_code == 400


def rows_of(client: Client, query: str) -> list[dict[str, str]]:
    response = client.get(f"/compare.csv?item=MINUSMA&item=UNIFIL&{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_each_chart_has_the_file_of_its_own_table(client: Client, two: Mission) -> None:
    shown = page(client.get("/compare/?item=MINUSMA&item=UNIFIL"))
    for view in ("years", "windows", "rates", "shares"):
        assert f"/compare.csv?view={view}&amp;by=mission&amp;item=MINUSMA&amp;item=UNIFIL" in shown
    years = {
        (one["item"], one["year"], one["cause"]): (one["persons"], one["mark"]) for one in rows_of(client, "view=years")
    }
    assert years["MINUSMA", "2015", "malicious-act"] == years["MINUSMA", "2015", "all"] == ("20", "")
    assert years["MINUSMA", "2014", "all"] == ("0", "")
    assert years["UNIFIL", "2023", "illness"] == ("1", "p")
    assert ("MINUSMA", "2012", "all") not in years
    windows = {(one["item"], one["first_year"]): one for one in rows_of(client, "view=windows")}
    assert (windows["MINUSMA", "2013"]["persons"], windows["MINUSMA", "2013"]["rank"]) == ("25", "1")
    assert windows["UNIFIL", "2019"]["mark"] == "p"
    assert [(one["item"], one["rate_persons"], one["no_rate"]) for one in rows_of(client, "view=rates")] == [
        ("MINUSMA", "20", ""),
        ("UNIFIL", "", "no-person-years"),
    ]
    shares = {(one["item"], one["cause"]): (one["persons"], one["share"]) for one in rows_of(client, "view=shares")}
    assert shares["MINUSMA", "malicious-act"] == ("20", "0.8")
    assert shares["UNIFIL", "illness"] == ("2", "")


def test_the_file_of_a_chart_is_asked_for_by_its_name(client: Client, two: Mission) -> None:
    items = "item=MINUSMA&item=UNIFIL"
    for query, said in (
        (f"{items}&view=map", "view=map is not one of the allowed values.\n  allowed: counts, years, windows"),
        (f"{items}&view=years&view=rates", "view=years, rates may be given once only"),
        ("by=period&item=2015&item=2016&view=windows", "view=windows is not of periods"),
    ):
        refused = client.get(f"/compare.csv?{query}")
        assert (refused.status_code, said in refused.content.decode()) == (400, True)
    head = client.get(f"/compare.csv?{items}&view=windows&from=2015&to=2016&header=1").getvalue().decode()
    assert "# compared: MINUSMA; UNIFIL\r\n" in head
    assert "2015" not in head.split("# known at")[0]


def _tables(response: object) -> list[list[list[str]]]:
    """Every table of the page."""
    found = []
    for markup in re.findall(r"<table.*?</table>", page(response), flags=re.S):
        rows = re.findall(r"<tr\b.*?</tr>", markup, flags=re.S)
        found.append([[words(cell) for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", one, flags=re.S)] for one in rows])
    return found
