"""The allow-list itself: every column that may stand in a file of people or of incidents, in its order."""

from django.db.models import F

from casualties.choices import Outcome
from casualties.exports.columns.cells import (
    chosen,
    for_staff,
    known_at,
    mark,
    nationality,
    nationality_name,
    people_of_all,
    people_selected,
    release,
    severity,
    time_of_rescue,
)
from casualties.exports.columns.column import Column
from casualties.exports.expressions import (
    blank_is_empty,
    distinct_words,
    iso_date,
    joined,
    neutral_text,
    word_for_blank,
    yes_or_no,
)
from casualties.filters import NOT_RECORDED

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
    "pko: peacekeeping operation; spm: special political mission; other: other office, or kind not known.",
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
_RELEASE = Column("release", "Release", "Date of the release that the file rests on.", release)
_MARK = Column("mark", "Mark", "p: provisional, the year is still open. Empty: none.", mark)
_STAFF_OF_INCIDENT = (
    Column(
        "place",
        "Place",
        "Place of the incident, where a source names one.",
        for_staff(neutral_text("incident__place")),
        "staff",
        standard=False,
    ),
    Column(
        "latitude",
        "Latitude",
        "Latitude of the place, degrees.",
        for_staff(F("incident__latitude")),
        "staff",
        standard=False,
    ),
    Column(
        "longitude",
        "Longitude",
        "Longitude of the place, degrees.",
        for_staff(F("incident__longitude")),
        "staff",
        standard=False,
    ),
    Column(
        "summary",
        "Summary",
        "What happened, in words.",
        for_staff(neutral_text("incident__summary")),
        "staff",
        standard=False,
    ),
    Column(
        "accountability",
        "Investigation",
        "Progress of investigation and prosecution of a malicious act. Empty: not recorded.",
        for_staff(blank_is_empty("incident__accountability")),
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
        severity,
    ),
    Column(
        "persons", "Persons", "1, or the number of people where a source gives only a count.", lambda _: F("persons")
    ),
    Column("personnel", "Personnel", "Type of personnel.", lambda selection: F("personnel")),
    Column(
        "nationality",
        "Nationality",
        "ISO 3166-1 alpha-3 code (SCG and YUG for dissolved states), not-recorded, or undetermined.",
        nationality,
    ),
    Column("nationality_name", "Nationality, name", "Name of the country or area.", nationality_name),
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
        known_at,
    ),
    _RELEASE,
    _MARK,
    Column(
        "released",
        "Released",
        "yes, or no while the next of kin have not been told.",
        for_staff(yes_or_no("released")),
        "staff",
    ),
    *_STAFF_OF_INCIDENT,
    *(
        Column(name, heading, f"{heading}, UTC. Empty: not recorded.", time_of_rescue(name), "staff", standard=False)
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
        people_selected(Outcome.FATALITY),
    ),
    Column(
        "injuries",
        "Injuries",
        "People injured, of those that the filters (but for the outcome) select. Empty: injuries are not recorded.",
        people_selected(Outcome.INJURY),
    ),
    Column(
        "all_deaths",
        "Deaths, whole incident",
        "All people who died in the incident, selected or not.",
        people_of_all(Outcome.FATALITY),
    ),
    Column(
        "all_injuries",
        "Injuries, whole incident",
        "All people injured in the incident, selected or not. Empty: injuries are not recorded.",
        people_of_all(Outcome.INJURY),
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
        lambda selection: distinct_words(nationality(selection), of=chosen(selection)),
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
