"""A part of the run that ends is noticed, and named with the end of its log."""

import os
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from peacekeeping.embedded import Postgres, Services
from peacekeeping.launcher.errors import LauncherError
from peacekeeping.launcher.processes import Child, stop_all
from peacekeeping.launcher.watching import ask_ready, look_after
from tests.peacekeeping.embedded.holder import eventually

pytestmark = pytest.mark.processes


def test_it_works(tmp_path: Path) -> None:
    child = Child("web", [sys.executable, "-c", "import time; time.sleep(600)"], os.environ, tmp_path / "web.log")
    look_after([child], Services([], {}))
    stop_all([child])


def test_a_child_that_ends(tmp_path: Path) -> None:
    program = "import sys; print('first'); print('the reason'); sys.exit(3)"
    child = Child("web", [sys.executable, "-c", program], os.environ, tmp_path / "web.log")
    assert eventually(child.ended)
    with pytest.raises(LauncherError, match=r"(?s)The web process ended by itself \(exit code 3\).*the reason"):
        look_after([child], Services([], {}))


def test_a_server_that_ends(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres", "peacekeeping")
    postgres.start()
    look_after([], Services([postgres], {}))
    os.kill(int((tmp_path / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0]), 9)
    assert eventually(lambda: not postgres.running())
    with pytest.raises(LauncherError, match=r"PostgreSQL ended by itself\. The end of .*server\.log"):
        look_after([], Services([postgres], {}))
    postgres.stop()


def test_nobody_answers() -> None:
    assert ask_ready("127.0.0.1", 9) == (0, "")


@pytest.fixture
def says() -> Iterator[Callable[[int, str], tuple[int, str]]]:
    """What is understood when somebody on the port answers with a status code and a body."""
    said: list[tuple[int, str]] = []

    class Somebody(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code, body = said.pop()
            self.send_response(code)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Be silent."""

    with HTTPServer(("127.0.0.1", 0), Somebody) as server:

        def answer(code: int, body: str) -> tuple[int, str]:
            said.append((code, body))
            one = Thread(target=server.handle_request)
            one.start()
            understood = ask_ready("127.0.0.1", server.server_port)
            one.join()
            return understood

        yield answer


def test_the_web_process_answers(says: Callable[[int, str], tuple[int, str]]) -> None:
    assert says(503, '{"status": "no data are loaded"}') == (503, "no data are loaded")
    assert says(200, '{"status": "ready"}') == (200, "ready")
    assert says(500, "<h1>Error</h1>") == (500, "the answer is an error 500")


@pytest.mark.parametrize("body", ["[]", "{}", "7", "<h1>It works!</h1>", ""])
def test_another_program_that_took_the_port_is_not_taken_for_ours(
    says: Callable[[int, str], tuple[int, str]], body: str
) -> None:
    assert says(200, body) == (0, "another program answers")
