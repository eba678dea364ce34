"""What is wrong with a request, as RFC 9457 has it: application/problem+json with a type, and the parameter by name."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from casualties.counts import NotAvailable
from casualties.exports.files import DataMoved, UnknownColumn
from casualties.filters import FilterProblem, SelectionRefused

CONTENT_TYPE = "application/problem+json"
TYPES = "/api/#problem-"  # relative: each leads to its description on the reference page
SHOWN = 80
log = logging.getLogger(__name__)


class Refused(exceptions.APIException):
    """400: parameters that are wrong, each by name."""

    status_code = 400

    def __init__(self, *problems: FilterProblem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class Moved(exceptions.APIException):
    """409: the data changed between two pages of one list."""

    status_code = 409


def answer_problem(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """The exception handler of the API: any exception of a view -> its answer."""
    request: HttpRequest = context["request"]._request
    if isinstance(error, (Refused, SelectionRefused)):
        return problem(request, 400, "parameter", _("A parameter is wrong"), str(error), errors=error.problems)
    if isinstance(error, UnknownColumn):
        wrong = FilterProblem("columns", error.name, _("is not a column of this list"), error.allowed)
        return problem(request, 400, "parameter", _("A parameter is wrong"), str(wrong), errors=[wrong])
    if isinstance(error, NotAvailable):
        return problem(request, 409, "not-available", _("The loaded data cannot answer"), str(error))
    if isinstance(error, Moved):
        return problem(request, 409, "data-moved", _("The data changed meanwhile"), str(error.detail))
    if isinstance(error, DataMoved):
        return problem(
            request, 503, "data-moved", _("The data changed meanwhile"), str(error), headers={"Retry-After": "1"}
        )
    if isinstance(error, (SuspiciousOperation, BadRequest)):
        return problem(request, 400, "request", _("The request cannot be read"), type(error).__name__)
    if isinstance(error, Http404):
        error = exceptions.NotFound(str(error) or None)
    if isinstance(error, exceptions.APIException):
        return _of_the_framework(request, error)
    log.exception("The API failed on %s", request.path)
    return problem(request, 500, "failed", _("The server failed"), _("It is in the log; the fault is ours."))


def problem(
    request: HttpRequest,
    status: int,
    kind: str,
    title: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[FilterProblem] = (),
) -> HttpResponse:
    """The answer. `kind` is the last part of its type; `errors` names parameters with what is allowed for each."""
    body: dict[str, Any] = {
        "type": f"{TYPES}{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    if errors:
        body["errors"] = [
            {
                "parameter": wrong.parameter,
                "value": wrong.value if len(wrong.value) <= SHOWN else f"{wrong.value[:SHOWN]}…",
                "reason": wrong.reason,
                "allowed": list(wrong.allowed),
            }
            for wrong in errors
        ]
    response = HttpResponse(orjson.dumps(body), status=status, content_type=CONTENT_TYPE, headers=headers)
    response["Cache-Control"] = "no-store"
    return response


def _of_the_framework(request: HttpRequest, error: exceptions.APIException) -> HttpResponse:
    """Errors that Django REST framework raises by itself."""
    headers = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    kind, title = {
        401: ("sign-in", _("A token is needed")),
        403: ("not-allowed", _("The token does not reach this")),
        404: ("not-found", _("There is no such thing")),
        405: ("method", _("The API is read only")),
        406: ("format", _("No format that was asked for can be given")),
        429: ("rate", _("Too many requests")),
    }.get(error.status_code, ("request", _("The request cannot be read")))
    if isinstance(error, exceptions.MethodNotAllowed):
        headers["Allow"] = "GET, HEAD"
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait) + 1)
    return problem(request, error.status_code, kind, title, str(error.detail), headers=headers)
