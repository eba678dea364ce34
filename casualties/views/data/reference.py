"""/api/: the reference of the API as a page of our own, out of docs/openapi.yaml.

The viewers that come with other packages (Swagger UI, Redoc) bring a megabyte of script and styles of their own, which
the content policy would have to be opened for, and show nothing without it; this page prints, speaks the reader's
language and looks like the others. The file is the one that the tests hold to the code.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.filters import FilterProblem
from casualties.views import states
from casualties.views.access import everybody
from casualties.views.files.refusing import refusal

FILE = settings.BASE_DIR / "docs" / "openapi.yaml"
LISTED = 16
END_OF_YEARS = 9999  # a year is a number of four digits
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation. `allowed` are its words, or what kind of value it takes."""

    name: str
    where: str
    allowed: str
    words: str


@dataclass(frozen=True)
class Operation:
    """One address of the API."""

    key: str
    path: str
    tag: str
    summary: str
    words: str
    parameters: tuple[Parameter, ...]
    answer: tuple[tuple[str, str], ...]
    formats: tuple[str, ...]


@everybody
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """What can be asked, how, and what comes back. It holds no figure."""
    heading = _("Reference of the API")
    if problems := states.asked_of_no_figures(request.GET):
        return states.refused(request, problems, heading=heading, back=reverse("api-reference"))
    tags = {"figures": _("Figures"), "records": _("Records"), "reference": _("Facts about missions and countries")}
    groups = [(words, [one for one in operations(get_language()) if one.tag == tag]) for tag, words in tags.items()]
    return render(request, "data/reference.html", {"heading": heading, "groups": groups})


@everybody
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    if request.GET:
        reason = _("is not a parameter of this file")
        return refusal([FilterProblem(name, "", reason) for name in request.GET])
    return HttpResponse(FILE.read_bytes(), content_type="application/yaml")


@lru_cache(maxsize=4)
def operations(language: str | None) -> tuple[Operation, ...]:
    """The operations of the file, read once per process and language."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    described = yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    schemas = described["components"]["schemas"]
    return tuple(
        _operation(path, operation, schemas)
        for path, methods in described["paths"].items()
        for operation in methods.values()
    )


def _operation(path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    content = operation["responses"]["200"]["content"]
    words = operation.get("description", "")
    return Operation(
        key=operation["operationId"],
        path=path,
        tag=operation["tags"][0],
        summary=operation["summary"],
        words="" if words == operation["summary"] else _marked(words),
        parameters=tuple(_parameter(parameter) for parameter in operation.get("parameters", ())),
        answer=tuple(_answered(content["application/json"]["schema"], schemas)),
        formats=tuple(content),
    )


def _parameter(parameter: dict[str, Any]) -> Parameter:
    schema = parameter["schema"]
    commas = schema.get("type") == "array" and parameter.get("explode") is False
    many = _("several, with commas") if commas else _("may be repeated") if schema.get("type") == "array" else ""
    one = schema.get("items", schema)
    if words := one.get("enum"):
        kind = ", ".join(words[:LISTED]) + (" …" if len(words) > LISTED else "")
    elif one.get("maximum") == END_OF_YEARS:
        kind = _("year, %(least)s or later") % {"least": one["minimum"]}
    elif "minimum" in one:
        kind = _("whole number from %(least)s to %(most)s") % {"least": one["minimum"], "most": one["maximum"]}
    else:
        kind = "YYYY-MM-DD" if one.get("format") == "date" else _("text")
    return Parameter(
        name=parameter["name"],
        where=parameter["in"],
        allowed=f"{kind} ({many})" if many else kind,
        words=_marked(parameter.get("description", "")),
    )


def _answered(schema: dict[str, Any], schemas: dict[str, Any]) -> list[tuple[str, str]]:
    """What an answer holds: each name with what it is; of a list or an object the names within."""
    found: list[tuple[str, str]] = []
    for name, part in schema["properties"].items():
        inner = part.get("items", part)
        reference = inner.get("$ref", "").rsplit("/", 1)[-1]
        named = schemas.get(reference, inner if "properties" in inner else {}).get("properties", {})
        words = part.get("description", "")
        if named:
            kind = _("list of objects") if part.get("type") == "array" else _("object")
            words = f"{kind}: {', '.join(named)}"
        found.append((name, _marked(words)))
    return found


def _marked(text: str) -> SafeString:
    """Text of the description with its words of code as such."""
    return mark_safe(CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped just now
