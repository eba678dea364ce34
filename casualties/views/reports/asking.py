"""From a request to what it asks of a report, and the addresses of a report."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from casualties.reports import asked as reports
from casualties.reports.asked import Asked
from casualties.views.addresses import with_query
from casualties.views.selecting import selection_of

HEADER = {"header": "1"}  # a CSV that is taken from a page says what it is


def asked_of(request: HttpRequest, name: str, *own: str) -> Asked:
    """Read the address of a report; the endpoint's `own` parameters are its own business. 404 for an unknown name."""
    if name not in reports.NAMES:
        raise Http404(f"There is no report {name!r}.")
    of_report = reports.own_parameters(name)  # which of them may be said twice, is the report's to judge
    selection = selection_of(request, own={*of_report, *own}, several=of_report)
    return reports.asked_of(name, selection, request.GET)


def address(
    asked: Asked,
    form: str = "",
    *,
    name: str = "",
    suppress: int | None = None,
    more: Mapping[str, str] | None = None,
) -> str:
    """The report (or the classic one of that name) under the same selection: as a page, or as a file of that form.

    `more`: parameters beside those of the report.
    """
    url = reverse(f"report-{form}" if form else "report", args=[name or asked.report.name])
    query = asked.query_of(asked.asked, asked.suppress if suppress is None else suppress)
    return with_query(url, "&".join(part for part in (query, urlencode(more or {})) if part))
