"""The page where a report is put together: its form, its table and files, what is refused, what stands beside it."""

import csv
import html
import io
import re
from typing import Any

import pytest
from django.test import Client

from tests.casualties.views.following import behind
from tests.casualties.views.reading import main_of, page, row, table
from tests.casualties.views.test_revisions import numbers_with_links
from tests.factories import data_manager, make_annual_count, make_casualty, make_country, make_release, reader
from tests.kept import standing

pytestmark = pytest.mark.django_db
TITLE = "Deaths by nationality and cause"
QUERY = "rows=nationality&rows=cause&from=2019&to=2023"


@pytest.fixture(autouse=True)
def anybody_may_read(settings: Any) -> None:
    settings.PUBLIC_READING = True


def make_world() -> None:
    make_release()
    chad = make_country()
    make_casualty(nationality=chad)
    make_casualty(nationality=chad)
    make_casualty(nationality=chad, cause="illness")
    make_casualty(nationality=make_country(iso3="NER", name="Niger"), cause="illness")


world = standing(make_world)


def test_what_the_data_cannot_tell(client: Client) -> None:
    assert "load" in main_of(client.get("/reports/build/?rows=mission")).lower()
    make_release(kind="bundle")
    make_annual_count(persons=7)
    shown = main_of(client.get("/reports/build/?rows=mission&measure=incidents"))
    assert "Not available: annual counts only." in shown
    assert client.get("/reports/build.csv?rows=mission&measure=incidents").status_code == 409


@pytest.mark.usefixtures("world")
def test_without_rows_there_is_the_form_alone(client: Client) -> None:
    response = client.get("/reports/build/")
    assert response.status_code == 200
    assert "<table" not in page(response)
    chosen = re.findall(r'<select id="build-[^"]+" name="([^"]+)"', page(response))
    assert chosen == ["rows", "rows", "columns", "measure", "outcome"]
    for url in re.findall(r'<a href="(/reports/build/[^"]+)">', page(response)):
        assert client.get(html.unescape(url)).status_code == 200, url


@pytest.mark.usefixtures("world")
def test_the_address_is_the_whole_report(client: Client) -> None:
    response = client.get(f"/reports/build/?{QUERY}")
    rows = table(response, TITLE)
    assert rows == [
        ["Nationality", "Cause", "Deaths"],
        ["Chad", "Malicious act", "2"],
        ["Chad", "Illness", "1"],
        ["Chad", "All", "3"],
        ["Niger", "Illness", "1"],
        ["Niger", "All", "1"],
        ["All", "All", "4"],
    ]
    assert "Checked: the cells add up to 4" in main_of(response)
    assert re.findall(r'<option value="(\w+)" selected>', page(response))[:2] == ["nationality", "cause"]
    assert f'data-full="http://testserver/reports/build/?{html.escape(QUERY)}"' in page(response)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("query", [QUERY, "rows=mission&columns=nationality", "rows=mission&measure=incidents"])
def test_every_number_leads_to_its_people(client: Client, query: str) -> None:
    found = list(numbers_with_links(client.get(f"/reports/build/?{query}")))
    assert found
    if "incidents" not in query:
        for number, url in found:
            assert behind(client, url) == number, url


@pytest.mark.usefixtures("world")
def test_incidents_are_named_as_what_is_counted(client: Client) -> None:
    response = client.get("/reports/build/?rows=mission&columns=cause&measure=incidents")
    rows = table(response, "Incidents with deaths by mission and cause")
    assert row(rows, "MINUSMA")[-1] == "3"
    assert "incidents with deaths, each once" in page(response)
    assert "the incidents counted again from the records are 3" in main_of(response)


@pytest.mark.usefixtures("world")
def test_the_files_are_the_table(client: Client) -> None:
    shown = page(client.get(f"/reports/build/?{QUERY}&suppress=3"))
    url = html.unescape(re.findall(r'href="(/reports/build\.csv[^"]+)"', shown)[0])
    assert url == f"/reports/build.csv?{QUERY}&suppress=3&header=1"
    response = client.get(url)
    assert (
        "report-nationality-cause_suppressed-below-3_2023-11-28_from-2019_to-2023.csv"
        in response["Content-Disposition"]
    )
    text = b"".join(response).decode()
    assert "# report: Deaths by nationality and cause" in text
    lines = list(csv.reader(line for line in io.StringIO(text) if not line.startswith("#")))
    assert lines[0] == ["nationality", "cause", "level", "persons", "release", "mark"]
    assert lines[1][:4] == ["TCD", "malicious-act", "part", "suppressed"]
    assert client.get(url.replace(".csv", ".xlsx").replace("&header=1", "")).status_code == 200


@pytest.mark.usefixtures("world")
def test_chips_leave_the_rest_of_the_report(client: Client) -> None:
    shown = page(client.get("/reports/build/?rows=mission&rows=cause&columns=year&nationality=TCD&suppress=3"))
    assert 'href="/reports/build/?rows=mission&amp;rows=cause&amp;columns=year&amp;suppress=3"' in shown
    assert '<input type="hidden" name="suppress" value="3">' in shown


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("rows=nationality&measure=incidents", "rows=nationality differs among the people of one incident"),
        ("rows=shoe-size", "rows=shoe-size is nothing that a report counts by"),
        ("columns=year", "rows is needed, to say what the lines are"),
        ("rows=mission&rows=cause&rows=year", "rows=mission, cause, year has more than 2 values"),
        ("rows=mission&cause=hostile", "cause=hostile"),
        ("cause=hostile", "cause=hostile"),
        ("rows=missoin", "Did you mean mission?"),
    ],
)
def test_what_is_refused_is_named_in_place(client: Client, query: str, said: str) -> None:
    response = client.get(f"/reports/build/?{query}")
    assert response.status_code == 400
    assert said in main_of(response)
    assert "<table" not in page(response)
    assert 'id="build-rows-1"' in page(response)  # the form is there to choose again
    assert client.get(f"/reports/build.csv?{query}").status_code == 400


@pytest.mark.usefixtures("world")
def test_in_place_the_table_comes_alone_with_the_scope_and_the_address(client: Client) -> None:
    sent = "rows=mission&rows=&columns=&measure=persons&outcome=&nationality=TCD&cause=&from=&to="
    response = client.get(f"/reports/build/?{sent}", headers={"HX-Request": "true"})
    text = page(response)
    assert '<form class="filters' not in text
    assert '<div id="scope-bar" hx-swap-oob="true">' in text
    assert row(table(response, "Deaths by mission"), "MINUSMA") == ["MINUSMA", "3"]
    assert response["HX-Push-Url"] == "/reports/build/?rows=mission&nationality=TCD"
    refused = client.get("/reports/build/?rows=shoe-size", headers={"HX-Request": "true"})
    assert refused.status_code == 400
    assert "rows=shoe-size" in page(refused)
    assert "HX-Push-Url" not in refused


@pytest.mark.usefixtures("world")
def test_a_file_needs_rows(client: Client) -> None:
    response = client.get("/reports/build.csv")
    assert response.status_code == 400
    assert response.content.decode().startswith("rows is needed")


@pytest.mark.usefixtures("world")
def test_saving_is_for_those_signed_in_and_signing_for_few(client: Client) -> None:
    addresses = ("/reports/build/?rows=mission", "/reports/by-mission/")
    for address in addresses:
        assert "Save this report" not in page(client.get(address))
    client.force_login(reader())
    for address in addresses:
        assert "Save this report" in page(client.get(address))
        assert "Sign this report" not in page(client.get(address))
    client.force_login(data_manager())
    assert 'href="/reports/build/sign?rows=mission"' in page(client.get(addresses[0]))
    assert 'href="/reports/by-mission/sign"' in page(client.get(addresses[1]))


@pytest.mark.usefixtures("world")
def test_in_french(client: Client) -> None:
    client.cookies["language"] = "fr"
    response = client.get(f"/reports/build/?{QUERY}")
    assert response.status_code == 200
    assert "Maladie" in main_of(response)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("rows=mission&suppress=5&suppress=10", "suppress=5, 10 may be given once only"),
        ("rows=mission&columns=year&columns=cause", "columns=year, cause may be given once only"),
        ("rows=mission&measure=persons&measure=incidents", "measure=persons, incidents may be given once only"),
        ("rows=mission&outcome=all", "outcome=all cannot be in one table"),
    ],
)
def test_what_is_wrong_is_said_once(client: Client, query: str, problem: str) -> None:
    for address in ("/reports/build/", "/reports/build.csv"):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400
        text = response.content.decode() if address.endswith("csv") else main_of(response)
        assert problem in text
        assert text.count(f"{problem.partition('=')[0]}=") == 1, text
