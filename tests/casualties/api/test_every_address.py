"""Every address under /api/v1/ with everybody: the anonymous, each role, and tokens of each scope."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from casualties.api.urls import urlpatterns
from missions.models import Role, User
from tests.casualties.api.asking import ALL_SCOPES, get, token_of
from tests.factories import make_casualty, make_country, make_release, make_statement, make_user

pytestmark = pytest.mark.django_db

EVERY, FIGURES, RECORDS = "", "figures", "records"
SCOPE_OF = {
    "": EVERY,
    "missions/": EVERY,
    "missions/<str:acronym>/": EVERY,
    "countries/": EVERY,
    "countries/<str:iso3>/": EVERY,
    "strengths/": EVERY,
    "figures/": FIGURES,
    "trends/": FIGURES,
    "statements/": FIGURES,
    "statements/<slug:key>/": FIGURES,
    "casualties/": RECORDS,
    "casualties/<path:reference>/": RECORDS,
    "incidents/": RECORDS,
    "incidents/<str:key>/": RECORDS,
    "withdrawn/": RECORDS,
    "revisions/": RECORDS,
}
NO_ADDRESS = "^(?P<rest>.*)$"


@pytest.fixture
def addresses(settings: Any) -> dict[str, str]:
    settings.PUBLIC_READING = False
    make_release(released_on=date(2023, 6, 30))  # revisions need a second one to compare with
    make_release()
    make_country(iso3="TCD")
    casualty = make_casualty()
    assert casualty.incident is not None
    parts = {
        "<str:acronym>": casualty.mission.acronym,
        "<str:iso3>": "TCD",
        "<str:key>": casualty.incident.key,
        "<path:reference>": str(casualty.reference),
        "<slug:key>": make_statement().key,
    }
    found = {}
    for pattern in SCOPE_OF:
        found[pattern] = pattern
        for part, value in parts.items():
            found[pattern] = found[pattern].replace(part, value)
    return found


def test_the_table_names_every_address() -> None:
    named = [str(pattern.pattern) for pattern in urlpatterns if isinstance(pattern, URLPattern)]
    assert named == [*dict.fromkeys(named)]
    assert set(named) == {*SCOPE_OF, NO_ADDRESS}


def test_the_anonymous(client: Client, settings: Any, addresses: dict[str, str]) -> None:
    for address in addresses.values():
        assert get(client, address).status_code == 401, address
    settings.PUBLIC_READING = True
    for address in addresses.values():
        answer = get(client, address)
        assert answer.status_code == 200, address
        assert "public" in answer["Cache-Control"]


def test_everybody_signed_in(client: Client, addresses: dict[str, str]) -> None:
    nobody = User.objects.create_user("nobody@example.org", "x")
    for user in [nobody, *(make_user(Role(role)) for role in Role.values)]:
        client.force_login(user)
        for address in addresses.values():
            answer = get(client, address)
            assert answer.status_code == 200, address
            assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("scope", ALL_SCOPES)
def test_tokens(client: Client, addresses: dict[str, str], scope: str) -> None:
    token = token_of(scope)
    for pattern, address in addresses.items():
        expected = 200 if SCOPE_OF[pattern] in {EVERY, scope} else 403
        assert get(client, address, token=token).status_code == expected, address


def test_nothing_can_be_written(client: Client, addresses: dict[str, str]) -> None:
    token = {"Authorization": f"Bearer {token_of(*ALL_SCOPES)}"}
    for address in addresses.values():
        for method in (client.post, client.put, client.patch, client.delete, client.options):
            answer = method(f"/api/v1/{address}", headers=token)
            assert answer.status_code == 405, address
            assert set(answer["Allow"].split(", ")) == {"GET", "HEAD"}
            assert answer["Content-Type"] == "application/problem+json"


def test_head_has_no_body(client: Client, addresses: dict[str, str]) -> None:
    for address in addresses.values():
        answer = client.head(f"/api/v1/{address}", headers={"Authorization": f"Bearer {token_of(*ALL_SCOPES)}"})
        assert answer.status_code == 200
        assert answer["ETag"]
        assert answer.content == b""
