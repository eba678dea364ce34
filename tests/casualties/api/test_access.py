"""Who may ask: tokens with scopes, people who are signed in, the anonymous where reading is public; and how often."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from missions.models import ApiClient, revoke_client
from tests.casualties.api.asking import ALL_SCOPES, get, token_of
from tests.factories import data_manager, make_casualty, make_mission, make_release, make_user, reader, reporter
from tests.kept import standing

pytestmark = pytest.mark.django_db
SCOPES = {
    "figures": ("figures/", "trends/", "statements/"),
    "records": ("casualties/?page_size=1", "incidents/?page_size=1", "withdrawn/"),
    "": ("", "missions/", "countries/", "strengths/"),
}


@pytest.fixture(autouse=True)
def not_public(settings: Any) -> None:
    settings.PUBLIC_READING = False


def make_some_data() -> None:
    make_release()
    make_casualty()
    make_casualty(released=False)
    make_casualty(mission=make_mission(acronym="MINUSCA"), released=False)


some_data = standing(make_some_data, autouse=True)


def persons(client: Client, token: str = "") -> int:
    return int(get(client, "figures/", token=token).json()["figures"][0]["persons"])


def test_it_works(client: Client) -> None:
    token = token_of("figures")
    assert persons(client, token) == 1
    used = ApiClient.objects.get()
    assert used.last_used_on == timezone.localdate()
    assert token.startswith(f"pkc_{used.key}_")
    assert token not in str(ApiClient.objects.values_list().get())  # kept is its hash alone


def test_the_anonymous_only_where_reading_is_public(client: Client, settings: Any) -> None:
    refused = get(client, "figures/")
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"] == 'Bearer realm="api"'
    assert refused["Content-Type"] == "application/problem+json"
    settings.PUBLIC_READING = True
    assert persons(client) == 1


def test_somebody_signed_in_sees_what_the_pages_show_them(client: Client) -> None:
    client.force_login(reader())
    assert persons(client) == 1
    client.force_login(data_manager())
    assert persons(client) == 3
    client.force_login(reporter(mission=make_mission()))
    assert persons(client) == 2


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_reaches_what_its_scope_says(client: Client, scope: str) -> None:
    for other, addresses in SCOPES.items():
        token = token_of(scope or "confirmed")
        for address in addresses:
            expected = 200 if other in {"", scope} else 403
            answer = get(client, address, token=token)
            assert answer.status_code == expected, address
            if expected == 403:
                assert f"scope {other}" in answer.json()["detail"]


def test_confirmed_records_need_the_scope_and_the_owners_right(client: Client) -> None:
    manager = data_manager()
    assert persons(client, token_of("figures", owner=manager)) == 1
    assert persons(client, token_of("figures", "confirmed", owner=manager)) == 3
    assert persons(client, token_of("figures", "confirmed", owner=reader())) == 1
    of_a_mission = token_of("figures", "confirmed", owner=reporter(mission=make_mission()))
    assert persons(client, of_a_mission) == 2


def test_a_right_that_the_owner_lost_is_lost_for_the_token(client: Client) -> None:
    manager = data_manager()
    token = token_of("figures", "confirmed", owner=manager)
    assert persons(client, token) == 3
    manager.postings.update(valid_until=date(2001, 1, 1))
    assert persons(client, token) == 1


@pytest.mark.parametrize("what", ["revoked", "expired", "owner gone", "unknown", "nothing", "two words", "umlaut"])
def test_a_token_that_is_no_good_is_refused_even_where_reading_is_public(
    client: Client, settings: Any, what: str
) -> None:
    settings.PUBLIC_READING = True
    token = token_of("figures")
    kept = ApiClient.objects.get()
    if what == "revoked":
        assert revoke_client(kept, at=timezone.now())
        assert not revoke_client(kept, at=timezone.now())
    elif what == "expired":
        ApiClient.objects.update(expires_on=date(2020, 1, 1))
    elif what == "owner gone":
        kept.owner.is_active = False
        kept.owner.save(update_fields=["is_active"])
    else:
        token = {"unknown": f"{token}x", "nothing": " ", "two words": "a b", "umlaut": "pkc_ü"}[what]
    answer = get(client, "figures/", token=token)
    assert answer.status_code == 401
    assert "figures" not in answer.json()


def test_staff_columns_never_reach_a_reader(client: Client) -> None:
    manager = make_user("data-manager")  # type: ignore[arg-type]
    public = [token_of(*ALL_SCOPES), token_of("records", owner=manager)]
    for token in public:
        page = get(client, "casualties/?page_size=5", token=token).json()
        assert "released" not in page["casualties"][0]
        asked = get(client, "casualties/?columns=reference,place", token=token)
        assert asked.status_code == 400
        assert asked.json()["errors"][0]["parameter"] == "columns"
        assert "place" not in asked.json()["errors"][0]["allowed"]
    staff = token_of("records", "confirmed", owner=manager)
    rows = get(client, "casualties/", token=staff).json()["casualties"]
    assert {row["released"] for row in rows} == {"yes", "no"}


def test_so_many_requests_a_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_030.0)  # the middle of a minute
    token, other = token_of("figures", rate=2), token_of("figures", rate=2)
    assert [get(client, "figures/", token=token).status_code for _ in range(3)] == [200, 200, 429]
    refused = get(client, "figures/", token=token)
    assert refused["Retry-After"] == "31"
    assert refused.json()["type"].endswith("rate")
    assert get(client, "figures/", token=other).status_code == 200
    monkeypatch.setattr("time.time", lambda: 1_800_000_061.0)
    assert get(client, "figures/", token=token).status_code == 200


def test_the_anonymous_are_counted_by_their_address(client: Client, settings: Any) -> None:
    settings.PUBLIC_READING, settings.API_ANONYMOUS_RATE = True, 1
    assert get(client, "missions/").status_code == 200
    assert get(client, "missions/").status_code == 429
    assert client.get("/api/v1/missions/", REMOTE_ADDR="127.0.0.2").status_code == 200


def test_a_cache_that_does_not_answer_lets_requests_pass(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    token = token_of("figures", rate=1)
    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.add", broken)
    assert [get(client, "figures/", token=token).status_code for _ in range(2)] == [200, 200]


def test_what_somebody_signed_in_sends_is_refused_as_the_method_it_is(client: Client) -> None:
    """With the check of forms on, as it is for a browser: it read the body, which no address here takes."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(reader())
    for sent in ({"data": "{}", "content_type": "application/json"}, {"data": {"a": "b"}}):
        assert browser.post("/api/v1/casualties/", **sent).status_code == 405
