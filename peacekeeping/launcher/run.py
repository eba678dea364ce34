"""One run: services, preparation, web, worker and timetable; then watch, and stop all in order."""

import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from peacekeeping.embedded import EmbeddedError, Postgres, Services, start_services
from peacekeeping.launcher.errors import LauncherError
from peacekeeping.launcher.local import local_environment
from peacekeeping.launcher.preparation import Preparation
from peacekeeping.launcher.processes import Child, kill_all, stop_all
from peacekeeping.launcher.progress import Progress
from peacekeeping.launcher.state import State
from peacekeeping.launcher.terminal import Stopped, own_terminal, second_signal, stopped_by_signal
from peacekeeping.launcher.watching import BETWEEN_LOOKS, look_after, wait_for_answer, wait_ready

HOST = "127.0.0.1"
SECONDS_TO_LET_GO = 2  # of a port, by a run that was just killed


def run(state: State, environment: Mapping[str, str], port: int, data: Path | None) -> None:
    """Run the product until somebody stops it.

    Raises:
        LauncherError: it cannot start, or a part of it ended; everything else has been stopped by then.
    """
    address = f"http://{HOST}:{port}/"
    children: list[Child] = []
    services = Services([], {})
    with own_terminal(), stopped_by_signal(), state.held(address):
        try:
            check_data(data)
            check_port(port)
            print("Casualty statistics", flush=True)
            progress = Progress()
            with progress.step("services") as step:
                services = start_services(state.folder, environment)
                step.result = "PostgreSQL and Valkey" if services.servers else "those of the environment"
            settings = local_environment(state, services, environment)
            Preparation(state, settings, _identity(services)).run(progress, data)
            with progress.step("web, worker") as step:
                start_children(children, state, settings, port, lambda: look_after(children, services))
                wait_ready(HOST, port, lambda: look_after(children, services), step.say)
                step.result = "data are loaded, trends are built"
            _say_ready(state, progress, address)
            while True:
                look_after(children, services)
                time.sleep(BETWEEN_LOOKS)
        except Stopped:
            print("\nStopping", flush=True)
        except EmbeddedError as error:
            raise LauncherError(str(error)) from error
        finally:
            with second_signal(lambda: kill_all(children)):
                stop_all(children)
                services.stop()
    print("Stopped. Everything is kept for the next start.", flush=True)


def check_data(data: Path | None) -> None:
    """Refuse a file that is not there before anything is started."""
    if data is not None and not data.is_file():
        raise LauncherError(f"DATA names {data}, and there is no such file.")


def check_port(port: int) -> None:
    """Refuse a port that somebody else uses. A run that was just killed gets a moment to let go of it."""
    deadline = time.monotonic() + SECONDS_TO_LET_GO
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except PermissionError as error:
                raise LauncherError(f"Port {port} may not be used: {error.strerror}. Choose another.") from error
            except OSError as error:
                if time.monotonic() > deadline:
                    raise LauncherError(
                        f"Port {port} is in use by another program. Choose another: make run PORT={port + 1}"
                    ) from error
            else:
                return
        time.sleep(0.1)


def start_children(
    children: list[Child], state: State, environment: Mapping[str, str], port: int, look: Callable[[], None]
) -> None:
    """Add web, one worker and the timetable to `children`; `look` is called meanwhile, see wait_for_answer."""
    settings = {
        "SITE_ADDRESS": f"http://{HOST}:{port}",
        **environment,
        "BIND": f"{HOST}:{port}",
        "WEB_GRACEFUL_SECONDS": "2",
        "CELERY_SKIP_CHECKS": "1",  # `make lint` runs them; a worker would import every page for them
    }
    programs = Path(sys.executable).parent
    celery = [str(programs / "celery"), "--quiet", "-A"]
    web = [str(programs / "gunicorn"), "peacekeeping.wsgi:application"]
    worker = [*celery, "peacekeeping.celery:app", "worker", "--concurrency=2", "--without-gossip", "--without-mingle"]
    beat = [*celery, "peacekeeping.beat:app", "beat", "--pidfile=", f"--schedule={state.folder / 'beat-schedule'}"]

    def add(name: str, command: list[str], insist: signal.Signals) -> None:
        children.append(Child(name, command, settings, state.logs / f"{name}.log", insist=insist))

    add("web", web, signal.SIGQUIT)
    add("worker", [*worker, "--loglevel=INFO"], signal.SIGQUIT)  # a cold shutdown, which gives its task back
    # The timetable has time: a new worker looks for work by itself, and two processors are busy until the web answers.
    wait_for_answer(HOST, port, look)
    add("timetable", [*beat, "--loglevel=WARNING"], signal.SIGKILL)


def _identity(services: Services) -> str | None:
    """What identifies the database of this run, if it is this checkout's own."""
    for server in services.servers:
        if isinstance(server, Postgres):
            return server.identity()
    return None


def _say_ready(state: State, progress: Progress, address: str) -> None:
    print(f"\nReady after {progress.seconds():.1f} s:  {address}", flush=True)
    if state.sign_in.exists():
        print(f"Sign in as  {'  password  '.join(state.sign_in.read_text().split())}")
        print(f"(from {state.sign_in}; delete that file once the password is changed)", flush=True)
    print(f"Logs are in {state.logs}. Stop with Ctrl-C, or with `make stop` from elsewhere.", flush=True)
