"""Reports that are kept: by whom, for whom, with which settings; what is refused is named and changes nothing."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casualties.filters import forget_basis
from casualties.models import SavedReport
from missions.models import User
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import data_manager, make_casualty, make_release, make_user, reader
from tests.kept import standing

pytestmark = pytest.mark.django_db
ASKS = {"report": "build", "query": "columns=cause&rows=mission&from=2019"}


def make_world() -> None:
    make_release()
    make_casualty()


world = standing(make_world)


@pytest.fixture
def owner(world: None, client: Client) -> User:
    user = reader()
    client.force_login(user)
    return user


def kept(owner: User, **fields: Any) -> SavedReport:
    return SavedReport.objects.create(owner=owner, **{"name": "Mine", **ASKS, **fields})


def test_a_report_is_saved_listed_opened_and_deleted(client: Client, owner: User) -> None:
    response: Any = client.post("/reports/saved/", {"name": " By mission ", **ASKS})
    found = SavedReport.objects.get()
    assert (response.status_code, response.url) == (302, f"/reports/saved/{found.pk}/")
    assert (found.name, found.query, found.shared) == ("By mission", "rows=mission&columns=cause&from=2019", False)
    shown = client.get(response.url)
    assert row(table(shown, "Deaths by mission and cause"), "MINUSMA")[-1] == "1"
    assert "Saved as By mission." in main_of(shown)
    assert 'href="/reports/build/?rows=mission&amp;columns=cause&amp;from=2019"' in page(shown)
    listed = table(client.get("/reports/saved/"), "Saved reports")
    assert row(listed, "By mission")[1] == "Deaths by mission and cause"
    assert row(listed, "By mission")[3:] == ["you", "Never"]
    assert client.post(response.url, {"delete": "1"}).status_code == 302
    assert "Nothing is saved yet." in main_of(client.get("/reports/saved/"))


def test_a_classic_report_is_saved_as_well(client: Client, owner: User) -> None:
    response: Any = client.post("/reports/saved/", {"name": "x", "report": "by-year", "query": "to=2019&from=2018"})
    assert row(table(client.get(response.url), "Deaths by year"), "2019") == ["2019", "1"]
    client.post("/reports/saved/", {"name": "x", "report": "by-year", "query": ""})
    assert SavedReport.objects.get().query == ""  # the newest of a name stands


def test_others_open_what_is_shared_and_change_nothing(client: Client, owner: User) -> None:
    own, shared = kept(owner), kept(owner, name="Ours", shared=True)
    client.force_login(data_manager())
    with CaptureQueriesContext(connection) as asked:
        listed = table(client.get("/reports/saved/"), "Saved reports")
    assert len(asked) <= 15
    assert [cells[0] for cells in listed[1:]] == ["Ours"]
    assert row(listed, "Ours")[3] == "reader@example.org"
    shown = client.get(f"/reports/saved/{shared.pk}/")
    assert "Shared by reader@example.org." in main_of(shown)
    assert "<textarea" not in page(shown)
    assert client.get(f"/reports/saved/{own.pk}/").status_code == 404
    for number in (own.pk, shared.pk):
        for sent in ({"delete": "1"}, {"name": "Theirs"}):
            assert client.post(f"/reports/saved/{number}/", sent).status_code == 404
    assert sorted(SavedReport.objects.values_list("name", flat=True)) == ["Mine", "Ours"]


def test_whoever_opens_it_sees_his_own_records(client: Client, owner: User) -> None:
    make_casualty(released=False)
    found = kept(owner, shared=True)
    title = "Deaths by mission and cause"
    assert row(table(client.get(f"/reports/saved/{found.pk}/"), title), "MINUSMA")[-1] == "1"
    client.force_login(data_manager())
    assert row(table(client.get(f"/reports/saved/{found.pk}/"), title), "MINUSMA")[-1] == "2"


def test_sharing_and_a_schedule(client: Client, owner: User) -> None:
    found = kept(owner)
    make_user(email="other@example.org")
    sent = {
        "name": "Ours",
        "shared": "1",
        "schedule": "weekly",
        "recipients": "other@example.org\r\nREADER@example.org, other@example.org",
    }
    assert client.post(f"/reports/saved/{found.pk}/", sent).status_code == 302
    found.refresh_from_db()
    assert (found.name, found.shared, found.schedule) == ("Ours", True, "weekly")
    assert found.scheduled_at is not None
    assert sorted(found.recipients.values_list("email", flat=True)) == ["other@example.org", "reader@example.org"]
    shown = page(client.get(f"/reports/saved/{found.pk}/"))
    assert '<option value="weekly" selected>' in shown
    assert re.search(r"<textarea[^>]*>other@example.org\nreader@example.org</textarea>", shown)
    assert "The next period begins on" in shown


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "name is needed"),
        ({"name": "a\nb"}, "name holds a character that cannot be shown"),
        ({"name": "x" * 101}, "is longer than 100 characters"),
        ({"name": "Second"}, "name=Second is the name of another report of yours"),
        ({"schedule": "daily"}, "schedule=daily is not one of the allowed values. Allowed: weekly, monthly"),
        ({"schedule": "weekly"}, "recipients is needed"),
        ({"recipients": "nobody@example.org"}, "recipients=nobody@example.org is not the address of an account here"),
        ({"recipients": "other@example.org"}, "others may only when it is shared"),
        ({"recipients": "a\x00b"}, "recipients holds a character that cannot be shown"),
        ({"recipients": " ".join(f"a{n}@example.org" for n in range(51))}, "recipients has more than 50 values"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_changed(
    client: Client, owner: User, sent: dict[str, str], said: str
) -> None:
    found = kept(owner)
    SavedReport.objects.create(owner=owner, **{**ASKS, "name": "Second"})
    make_user(email="other@example.org")
    response = client.post(f"/reports/saved/{found.pk}/", {"name": "Mine", "schedule": "", "recipients": "", **sent})
    assert response.status_code == 400
    assert said in main_of(response)
    found.refresh_from_db()
    assert (found.name, found.schedule, found.recipients.count()) == ("Mine", "", 0)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "name is needed"),
        ({"name": ["x", "y"]}, "name=x, y may be given once only"),
        ({"report": "by-shoe-size"}, "report=by-shoe-size"),
        ({"query": "rows=shoe-size"}, "rows=shoe-size"),
        ({"query": ""}, "rows is needed"),
        ({"query": "rows=mission&mission=%00"}, "mission="),
        ({"query": "rows=mission&known_at=1900-01-01"}, "known_at=1900-01-01"),
    ],
)
def test_what_cannot_be_answered_is_not_saved(client: Client, owner: User, sent: dict[str, Any], said: str) -> None:
    response = client.post("/reports/saved/", {"name": "x", **ASKS, **sent})
    assert response.status_code == 400
    assert said in main_of(response)
    assert not SavedReport.objects.exists()


def test_one_that_cannot_be_answered_any_more_says_why(client: Client, owner: User) -> None:
    found = kept(owner, query="rows=mission&mission=UNKNOWN-MISSION")
    assert "Cannot be answered any more" in main_of(client.get("/reports/saved/"))
    shown = client.get(f"/reports/saved/{found.pk}/")
    assert shown.status_code == 200
    assert "mission=UNKNOWN-MISSION" in main_of(shown)
    assert "<table" not in page(shown)


def test_one_of_an_earlier_day_says_so(client: Client, owner: User) -> None:
    make_release(released_on=date(2022, 11, 28))
    forget_basis()
    found = kept(owner, query="rows=mission&known_at=2023-01-15")
    shown = page(client.get(f"/reports/saved/{found.pk}/"))
    assert "28 Nov 2022, as known on 15 January 2023</dd>" in shown
    assert "release of 28 Nov 2022, as known on 15 January 2023" in shown


def test_it_takes_no_filters(client: Client, owner: User) -> None:
    for address in ("/reports/saved/", f"/reports/saved/{kept(owner).pk}/"):
        for query, named in (("mission=MINUSMA", "mission=MINUSMA"), ("misspelt=1", "misspelt")):
            response = client.get(f"{address}?{query}")
            assert response.status_code == 400
            assert named in main_of(response)


def test_the_anonymous_save_nothing(client: Client, world: None, settings: Any) -> None:
    settings.PUBLIC_READING = True
    assert client.get("/reports/saved/").status_code == 302
    assert client.post("/reports/saved/", {"name": "x", **ASKS}).url.startswith("/accounts/login/")  # type: ignore[attr-defined]
    assert not SavedReport.objects.exists()


def test_numbers_that_no_report_has(client: Client, owner: User) -> None:
    assert client.get(f"/reports/saved/{'9' * 40}/").status_code == 404


def test_own_reports_come_first_and_a_long_list_says_that_it_is_cut(
    client: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = data_manager()
    for name in ("A", "B", "C"):
        kept(other, name=name, shared=True)
    kept(owner, name="Mine")
    shown = client.get("/reports/saved/")
    assert [cells[0] for cells in table(shown, "Saved reports")[1:]] == ["Mine", "A", "B", "C"]
    assert "More reports are shared" not in main_of(shown)
    monkeypatch.setattr("casualties.views.reports.saved.MOST_LISTED", 3)
    cut = client.get("/reports/saved/")
    assert [cells[0] for cells in table(cut, "Saved reports")[1:]] == ["Mine", "A", "B"]
    assert "More reports are shared than are listed here." in main_of(cut)
