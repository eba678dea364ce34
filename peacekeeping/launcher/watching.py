"""Waiting until everything answers, and noticing when a part of it ends."""

import http.client
import json
import time
from collections.abc import Callable, Sequence

from peacekeeping.embedded import Services
from peacekeeping.launcher.errors import LauncherError
from peacekeeping.launcher.processes import Child

BETWEEN_LOOKS = 0.2


def wait_for_answer(host: str, port: int, look: Callable[[], None]) -> None:
    """Wait until the web process answers, whatever it says.

    Args:
        look: called again and again; raises LauncherError when a part of the run has ended.
    """
    while ask_ready(host, port)[0] == 0:
        look()
        time.sleep(BETWEEN_LOOKS)


def wait_ready(host: str, port: int, look: Callable[[], None], say: Callable[[str], None]) -> None:
    """Wait until /readyz is 200: data are loaded and their trends are built. What it says until then is shown.

    Args:
        look: called again and again; raises LauncherError when a part of the run has ended.
        say: shows a sentence, when it is a new one.
    """
    while True:
        code, words = ask_ready(host, port)
        if code == 200:
            return
        look()
        say(words)
        time.sleep(BETWEEN_LOOKS)


def ask_ready(host: str, port: int) -> tuple[int, str]:
    """The status code of /readyz and what it says; 0 when nobody answers, or only a program that is not ours."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        code, text = answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()
    try:
        return code, str(json.loads(text)["status"])
    except (ValueError, TypeError, LookupError):  # an error page of ours; or another program was quicker to the port
        return (0, "another program answers") if code == 200 else (code, f"the answer is an error {code}")


def look_after(children: Sequence[Child], services: Services) -> None:
    """Check once that every part lives.

    Raises:
        LauncherError: one has ended; the message names it and has the end of its log.
    """
    for child in children:
        if child.ended():
            raise LauncherError(
                f"The {child.name} process ended by itself (exit code {child.process.returncode}). "
                f"The end of {child.log}:\n{child.last_lines()}"
            )
    for server in services.servers:
        if not server.running():
            raise LauncherError(f"{server.name} ended by itself. The end of {server.log}:\n{server.last_lines()}")
