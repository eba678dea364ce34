"""One view and one address give the page, or a named part of it when htmx asks."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part. A boosted link and a restored history entry need the whole page.

    Needs django_htmx's middleware.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest, page: str, context: Mapping[str, Any] | None = None, *, part: str, status: int = 200
) -> HttpResponse:
    """Render the template `page`, or `part` with the same context when htmx asks for it.

    The answer says that it varies with the header, so that no cache hands a part to a reader of the page.
    """
    template = part if wants_part(request) else page
    response = render(request, template, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
