"""What a run keeps under the state folder: its lock, its secret key, its logs, and what is already done."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from peacekeeping.launcher.errors import LauncherError

ROOT = Path(__file__).resolve().parents[2]
# Everything that a run puts into its state folder. Nothing else there is ever removed.
CONTENTS = [
    "beat-schedule*",
    "briefs",
    "done",
    "exports",
    "first-sign-in.txt",
    "launcher.lock",
    "log",
    "postgres",
    "secret-key",
    "static",
    "uploads",
    "valkey",
]


class State:
    """The state folder of a checkout, ./var unless STATE_DIR says otherwise."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written yet."""
        self.folder = folder.resolve()
        self.logs = self.folder / "log"
        self.sign_in = self.folder / "first-sign-in.txt"  # written by the command first_account
        self._lock = self.folder / "launcher.lock"
        self._secret_key = self.folder / "secret-key"

    @contextmanager
    def held(self, address: str) -> Iterator[None]:
        """Be the one launcher on this folder.

        Raises:
            LauncherError: another one is.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LauncherError(
                    f"`make run` is already running here: {self._who()['address']}. Stop it with `make stop`."
                ) from None
            os.ftruncate(lock, 0)
            os.write(lock, json.dumps({"pid": os.getpid(), "address": address}).encode())
            yield
            os.ftruncate(lock, 0)
        finally:
            os.close(lock)

    def running(self) -> int | None:
        """The process id of the launcher that runs on this folder, None when there is none."""
        if not self._lock.exists():
            return None
        lock = os.open(self._lock, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = self._who()["pid"]
            return int(pid) if pid else None
        finally:
            os.close(lock)
        return None

    def _who(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(self._lock.read_text())
        except ValueError:  # it has the lock and has not written yet, or is about to go
            return {"pid": None, "address": "it is just starting or stopping"}
        return found

    def remove(self) -> None:
        """Remove what runs have put here, and the folder when nothing else is in it."""
        for pattern in CONTENTS:
            for path in self.folder.glob(pattern):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        with suppress(OSError):  # it is not there, or holds something of somebody else's
            self.folder.rmdir()

    def secret_key(self) -> str:
        """Django's secret key, made once and readable by its owner only."""
        try:
            key = os.open(self._secret_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._secret_key.read_text()
        made = secrets.token_urlsafe(48)
        os.write(key, made.encode())
        os.close(key)
        return made

    def last_done(self, step: str) -> list[str]:
        """What a step was made from when it was last done; nothing when it was not."""
        done = self.folder / "done" / step
        return done.read_text().splitlines() if done.exists() else []

    def mark_done(self, step: str, ingredients: list[str]) -> None:
        """Remember that a step is done, and what it was made from."""
        done = self.folder / "done" / step
        done.parent.mkdir(exist_ok=True)
        done.write_text("\n".join(ingredients))


def fingerprint(paths: Iterable[Path], *facts: str) -> str:
    """A text that changes when one of the files changes, comes or goes, or one of the facts does."""
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    digest.update("\0".join(facts).encode())
    return digest.hexdigest()
