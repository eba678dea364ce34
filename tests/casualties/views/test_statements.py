"""The register of published figures: page, one statement, file; who may write, and what is refused."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from casualties.choices import Measure, Obstacle
from casualties.models import Statement
from casualties.statements import COLUMNS, check_statements
from tests.casualties.views.reading import main_of, page, table
from tests.factories import data_manager, make_casualty, make_release, make_statement, reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings: Any) -> None:
    settings.PUBLIC_READING = True
    make_release()
    make_casualty()


def test_it_works(client: Client) -> None:
    make_statement(key="differs", value=3)
    make_statement(key="holds", value=1, wording="One person was killed")
    make_statement(key="open", obstacle=Obstacle.MEANS, wording="By means of something")
    check_statements()
    response = client.get("/statements/")
    shown = main_of(response)
    assert "3 statements are in the register" in shown
    assert "✓ Holds 1" in shown
    assert "≠ Differs 1" in shown
    assert "Cannot be checked 1" in shown
    rows = table(response, "Register")
    assert [row[3:7] for row in rows[1:]] == [["3", "1", "−2", "≠ Differs"], ["1", "1", "0", "✓ Holds"]]
    assert table(response, "Not checkable")[1][4] == "The means of attack are not recorded in the release."
    assert 'href="/incidents/?cause=malicious-act"' in page(response)


def test_a_verdict_chooses_and_an_unknown_one_is_refused(client: Client) -> None:
    make_statement(value=3)
    make_statement(value=1)
    check_statements()
    assert len(table(client.get("/statements/?verdict=holds"), "Register")) == 2
    response = client.get("/statements/?verdict=true")
    assert response.status_code == 400
    assert "verdict=true" in main_of(response)
    assert client.get("/statements/?cause=malicious-act").status_code == 400
    assert client.get("/statements.csv?verdict=true").status_code == 400


def test_one_statement_shows_scopes_checks_and_history(client: Client) -> None:
    statement = make_statement(key="said", value=3)
    check_statements()
    response = client.get("/statements/said/")
    assert [row[:2] for row in table(response, "Under each named scope")[1:]] == [
        ["All peace operations, all personnel (read so)", "1"],
        ["Peacekeeping operations only, all personnel", "1"],
        ["All peace operations, uniformed personnel only", "1"],
        ["Peacekeeping operations only, uniformed personnel only", "1"],
    ]
    assert {row[2] for row in table(response, "Under each named scope")[1:]} == {"would not hold"}
    Statement.objects.filter(pk=statement.pk).update(value=1)
    assert "it is being checked again" in main_of(client.get("/statements/said/"))
    check_statements()
    response = client.get("/statements/said/")
    assert {row[2] for row in table(response, "Under each named scope")[1:]} == {"would hold"}
    rows = table(response, "Every check")
    assert [row[4] for row in rows[1:]] == ["✓ Holds", "≠ Differs"]
    assert client.get("/statements/nothing/").status_code == 404


def test_the_number_leads_to_as_many_people(client: Client) -> None:
    make_casualty()
    make_statement(value=5)
    check_statements()
    assert table(client.get("/statements/"), "Register")[1][4] == "2"
    assert "2 people killed by malicious acts" in main_of(client.get("/incidents/?cause=malicious-act"))


def test_a_contradicted_window_stands_at_the_top_with_a_wording_that_holds(client: Client) -> None:
    for year in (2008, 2008, 2008, 2017, 2017):
        make_casualty(occurred_on=date(year, 1, 20))
    said = {"selection": "cause=malicious-act&from=2013&to=2017", "measure": Measure.RANK_1_WINDOW}
    make_statement(value=9, **said)
    check_statements()
    shown = main_of(client.get("/statements/"))
    assert "The contradicted statement" in shown
    assert "One earlier window had more deaths by malicious acts than 2013–17" in shown
    assert (
        "There were 2 deaths by malicious acts in 2013–17, the most in any five-year window since 2008–12 (all peace "
        "operations, all personnel)."
    ) in shown


def test_the_file_is_the_register(client: Client) -> None:
    make_statement(key="said", value=3, note="=HYPERLINK()")
    check_statements()
    content = b"".join(client.get("/statements.csv").streaming_content).decode()  # type: ignore[attr-defined]
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["key"], row["said"], row["found"], row["difference"], row["verdict"]) == (
        "said",
        "3",
        "1",
        "-2",
        "differs",
    )
    assert row["note"] == "'=HYPERLINK()"
    assert tuple(row) == COLUMNS
    assert row["other_scopes"] == ""
    assert row["release"] == "2023-11-28"


def form(**given: Any) -> dict[str, Any]:
    return {
        "source": "Somebody", "address": "https://example.org/", "published": "2019-03", "wording": "One was killed",
        "selection": "cause=malicious-act", "measure": "count", "value": "1", "since": "", "obstacle": "", "note": "",
        "reason": "", **given,
    }  # fmt: skip


def test_a_data_manager_adds_and_edits(client: Client) -> None:
    manager = data_manager()
    client.force_login(manager)
    response = client.post("/statements/add", form())
    assert response.status_code == 302, main_of(response)
    statement = Statement.objects.get()
    assert (statement.key, statement.published_precision, statement.edited_by) == ("2019-somebody", "month", manager)
    assert statement.checks.get().verdict == "holds"
    client.post("/statements/add", form())
    assert Statement.objects.filter(key="2019-somebody-2").exists()
    address = "/statements/2019-somebody/edit"
    assert 'value="2019-03"' in page(client.get(address))
    assert client.post(address, form(value="4")).status_code == 400, "why it changes has to be said"
    assert client.post(address, form(value="4", reason="a slip")).status_code == 302
    assert list(statement.checks.values_list("verdict", flat=True)) == ["differs", "holds"]
    (newest, *_rest) = table(client.get("/statements/2019-somebody/"), "History of the entry")[1:]
    assert newest[1:] == [manager.email, "value: 1.00 4.00", "a slip"]
    client.logout()
    assert manager.email not in page(client.get("/statements/2019-somebody/"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"selection": "mision=MINUSMA"}, "mision is not a filter"),
        ({"selection": "cause=violence"}, "cause=violence is not one of the allowed values"),
        ({"published": "2019-13"}, "2019-13 is not a day, a month or a year"),
        ({"measure": "highest-since"}, "the year is missing"),
        ({"value": ""}, "says a number"),
        ({"source": ""}, "This field is required."),
        ({"value": ["1", "4"]}, "value=1, 4 may be given once only"),
    ],
)
def test_a_statement_that_cannot_be_checked_as_said_is_refused_by_name(
    client: Client, given: dict[str, Any], said: str
) -> None:
    client.force_login(data_manager())
    response = client.post("/statements/add", form(**given))
    assert response.status_code == 400
    assert said in main_of(response)
    assert Statement.objects.count() == 0


def test_readers_read(client: Client) -> None:
    make_statement(key="said")
    client.force_login(reader())
    assert client.get("/statements/said/").status_code == 200
    assert "Edit" not in main_of(client.get("/statements/said/"))
    for address in ("/statements/add", "/statements/said/edit"):
        assert client.get(address).status_code == 403
        assert client.post(address, form()).status_code == 403


def test_a_number_of_the_open_year_is_marked_with_its_day(client: Client) -> None:
    make_casualty(occurred_on=date(2023, 11, 21))
    make_statement(key="this-year", selection="from=2023&to=2023", value=1)
    make_statement(key="reached", selection="from=2023&to=2023", value=1, measure=Measure.AT_LEAST)
    check_statements()
    response = client.get("/statements/")
    assert table(response, "Not checkable")[1][3] == "1 (p, to 21 November 2023)"
    assert table(response, "Register")[1][4:7] == ["1 (p, to 21 November 2023)", "–", "✓ Holds"]
    one = client.get("/statements/this-year/")
    assert "1 (p, to 21 November 2023)" in main_of(one)
    assert {row[2] for row in table(one, "Under each named scope")[1:]} == {"not settled yet"}
    lines = b"".join(client.get("/statements.csv").streaming_content).decode()  # type: ignore[attr-defined]
    (line,) = [line for line in csv.DictReader(io.StringIO(lines)) if line["key"] == "this-year"]
    assert (line["verdict"], line["found"], line["found_until"], line["difference"]) == (
        "not-checked", "1", "2023-11-21", "",
    )  # fmt: skip
