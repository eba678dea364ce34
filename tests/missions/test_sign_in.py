"""One way in: whoever signs in is asked for the second factor."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from missions.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return User.objects.create_superuser("root@example.org", PASSWORD)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_administrators_pages_have_no_sign_in_of_their_own(client: Client, administrator: User) -> None:
    for response in (
        client.get("/admin/login/?next=/admin/missions/user/"),
        client.post(
            "/admin/login/?next=/admin/missions/user/", {"username": administrator.email, "password": PASSWORD}
        ),
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
