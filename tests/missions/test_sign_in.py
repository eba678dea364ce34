"""One way in: whoever signs in is asked for the second factor, and attempts are counted by the reader's address."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from missions.models import User
from peacekeeping import settings as of_the_product
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

LIMIT = 10  # failed attempts a minute from one address


@pytest.fixture
def administrator() -> User:
    return User.objects.create_superuser("root@example.org", PASSWORD)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def fail_from(client: Client, address: str, *, times: int) -> str:
    """Sign in wrongly so often, as somebody else each time; what the last answer says."""
    for number in range(times):
        form = {"login": f"{address}-{number}@example.org", "password": "wrong"}
        response = client.post("/accounts/login/", form, headers={"X-Forwarded-For": f"192.0.2.1, {address}"})
    return str(response.content.decode())


def test_the_administrators_pages_have_no_sign_in_of_their_own(client: Client, administrator: User) -> None:
    address = "/admin/login/?next=/admin/missions/user/"
    for response in (
        client.get(address),
        client.post(address, {"username": administrator.email, "password": PASSWORD}),
    ):
        assert (response.status_code, response.headers["Location"]) == (
            302,
            "/accounts/login/?next=%2Fadmin%2Fmissions%2Fuser%2F",
        )
    assert not signed_in(client)


def test_an_administrator_is_asked_for_the_second_factor(client: Client, administrator: User) -> None:
    TOTP.activate(administrator, generate_totp_secret())
    at = client.get("/admin/", follow=True).redirect_chain[-1][0]
    response = client.post(at, {"login": administrator.email, "password": PASSWORD})
    assert response.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert not signed_in(client)
    assert client.get("/admin/").status_code == 302


def test_whoever_is_no_administrator_is_told_so(client: Client) -> None:
    client.force_login(User.objects.create_user("reader@example.org", PASSWORD))
    assert client.get("/admin/", follow=True).status_code == 403


def test_attempts_are_counted_by_the_readers_address(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert "Too many failed" in fail_from(client, "198.51.100.7", times=LIMIT + 1)
    assert "Too many failed" not in fail_from(client, "198.51.100.8", times=1)


@pytest.mark.parametrize(("https", "proxies"), [("1", 1), ("0", 0)])
def test_the_proxy_is_trusted_where_there_is_one(monkeypatch: pytest.MonkeyPatch, https: str, proxies: int) -> None:
    """Without a proxy anybody could write the header, and count for somebody else."""
    monkeypatch.setenv("HTTPS", https)
    assert of_the_product.__file__ is not None
    read = runpy.run_path(str(Path(of_the_product.__file__)))
    assert read["ALLAUTH_TRUSTED_PROXY_COUNT"] == read["REST_FRAMEWORK"]["NUM_PROXIES"] == proxies
