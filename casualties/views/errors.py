"""Addresses that hold nothing, readers without a right, failures: what is said then, and where to go from there."""

import logging
from collections.abc import Sequence
from difflib import get_close_matches
from secrets import token_hex
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from casualties.filters import Basis
from casualties.views.addresses import with_query
from casualties.views.operations import missions_begun
from casualties.views.selecting import basis_of
from peacekeeping.uploads import NotTakenError, TooLargeError

log = logging.getLogger(__name__)
# First part of an address as it was or as people write it -> as it is.
OLD_NAMES = {
    "mission": "missions",
    "country": "contributors",
    "countries": "contributors",
    "contributor": "contributors",
    "cause": "causes",
    "incident": "incidents",
    "trend": "trends",
    "report": "reports",
    "statement": "statements",
    "published": "statements",
    "revision": "revisions",
    "open-case": "open-cases",
}
NEAREST, LEAST_LIKENESS = 3, 0.6


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the missions to choose from and those whose acronym looks like a part of the address.

    An address under an old name leads to the new one, its query kept.
    """
    first, *rest = request.path.strip("/").split("/")
    if first in OLD_NAMES and len(rest) < 2 and request.method in {"GET", "HEAD"}:
        path = "/".join(["", OLD_NAMES[first], *(quote(part) for part in rest), ""])
        return HttpResponsePermanentRedirect(with_query(path, request.META.get("QUERY_STRING", "")))
    context: dict[str, object] = {}
    if request.user.is_authenticated or settings.PUBLIC_READING:
        basis = basis_of(request)
        context = {"missions": missions_begun(basis), "near": _near(basis, [first, *rest])}
    return render(request, "404.html", context, status=404)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for what is too large; where a file was refused, with the reason."""
    reason = str(exception) if isinstance(exception, (NotTakenError, TooLargeError)) else ""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, "400.html", {"reason": reason}, status=status)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason that was given: who may."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: nothing was written, and what to do."""
    log.warning("Form refused: %s (%s)", request.path, reason)
    said = _(
        "The form was open for too long, or the browser keeps no cookies. Nothing was changed. "
        "Go back, load the page anew and send it again."
    )
    return render(request, "403.html", {"reason": said, "heading": _("The form was not accepted")}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """500, with a reference under which the log holds the failure. Asks nothing of the database, which may be down."""
    reference = token_hex(4)
    log.error("Failure %s: %s %s", reference, request.method, request.path, exc_info=True)
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def _near(basis: Basis, parts: Sequence[str]) -> list[str]:
    """Acronyms that look like a part of the address, the most alike first; part and alias lead to their mission."""
    known = {name.casefold(): name for name in (*basis.missions, *basis.mission_aliases, *basis.umbrella_of)}
    found = []
    for part in parts:
        found += [known[name] for name in get_close_matches(part.casefold()[:80], known, NEAREST, LEAST_LIKENESS)]
    named = (basis.mission_aliases.get(name, basis.umbrella_of.get(name, name)) for name in found)
    return list(dict.fromkeys(named))[:NEAREST]
