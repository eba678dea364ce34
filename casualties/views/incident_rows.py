"""Short lists of incidents and days: the latest incidents of a selection, and the days with the most people."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, IntegerField, OuterRef, Subquery, Sum, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.choices import Cause, DatePrecision, Outcome, Personnel
from casualties.counts import NotAvailable
from casualties.filters import NOT_AVAILABLE, NOT_RECORDED, Basis, Selection
from casualties.models import Incident
from missions.models import UNDETERMINED_COUNTRY

MORE_EQUAL_DAYS = 4
NARROWS_PEOPLE = {"personnel", "nationality", "gender"}
FIELDS = (
    *("incident_id", "incident__key", "occurred_on", "occurred_precision", "mission_id"),
    *("cause", "personnel", "nationality_id"),
)


class People(NamedTuple):
    """Selected people of one incident, of one personnel type and nationality (None: not recorded).

    `everybody` are all people of the incident with the selection's outcome, where the selection may hold some only.
    """

    incident: int
    key: str
    day: date
    precision: str
    mission: int
    cause: str
    personnel: str
    nationality: str | None
    persons: int
    everybody: int | None


@dataclass(frozen=True, kw_only=True)
class IncidentRow:
    """An incident with its selected people. `all_persons` is set where the incident has more than the selected ones."""

    key: str
    day: date
    precision: str
    mission: str
    cause: str
    persons: int
    all_persons: int | None
    injured: int | None
    personnel: str
    nationality: str
    provisional: bool


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """A day with its selected people."""

    day: date
    persons: int
    malicious: int
    nationality: str


@dataclass(frozen=True, kw_only=True)
class MoreDays:
    """Days that are not shown one by one: how many, the most and the fewest people of one, and all together."""

    days: int
    most: int
    fewest: int
    persons: int
    malicious: int

    @property
    def words(self) -> str:
        facts = {"n": wording.count(self.days), "most": wording.count(self.most), "fewest": wording.count(self.fewest)}
        if self.most == self.fewest:
            said = ngettext("1 more day with %(most)s", "%(n)s more days with %(most)s each", self.days)
        else:
            said = _("%(n)s more days with %(fewest)s to %(most)s each")
        return said % facts


def incident_people(selection: Selection, *, latest: int | None = None) -> list[People]:
    """The selected people by incident, personnel and nationality.

    `latest` restricts to so many incidents, the newest. One query. Raises NotAvailable for annual counts.
    """
    selection.refuse_problems()
    if selection.basis.annual_counts_only:
        raise NotAvailable(NOT_AVAILABLE)
    rows = selection.rows.exclude(incident=None).order_by()
    if latest is not None:
        mine = Exists(selection.rows.filter(incident=OuterRef("pk")))
        rows = rows.filter(incident__in=Incident.objects.filter(mine).latest_first()[:latest].values("pk"))
    found = rows.values_list(*FIELDS).annotate(persons_sum=Sum("persons"), everybody=_everybody(selection))
    return [People(*row) for row in found]


def latest_incidents(selection: Selection, people: Iterable[People], n: int) -> list[IncidentRow]:
    """The newest `n` incidents of these people, newest first; one query more for injuries."""
    of_incident: dict[tuple[date, str], list[People]] = defaultdict(list)
    for row in people:
        of_incident[row.day, row.key].append(row)
    newest = [of_incident[place] for place in sorted(of_incident, reverse=True)[:n]]
    injured = _injured(selection, [own[0].incident for own in newest])
    rows = []
    for own in newest:
        incident, persons = own[0], sum(row.persons for row in own)
        everybody = incident.everybody or persons
        rows.append(
            IncidentRow(
                key=incident.key,
                day=incident.day,
                precision=incident.precision,
                mission=selection.basis.acronym_of[incident.mission],
                cause=incident.cause,
                persons=persons,
                all_persons=everybody if everybody != persons else None,
                injured=injured.get(incident.incident, 0) if selection.basis.injuries_recorded else None,
                personnel=_tallied([(personnel_word(row.personnel), row.persons) for row in own], always=persons > 1),
                nationality=_by_nationality(own, selection.basis, always=persons > 1),
                provisional=incident.day.year == selection.basis.last_covered_year,
            )
        )
    return rows


def days_with_most(selection: Selection, people: Iterable[People], n: int) -> tuple[list[DayRow], list[MoreDays]]:
    """The `n` days with the most of these people, of equal ones the later first, and how many more there are.

    Only days with two people or more. A few more are shown where that shows all days with as many people as the last
    one. People of whom only the month or the year is known are left out.
    """
    of_day: dict[date, list[People]] = defaultdict(list)
    for row in people:
        if row.precision == DatePrecision.DAY:
            of_day[row.day].append(row)
    persons = {day: sum(row.persons for row in own) for day, own in of_day.items()}
    malicious = {
        day: sum(row.persons for row in own if row.cause == Cause.MALICIOUS_ACT) for day, own in of_day.items()
    }
    days = sorted((day for day in persons if persons[day] > 1), key=lambda day: (persons[day], day), reverse=True)
    equal = sum(1 for day in days[n:] if persons[day] == persons[days[n - 1]])
    shown, rest = (days[: n + equal], days[n + equal :]) if equal <= MORE_EQUAL_DAYS else (days[:n], days[n:])
    rows = [
        DayRow(
            day=day,
            persons=persons[day],
            malicious=malicious[day],
            nationality=_by_nationality(of_day[day], selection.basis, always=True),
        )
        for day in shown
    ]
    as_many = [day for day in rest if persons[day] == rows[-1].persons]
    fewer = rest[len(as_many) :]
    return rows, [
        MoreDays(
            days=len(own),
            most=persons[own[0]],
            fewest=persons[own[-1]],
            persons=sum(persons[day] for day in own),
            malicious=sum(malicious[day] for day in own),
        )
        for own in (as_many, fewer)
        if own
    ]


def _by_nationality(people: Sequence[People], basis: Basis, *, always: bool) -> str:
    return _tallied([(nationality_word(row.nationality, basis), row.persons) for row in people], always=always)


def _everybody(selection: Selection) -> Any:
    """All the people of an incident whom the viewer may see, where the selection may hold some of them only."""
    if not (NARROWS_PEOPLE & set(selection.values) or "uniformed" in selection.scope):
        return Value(None, output_field=IntegerField())
    everybody = selection.everybody.filter(incident=OuterRef("incident_id"), outcome=selection.outcome)
    return Subquery(everybody.order_by().values("incident").annotate(n=Sum("persons")).values("n"))


def _injured(selection: Selection, incidents: list[int]) -> dict[int, int]:
    """The injured of these incidents, where injuries are recorded."""
    if not selection.basis.injuries_recorded or not incidents:
        return {}
    injured = selection.everybody.filter(incident__in=incidents, outcome=Outcome.INJURY)
    return dict(injured.order_by().values_list("incident_id").annotate(Sum("persons")))


def _tallied(people: Iterable[tuple[str, int]], *, always: bool) -> str:
    """ "Military 8, Police 2"; the number is left out for one person alone."""
    persons: Counter[str] = Counter()
    for word, n in people:
        persons[word] += n
    words = sorted(persons.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{word} {wording.count(n)}" if always else word for word, n in words)


def personnel_word(personnel: object) -> str:
    """The name of a personnel type."""
    return str(Personnel(str(personnel)).label)


def nationality_word(code: object, basis: Basis) -> str:
    """A country's name from its code, or what is recorded instead."""
    if wording.is_missing(code) or code == NOT_RECORDED:
        return _("Not recorded")
    if code in {UNDETERMINED_COUNTRY, "undetermined"}:
        return _("Undetermined")
    return basis.countries[str(code)]


def country_of(code: object, basis: Basis) -> str:
    """The code of a nationality that has a page of its own; blank where none is recorded or it is undetermined."""
    return str(code) if code in basis.countries else ""
