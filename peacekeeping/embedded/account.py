"""Which user the servers run as, and where that user can reach them.

PostgreSQL refuses to run as root. An ordinary user runs it as himself. Root lets it run as `nobody`, without making
any account and without changing the mode of any folder. Where `nobody` cannot reach the programs or the state folder
(a checkout under /root, say), a user namespace serves: the server is root's outside and somebody else inside. Where
those are forbidden (many containers), programs and data move to a folder of their own under /var/lib.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peacekeeping.embedded.errors import EmbeddedError

NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


@dataclass(frozen=True)
class Account:
    """A user who runs a server. `uid` is None for the user who asks; `elsewhere` is set when root must move things."""

    uid: int | None = None
    gid: int | None = None
    prefix: list[str] = field(default_factory=list)
    elsewhere: Path | None = None

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this user, without raising on a bad exit code."""
        identity: dict[str, Any] = {}
        if self.uid is not None:
            identity = {"user": self.uid, "group": self.gid, "extra_groups": []}
        try:
            return subprocess.run(
                [*self.prefix, *command],
                capture_output=True,
                text=True,
                errors="replace",
                cwd="/",
                check=False,
                umask=0o077,
                stdin=subprocess.DEVNULL,
                **identity,
            )
        except OSError as error:  # a folder above the program is closed to this user, or there is no such program
            return subprocess.CompletedProcess(command, 126, "", str(error))

    def works(self, command: list[str]) -> bool:
        """Whether this user can run the command."""
        return self.run(command).returncode == 0

    def give(self, folder: Path) -> None:
        """Make this user the owner of a folder and all that is in it (only root can and needs to)."""
        if os.geteuid() != 0:
            return
        uid, gid = (0, 0) if self.uid is None or self.gid is None else (self.uid, self.gid)
        if folder.stat().st_uid == uid:
            return
        os.chown(folder, uid, gid)
        for path in folder.rglob("*"):
            os.chown(path, uid, gid, follow_symlinks=False)


def elsewhere(home: Path) -> Path:
    """A short place that every user can reach, the same one for the same home."""
    parent = Path("/var/lib") if os.geteuid() == 0 else Path(tempfile.gettempdir())
    if len(str(parent)) > 40:
        parent = Path("/tmp")  # noqa: S108 - made below with a check of its owner
    return parent / f"peacekeeping-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"


def make_elsewhere(place: Path) -> None:
    """Make that place, or check that it is ours and nobody else's trap.

    Raises:
        EmbeddedError: somebody else owns it, or it cannot be made.
    """
    try:
        place.mkdir(mode=0o755, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(f"The embedded servers need the folder {place}, which cannot be made: {error}.") from error
    if place.is_symlink() or not place.is_dir() or place.stat().st_uid != os.geteuid():
        raise EmbeddedError(
            f"The embedded servers need the folder {place}, but it belongs to somebody else: remove it."
        )


def choose_account(program: Path, home: Path) -> Account:
    """The user to run `program` as, with its state under `home` (a folder that exists)."""
    if os.geteuid() != 0:
        return Account()
    entry = pwd.getpwnam("nobody")
    nobody = Account(entry.pw_uid, entry.pw_gid)
    if nobody.works([str(program), "--version"]) and nobody.works(["test", "-x", str(home)]):
        return nobody
    namespace = Account(prefix=NAMESPACE)
    if namespace.works([str(program), "--version"]) and namespace.works(["test", "-x", str(home)]):
        return namespace
    return Account(entry.pw_uid, entry.pw_gid, elsewhere=elsewhere(home))


def reachable_program(account: Account, program: Path, bundle: list[Path]) -> Path:
    """The path under which the account can run the program: its own, or that of a copy.

    Args:
        bundle: the folders, side by side, that the program needs; the first one holds it.

    Raises:
        EmbeddedError: it is a program of the system and that user cannot run it.
    """
    if account.elsewhere is None or account.works([str(program), "--version"]):
        return program
    if not bundle:
        raise EmbeddedError(f"{program} cannot be run by the user nobody, and this machine forbids user namespaces.")
    make_elsewhere(account.elsewhere)
    target = account.elsewhere / "programs"
    target.mkdir(exist_ok=True)
    for folder in bundle:
        copy = target / folder.name
        if not copy.exists():
            part = target / f"{folder.name}.part"
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(folder, part, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "include"))
            part.rename(copy)
    return target / bundle[0].name / program.relative_to(bundle[0])
