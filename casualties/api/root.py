"""/api/v1/: where to go from here; and the answer to every address that does not exist."""

from django.http import HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from casualties.api.answering import METHODS, Answer, as_json, resource
from casualties.api.asking import Asked
from casualties.api.formats import Json

LISTS = (
    *("figures", "trends", "statements", "casualties", "incidents", "withdrawn", "revisions"),
    *("missions", "countries", "strengths"),
)


@extend_schema(exclude=True)
@resource(Json)
def index(request: Request) -> Answer:
    """The addresses, and where they are described."""
    Asked(request, filters=()).settle()
    places = {name: request.build_absolute_uri(reverse(f"api-{name}")) for name in LISTS}
    return as_json(
        {
            "addresses": places,
            "reference": request.build_absolute_uri("/api/"),
            "openapi": request.build_absolute_uri("/api/openapi.yaml"),
        }
    )


@extend_schema(exclude=True)
@api_view(METHODS)
def nothing_here(request: Request, rest: str) -> HttpResponseBase:
    """404; or the way to the address that ends with a slash, where only that was forgotten."""
    if not rest.endswith("/") and _exists(f"{request.path}/"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    raise NotFound(_("The API has no such address; /api/ lists those that it has."))


def _exists(path: str) -> bool:
    try:
        return resolve(path).func is not nothing_here
    except Resolver404:
        return False
