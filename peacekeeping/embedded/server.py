"""A server that several processes share: the first to ask starts it, the last to leave stops it.

In its home folder lie three lock files. `start.lock` is held while somebody starts it, `users.lock` is held (shared)
by everybody who uses it, and `keeper.lock` is held by its keeper (keeper.py) for as long as the server runs. Locks
belong to processes and vanish with them, so nothing here can be stale.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peacekeeping.embedded.account import Account, choose_account, elsewhere, make_elsewhere, reachable_program
from peacekeeping.embedded.errors import EmbeddedError
from peacekeeping.embedded.programs import Programs

KEEPER = Path(__file__).with_name("keeper.py")
START_SECONDS = 60
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path may have about 107 bytes, file name included
LARGEST_LOG = 5_000_000

# A keeper outlives the object that started it where others still use the server. It is remembered here, since Python
# complains of a forgotten process that still runs.
_keepers: list[subprocess.Popen[bytes]] = []


class Server(ABC):
    """One embedded server and its home folder. See Postgres and Valkey for the two there are."""

    name: str
    stop_signal: signal.Signals

    def __init__(self, home: Path, *, throwaway: bool = False) -> None:
        """Nothing is started or written yet.

        Args:
            home: the folder of this server, made when missing.
            throwaway: for tests: faster and unsafe, and the home is removed when the last user leaves.
        """
        self.home = home.resolve()
        self.throwaway = throwaway
        self._use: int | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def programs(self) -> Programs:
        """Where the program is; raises EmbeddedError with what to install."""

    @abstractmethod
    def prepare(self, account: Account, program: Path) -> list[str]:
        """Make the data folder where missing, clear what a crash left, and return the command that starts it."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it accepts connections now."""

    @property
    def log(self) -> Path:
        """What the server has written."""
        return self.home / "server.log"

    def start(self) -> str:
        """Use the server: start it, or attach to the one that runs. Returns "started" or "attached".

        Raises:
            EmbeddedError: it cannot be started; the message says why and what to do.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        with self._locked("start.lock"):
            # Waits here while a keeper is stopping the server, and then starts it anew.
            use = self._open("users.lock")
            fcntl.flock(use, fcntl.LOCK_SH)
            try:
                if self.running() and self._wait_ready():
                    how = "attached"
                else:
                    self._start()
                    how = "started"
            except BaseException:
                os.close(use)
                raise
            self._use = use
            return how

    def stop(self) -> None:
        """Leave the server. The last one to leave waits until it has stopped and nothing is left of it."""
        if self._use is None:
            return
        os.close(self._use)
        self._use = None
        with suppress(FileNotFoundError):  # a throwaway home is on its way out, lock files first
            while self.running():
                if self._used_by_others():
                    return
                time.sleep(0.01)
        if self._keeper is not None:
            self._keeper.wait(30)

    def running(self) -> bool:
        """Whether a keeper holds this server."""
        if not (self.home / "keeper.lock").exists():
            return False
        keeper = os.open(self.home / "keeper.lock", os.O_RDWR)
        try:
            fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(keeper)
        return False

    def last_lines(self, count: int = 10) -> str:
        """The end of the server's log, for a message about its death."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def folder(self, name: str, account: Account) -> Path:
        """A folder of the home that the account owns, made when missing.

        Where the account cannot reach the home, it is a link to a folder elsewhere; so is a socket's folder whose
        path is too long or has characters that the servers do not take.
        """
        link = self.home / name
        if not link.exists():
            awkward = name == "socket" and (len(os.fsencode(link)) > LONGEST_SOCKET_FOLDER or _awkward(link))
            if account.elsewhere is None and not awkward:
                link.mkdir(mode=0o700)
            else:
                place = elsewhere(self.home)
                make_elsewhere(place)
                (place / name).mkdir(mode=0o700, exist_ok=True)
                link.unlink(missing_ok=True)
                link.symlink_to(place / name)
        real = link.resolve()
        account.give(real)
        real.chmod(0o700)
        return real

    def remove(self) -> None:
        """Remove the home and whatever lies elsewhere (nothing may use the server)."""
        shutil.rmtree(elsewhere(self.home), ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def _start(self) -> None:
        programs = self.programs()
        account = choose_account(programs.server, self.home)
        program = reachable_program(account, programs.server, programs.bundle)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        # A server that was killed leaves children for a moment, and they may hold its memory: so it is tried again.
        deadline = time.monotonic() + 20
        while True:
            self._spawn(account, self.prepare(account, program))
            if self._wait_ready():
                return
            if time.monotonic() > deadline or not self._worth_another_try():
                raise EmbeddedError(f"{self.name} did not start. The end of {self.log}:\n{self.last_lines()}")
            time.sleep(0.2)

    def _worth_another_try(self) -> bool:
        return "still in use" in self.last_lines(5)

    def _spawn(self, account: Account, command: list[str]) -> None:
        order = {
            "command": [*account.prefix, *command],
            "uid": account.uid,
            "gid": account.gid,
            "stop_signal": int(self.stop_signal),
            "users": str(self.home / "users.lock"),
            "keeper": str(self.home / "keeper.lock"),
            "remove": [str(elsewhere(self.home)), str(self.home)] if self.throwaway else [],
        }
        with os.fdopen(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-I", str(KEEPER), json.dumps(order)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )
        _keepers.append(self._keeper)

    def _wait_ready(self) -> bool:
        """Wait until it answers. False when its keeper has gone, because the server ended."""
        started = time.monotonic()
        while not self.answers():
            gone = self._keeper.poll() is not None if self._keeper is not None else not self.running()
            if gone:
                return False
            if time.monotonic() - started > START_SECONDS:
                raise EmbeddedError(
                    f"{self.name} does not answer after {START_SECONDS} s. The end of {self.log}:\n{self.last_lines()}"
                )
            time.sleep(0.02)
        return True

    def _used_by_others(self) -> bool:
        users = os.open(self.home / "users.lock", os.O_RDWR)  # not made again in a throwaway home that is going
        try:
            fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Refused shared: the keeper has it, and is stopping the server. Refused alone: somebody else uses it.
            try:
                fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True
        finally:
            os.close(users)
        return False

    def _open(self, name: str) -> int:
        return os.open(self.home / name, os.O_RDWR | os.O_CREAT, 0o600)

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        lock = self._open(name)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _awkward(path: Path) -> bool:
    return any(character in str(path) for character in ",\"'\\ %@?#&") or not str(path).isascii()
