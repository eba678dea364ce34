"""The pages of the sign-in stand in our frame: labels, errors tied to their fields, one clear button."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_sign_in(client: Client) -> None:
    html = page(client, "/accounts/login/")
    assert '<header class="masthead">' in html
    assert html.count("<h1>") == 1
    assert "sign up" not in html.lower()
    for name in ("login", "password"):
        assert f'<label for="id_{name}">' in html
    assert re.search(r'<button class="btn primary" type="submit">\s*Sign in', html)


def test_a_refused_sign_in_says_so_once_and_aloud(client: Client) -> None:
    response = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"})
    html = response.content.decode()
    assert html.count('<div class="note-bar bad" role="alert">') == 1
    assert "wrong" not in html


def test_an_error_is_tied_to_its_field(client: Client) -> None:
    html = client.post("/accounts/login/", {"login": "", "password": "x"}).content.decode()
    field = re.search(r'<input[^>]*name="login"[^>]*>', html)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="id_login_error"' in field[0]
    assert '<div class="err" id="id_login_error">' in html


def test_a_forgotten_password(client: Client) -> None:
    html = page(client, "/accounts/password/reset/")
    assert '<header class="masthead">' in html
    assert 'class="btn primary"' in html
