"""/data/: how programs get figures and records. /data/dictionary/: every column. /datapackage.json: the data set."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.exports.data_package import DICTIONARY, data_package, dictionary_rows
from casualties.filters import FilterProblem
from casualties.views import states
from casualties.views.access import everybody, readers
from casualties.views.data.examples import VARIABLE, examples
from casualties.views.figures_cache import for_reader
from casualties.views.files.refusing import refusal
from casualties.views.selecting import basis_of
from peacekeeping.tables.writing import csv_lines


@everybody
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Examples to paste, with this very address. It holds no figure."""
    heading = _("Data and API")
    if problems := states.asked_of_no_figures(request.GET):
        return states.refused(request, problems, heading=heading, back=reverse("data"))
    context = {
        "heading": heading,
        "examples": examples(_site(request), token=not settings.PUBLIC_READING),
        "needs_token": not settings.PUBLIC_READING,
        "variable": VARIABLE,
        "anonymous_rate": settings.API_ANONYMOUS_RATE,
    }
    return render(request, "data/data.html", context)


@everybody
@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """The columns of the files, from the allow-list."""
    heading = _("Data dictionary")
    if problems := states.asked_of_no_figures(request.GET):
        return states.refused(request, problems, heading=heading, back=reverse("data-dictionary"))
    rows = dictionary_rows()
    files = [
        (file, [row for row in rows if row["file"] == file]) for file in dict.fromkeys(row["file"] for row in rows)
    ]
    return render(request, "data/dictionary.html", {"heading": heading, "files": files})


@everybody
@require_safe
def dictionary_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    if request.GET:
        reason = _("is not a parameter of this file")
        return refusal([FilterProblem(name, "", reason) for name in request.GET])
    lines = csv_lines(DICTIONARY, ([row[name] for name in DICTIONARY] for row in dictionary_rows()))
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-dictionary.csv"'
    return response


@readers
@require_safe
def datapackage(request: HttpRequest) -> HttpResponse:
    """The files as a Frictionless data package. It describes all data, so a filter is refused."""
    if request.GET:
        reason = _("is not a parameter of this file, which describes all data")
        return for_reader(request, refusal([FilterProblem(name, "", reason) for name in request.GET]))
    package = data_package(basis_of(request), site=_site(request))
    return for_reader(request, JsonResponse(package, json_dumps_params={"indent": 1, "ensure_ascii": False}))


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
