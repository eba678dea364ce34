"""THE allow-list: what may stand in a file, what each column means, who may have it, and how it is read.

A field that is not listed here is in no file. Cells hold the words of the addresses, so that a value of a file can be
put into a filter. docs/data-dictionary.md is printed from these lists.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from casualties.choices import Outcome
from casualties.exports.expressions import (
    TEXT,
    blank_is_empty,
    distinct_words,
    iso_date,
    iso_time,
    joined,
    neutral_text,
    only_in,
    word_for_blank,
    yes_or_no,
)
from casualties.filters import NOT_RECORDED, UNDETERMINED, Selection, Viewer
from missions.models import UNDETERMINED_COUNTRY

Cell = Callable[[Selection], Any]


@dataclass(frozen=True)
class Column:
    """A column of a file. `cell` gives its SQL for a selection; `standard`: in the file without being asked for.

    Staff columns go to those who may see confirmed records, filled for the missions in which they may.
    """

    name: str
    heading: str
    meaning: str
    cell: Cell
    audience: Literal["public", "staff"] = "public"
    standard: bool = True


class UnknownColumn(ValueError):
    """A column that does not exist, or not for this viewer."""

    def __init__(self, name: str, allowed: Sequence[str]) -> None:
        super().__init__(f"columns={name}: is not a column")
        self.name, self.allowed = name, tuple(allowed)


def allowed_columns(columns: Sequence[Column], viewer: Viewer) -> list[Column]:
    """The columns that a viewer may have at all."""
    return [column for column in columns if viewer.sees_details or column.audience == "public"]


def columns_for(columns: Sequence[Column], viewer: Viewer, names: Collection[str] = ()) -> list[Column]:
    """The columns of a file for a viewer: the standard ones, or those named, in the order in which they were named.

    Raises UnknownColumn for a name that is not on the list or not for this viewer.
    """
    allowed = {column.name: column for column in allowed_columns(columns, viewer)}
    for name in names:
        if name not in allowed:
            raise UnknownColumn(name, list(allowed))
    if names:
        return [allowed[name] for name in dict.fromkeys(names)]
    return [column for column in allowed.values() if column.standard]


def _staff(cell: Any) -> Cell:
    return lambda selection: only_in(selection.viewer.missions, cell)


def _nationality(selection: Selection) -> Any:
    return Case(
        When(nationality=None, then=Value(NOT_RECORDED)),
        When(nationality=UNDETERMINED_COUNTRY, then=Value(UNDETERMINED)),
        default=F("nationality_id"),
        output_field=TEXT,
    )


def _nationality_name(selection: Selection) -> Any:
    return Case(
        When(nationality=None, then=Value("Not recorded")),
        When(nationality=UNDETERMINED_COUNTRY, then=Value("Undetermined")),
        default=neutral_text("nationality__name"),
        output_field=TEXT,
    )


def _severity(selection: Selection) -> Any:
    stated = word_for_blank("severity", "not-stated")
    return Case(When(outcome=Outcome.INJURY, then=stated), default=None, output_field=TEXT)


def _release(selection: Selection) -> Any:
    return Value(selection.release.date.isoformat() if selection.release else None, output_field=TEXT)


def _known_at(selection: Selection) -> Any:
    """Since when the values are known; as known at an earlier date a row is a version, which began on that day."""
    return iso_date("known_at" if selection.basis.is_current else "known_from")


def _time(name: str) -> Cell:
    """A time of the rescue, which is not among what is known by date: it is read from the record."""
    return lambda selection: only_in(
        selection.viewer.missions, iso_time(name if selection.basis.is_current else f"casualty__{name}")
    )


def _mark(selection: Selection) -> Any:
    """p for a person or incident of the year that the release leaves open."""
    open_year = selection.basis.last_covered_year
    return Case(When(year=open_year, then=Value("p")), default=None, output_field=TEXT)


def chosen(selection: Selection) -> Q:
    """The selected people within rows that were widened to every outcome."""
    return Q() if selection.outcome == "all" else Q(outcome=selection.outcome)


def _selected(outcome: Outcome) -> Cell:
    """People of an incident with that outcome, of those that the filters select but for their outcome."""

    def cell(selection: Selection) -> Any:
        if outcome == Outcome.INJURY and not selection.basis.injuries_recorded:
            return Value(None, output_field=TEXT)  # nobody recorded them: not 0
        return Coalesce(Sum("persons", filter=Q(outcome=outcome)), 0)

    return cell


def _everybody(outcome: Outcome) -> Cell:
    """People of an incident with that outcome, whatever the filters, as far as the viewer may see them."""

    def cell(selection: Selection) -> Any:
        if outcome == Outcome.INJURY and not selection.basis.injuries_recorded:
            return Value(None, output_field=TEXT)
        anybody = selection.everybody.filter(outcome=outcome, incident=OuterRef("incident_id"))
        of_incident = anybody.order_by().values("incident")
        return Coalesce(Subquery(of_incident.annotate(everybody=Sum("persons")).values("everybody")), 0)

    return cell


_REFERENCE = Column(
    "reference",
    "Reference",
    "The source's number of the person (casualty_id). Empty where a source gives only a count.",
    lambda selection: neutral_text("reference"),
)
_INCIDENT = Column(
    "incident",
    "Incident",
    "Key of the incident; its page is /incidents/<key>/. Empty for counts per year, which name no incident.",
    lambda selection: neutral_text("incident__key"),
)
_MISSION = Column("mission", "Mission", "Acronym of the mission.", lambda selection: neutral_text("mission__acronym"))
_MISSION_KIND = Column(
    "mission_kind",
    "Kind of mission",
    "pko: peacekeeping operation; spm: special political mission; other: other office, or kind not established.",
    lambda selection: F("mission__kind"),
)
_FAMILY = Column(
    "family",
    "Mission family",
    "First acronym of the family of missions that succeeded each other. Empty for a mission without a family.",
    lambda selection: neutral_text("mission__family"),
    standard=False,
)
_REGION = Column(
    "region",
    "Region",
    "Region of the mission.",
    lambda selection: neutral_text("mission__region"),
    standard=False,
)
_DATE = Column(
    "date",
    "Date of incident",
    "Day of the incident, not of the death: YYYY-MM-DD, or as much as is known of it: YYYY-MM, YYYY.",
    lambda selection: iso_date("occurred_on", "occurred_precision"),
)
_PRECISION = Column(
    "date_precision",
    "Precision of the date",
    "day, month or year: how much of the date is known.",
    lambda selection: F("occurred_precision"),
)
_YEAR = Column("year", "Year of incident", "Calendar year of the incident.", lambda selection: F("year"))
_CAUSE = Column(
    "cause",
    "Cause",
    "malicious-act, accident, illness, self-inflicted, to-be-determined (open) or unknown (a verdict).",
    lambda selection: F("cause"),
)
_MEANS = Column(
    "means",
    "Means",
    "How a malicious act was carried out. Empty: not recorded.",
    lambda selection: blank_is_empty("incident__means"),
    standard=False,
)
_CONTEXT = Column(
    "context",
    "Context",
    "What was going on when a malicious act happened. Empty: not recorded.",
    lambda selection: blank_is_empty("incident__context"),
    standard=False,
)
_ACCIDENT_TYPE = Column(
    "accident_type",
    "Type of accident",
    "What kind of accident it was. Empty: not recorded.",
    lambda selection: blank_is_empty("incident__accident_type"),
    standard=False,
)
_RELEASE = Column("release", "Release", "Date of the release that the file rests on.", _release)
_MARK = Column("mark", "Mark", "p: provisional, the year is still open. Empty: none.", _mark)
_STAFF_OF_INCIDENT = (
    Column(
        "place",
        "Place",
        "Place of the incident, where a source names one.",
        _staff(neutral_text("incident__place")),
        "staff",
        standard=False,
    ),
    Column(
        "latitude",
        "Latitude",
        "Latitude of the place, degrees.",
        _staff(F("incident__latitude")),
        "staff",
        standard=False,
    ),
    Column(
        "longitude",
        "Longitude",
        "Longitude of the place, degrees.",
        _staff(F("incident__longitude")),
        "staff",
        standard=False,
    ),
    Column(
        "summary",
        "Summary",
        "What happened, in words.",
        _staff(neutral_text("incident__summary")),
        "staff",
        standard=False,
    ),
    Column(
        "accountability",
        "Investigation",
        "Progress of investigation and prosecution of a malicious act. Empty: not recorded.",
        _staff(blank_is_empty("incident__accountability")),
        "staff",
        standard=False,
    ),
)
_TIMES = {
    "wounded_at": "Time of wounding",
    "first_aid_at": "Time of first aid",
    "evacuation_started_at": "Start of the evacuation",
    "facility_reached_at": "Arrival at the medical facility",
    "surgery_at": "Time of surgery",
}

# One row per person; per count of people where a source gives no more.
PEOPLE: tuple[Column, ...] = (
    _REFERENCE,
    _INCIDENT,
    _MISSION,
    _MISSION_KIND,
    _FAMILY,
    _REGION,
    _DATE,
    _PRECISION,
    _YEAR,
    _CAUSE,
    _MEANS,
    _CONTEXT,
    _ACCIDENT_TYPE,
    Column(
        "outcome",
        "Outcome",
        "fatality or injury. The two are never added.",
        lambda selection: F("outcome"),
    ),
    Column(
        "severity",
        "Severity",
        "Severity of an injury: very-serious, serious, incapacitating, not-serious, not-stated. Empty for a death.",
        _severity,
    ),
    Column(
        "persons", "Persons", "1, or the number of people where a source gives only a count.", lambda _: F("persons")
    ),
    Column("personnel", "Personnel", "Type of personnel.", lambda selection: F("personnel")),
    Column(
        "nationality",
        "Nationality",
        "ISO 3166-1 alpha-3 code (SCG and YUG for dissolved states), not-recorded, or undetermined.",
        _nationality,
    ),
    Column("nationality_name", "Nationality, name", "Name of the country or area.", _nationality_name),
    Column(
        "other_nationalities",
        "Other nationality labels",
        "Further labels that the source gives the same person; figures count the nationality only.",
        lambda selection: joined("other_nationalities"),
    ),
    Column(
        "gender",
        "Gender",
        "m, f or not-recorded.",
        lambda selection: word_for_blank("gender", NOT_RECORDED),
    ),
    Column(
        "died_on",
        "Date of death",
        "Day of the death, for somebody who died of wounds on a later day. Empty: not recorded apart.",
        lambda selection: iso_date("died_on"),
    ),
    Column(
        "known_at",
        "Known at",
        "Date of the first release, or authorisation, that said these values.",
        _known_at,
    ),
    _RELEASE,
    _MARK,
    Column(
        "released",
        "Released",
        "yes, or no while the next of kin have not been told.",
        _staff(yes_or_no("released")),
        "staff",
    ),
    *_STAFF_OF_INCIDENT,
    *(
        Column(name, heading, f"{heading}, UTC. Empty: not recorded.", _time(name), "staff", standard=False)
        for name, heading in _TIMES.items()
    ),
)

# One row per incident with at least one selected person.
INCIDENTS: tuple[Column, ...] = (
    _INCIDENT,
    _MISSION,
    _MISSION_KIND,
    _FAMILY,
    _REGION,
    _DATE,
    _PRECISION,
    _YEAR,
    _CAUSE,
    Column(
        "deaths",
        "Deaths",
        "People who died, of those that the filters (but for the outcome) select.",
        _selected(Outcome.FATALITY),
    ),
    Column(
        "injuries",
        "Injuries",
        "People injured, of those that the filters (but for the outcome) select. Empty: injuries are not recorded.",
        _selected(Outcome.INJURY),
    ),
    Column(
        "all_deaths",
        "Deaths, whole incident",
        "All people who died in the incident, selected or not.",
        _everybody(Outcome.FATALITY),
    ),
    Column(
        "all_injuries",
        "Injuries, whole incident",
        "All people injured in the incident, selected or not. Empty: injuries are not recorded.",
        _everybody(Outcome.INJURY),
    ),
    Column(
        "personnel",
        "Personnel",
        "Types of personnel among the selected people.",
        lambda selection: distinct_words(F("personnel"), of=chosen(selection)),
    ),
    Column(
        "nationalities",
        "Nationalities",
        "Nationalities of the selected people, as in the file of casualties.",
        lambda selection: distinct_words(_nationality(selection), of=chosen(selection)),
    ),
    _MEANS,
    _CONTEXT,
    _ACCIDENT_TYPE,
    Column(
        "grouping",
        "Grouping",
        "recorded: the source names the incident; derived: it follows from mission, date and cause.",
        lambda selection: F("incident__grouping"),
    ),
    _RELEASE,
    _MARK,
    *_STAFF_OF_INCIDENT,
)
