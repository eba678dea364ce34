"""What changed in an incident and its people: old, new, when, who and why.

Two records are read together. The events of django-pghistory hold every write with its time, user and reason. The
versions hold what was known from which date; of those only the changes are added that no write made here, because an
older release filled them in later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.choices import CasualtyState, DatePrecision
from casualties.filters import Basis
from casualties.models import COUNTED_COLUMNS, Casualty, CasualtyVersion, Incident
from casualties.views.incident_rows import nationality_word
from missions.models import ImportBatch, User

# Fields whose changes are shown, and those that only staff of the mission see. What is not here is bookkeeping.
INCIDENT_FIELDS = ("mission_id", "occurred_on", "occurred_precision", "cause", "means", "context", "accident_type")
INCIDENT_STAFF_FIELDS = ("place", "latitude", "longitude", "summary", "accountability")
PERSON_FIELDS = (*(name for name in COUNTED_COLUMNS if name != "released"), "state")
PERSON_STAFF_FIELDS = ("wounded_at", "first_aid_at", "evacuation_started_at", "facility_reached_at", "surgery_at")
IncidentEvent: Any = Incident._meta.get_field("events").related_model
CasualtyEvent: Any = Casualty._meta.get_field("events").related_model
LABELS = {
    "mission_id": noop("Mission"),
    "occurred_on": noop("Date of incident"),
    "occurred_precision": noop("Precision of the date"),
    "incident_id": noop("Incident"),
    "nationality_id": noop("Nationality"),
    "died_on": noop("Date of death"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row of the history. `at` is the time of the write; `known_on` instead where only the release date is known."""

    at: datetime | None
    known_on: date | None
    who: str
    what: str
    old: str
    new: str
    why: str

    @property
    def order(self) -> datetime:
        """When it stands in the list."""
        return self.at or datetime.combine(self.known_on or date.min, time.min, UTC)


def history(incident: Incident, people: Sequence[Casualty], basis: Basis, *, staff: bool) -> list[Change]:
    """Changes of an incident and of these people, newest first.

    `people` are those the viewer may see, whatever incident they are in now. `staff`: whether the viewer may see who
    did it, the fields that are not published, and what stood before a person was released. Five queries.
    """
    words = _Words(basis, staff=staff)
    incident_events = list(
        IncidentEvent.objects.filter(pgh_obj=incident).select_related("pgh_context").order_by("pgh_id")
    )
    events = CasualtyEvent.objects.filter(pgh_obj__in=people).select_related("pgh_context", "batch").order_by("pgh_id")
    versions = CasualtyVersion.objects.filter(casualty__in=people).select_related("batch").order_by("known_from")
    events_of, versions_of = _by_person(events, "pgh_obj_id"), _by_person(versions, "casualty_id")
    words.look_up([*incident_events, *(event for found in events_of.values() for event in found)], versions_of)
    changes = list(_between(incident_events, words.incident_fields, words, subject=""))
    if not staff:
        known = [event.pgh_created_at for found in events_of.values() for event in found if event.released]
        changes = [change for change in changes if known and change.order >= min(known)]
    # A correction of the incident reaches its people in the same statement: it is said once.
    said = {(change.at, change.what, change.old, change.new) for change in changes}
    for person in people:
        name = _name_of(person)
        made = list(_between(events_of.get(person.pk, []), words.person_fields, words, subject=name))
        changes += [c for c in made if (c.at, c.what.removeprefix(f"{name}: "), c.old, c.new) not in said]
        changes += _filled_in(versions_of.get(person.pk, []), made, words, person)
    changes += _arrivals(events_of, words)
    return sorted(changes, key=lambda change: change.order, reverse=True)


class _Words:
    """Field values, users and reasons in words; looked up once for the whole history."""

    def __init__(self, basis: Basis, *, staff: bool) -> None:
        self.basis, self.staff = basis, staff
        self.incident_fields = INCIDENT_FIELDS + (INCIDENT_STAFF_FIELDS if staff else ())
        self.person_fields = PERSON_FIELDS + (("released", *PERSON_STAFF_FIELDS) if staff else ())
        self.users: Mapping[int, str] = {}
        self.keys: Mapping[int, str] = {}

    def look_up(self, events: Sequence[Any], versions_of: Mapping[int, Sequence[Any]]) -> None:
        """The addresses of users and the keys of incidents that the history names."""
        users = {int(event.pgh_context.metadata["user"]) for event in events if _user_of(event) is not None}
        incidents = {getattr(event, "incident_id", None) for event in events}
        incidents |= {version.incident_id for versions in versions_of.values() for version in versions}
        if users and self.staff:
            self.users = dict(User.objects.filter(pk__in=users).values_list("pk", "email"))
        self.keys = dict(Incident.objects.filter(pk__in=[pk for pk in incidents if pk]).values_list("pk", "key"))

    def value(self, model: type[Model], name: str, row: Any) -> str:
        """A field's value of an event or a version."""
        value = getattr(row, name)
        if name == "mission_id":
            return self.basis.acronym_of.get(value, "–")
        if name == "nationality_id":
            return nationality_word(value, self.basis)
        if name == "incident_id":
            return self.keys.get(value, _("none"))
        if name == "released":
            return _("yes") if value else _("no")
        if name == "other_nationalities":
            return ", ".join(nationality_word(code, self.basis) for code in value) or _("none")
        if value is None or value == "":
            return _("not recorded")
        if name == "occurred_on":
            precision = DatePrecision(row.occurred_precision)
            return wording.dated(value, {"day": "j M Y", "month": "M Y", "year": "Y"}[precision])
        if isinstance(value, datetime):
            return wording.dated(value, "j M Y, H:i")
        if isinstance(value, date):
            return wording.dated(value, "j M Y")
        choices = dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
        return str(choices.get(value, value))

    def who(self, event: Any) -> str:
        """Who did it, for staff by address; for readers only what did it."""
        user = _user_of(event)
        if self.staff and user is not None and user in self.users:
            return self.users[user]
        return _("Import") if getattr(event, "batch", None) else _("Staff") if user is not None else _("System")

    def why(self, event: Any) -> str:
        """The reason that was given, else the release that said so."""
        metadata = event.pgh_context.metadata if getattr(event, "pgh_context", None) else {}
        return str(metadata.get("reason") or "") or _release_of(getattr(event, "batch", None))


def _user_of(event: Any) -> int | None:
    context = getattr(event, "pgh_context", None)
    user = context.metadata.get("user") if context else None
    return int(user) if user is not None else None


def _release_of(batch: ImportBatch | None) -> str:
    if batch is None or batch.release_date is None:
        return ""
    return _("Release of %(day)s") % {"day": wording.dated(batch.release_date, "j M Y")}


def _by_person(rows: QuerySet[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _name_of(person: Casualty) -> str:
    return person.reference or _("Person without a number")


def _differences(old: Any, new: Any, fields: Iterable[str]) -> list[str]:
    return [name for name in fields if hasattr(new, name) and getattr(old, name) != getattr(new, name)]


def _label(model: type[Model], name: str) -> str:
    return _(LABELS[name]) if name in LABELS else wording.capitalised(str(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _between(events: Sequence[Any], fields: Sequence[str], words: _Words, *, subject: str) -> Iterable[Change]:
    """The changes from each event to the next. Readers see none that happened before a person was released."""
    model = Casualty if subject else Incident
    for old, new in pairwise(events):
        if not words.staff and not getattr(old, "released", True):
            continue
        for name in _differences(old, new, fields):
            what = _label(model, name)
            yield Change(
                at=new.pgh_created_at,
                known_on=None,
                who=words.who(new),
                what=wording.told(subject, what) if subject else what,
                old=words.value(model, name, old),
                new=words.value(model, name, new),
                why=words.why(new),
            )


def _filled_in(
    versions: Sequence[CasualtyVersion], made: Sequence[Change], words: _Words, person: Casualty
) -> Iterable[Change]:
    """Changes that only the versions know: an older release, imported afterwards, said something else before."""
    written = {(change.what, change.old, change.new) for change in made}
    fields = [name for name in words.person_fields if name in COUNTED_COLUMNS]
    for old, new in pairwise(versions):
        if not words.staff and not old.released:
            continue
        values = [
            (name, words.value(Casualty, name, old), words.value(Casualty, name, new))
            for name in _differences(old, new, fields)
        ]
        if old.withdrawn != new.withdrawn:
            values.append(("state", _state(old), _state(new)))
        for name, before, after in values:
            what = wording.told(_name_of(person), _label(Casualty, name))
            if (what, before, after) not in written:
                yield Change(
                    at=None,
                    known_on=new.known_from,
                    who=_("Import"),
                    what=what,
                    old=before,
                    new=after,
                    why=_release_of(new.batch),
                )


def _state(version: CasualtyVersion) -> str:
    return str((CasualtyState.WITHDRAWN if version.withdrawn else CasualtyState.COUNTED).label)


def _arrivals(events_of: Mapping[int, Sequence[Any]], words: _Words) -> Iterable[Change]:
    """When people were first recorded, those of one write in one row."""
    together: dict[tuple[datetime, int | None], list[Any]] = {}
    for events in events_of.values():
        if words.staff or events[0].released:
            together.setdefault((events[0].pgh_created_at, events[0].batch_id), []).append(events[0])
    for (at, _batch), arrived in together.items():
        persons = sum(event.persons for event in arrived)
        yield Change(
            at=at,
            known_on=None,
            who=words.who(arrived[0]),
            what=ngettext("%(n)s person recorded", "%(n)s people recorded", persons) % {"n": wording.count(persons)},
            old="",
            new="",
            why=words.why(arrived[0]),
        )
