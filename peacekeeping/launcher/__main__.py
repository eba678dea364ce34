"""The command line behind `make run`, `make stop`, `make clean` and `make manage`."""

import argparse
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from peacekeeping.assets import VENDOR
from peacekeeping.embedded import EmbeddedError, Postgres, Valkey
from peacekeeping.launcher.errors import LauncherError
from peacekeeping.launcher.local import state_folder
from peacekeeping.launcher.run import run
from peacekeeping.launcher.state import State

STOP_SECONDS = 30


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m peacekeeping.launcher", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("run", help="start everything and stay until Ctrl-C")
    start.add_argument("--port", default="8000", help="of the web pages (8000)")
    start.add_argument("--data", default="", help="a release to load, CSV or JSON")
    commands.add_parser("stop", help="stop the run of this checkout")
    commands.add_parser("clean", help="remove its data and everything that was made for it")
    options = parser.parse_args(arguments)
    state = State(state_folder(os.environ))
    try:
        if options.command == "run":
            run(state, os.environ, port_number(options.port), Path(options.data).absolute() if options.data else None)
        elif options.command == "stop":
            stop(state)
        else:
            clean(state)
    except (LauncherError, EmbeddedError) as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        return 1
    return 0


def port_number(text: str) -> int:
    """The port, or one sentence about what is wrong with it."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise LauncherError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def stop(state: State) -> None:
    """Stop the run on this folder and wait until nothing of it is left."""
    pid = state.running()
    if pid is None:
        print("Nothing is running here.")
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while state.running() is not None:
        if time.monotonic() > deadline:
            raise LauncherError(f"The run (process {pid}) does not stop; its logs are in {state.logs}.")
        time.sleep(0.05)
    print("Stopped.")


def clean(state: State) -> None:
    """Remove the state folder and, with the checkout's own, the fetched front-end files, which other runs may serve.

    Raises:
        LauncherError: something still uses them.
    """
    if state.running() is not None:
        raise LauncherError("`make run` is running here: stop it with `make stop` before `make clean`.")
    servers = [Postgres(state.folder / "postgres", ""), Valkey(state.folder / "valkey")]
    for server in servers:
        if server.running():
            raise LauncherError(
                f"{server.name} of this checkout is still used by another program, so nothing is removed."
            )
    for server in servers:
        server.remove()
    state.remove()
    if state.folder != state_folder({}):
        print(f"Removed {state.folder}.")
        return
    shutil.rmtree(VENDOR, ignore_errors=True)
    print(f"Removed {state.folder} and {VENDOR}.")


if __name__ == "__main__":
    raise SystemExit(main())
