"""Reading the environment: a missing or malformed value stops the start with one clear sentence."""

import os
import sys
import tempfile
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qs, unquote, urlsplit

BROKER_PREFIX = "casualties:"  # of our keys in the broker, where the variable of this name says no other


def stop(sentence: str) -> NoReturn:
    """End the process with one sentence; a traceback would bury the one thing the reader has to do."""
    sys.exit(f"settings: {sentence}")


def text(name: str, default: str | None = None) -> str:
    """The value of a variable; without a default it must be there."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        stop(f"{name} is missing. Set it in the environment (docs/operations.md lists every variable).")
    return default


def flag(name: str, *, default: bool) -> bool:
    """A yes or no written as 1 or 0."""
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        stop(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def whole(name: str, default: int) -> int:
    """A whole number of 1 or more."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < 1:
        stop(f"{name} must be a whole number of 1 or more, not {value!r}.")
    return int(value)


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    """One of some words; the first unless another is said."""
    value = text(name, allowed[0])
    if value not in allowed:
        stop(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def temporary_folder(name: str) -> Path | None:
    """The folder of temporary files, made where it is missing: Python would pass over it. None: the system's."""
    if not (value := text(name, "")):
        return None
    folder = Path(value).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        stop(f"{name}: the folder {value} cannot be made: {error.strerror}.")
    tempfile.tempdir = str(folder)  # somebody may have asked for it, and got another one, before
    return folder


def database(name: str) -> dict[str, object]:
    """Django's connection settings out of postgres://user:password@host:port/name.

    A socket folder is given as postgres:///name?host=/folder&user=somebody. PostgreSQL is the only dialect.
    """
    parts = urlsplit(text(name))
    extra = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        stop(f"{name} must look like postgres://user:password@host:5432/name; only PostgreSQL is supported.")
    try:
        port = parts.port
    except ValueError:
        stop(f"{name} has a port that is not a number.")
    unknown = set(extra) - {"host", "port", "user", "password", "sslmode"}
    if unknown:
        stop(f"{name} has the unknown option {sorted(unknown)[0]!r}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or extra.get("user", "")),
        "PASSWORD": unquote(parts.password or extra.get("password", "")),
        "HOST": parts.hostname or extra.get("host", ""),
        "PORT": str(port or extra.get("port", "")),
        "OPTIONS": {"sslmode": extra["sslmode"]} if "sslmode" in extra else {},
    }


def redis(name: str) -> tuple[str, str]:
    """The two spellings of one Redis or Valkey address: (for Celery, for the cache).

    redis://host:6379/0 serves both; a socket is unix:///path?db=0 for the cache and redis+socket:///path for Celery.
    """
    address = text(name)
    parts = urlsplit(address)
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        return address, address
    if parts.scheme == "unix" and parts.path:
        db = parse_qs(parts.query).get("db", ["0"])[-1]
        return f"redis+socket://{parts.path}?virtual_host={db}", f"unix://{parts.path}?db={db}"
    stop(f"{name} must look like redis://host:6379/0 or unix:///path/to/socket?db=0.")
