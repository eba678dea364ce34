"""/casualties/, /incidents/: the people and the incidents of a selection. /withdrawn/: who is no longer in the data.

Columns are those of the files (casualties/exports/columns), so what may leave the system is decided in one place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from casualties.api.answering import Answer, as_json, is_csv, listed, resource
from casualties.api.asking import Asked
from casualties.api.describing import (
    describe_casualties,
    describe_casualty,
    describe_incident,
    describe_incidents,
    describe_withdrawn,
)
from casualties.api.formats import Json
from casualties.api.paging import OWN as PAGES
from casualties.api.paging import day_part, page_of_rows, paging, text_part, whole_part
from casualties.api.recording import recorded_file, recorded_list
from casualties.exports.answers import what_it_is
from casualties.exports.columns import INCIDENTS, PEOPLE, Column, columns_for
from casualties.exports.files import incidents_file, incidents_rows, people_file, people_rows
from casualties.exports.sent import SentFile
from casualties.filters import SWITCH, Selection
from casualties.models import CasualtyVersion
from missions.models import ApiClient

RECORDS = ApiClient.Scope.RECORDS
OWN = ("columns", "header", "changed_since", *PAGES)
WITHDRAWN = ("reference", "withdrawn_on")


@dataclass(frozen=True)
class RecordList:
    """A list of records. Its rows are sorted by `order`, latest first; `reads` reads the same two from a cursor."""

    name: str
    columns: Sequence[Column]
    rows: Callable[..., QuerySet[Any, Any]]
    file: Callable[..., SentFile]
    order: tuple[str, str]
    reads: tuple[Callable[[Any], Any], ...]


CASUALTIES = RecordList("casualties", PEOPLE, people_rows, people_file, ("occurred_on", "id"), (day_part, whole_part))
OF_INCIDENTS = RecordList(
    "incidents", INCIDENTS, incidents_rows, incidents_file, ("occurred_on", "incident__key"), (day_part, text_part)
)


@describe_casualties
@resource(scope=RECORDS)
def casualties(request: Request) -> Answer:
    """The selected people, latest incident first."""
    return _records(request, CASUALTIES)


@describe_incidents
@resource(scope=RECORDS)
def incidents(request: Request) -> Answer:
    """The incidents with at least one selected person, latest first."""
    return _records(request, OF_INCIDENTS)


@describe_casualty
@resource(Json, scope=RECORDS)
def casualty(request: Request, reference: str) -> Answer:
    """One person by the source's number."""
    asked = Asked(request, own=("columns",), filters=("known_at",))
    names, selection = asked.words("columns"), _everybody(asked)
    columns = columns_for(PEOPLE, selection.viewer, names)
    rows = people_rows(selection, columns, text_as_kept=True)
    found = None if "\x00" in reference else rows.filter(reference=reference).first()
    if found is None:
        raise NotFound(_("There is no such person in the data."))
    return as_json({"casualty": _object(columns, found), **what_it_is(selection)})


@describe_incident
@resource(Json, scope=RECORDS)
def incident(request: Request, key: str) -> Answer:
    """One incident by its key, with its people."""
    asked = Asked(request, own=("columns",), filters=("known_at",))
    names, selection = asked.words("columns"), _everybody(asked)
    columns = columns_for(INCIDENTS, selection.viewer, names)
    rows = incidents_rows(selection, columns, text_as_kept=True)
    found = None if "\x00" in key else rows.filter(incident__key=key).first()
    if found is None:
        raise NotFound(_("There is no such incident in the data."))
    of_people = columns_for(PEOPLE, selection.viewer)
    people = people_rows(selection, of_people, text_as_kept=True).filter(incident__key=key)
    return as_json(
        {
            "incident": _object(columns, found),
            "casualties": [_object(of_people, person) for person in people],
            **what_it_is(selection),
        }
    )


@describe_withdrawn
@resource(scope=RECORDS)
def withdrawn(request: Request) -> Answer:
    """References that were in the data and are no longer: take them out of a copy."""
    asked = Asked(request, own=("changed_since", *PAGES), filters=())
    since = asked.day("changed_since")
    page = paging(asked, request.state, reads=CASUALTIES.reads)  # type: ignore[attr-defined]
    selection = asked.settle()
    rows = _gone(selection)
    if since:
        rows = rows.filter(known_from__gte=since)
    order = ("known_from", "id")
    cells = rows.annotate(withdrawn_on=F("known_from")).values_list("reference", "withdrawn_on", *order)
    cells = cells.order_by("-known_from", "-id")
    found, following = ([row[:2] for row in cells], "") if page.whole else page_of_rows(cells, order, page)
    version = selection.basis.version
    answer = listed(request, "withdrawn", WITHDRAWN, found, {"data_version": version}, following=following)
    if not page.whole:
        return answer
    return recorded_list(request, answer, WITHDRAWN, rows=len(found), selection=None, version=version)


def _records(request: Request, records: RecordList) -> Answer:
    """A page of a list, or the whole of it as the file that the pages hand out."""
    asked = Asked(request, own=OWN)
    names, since = asked.words("columns"), asked.day("changed_since")
    header = asked.word("header", SWITCH) == "1"
    page = paging(asked, request.state, reads=records.reads)  # type: ignore[attr-defined]
    if header and (not is_csv(request) or not page.whole):
        asked.refuse("header", "1", _("stands above a whole CSV file alone"), SWITCH)
    selection = asked.settle()
    if page.whole:
        file = records.file(selection, columns=names, header=header, changed_since=since)
        return recorded_file(request, file, selection)
    chosen = columns_for(records.columns, selection.viewer, names)
    cells = [f"cell_{column.name}" for column in chosen]
    # A page of CSV is made neutral when it is written.
    rows = records.rows(selection, chosen, changed_since=since, text_as_kept=True).values_list(*cells, *records.order)
    found, following = page_of_rows(rows, records.order, page)
    said = {**what_it_is(selection), "changed_since": since}
    return listed(request, records.name, [column.name for column in chosen], found, said, following=following)


def _everybody(asked: Asked) -> Selection:
    """Deaths and injuries alike, as far as whoever asks may see them."""
    return asked.settle().change(outcome="all")


def _object(columns: Sequence[Column], cells: Sequence[Any]) -> dict[str, Any]:
    return {column.name: cell for column, cell in zip(columns, cells, strict=True)}


def _gone(selection: Selection) -> QuerySet[CasualtyVersion]:
    """What stands now of people who stood once for this viewer and do not any more.

    Withdrawn by a release, or not to be seen any more: both are to be taken out of a copy.
    """
    seen = selection.viewer.conditions
    stood = CasualtyVersion.objects.filter(seen, casualty=OuterRef("casualty"), withdrawn=False)
    gone = Q(withdrawn=True) | ~seen
    return CasualtyVersion.objects.filter(gone, seen | Q(Exists(stood)), known_until=None, reference__isnull=False)
