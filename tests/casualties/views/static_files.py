"""Pages and static files as the browser tests serve them."""

from typing import Any, ClassVar

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.http import HttpRequest, HttpResponseNotFound
from django.test.testcases import LiveServerThread


class StaticFilesOnce(StaticFilesHandler):
    """The browser asks for each static file once, and not with every page; `left_out`: for parts of names, in vain."""

    left_out: ClassVar[list[str]] = []

    def serve(self, request: HttpRequest) -> Any:
        """The file, to be kept as long as the tests take."""
        if any(part in request.path for part in self.left_out):
            return HttpResponseNotFound()
        response = super().serve(request)
        response["Cache-Control"] = "no-store" if "plotly" in request.path else "max-age=3600"
        return response


class _EndsAtOnce(ThreadedWSGIServer):
    """Looks often whether it is to end: otherwise every test would wait for half a second."""

    def serve_forever(self, poll_interval: float = 0.02) -> None:
        super().serve_forever(poll_interval)


class PagesServer(LiveServerThread):
    """The product in a thread, with its static files, on a port of its own."""

    server_class = _EndsAtOnce

    def __init__(self) -> None:
        """Not started yet."""
        super().__init__("127.0.0.1", StaticFilesOnce, connections_override={})
        self.daemon = True

    def begin(self) -> None:
        """Start it, and wait until it answers."""
        self.start()
        self.is_ready.wait()
        assert self.error is None
