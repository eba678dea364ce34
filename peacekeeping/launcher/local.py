"""The environment of a run on this machine: what is not set is made, what is set is left alone."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from peacekeeping.embedded import Services, start_services
from peacekeeping.launcher.state import ROOT, State


def state_folder(environment: Mapping[str, str]) -> Path:
    """The state folder of this checkout."""
    return Path(environment.get("STATE_DIR") or ROOT / "var").resolve()


def local_environment(state: State, services: Services, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for web, worker and commands: an open reading room on this machine only."""
    made = {
        "STATE_DIR": str(state.folder),
        "PUBLIC_READING": "1",
        "PYTHONUNBUFFERED": "1",
        # Celery's advice against root is for servers; here nothing listens to the outside.
        "PYTHONWARNINGS": "ignore:You're running the worker",
    }
    # Without byte code every process would compile all packages anew, for many seconds.
    found = {name: value for name, value in environment.items() if value and name != "PYTHONDONTWRITEBYTECODE"}
    if "SECRET_KEY" not in found:
        made["SECRET_KEY"] = state.secret_key()
    return {**made, **found, **services.environment}


@contextmanager
def local_services() -> Iterator[None]:
    """For a management command typed in a checkout: the servers and settings of its `make run`.

    Does nothing where DATABASE_URL is set, and where `make run` was never used.
    """
    state = State(state_folder(os.environ))
    if os.environ.get("DATABASE_URL") or not (state.folder / "postgres").is_dir():
        yield
        return
    services = start_services(state.folder, os.environ)
    try:
        os.environ.update(local_environment(state, services, os.environ))
        yield
    finally:
        services.stop()
