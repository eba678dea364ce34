"""The two lists of the incident explorer: incidents with their people, and people one by one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.choices import Gender, Outcome, Severity
from casualties.filters import Basis, Selection
from casualties.models import Incident
from casualties.views.incident_rows import country_of, nationality_word, personnel_word
from casualties.views.paging import Field, Order, Page, page_of

NEWEST_FIRST = "-date"
_KEY = Field("key", descending=True)
_DAY = Field("occurred_on", date.fromisoformat, descending=True)
_OLDEST = (Field("occurred_on", date.fromisoformat), Field("key"))
INCIDENT_ORDERS: Mapping[str, Order] = {
    NEWEST_FIRST: (_DAY, _KEY),
    "date": _OLDEST,
    "mission": (Field("mission_key"), _DAY, _KEY),
    "-mission": (Field("mission_key", descending=True), _DAY, _KEY),
    "-people": (Field("people", int, descending=True), _DAY, _KEY),
    "people": (Field("people", int), _DAY, _KEY),
}
_NUMBER = Field("pk", int, descending=True)
PEOPLE_ORDERS: Mapping[str, Order] = {
    NEWEST_FIRST: (_DAY, _NUMBER),
    "date": (Field("occurred_on", date.fromisoformat), Field("pk", int)),
    "mission": (Field("mission_key"), _DAY, _NUMBER),
    "-mission": (Field("mission_key", descending=True), _DAY, _NUMBER),
}


@dataclass
class Counted:
    """People of one outcome in an incident: those selected, and where it differs all of them. None: not recorded."""

    selected: int | None = 0
    everybody: int = 0

    @property
    def of(self) -> int | None:
        """The number of all, where it is another."""
        return self.everybody if self.selected is not None and self.everybody != self.selected else None


@dataclass
class IncidentRow:
    """A row of the list of incidents."""

    key: str
    day: date
    precision: str
    mission: str
    cause: str
    provisional: bool
    deaths: Counted = field(default_factory=Counted)
    injured: Counted = field(default_factory=Counted)
    personnel: str = ""
    nationality: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A row of the list of people: one person, or `persons` of them where a source gives only a count."""

    reference: str
    incident: str
    day: date
    precision: str
    mission: str
    cause: str
    outcome: str
    persons: int
    personnel: str
    nationality: str
    country: str
    gender: str
    provisional: bool


@dataclass(frozen=True)
class IncidentList:
    """A page of incidents. `without_incident`: selected people whose source names no incident, in no row."""

    page: Page
    rows: Sequence[IncidentRow]
    without_incident: int


def incident_list(selection: Selection, sort: str, after: str) -> IncidentList:
    """A page of incidents with at least one selected person. Raises paging.NoSuchPlace."""
    # As known once, an incident stands as its people of that date say; and counting people takes all of them.
    from_people = sort.endswith("people") or not selection.basis.is_current
    page = page_of(_incidents(selection, from_people=from_people), INCIDENT_ORDERS[sort], after)
    basis = selection.basis
    rows = {
        found["id_"]: IncidentRow(
            key=found["key"],
            day=found["occurred_on"],
            precision=found["occurred_precision"],
            mission=basis.acronym_of[found["mission_id"]],
            cause=found["cause"],
            provisional=found["occurred_on"].year == basis.last_covered_year,
        )
        for found in page.rows
    }
    without_incident = _put_people_into(rows, selection)
    return IncidentList(page, list(rows.values()), without_incident)


def incidents_in(selection: Selection) -> int:
    """How many incidents have at least one selected person of either outcome; one with both is one."""
    selection.refuse_problems()
    return int(selection.rows.aggregate(incidents=Count("incident", distinct=True))["incidents"])


def people_list(selection: Selection, sort: str, after: str) -> tuple[Page, list[PersonRow]]:
    """A page of the selected people. Raises paging.NoSuchPlace."""
    people = selection.rows.annotate(mission_key=F("mission__sort_key")).values(
        "pk",
        "mission_key",
        "mission_id",
        "reference",
        "incident__key",
        "occurred_on",
        "occurred_precision",
        "cause",
        "outcome",
        "severity",
        "persons",
        "personnel",
        "nationality_id",
        "gender",
    )
    page = page_of(people, PEOPLE_ORDERS[sort], after)
    return page, [_person(found, selection.basis) for found in page.rows]


def _incidents(selection: Selection, *, from_people: bool) -> Any:
    """The incidents of a selection as dicts: grouped from all its people, or by the index that gives the newest."""
    if from_people:
        return (
            selection.rows.filter(incident__isnull=False)
            .values(
                "occurred_on",
                "occurred_precision",
                "mission_id",
                "cause",
                id_=F("incident_id"),
                key=F("incident__key"),
                mission_key=F("mission__sort_key"),
            )
            .annotate(people=Sum("persons"))
        )
    selected = Exists(selection.rows.filter(incident=OuterRef("pk")))
    return Incident.objects.filter(selected).values(
        "key",
        "occurred_on",
        "occurred_precision",
        "mission_id",
        "cause",
        id_=F("pk"),
        mission_key=F("mission__sort_key"),
    )


def _put_people_into(rows: Mapping[int, IncidentRow], selection: Selection) -> int:
    """Count the people of these incidents into their rows; return how many selected people have no incident at all.

    Deaths and injuries stand side by side under the same filters, the outcome left aside.
    """
    widened = selection.change(outcome="all") if selection.basis.injuries_recorded else selection
    found = (
        selection.everybody.filter(Q(incident__in=list(rows)) | Q(incident=None))
        .annotate(chosen=Exists(widened.rows.filter(pk=OuterRef("pk"))))
        .order_by()
        .values_list("incident_id", "outcome", "chosen", "personnel", "nationality_id")
        .annotate(people=Sum("persons"))
    )
    wanted = set(Outcome.values) if selection.outcome == "all" else {selection.outcome}
    without_incident = 0
    personnel_of: defaultdict[int, Counter[str]] = defaultdict(Counter)
    nationality_of: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for incident, outcome, chosen, personnel, nationality, people in found:
        selected = chosen and outcome in wanted
        if incident is None:
            without_incident += people if selected else 0
            continue
        counted = rows[incident].deaths if outcome == Outcome.FATALITY else rows[incident].injured
        counted.everybody += people
        counted.selected = (counted.selected or 0) + (people if chosen else 0)
        if selected:
            personnel_of[incident][personnel_word(personnel)] += people
            nationality_of[incident][nationality_word(nationality, selection.basis)] += people
    for incident, row in rows.items():
        row.personnel, row.nationality = shares_of(personnel_of[incident]), shares_of(nationality_of[incident])
        if not selection.basis.injuries_recorded:
            row.injured.selected = None
    return without_incident


def shares_of(counts: Counter[str]) -> str:
    """ "Military 8, Police 2", most first; the word alone for one person."""
    if counts.total() == 1:
        return next(iter(counts))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{word} {wording.count(n)}" for word, n in ordered)


def _person(found: Mapping[str, Any], basis: Basis) -> PersonRow:
    outcome = str(Outcome(found["outcome"]).label)
    if found["severity"]:
        outcome = f"{outcome}, {str(Severity(found['severity']).label).lower()}"
    return PersonRow(
        reference=found["reference"] or "",
        incident=found["incident__key"] or "",
        day=found["occurred_on"],
        precision=found["occurred_precision"],
        mission=basis.acronym_of[found["mission_id"]],
        cause=found["cause"],
        outcome=outcome,
        persons=found["persons"],
        personnel=personnel_word(found["personnel"]),
        nationality=nationality_word(found["nationality_id"], basis),
        country=country_of(found["nationality_id"], basis),
        gender=str(Gender(found["gender"]).label) if found["gender"] else _("Not recorded"),
        provisional=found["occurred_on"].year == basis.last_covered_year,
    )
