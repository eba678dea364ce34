"""How tests of the API ask it."""

from typing import Any

from django.test import Client

from missions.models import ApiClient, User, issue_client
from tests.factories import reader

ALL_SCOPES = tuple(ApiClient.Scope.values)


def token_of(*scopes: str, owner: User | None = None, **fields: Any) -> str:
    """The token of a new client; its owner is a reader unless told otherwise."""
    owner = owner or User.objects.filter(email="reader@example.org").first() or reader()
    return issue_client(name="a program", owner=owner, scopes=scopes or ("figures", "records"), **fields)[1]


def get(client: Client, address: str, *, token: str = "", **headers: str) -> Any:
    """GET /api/v1/<address>."""
    if token:
        headers["authorization"] = f"Bearer {token}"
    return client.get(f"/api/v1/{address}", headers=headers)
