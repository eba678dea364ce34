"""The current release over the network: applied, stopped by the brake, or recorded as failed with the reason."""

import time
from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from casualties import intake
from casualties.intake.locks import BATCH
from casualties.intake.open_data import OpenDataError, fetch_open_data
from casualties.models import Casualty
from missions.models import ImportBatch
from tests.casualties.intake.hub_server import Hub, hub_server
from tests.casualties.intake.releases import import_rows, json_bytes, many_rows
from tests.other_session import held_elsewhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub(settings: LazySettings) -> Iterator[Hub]:
    with hub_server() as hub:
        settings.OPEN_DATA_URL = hub.address
        yield hub


def released(rows: list[dict[str, str]], day: str) -> bytes:
    return json_bytes([row | {"last_update": day} for row in rows])


def test_it_works(hub: Hub, reference: None) -> None:
    hub.body = released(many_rows(30), "2023-12-05")
    batch = intake.sync_open_data()
    batch.refresh_from_db()
    assert (batch.state, batch.format, batch.origin, str(batch.release_date)) == (
        "applied",
        "hub-json",
        hub.address,
        "2023-12-05",
    )
    assert Casualty.objects.count() == 30


def test_the_same_release_again_changes_nothing_and_is_not_kept(hub: Hub, reference: None) -> None:
    hub.body = released(many_rows(30), "2023-12-05")
    intake.sync_open_data()
    again = intake.sync_open_data()
    assert (again.state, bool(again.file)) == ("discarded", False)


def test_the_brake_is_never_lifted(hub: Hub, reference: None) -> None:
    rows = many_rows(30)
    import_rows(rows)
    hub.body = released(rows[:-1], "2023-12-05")
    batch = intake.sync_open_data()
    assert (batch.state, batch.accepted_large_change) == ("previewed", False)
    assert Casualty.objects.filter(state="counted").count() == 30


def test_a_newer_download_takes_the_place_of_one_that_waits(hub: Hub, reference: None) -> None:
    rows = many_rows(30)
    import_rows(rows)
    hub.body = released(rows[:-1], "2023-12-05")
    waiting = intake.sync_open_data()
    hub.body = released(rows, "2023-12-06")
    assert intake.sync_open_data().state == "applied"
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == ("discarded", "Discarded: a newer download has taken its place.")


def test_a_download_that_is_no_release_leaves_the_one_that_waits(hub: Hub, reference: None) -> None:
    rows = many_rows(30)
    import_rows(rows)
    hub.body = released(rows[:-1], "2023-12-05")
    waiting = intake.sync_open_data()
    hub.body = b"<html><body>Maintenance</body></html>"
    assert intake.sync_open_data().state == "refused"
    waiting.refresh_from_db()
    assert waiting.state == "previewed"


def test_the_same_release_again_takes_the_place_of_the_one_that_waits(hub: Hub, reference: None) -> None:
    rows = many_rows(30)
    import_rows(rows)
    hub.body = released(rows[:-1], "2023-12-05")
    waiting = intake.sync_open_data()
    assert intake.sync_open_data().state == "previewed"
    waiting.refresh_from_db()
    assert waiting.state == "discarded"


def test_one_that_somebody_is_deciding_on_is_left_alone(hub: Hub, reference: None) -> None:
    rows = many_rows(30)
    import_rows(rows)
    hub.body = released(rows[:-1], "2023-12-05")
    waiting = intake.sync_open_data()
    hub.body = released(rows, "2023-12-06")
    with held_elsewhere(BATCH, waiting.pk):
        assert intake.sync_open_data().state == "applied"
    waiting.refresh_from_db()
    assert waiting.state == "previewed"


def test_network_errors_are_recorded_with_their_reason(hub: Hub, reference: None) -> None:
    hub.status, hub.body = 503, b"later"
    batch = intake.sync_open_data()
    assert (batch.state, bool(batch.file), batch.origin) == ("failed", False, hub.address)
    assert batch.message == f"Failed: {hub.address} answered 503 Service Unavailable."


def test_an_answer_that_breaks_off_is_recorded_and_not_read(hub: Hub, reference: None) -> None:
    hub.body, hub.declared_length = b"[{", 500
    batch = intake.sync_open_data()
    assert batch.state == "failed"
    assert "the answer broke off after 2 of 500 bytes" in batch.message


def test_nobody_at_the_address(settings: LazySettings, reference: None) -> None:
    settings.OPEN_DATA_URL = "http://127.0.0.1:9/none"
    assert "cannot be reached" in intake.sync_open_data().message
    assert ImportBatch.objects.get().state == "failed"


def test_a_page_instead_of_data_is_refused(hub: Hub, reference: None) -> None:
    hub.body = b"<html><body>Maintenance</body></html>"
    batch = intake.sync_open_data()
    assert batch.state == "refused"
    assert "web page (HTML)" in batch.message


def test_a_slow_answer_has_an_end(hub: Hub) -> None:
    hub.body, hub.wait = b"[]", 3.0
    begun = time.monotonic()
    with pytest.raises(OpenDataError, match=r"did not answer within 0\.5 seconds|cannot be reached"):
        fetch_open_data(seconds=0.5)
    assert time.monotonic() - begun < 2.5


def test_too_big_an_answer_is_dropped(hub: Hub, settings: LazySettings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    hub.body = b"x" * 2000
    with pytest.raises(OpenDataError, match="bigger than a file may be"):
        fetch_open_data(seconds=5)


@pytest.mark.parametrize(("address", "reason"), [("", "no address"), ("file:///etc/passwd", "no http or https")])
def test_only_web_addresses(address: str, reason: str, settings: LazySettings) -> None:
    settings.OPEN_DATA_URL = address
    with pytest.raises(OpenDataError, match=reason):
        fetch_open_data(seconds=1)
