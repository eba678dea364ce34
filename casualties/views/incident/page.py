"""The page of one incident: its facts with their source, its people by number, its history. Never a name."""

import re
from collections.abc import Sequence

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.choices import CasualtyState, Outcome
from casualties.filters import Basis, Selection, Viewer
from casualties.models import Casualty, CasualtyVersion, Incident
from casualties.views import states
from casualties.views.access import readers
from casualties.views.figures_cache import for_reader
from casualties.views.incident.facts import Counted, facts, mix, title, when
from casualties.views.incident.history import history
from casualties.views.incident_rows import country_of, nationality_word
from casualties.views.scope_bar import known_query, source_of
from casualties.views.selecting import selection_of

KEY = re.compile(r"[A-Za-z0-9._-]+")  # what keys are made of


@readers
@require_safe
def incident(request: HttpRequest, key: str) -> HttpResponse:
    """An incident, as far as the viewer may see it, now or as known at a date; 404 where there is nothing to see."""
    selection = selection_of(request)
    problems = states.only(selection, "known_at", page=_("the page of an incident"))
    if problems:
        return states.refused(request, problems, heading=key, back=reverse("incident", args=[key]))
    basis, who = selection.basis, selection.viewer
    found = Incident.objects.select_related("mission").filter(key=key).first() if KEY.fullmatch(key) else None
    if found is None:
        raise Http404("There is no incident under this address.")
    staff = who.missions is None or found.mission_id in who.missions
    ever = _ever_in(found, who)
    if not ever and not staff:
        raise Http404("There is no incident under this address.")
    if not basis.is_current:
        return for_reader(request, render(request, "casualties/incident.html", _as_known(found, ever, selection)))
    inside = [person for person in ever if person.incident_id == found.pk]
    counted = [person for person in inside if person.state == CasualtyState.COUNTED]
    moved = [person for person in ever if person.incident_id != found.pk]
    changes = history(found, ever, basis, staff=staff)
    context = {
        "incident": found,
        "title": title(found, counted),
        "lede": (found.summary if staff else "") or mix(counted, basis),
        "tags": _tags(found, counted, revised=sum(1 for change in changes if change.old), basis=basis),
        "facts": facts(found, counted, basis, staff=staff),
        "people": [_person(person, basis) for person in inside],
        "people_note": _people_note(counted, inside),
        "with_history": True,
        "has_injured": any(person.outcome == Outcome.INJURY for person in inside),
        "has_died_later": any(person.died_on for person in inside),
        "moved": moved,
        "history": changes,
        "staff": staff,
        **_around(found, selection, staff=staff),
    }
    return for_reader(request, render(request, "casualties/incident.html", context))


def _around(found: Incident, selection: Selection, *, staff: bool) -> dict[str, object]:
    """What stands around the content: source, path, scope bar."""
    known = known_query(selection)
    return {
        "source": source_of(selection),
        "known_query": known,
        "crumbs": [
            {"label": _("Incidents"), "url": reverse("incidents") + known},
            {"label": found.mission.acronym, "url": reverse("mission", args=[found.mission.acronym]) + known},
            {"label": when(found), "url": ""},
        ],
        "scope_bar": {
            "scope": _("one incident"),
            "visible": _("staff of the mission and headquarters") if staff else "",
            "takes_known_at": True,
        },
    }


def _as_known(found: Incident, ever: Sequence[Casualty], selection: Selection) -> dict[str, object]:
    """The page as known at an earlier date: its people of that date, those whom the viewer may see now and then.

    What is known of the incident beside its people is not kept by date, so it is left out, and so is the history.
    """
    basis = selection.basis
    then = list(
        CasualtyVersion.objects.known_at(selection.known_at)
        .filter(selection.viewer.conditions, incident=found, casualty__in=ever)
        .order_by("outcome", "reference", "pk")
    )
    told = facts(found, then, basis, staff=False, of_the_incident=False)
    return {
        "incident": found,
        "title": title(found, then),
        "lede": mix(then, basis),
        "tags": _tags(found, then, revised=0, basis=basis),
        "facts": told,
        "people": [_person(version, basis) for version in then],
        "people_note": _people_note(then, then),
        **_around(found, selection, staff=False),
    }


def _ever_in(found: Incident, who: Viewer) -> list[Casualty]:
    """The people who are or were in the incident, as far as the viewer may see them: counted ones first, by number."""
    people = (
        Casualty.objects.filter(who.conditions, Q(incident=found) | Q(versions__incident=found))
        .select_related("incident")
        .distinct()
    )
    return sorted(people, key=lambda person: (person.state, person.outcome, person.reference or "", person.pk))


def _person(person: Counted, basis: Basis) -> dict[str, object]:
    """A row of the table of people. A version was known since it began, and is of somebody who was counted then."""
    outcome = _("Died") if person.outcome == Outcome.FATALITY else _("Injured")
    if person.severity:
        outcome = f"{outcome}, {person.get_severity_display().lower()}"
    return {
        "person": person,
        "outcome": outcome,
        "nationality": nationality_word(person.nationality_id, basis),
        "country": country_of(person.nationality_id, basis),
        "others": ", ".join(nationality_word(code, basis) for code in person.other_nationalities),
        "withdrawn": isinstance(person, Casualty) and person.state == CasualtyState.WITHDRAWN,
        "known_since": person.known_at if isinstance(person, Casualty) else person.known_from,
    }


def _tags(found: Incident, counted: Sequence[Counted], *, revised: int, basis: Basis) -> list[dict[str, str]]:
    """What state the record is in, each with a kind for its colour."""
    tags = []
    if any(not person.released for person in counted):
        tags.append({"text": _("Not released: next of kin not yet told"), "kind": "warn"})
    if found.occurred_on.year == basis.last_covered_year:
        tags.append({"text": _("Provisional: the year is open"), "kind": "plain"})
    elif basis.last_covered_year is not None and found.occurred_on.year > basis.last_covered_year:
        tags.append({"text": _("In no figure yet: no release covers the year"), "kind": "warn"})
    if revised:
        said = ngettext("Revised once", "%(n)s values revised", revised) % {"n": wording.count(revised)}
        tags.append({"text": said, "kind": "plain"})
    return tags


def _people_note(counted: Sequence[Counted], inside: Sequence[Counted]) -> str:
    """What a row of the table of people is."""
    rows = _("One row is one person. Names are never stored here.")
    if any(person.persons > 1 for person in inside):
        rows = _(
            "A row is one person, or a count of people where the source gives no more. Names are never stored here."
        )
    withdrawn = len(inside) - len(counted)
    if not withdrawn:
        return rows
    return (
        rows
        + " "
        + ngettext(
            "%(n)s was withdrawn by a later release and is not counted.",
            "%(n)s were withdrawn by later releases and are not counted.",
            withdrawn,
        )
        % {"n": wording.count(withdrawn)}
    )
