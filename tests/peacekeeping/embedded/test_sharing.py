"""Several processes share one server: the first starts it, the last to leave stops it."""

from contextlib import closing
from pathlib import Path

import pytest

from peacekeeping.embedded import Postgres, start_services
from tests.peacekeeping.embedded.holder import Holder, connect, eventually, processes_naming

pytestmark = pytest.mark.processes


def test_it_works(used_folder: Path) -> None:
    services = start_services(used_folder, {})
    postgres, valkey = services.servers
    assert services.environment["DATABASE_URL"].startswith("postgres:///peacekeeping?host=")
    assert services.environment["REDIS_URL"].startswith("unix:///")
    assert postgres.answers()
    assert valkey.answers()
    services.stop()
    assert processes_naming(str(used_folder)) == {}


def test_the_database_has_the_locale_the_time_zone_and_no_port(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    with closing(connect(used_folder)) as db:
        cursor = db.cursor()
        cursor.execute(
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding), current_setting('timezone'),"
            " current_setting('listen_addresses'), lower('ÉLAN') FROM pg_database WHERE datname = current_database()"
        )
        assert cursor.fetchone() == ("b", "C.UTF-8", "UTF8", "UTC", "", "élan")
    postgres.stop()


def test_four_processes_that_start_at_once_share_one_server(folder: Path) -> None:
    holders = [Holder(folder) for _ in range(4)]
    found = [holder.wait_ready() for holder in holders]
    assert all(each == found[0] for each in found)
    keepers = [command for command in processes_naming(str(folder)).values() if "keeper.py" in command]
    assert len(keepers) == 2  # one for each server
    for holder in holders:
        holder.leave()
    assert processes_naming(str(folder)) == {}


def test_the_server_stays_while_somebody_uses_it(used_folder: Path) -> None:
    first, second = Holder(used_folder), Holder(used_folder)
    first.wait_ready()
    second.wait_ready()
    first.leave()
    assert Postgres(used_folder / "postgres", "peacekeeping").answers()
    second.leave()
    assert processes_naming(str(used_folder)) == {}


def test_a_second_start_finds_what_the_first_one_wrote(used_folder: Path) -> None:
    for expected in (None, 7):
        postgres = Postgres(used_folder / "postgres", "peacekeeping")
        assert postgres.start() == "started"
        identity = postgres.identity()
        with closing(connect(used_folder)) as db:
            cursor = db.cursor()
            if expected is None:
                cursor.execute("DROP TABLE IF EXISTS kept")  # of another file's tests
                cursor.execute("CREATE TABLE kept AS SELECT 7 AS number")
                db.commit()
                first_identity = identity
            else:
                cursor.execute("SELECT number FROM kept")
                assert cursor.fetchone() == (expected,)
                assert identity == first_identity
        postgres.stop()


def test_a_throwaway_server_takes_its_folder_with_it(folder: Path) -> None:
    services = start_services(folder, {}, throwaway=True)
    assert (folder / "postgres").is_dir()
    services.stop()
    assert eventually(lambda: not folder.exists())


def test_addresses_in_the_environment_replace_the_servers(folder: Path) -> None:
    given = {"DATABASE_URL": "postgres://db/casualties", "REDIS_URL": "redis://cache/0"}
    services = start_services(folder, given)
    assert services.environment == given
    assert services.servers == []
    assert not folder.exists()
    services.stop()
