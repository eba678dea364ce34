"""The first administrator is made once; the password can be found again, by the owner of the folder alone."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from missions.models import Role, User

pytestmark = pytest.mark.django_db


def first_account() -> str:
    out = StringIO()
    call_command("first_account", stdout=out)
    return out.getvalue()


def test_it_works(settings: Any) -> None:
    said = first_account()
    user = User.objects.get()
    note = Path(settings.STATE_DIR) / "first-sign-in.txt"
    email, password = note.read_text().split()
    assert password in said
    assert note.stat().st_mode & 0o777 == 0o600
    assert user.check_password(password)
    assert user.has_role(Role.ADMINISTRATOR)
    response = Client().post("/accounts/login/", {"login": email, "password": password})
    assert response.status_code == 302


def test_the_second_time_it_makes_nobody(settings: Any) -> None:
    first_account()
    said = first_account()
    assert User.objects.count() == 1
    assert "first-sign-in.txt" in said
    (Path(settings.STATE_DIR) / "first-sign-in.txt").unlink()
    assert first_account() == ""


@pytest.mark.parametrize("email", ["foo", "foo@", "", f"{'x' * 250}@example.org"])
def test_an_address_that_the_sign_in_would_refuse_makes_nobody(settings: Any, email: str) -> None:
    with pytest.raises(CommandError, match="--email "):
        call_command("first_account", email=email)
    assert not User.objects.exists()
    assert not (Path(settings.STATE_DIR) / "first-sign-in.txt").exists()


def test_nobody_signs_up() -> None:
    response = Client().get("/accounts/signup/")
    assert "closed" in response.content.decode().lower()
