"""Another process that uses embedded servers, for tests of sharing, leaving and being killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import json, sys
from pathlib import Path
from peacekeeping.embedded import EmbeddedError, start_services
try:
    services = start_services(Path(sys.argv[1]), {})
except EmbeddedError as error:
    print(json.dumps({"error": str(error)}), flush=True)
    sys.exit(1)
print(json.dumps(services.environment), flush=True)
sys.stdin.read()
services.stop()
"""


class Holder:
    """A process that starts, or attaches to, the servers of a folder, and leaves when told to."""

    def __init__(self, folder: Path, *, prefix: tuple[str, ...] = (), path: str | None = None) -> None:
        """Start the process; what it finds is known after `wait_ready`."""
        environment = {**os.environ, **({"PATH": path} if path is not None else {})}
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-c", PROGRAM, str(folder)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_ready(self) -> dict[str, str]:
        """DATABASE_URL and REDIS_URL, or `error`."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        found: dict[str, str] = json.loads(line)
        return found

    def leave(self) -> None:
        """Let it leave the servers in order."""
        _, errors = self.process.communicate("", timeout=60)
        assert errors == ""

    def kill(self) -> None:
        """End it without any chance to leave."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


def connect(folder: Path) -> "psycopg2.extensions.connection":
    """A connection to the running PostgreSQL of a state folder."""
    socket = (folder / "postgres" / "socket").resolve()
    return psycopg2.connect(host=str(socket), user="postgres", dbname="peacekeeping")


def processes_naming(text: str) -> dict[int, str]:
    """The command lines of this machine's processes that name `text`, or have it in their environment; not this one."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            environment = (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:  # it has just ended
            continue
        if (text in command or text in environment) and int(folder.name) != os.getpid():
            found[int(folder.name)] = command
    return found


def eventually(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it becomes true within that time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
