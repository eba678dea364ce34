"""Clients of the API: issued with a token that is shown once, revoked, never deleted; their history holds all of it."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from missions.models import ApiClient, User, issue_client
from missions.models.api_client import hash_of
from tests.factories import reader

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("api_client", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_it_works() -> None:
    owner = reader()
    token = command("issue", "--name", "A dashboard", "--owner", owner.email, "--scope", "figures", "--rate", "10")
    client = ApiClient.objects.of_token(token).get()
    assert (client.name, client.owner, client.scopes, client.rate) == ("A dashboard", owner, ["figures"], 10)
    assert f"{client.key}  open  {owner.email}  figures  A dashboard" in command("list")
    assert command("revoke", client.key).endswith("revoked")
    assert command("revoke", client.key).endswith("was revoked before")
    assert not ApiClient.objects.of_token(token).valid(timezone.localdate()).exists()
    assert "revoked" in command("list")


def test_what_cannot_be_issued_is_refused() -> None:
    owner = reader()
    with pytest.raises(CommandError, match=r"no account nobody@example\.org"):
        command("issue", "--name", "x", "--owner", "nobody@example.org", "--scope", "figures")
    with pytest.raises(CommandError, match="rate: "):
        command("issue", "--name", "x", "--owner", owner.email, "--scope", "figures", "--rate", "0")
    with pytest.raises(CommandError, match="invalid choice"):
        command("issue", "--name", "x", "--owner", owner.email, "--scope", "everything")
    with pytest.raises(CommandError, match="no client 'x'"):
        command("revoke", "x")
    with pytest.raises(ValidationError):
        issue_client(name="x", owner=owner, scopes=[])


def test_it_is_valid_on_its_last_day() -> None:
    client, token = issue_client(name="x", owner=reader(), scopes=["figures"], expires_on=date(2026, 1, 31))
    found = ApiClient.objects.of_token(token)
    assert found.valid(date(2026, 1, 31)).get() == client
    assert not found.valid(date(2026, 2, 1)).exists()


def test_its_history_holds_everything_but_the_token() -> None:
    client, token = issue_client(name="x", owner=reader(), scopes=["figures"])
    ApiClient.objects.filter(pk=client.pk).update(rate=5)
    ApiClient.objects.filter(pk=client.pk).update(last_used_on=date(2026, 1, 1))  # using it is no change of it
    events = list(client.events.order_by("pgh_id").values())  # type: ignore[attr-defined]
    assert [event["rate"] for event in events] == [120, 5]
    assert hash_of(token) not in str(events)


def test_the_administrators_page_shows_the_token_once(client: Client) -> None:
    root = User.objects.create_superuser("root@example.org", "x")
    client.force_login(root)
    form: dict[str, Any] = {"name": "A dashboard", "owner": root.pk, "scopes": ["figures", "records"], "rate": 60}
    page = client.post("/admin/missions/apiclient/add/", form, follow=True)
    kept = ApiClient.objects.get()
    assert (kept.scopes, kept.created_by) == (["figures", "records"], root)
    shown = page.content.decode().split("is shown this once: ")[1].split("<")[0].strip()
    assert ApiClient.objects.of_token(shown).get() == kept
    assert shown not in client.get(f"/admin/missions/apiclient/{kept.pk}/change/").content.decode()
    client.post(f"/admin/missions/apiclient/{kept.pk}/change/", {**form, "rate": 30})
    kept.refresh_from_db()
    assert kept.rate == 30
    assert ApiClient.objects.of_token(shown).exists()
    client.post("/admin/missions/apiclient/", {"action": "revoke", "_selected_action": [kept.pk]})
    kept.refresh_from_db()
    assert kept.revoked_by == root
    assert client.post(f"/admin/missions/apiclient/{kept.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_token_that_has_expired_already_is_not_issued() -> None:
    owner, today = reader(), timezone.localdate()
    asked = ("issue", "--name", "A dashboard", "--owner", owner.email, "--scope", "figures", "--expires")
    with pytest.raises(CommandError, match="lies in the past"):
        command(*asked, (today - timedelta(days=1)).isoformat())
    assert not ApiClient.objects.exists()
    assert ApiClient.objects.of_token(command(*asked, today.isoformat())).valid(today).exists()
