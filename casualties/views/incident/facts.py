"""An incident in words: its title, the mix of its people, its facts with where each comes from."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.choices import Cause, DatePrecision, Outcome
from casualties.filters import Basis, numbered
from casualties.models import Casualty, CasualtyVersion, Incident
from casualties.views.explorer.rows import shares_of
from casualties.views.incident_rows import nationality_word, personnel_word

DIED = {
    Cause.MALICIOUS_ACT: numbered("%(n)s person killed by a malicious act", "%(n)s people killed by a malicious act"),
    Cause.ACCIDENT: numbered("%(n)s person killed in an accident", "%(n)s people killed in an accident"),
    Cause.ILLNESS: numbered("%(n)s person died of illness", "%(n)s people died of illness"),
    Cause.SELF_INFLICTED: numbered("%(n)s death recorded as self-inflicted", "%(n)s deaths recorded as self-inflicted"),
    Cause.TO_BE_DETERMINED: numbered(
        "%(n)s death with a cause to be determined", "%(n)s deaths with a cause to be determined"
    ),
    Cause.UNKNOWN: numbered("%(n)s death of unknown cause", "%(n)s deaths of unknown cause"),
}
Counted = Casualty | CasualtyVersion  # what is said of a person stands under the same names in both
PRECISION = {
    DatePrecision.DAY: noop("Day of the incident, not of the death"),
    DatePrecision.MONTH: noop("Only the month is known"),
    DatePrecision.YEAR: noop("Only the year is known"),
}


def title(incident: Incident, counted: Sequence[Counted]) -> str:
    """ "Seven people killed by a malicious act in MINUSMA, 8 December 2021"."""
    deaths, injuries = persons_of(counted, Outcome.FATALITY), persons_of(counted, Outcome.INJURY)
    if deaths:
        one, many = DIED[Cause(incident.cause)]
        what = ngettext(one, many, deaths) % {"n": wording.number_word(deaths)}
    elif injuries:
        what = ngettext("%(n)s person injured", "%(n)s people injured", injuries) % {"n": wording.number_word(injuries)}
    else:
        what = _("Incident without people")
    facts = {"what": wording.capitalised(what), "mission": incident.mission.acronym, "when": when(incident)}
    return _("%(what)s in %(mission)s, %(when)s") % facts


def when(incident: Incident) -> str:
    """ "8 December 2021", or as much of it as is known."""
    spelled = {DatePrecision.DAY: "j F Y", DatePrecision.MONTH: "F Y", DatePrecision.YEAR: "Y"}
    return wording.dated(incident.occurred_on, spelled[DatePrecision(incident.occurred_precision)])


def persons_of(people: Sequence[Counted], outcome: Outcome) -> int:
    """How many of them died, or were injured."""
    return sum(person.persons for person in people if person.outcome == outcome)


def mix(counted: Sequence[Counted], basis: Basis) -> str:
    """ "Personnel: military 5. Nationality: Niger 4, Chad 1.": of those who died, else of the injured."""
    outcome = Outcome.FATALITY if persons_of(counted, Outcome.FATALITY) else Outcome.INJURY
    personnel: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for person in counted:
        if person.outcome == outcome:
            personnel[personnel_word(person.personnel)] += person.persons
            countries[nationality_word(person.nationality_id, basis)] += person.persons
    if not personnel:
        return ""
    facts = {"personnel": shares_of(personnel).lower(), "countries": shares_of(countries)}
    return _("Personnel: %(personnel)s. Nationality: %(countries)s.") % facts


def facts(
    incident: Incident, counted: Sequence[Counted], basis: Basis, *, staff: bool, of_the_incident: bool = True
) -> list[dict[str, Any]]:
    """The facts: label, value (None: not available), note, and perhaps url or cause. Some are for staff alone.

    `of_the_incident`: also those that are kept of the incident itself, and not by date.
    """
    not_recorded = _("Not recorded")
    mission = incident.mission
    rows: list[dict[str, Any]] = [
        {
            "label": _("Date of incident"),
            "value": when(incident),
            "note": _(PRECISION[DatePrecision(incident.occurred_precision)]),
        },
        {
            "label": _("Mission"),
            "value": mission.acronym,
            "note": ", ".join(filter(None, [mission.name, str(mission.get_kind_display()).lower()])),
            "url": reverse("mission", args=[mission.acronym]),
        },
        {"label": _("Cause"), "value": incident.get_cause_display(), "cause": incident.cause},
    ]
    if of_the_incident and incident.cause == Cause.MALICIOUS_ACT:
        rows += [
            {"label": _("Means"), "value": incident.get_means_display() or not_recorded},
            {"label": _("Context"), "value": incident.get_context_display() or not_recorded},
        ]
    if of_the_incident and incident.cause == Cause.ACCIDENT:
        rows.append({"label": _("Type of accident"), "value": incident.get_accident_type_display() or not_recorded})
    if staff:
        rows.append({"label": _("Place"), "value": incident.place or not_recorded, "note": _("Shown to staff only")})
    rows += [
        {"label": _("Died"), "value": wording.count(persons_of(counted, Outcome.FATALITY))},
        {
            "label": _("Injured"),
            "value": wording.count(persons_of(counted, Outcome.INJURY) if basis.injuries_recorded else None),
            "note": "" if basis.injuries_recorded else _("Injuries are not in this release"),
        },
        {"label": _("What makes it one incident"), "value": incident.get_grouping_display()},
        {"label": _("Origin"), "value": incident.get_origin_display(), "note": _origin(incident, basis)},
    ]
    if staff and incident.cause == Cause.MALICIOUS_ACT:
        rows.append({"label": _("Investigation"), "value": incident.get_accountability_display() or not_recorded})
    return rows


def _origin(incident: Incident, basis: Basis) -> str:
    published_on = basis.sources.published_on
    if incident.origin != "open-data" or published_on is None:
        return ""
    day = wording.dated(published_on, "j F Y")
    return _("United Nations Peace & Security Data Hub, release of %(day)s") % {"day": day}
