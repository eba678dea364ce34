"""Signing on the pages: what is shown before, what is kept, who may see and download it, what it says later."""

import base64
import hashlib
import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casualties.filters import PUBLIC, forget_basis, load_basis
from casualties.models import Casualty, SignedReport
from casualties.reports import signing
from casualties.reports.asked import ask
from missions.models import User
from tests.casualties.views.following import behind
from tests.casualties.views.reading import main_of, page, row, table
from tests.casualties.views.test_revisions import numbers_with_links
from tests.factories import data_manager, make_casualty, make_release, reader
from tests.kept import standing

pytestmark = pytest.mark.django_db
QUERY = "rows=mission&columns=cause&from=2019"
SIGN = f"/reports/build/sign?{QUERY}"
TITLE = "Deaths by mission and cause"
STATEMENT = "Checked for the annual report.\nSeen by two people."


@pytest.fixture(autouse=True)
def anybody_may_read(settings: Any) -> None:
    settings.PUBLIC_READING = True


def make_records() -> None:
    """Two released deaths, and a confirmed one that is not released."""
    make_release()
    make_casualty()
    make_casualty(cause="illness")
    make_casualty(released=False)


records = standing(make_records)


@pytest.fixture
def signer(client: Client, records: None) -> User:
    """Somebody who may sign what is recorded."""
    user = data_manager()
    client.force_login(user)
    return user


def seal(response: Any) -> str:
    found = re.search(r'name="seal" value="([0-9a-f]{64})"', page(response))
    assert found
    return found.group(1)


def sign(client: Client, address: str = SIGN) -> SignedReport:
    sent = {"statement": STATEMENT.replace("\n", "\r\n"), "seal": seal(client.get(address))}
    response: Any = client.post(address, sent)
    assert response.status_code == 302, main_of(response)
    assert response.url == f"/reports/signed/{SignedReport.objects.first().pk}/"  # type: ignore[union-attr]
    return SignedReport.objects.first()  # type: ignore[return-value]


def signed_by(signer: User) -> SignedReport:
    """What sign() leaves, without its pages: for what comes after."""
    return signing.sign(signing.draft_of(ask("build", QUERY, PUBLIC, load_basis())), signer, STATEMENT)[0]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_what_is_signed_is_what_was_shown(client: Client, signer: User) -> None:
    shown = client.get(SIGN)
    assert row(table(shown, TITLE), "All")[-1] == "2"
    assert "Released records alone are counted." in main_of(shown)
    signed = sign(client)
    assert signed.statement == STATEMENT
    response = client.get(f"/reports/signed/{signed.pk}/")
    assert table(response, TITLE) == table(shown, TITLE)
    said = main_of(response)
    assert "Signed by data.manager@example.org on" in said
    assert "Today’s figures are the same, number for number." in said
    assert "Checked for the annual report. Seen by two people." in said
    assert signed.csv_sha256 in said
    assert "Signed: Deaths by mission and cause." in said
    assert row(table(client.get("/reports/signed/"), "Signed reports"), TITLE)[2] == "28 Nov 2023"


def test_files_come_back_byte_for_byte(client: Client, signer: User) -> None:
    signed = sign(client)
    before = {form: body(client.get(f"/reports/signed/{signed.pk}.{form}")) for form in ("csv", "xlsx")}
    asked_now = b"".join(client.get("/reports/build.csv?rows=mission&columns=cause&from=2019&header=1"))
    assert asked_now != before["csv"]  # the signer sees a confirmed record, which was not signed
    client.logout()
    assert b"".join(client.get("/reports/build.csv?rows=mission&columns=cause&from=2019&header=1")) == before["csv"]
    make_casualty(cause="accident")
    for form, then in before.items():
        response = client.get(f"/reports/signed/{signed.pk}.{form}")
        assert body(response) == then
        digest = hashlib.sha256(then).digest()
        assert digest.hex() == getattr(signed, f"{form}_sha256")
        assert response["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"
        assert getattr(signed, f"{form}_name") in response["Content-Disposition"]
        tag = response["ETag"]
        assert client.get(f"/reports/signed/{signed.pk}.{form}", headers={"If-None-Match": tag}).status_code == 304
    assert before["csv"].startswith(b"# source: United Nations")


def test_other_numbers_of_today_stand_beside_the_signed_ones(client: Client, signer: User) -> None:
    signed = signed_by(signer)
    client.logout()
    Casualty.objects.filter(cause="illness").delete()
    for _n in range(3):
        make_casualty(cause="accident", occurred_on=date(2020, 1, 1))
    response = client.get(f"/reports/signed/{signed.pk}/")
    assert row(table(response, TITLE), "All")[-1] == "2"  # as signed
    changes = table(response, "What is another number today")
    assert changes[0] == ["Mission", "Cause", "As signed", "Today", "Change"]
    assert ["MINUSMA", "Accident", "0", "3", "+3"] in changes
    assert ["MINUSMA", "Illness", "1", "0", "−1"] in changes
    assert ["All", "All", "2", "4", "+2"] in changes
    said = main_of(response)
    assert "6 numbers are others today." in said
    assert "In total: as signed 2, today 4" in said
    for number, url in numbers_with_links(response):
        assert behind(client, url) == number, url


def test_after_a_newer_release_signed_numbers_lead_to_the_records_of_their_day(client: Client, signer: User) -> None:
    signed = signed_by(signer)
    client.logout()
    make_release(released_on=date(2024, 1, 31))
    make_casualty(known_at=date(2024, 1, 31))
    forget_basis()
    client.get("/healthz")
    with CaptureQueriesContext(connection) as asked:
        response = client.get(f"/reports/signed/{signed.pk}/")
    assert len(asked) <= 15  # counted twice, now and as known then
    found = dict(numbers_with_links(response))
    assert any("known_at=2023-11-28" in url for url in found.values())
    for number, url in numbers_with_links(response):
        assert behind(client, url) == number, url
    assert "As known on 28 Nov 2023" in main_of(response)
    assert "Counted from the release of 31 January 2024" in main_of(response)


def test_what_confirmed_records_are_in_is_not_shown_to_readers(client: Client, signer: User) -> None:
    shown = client.get(f"{SIGN}&over=confirmed")
    assert row(table(shown, TITLE), "All")[-1] == "3"
    signed = sign(client, f"{SIGN}&over=confirmed")
    addresses = [f"/reports/signed/{signed.pk}{ending}" for ending in ("/", ".csv", ".xlsx")]
    for address in addresses:
        assert client.get(address).status_code == 200
    assert "those who see confirmed records" in page(client.get(addresses[0]))
    for other in (None, reader()):
        client.logout()
        if other:
            client.force_login(other)
        for address in addresses:
            assert client.get(address).status_code == 404
        assert TITLE not in page(client.get("/reports/signed/"))


def test_the_name_of_an_account_is_for_those_signed_in(client: Client, signer: User) -> None:
    signed = signed_by(signer)
    client.logout()
    response = client.get(f"/reports/signed/{signed.pk}/")
    assert "data.manager@example.org" not in page(response)
    assert "Who signed is told to those signed in." in main_of(response)


def test_data_that_changed_meanwhile_are_not_signed(client: Client, signer: User) -> None:
    seen = seal(client.get(SIGN))
    make_casualty()
    response = client.post(SIGN, {"statement": STATEMENT, "seal": seen})
    assert response.status_code == 409
    assert "Not signed: the figures are others than those that you looked at" in main_of(response)
    assert "Seen by two people." in main_of(response)  # what was written is not lost
    assert seal(response) != seen
    assert not SignedReport.objects.exists()


def test_a_signature_says_something(client: Client, signer: User) -> None:
    seen = seal(client.get(SIGN))
    for statement in ("", "  ", "a\x00b", "x" * 2_001):
        response = client.post(SIGN, {"statement": statement, "seal": seen})
        assert response.status_code == 400
        assert "statement" in main_of(response)
    assert not SignedReport.objects.exists()


def test_over_which_records_is_said_once(client: Client, signer: User) -> None:
    """A blank beside the choice does not undo it; of two choices none is signed."""
    assert row(table(client.get(f"{SIGN}&over=confirmed&over="), TITLE), "All")[-1] == "3"
    response = client.get(f"{SIGN}&over=confirmed&over=released")
    assert response.status_code == 400
    assert "over=confirmed, released may be given once only" in main_of(response)
    response = client.post(SIGN, {"statement": ["Checked.", "Not checked."], "seal": seal(client.get(SIGN))})
    assert response.status_code == 400
    assert "statement=Checked., Not checked. may be given once only" in main_of(response)
    assert not SignedReport.objects.exists()


def test_a_table_that_does_not_add_up_cannot_be_signed(
    client: Client, signer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = seal(client.get(SIGN))
    monkeypatch.setattr("casualties.reports.tables._recounted", lambda report, selection: 99)
    assert "cannot be signed" in main_of(client.get(SIGN))
    assert client.post(SIGN, {"statement": STATEMENT, "seal": seen}).status_code == 409
    assert not SignedReport.objects.exists()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("build/sign", "rows is needed"),
        ("build/sign?rows=shoe-size", "rows=shoe-size"),
        ("by-year/sign?over=everything", "over=everything"),
        ("by-year/sign?rows=mission", "rows"),
        ("by-year/sign?cuase=illness", "cuase"),
    ],
)
def test_what_is_wrong_is_named(client: Client, signer: User, query: str, said: str) -> None:
    response = client.get(f"/reports/{query}")
    assert response.status_code == 400
    assert said in main_of(response)


def test_classic_reports_are_signed_too_and_hidden_numbers_stay_hidden(client: Client, signer: User) -> None:
    signed = sign(client, "/reports/by-mission-and-cause/sign?suppress=5")
    response = client.get(f"/reports/signed/{signed.pk}/")
    assert row(table(response, TITLE), "All")[-1] == "c"
    assert "c stands for a hidden number." in main_of(response)
    assert "In total: as signed c, today c." in main_of(response)
    assert client.get("/reports/by-shoe-size/sign").status_code == 404


def test_only_those_who_may_sign_do(client: Client, signer: User) -> None:
    sent = {"statement": STATEMENT, "seal": seal(client.get(SIGN))}
    client.force_login(reader())
    assert client.post(SIGN, sent).status_code == 403
    client.logout()
    assert client.post(SIGN, sent).status_code == 302
    assert not SignedReport.objects.exists()


def test_a_signed_report_takes_no_filters(client: Client, signer: User) -> None:
    signed = signed_by(signer)
    for ending, (query, named) in product(
        ("/", ".csv", ".xlsx"),
        (("mission=MINUSMA", "mission"), ("misspelt=1", "misspelt"), ("known_at=%00", "known_at")),
    ):
        response = client.get(f"/reports/signed/{signed.pk}{ending}?{query}")
        assert response.status_code == 400
        assert named in response.content.decode()
        assert client.get(f"/reports/signed/{'9' * 40}{ending}").status_code == 404


def test_in_french_the_frozen_words_stay(client: Client, signer: User) -> None:
    signed = signed_by(signer)
    client.cookies["language"] = "fr"
    response = client.get(f"/reports/signed/{signed.pk}/")
    assert row(table(response, TITLE), "MINUSMA")[-1] == "2"
    assert "Maladie" in main_of(response)


def test_a_signed_report_is_counted_once_for_all_who_look_at_it(
    client: Client, signer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its figures are kept with the data, for the eyes that it was signed for."""
    signed = signed_by(signer)
    asked: list[tuple[str, str, str]] = []

    def kept(name: str, selection: Any, count: Any, *, own: str = "") -> Any:
        asked.append((name, selection.viewer.cache_key, own))
        return count()

    monkeypatch.setattr("casualties.views.reports.signed.kept", kept)
    client.get(f"/reports/signed/{signed.pk}/")
    client.logout()
    client.get(f"/reports/signed/{signed.pk}/")
    assert asked == [("signed-report", asked[0][1], str(signed.pk))] * 2
