"""/missions/, /countries/, /strengths/: facts beside the figures, each with its source."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from casualties.api.answering import Answer, as_json, listed, resource
from casualties.api.asking import Asked, basis_of
from casualties.api.describing import (
    describe_countries,
    describe_country,
    describe_mission,
    describe_missions,
    describe_strengths,
)
from casualties.api.formats import Json
from casualties.api.paging import OWN as PAGES
from casualties.api.paging import page_of_list, paging, whole_part
from casualties.choices import Scope
from missions.models import Country, Mission, Strength

MISSION_COLUMNS = (
    "acronym", "name", "kind", "region", "sub_region", "status", "started_on", "started_precision", "ended_on",
    "ended_precision", "hosts", "seat", "latitude", "longitude", "umbrella", "family", "predecessors", "successors",
    "aliases", "in_un_list", "source",
)  # fmt: skip
COUNTRY_COLUMNS = (
    "iso3", "iso2", "m49", "name", "region", "sub_region", "status", "ended_on", "successors", "aliases", "source",
)  # fmt: skip
STRENGTH_COLUMNS = ("mission", "year", "category", "person_years", "months", "months_filled", "source")
OF_MISSIONS = ("mission", "family", "kind", "region", "scope")


@describe_missions
@resource()
def missions(request: Request) -> Answer:
    """Missions under the filters that concern them. An umbrella (UNEF) is there beside its parts."""
    asked = Asked(request, own=PAGES, filters=OF_MISSIONS)
    page = paging(asked, request.state, reads=(whole_part,))  # type: ignore[attr-defined]
    selection = asked.settle()
    if selection.scope in {Scope.UNIFORMED, Scope.UNIFORMED_PKO}:
        asked.refuse("scope", selection.scope, _("concerns people, not missions"), (Scope.ALL, Scope.PKO))
        asked.settle()
    rows = Mission.objects.select_related("umbrella").order_by("sort_key", "pk")
    if selection.mission_ids is not None:
        rows = rows.filter(pk__in=selection.mission_ids)
    found, following = page_of_list([_cells(row, MISSION_COLUMNS) for row in rows], page)
    return listed(request, "missions", MISSION_COLUMNS, found, _version(request), following=following)


@describe_mission
@resource(Json)
def mission(request: Request, acronym: str) -> Answer:
    """One mission by its acronym, or by an older one of it."""
    Asked(request, filters=()).settle()
    basis = basis_of(request)
    name = basis.mission_aliases.get(acronym, acronym)
    known = name in basis.missions or name in basis.parts
    row = Mission.objects.select_related("umbrella").filter(acronym=name).first() if known else None
    if row is None:
        raise NotFound(_("There is no mission of this acronym."))
    cells = _cells(row, MISSION_COLUMNS)
    return as_json({"mission": dict(zip(MISSION_COLUMNS, cells, strict=True)), **_version(request)})


@describe_countries
@resource()
def countries(request: Request) -> Answer:
    """Countries and areas, present and dissolved, that a nationality may name."""
    asked = Asked(request, own=PAGES, filters=())
    page = paging(asked, request.state, reads=(whole_part,))  # type: ignore[attr-defined]
    asked.settle()
    rows = [_cells(row, COUNTRY_COLUMNS) for row in Country.objects.states().order_by("sort_key", "pk")]
    found, following = page_of_list(rows, page)
    return listed(request, "countries", COUNTRY_COLUMNS, found, _version(request), following=following)


@describe_country
@resource(Json)
def country(request: Request, iso3: str) -> Answer:
    """One country by its ISO 3166-1 alpha-3 code (SCG and YUG for dissolved states)."""
    Asked(request, filters=()).settle()
    row = Country.objects.states().filter(iso3=iso3).first() if iso3 in basis_of(request).countries else None
    if row is None:
        raise NotFound(_("There is no country of this code."))
    cells = _cells(row, COUNTRY_COLUMNS)
    return as_json({"country": dict(zip(COUNTRY_COLUMNS, cells, strict=True)), **_version(request)})


@describe_strengths
@resource()
def strengths(request: Request) -> Answer:
    """Uniformed person-years by mission, year and category: the denominators of rates."""
    asked = Asked(request, own=("category", *PAGES), filters=("mission", "family", "kind", "region", "from", "to"))
    categories = asked.words("category", Strength.Category.values)
    page = paging(asked, request.state, reads=(whole_part,))  # type: ignore[attr-defined]
    selection = asked.settle()
    wanted = Q(category__in=categories) if categories else Q()
    if selection.mission_ids is not None:
        wanted &= Q(mission__in=selection.mission_ids)
    if first := selection.one("from"):
        wanted &= Q(year__gte=int(first))
    if last := selection.one("to"):
        wanted &= Q(year__lte=int(last))
    rows = Strength.objects.filter(wanted).order_by("mission__sort_key", "mission", "year", "category")
    cells = rows.values_list("mission__acronym", *STRENGTH_COLUMNS[1:])
    found, following = page_of_list([tuple(map(_plain, row)) for row in cells], page)
    return listed(request, "strengths", STRENGTH_COLUMNS, found, _version(request), following=following)


def _cells(row: Model, columns: Sequence[str]) -> list[Any]:
    """A row as a list of cells: null for what is blank, the acronym for the umbrella."""
    return [_plain(getattr(row, name)) for name in columns]


def _plain(value: Any) -> Any:
    if isinstance(value, Mission):
        return value.acronym
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value


def _version(request: Request) -> dict[str, Any]:
    return {"data_version": basis_of(request).version}
