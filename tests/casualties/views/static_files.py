"""Static files as the browser tests serve them."""

from typing import Any, ClassVar

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponseNotFound


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
