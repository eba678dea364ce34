"""After any kill -9 nothing is left behind, and the next start works with everything that was committed."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from peacekeeping.embedded import Postgres, Valkey, start_services
from peacekeeping.embedded.postgres import clear_leftovers
from tests.peacekeeping.embedded.holder import Holder, connect, eventually, processes_naming

pytestmark = pytest.mark.processes


def server_pid(folder: Path) -> int:
    return int((folder / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def write(folder: Path, number: int) -> None:
    """Each test its own number: the folder remembers that of the test before."""
    with closing(connect(folder)) as db:
        cursor = db.cursor()
        cursor.execute("DROP TABLE IF EXISTS kept")
        cursor.execute("CREATE TABLE kept (number int)")
        cursor.execute("INSERT INTO kept VALUES (%s)", [number])
        db.commit()


def read(folder: Path) -> list[int]:
    with closing(connect(folder)) as db:
        cursor = db.cursor()
        cursor.execute("SELECT number FROM kept ORDER BY number")
        return [row[0] for row in cursor.fetchall()]


def test_kill_of_the_only_user_stops_the_servers(used_folder: Path) -> None:
    holder = Holder(used_folder)
    holder.wait_ready()
    holder.kill()
    assert eventually(lambda: processes_naming(str(used_folder)) == {})


def test_kill_of_one_of_two_users_leaves_the_other_its_servers(used_folder: Path) -> None:
    first, second = Holder(used_folder), Holder(used_folder)
    first.wait_ready()
    second.wait_ready()
    write(used_folder, 1)
    first.kill()
    assert read(used_folder) == [1]
    second.leave()


def test_kill_of_postgres_is_noticed_and_the_next_start_has_the_data(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    write(used_folder, 2)
    os.kill(server_pid(used_folder), signal.SIGKILL)
    assert eventually(lambda: not postgres.running())
    postgres.stop()
    assert postgres.start() == "started"
    assert read(used_folder) == [2]
    postgres.stop()


def test_kill_of_the_keeper_stops_its_server(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    write(used_folder, 3)
    [keeper] = [pid for pid, command in processes_naming(str(used_folder)).items() if "keeper.py" in command]
    os.kill(keeper, signal.SIGKILL)
    if sys.platform == "linux":
        assert eventually(lambda: not (used_folder / "postgres" / "data" / "postmaster.pid").exists())
    postgres.stop()
    assert postgres.start() == "started"
    assert read(used_folder) == [3]
    postgres.stop()


def test_a_server_without_a_keeper_is_stopped_before_the_next_start(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    orphan = server_pid(used_folder)
    # What another platform leaves after a kill of the keeper: a server that runs, seen by one who finds no keeper.
    clear_leftovers(used_folder / "postgres" / "data")
    assert not Path(f"/proc/{orphan}/cwd").exists()
    postgres.stop()


def test_a_stale_pid_file_that_names_another_process_is_removed_and_that_process_lives(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    write(used_folder, 4)
    postgres.stop()
    foreign = subprocess.Popen(["sleep", "60"])
    home = used_folder / "postgres"
    lines = [str(foreign.pid), str(home / "data"), "1", "5432", str(home / "socket")]
    (home / "data" / "postmaster.pid").write_text("\n".join(lines) + "\n")
    try:
        assert postgres.start() == "started"
        assert read(used_folder) == [4]
        postgres.stop()
        assert foreign.poll() is None
    finally:
        foreign.kill()
        foreign.wait()


def test_a_pid_file_that_was_cut_off_is_no_obstacle(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    postgres.stop()
    (used_folder / "postgres" / "data" / "postmaster.pid").write_text("")
    assert postgres.start() == "started"
    postgres.stop()


def test_an_initdb_that_was_interrupted_is_done_again(folder: Path) -> None:
    (folder / "postgres" / "data" / "part" / "base").mkdir(parents=True)
    (folder / "postgres" / "data" / "base").mkdir()
    postgres = Postgres(folder / "postgres", "peacekeeping")
    assert postgres.start() == "started"
    postgres.stop()


def test_what_waits_in_valkey_survives_its_kill(folder: Path) -> None:
    import redis

    services = start_services(folder, {"DATABASE_URL": "postgres://elsewhere/x"})
    [valkey] = services.servers
    client = redis.Redis.from_url(services.environment["REDIS_URL"])
    client.rpush("celery", *[f"task {number}" for number in range(20)])
    pid = client.info("server")["process_id"]
    client.close()
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not valkey.running())
    services.stop()
    again = Valkey(folder / "valkey")
    again.start()
    client = redis.Redis.from_url(services.environment["REDIS_URL"])
    assert client.llen("celery") == 20
    client.close()
    again.stop()
