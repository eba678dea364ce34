"""A hub on this machine: answers with what the test says, or misbehaves."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOKS_FOR_ITS_END = 0.02  # seconds; as given it is half a second, for which every test would wait


class Hub:
    """What the server answers with; a test sets it."""

    def __init__(self) -> None:
        self.body = b""
        self.status = 200
        self.declared_length: int | None = None
        self.wait = 0.0
        self.address = ""


@contextmanager
def hub_server() -> Iterator[Hub]:
    """A running server for the time of the block."""
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(hub.wait)
            self.send_response(hub.status)
            self.send_header("Content-Length", str(hub.declared_length or len(hub.body)))
            self.end_headers()
            self.wfile.write(hub.body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub.address = f"http://127.0.0.1:{server.server_port}/public/data/DPPADPOSS-FATALITIES/json"
    thread = threading.Thread(target=server.serve_forever, args=(LOOKS_FOR_ITS_END,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
