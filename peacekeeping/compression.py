"""Pages go over the wire compressed; files and the API as they are.

A page with its tables is 200 kB of HTML and a tenth of that compressed. A CSV streams and is hashed by those who keep
it, so nothing stands between it and them; a proxy may compress what it likes.
"""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """GZipMiddleware (which adds random bytes, so that sizes tell nothing of a page's secrets) for HTML alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
