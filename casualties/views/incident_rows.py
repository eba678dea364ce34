"""Short lists of incidents and days: the latest incidents of a selection, and the days with the most people."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import Exists, IntegerField, OuterRef, Subquery, Sum, Value
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.choices import Cause, Outcome, Personnel
from casualties.counts import NotAvailable
from casualties.filters import NOT_AVAILABLE, NOT_RECORDED, Basis, Selection
from casualties.models import Incident
from missions.models import UNDETERMINED_COUNTRY

NARROWS_PEOPLE = {"personnel", "nationality", "gender"}
COLUMNS = {
    "incident_id": "incident",
    "incident__key": "key",
    "occurred_on": "day",
    "occurred_precision": "precision",
    "mission_id": "mission",
    "cause": "cause",
    "personnel": "personnel",
    "nationality_id": "nationality",
    "persons_sum": "persons",
    "everybody": "everybody",
}
SUMMED = ("persons_sum", "everybody")


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


def incident_people(selection: Selection, *, latest: int | None = None) -> pd.DataFrame:
    """The selected people by incident, personnel and nationality: the values of COLUMNS.

    `everybody` are all people of the incident with the selection's outcome. `latest` restricts to so many incidents,
    the newest. One query. Raises NotAvailable for annual counts.
    """
    selection.refuse_problems()
    if selection.basis.annual_counts_only:
        raise NotAvailable(NOT_AVAILABLE)
    rows = selection.rows.exclude(incident=None).order_by()
    if latest is not None:
        mine = Exists(selection.rows.filter(incident=OuterRef("pk")))
        rows = rows.filter(incident__in=Incident.objects.filter(mine).latest_first()[:latest].values("pk"))
    names = [name for name in COLUMNS if name not in SUMMED]
    found = list(rows.values_list(*names).annotate(persons_sum=Sum("persons"), everybody=_everybody(selection)))
    return pd.DataFrame.from_records(found, columns=list(COLUMNS.values()))


def latest_incidents(selection: Selection, people: pd.DataFrame, n: int) -> list[IncidentRow]:
    """The newest `n` incidents of the frame of incident_people(), newest first; one query more for injuries."""
    newest = people.drop_duplicates("key").sort_values(["day", "key"], ascending=False).head(n)
    injured = _injured(selection, list(newest["incident"]))
    rows = []
    for incident in newest.to_dict("records"):
        own = people[people["key"] == incident["key"]]
        persons = int(own["persons"].sum())
        everybody = int(incident["everybody"] or persons)
        rows.append(
            IncidentRow(
                key=incident["key"],
                day=incident["day"],
                precision=incident["precision"],
                mission=selection.basis.acronym_of[incident["mission"]],
                cause=incident["cause"],
                persons=persons,
                all_persons=everybody if everybody != persons else None,
                injured=injured.get(incident["incident"], 0) if selection.basis.injuries_recorded else None,
                personnel=_tallied(own, "personnel", selection.basis, always=persons > 1),
                nationality=_tallied(own, "nationality", selection.basis, always=persons > 1),
                provisional=incident["day"].year == selection.basis.last_covered_year,
            )
        )
    return rows


def days_with_most(selection: Selection, days: pd.DataFrame, n: int) -> list[DayRow]:
    """The `n` days with the most people, of equal ones the later first; only days with two people or more.

    `days` has the columns day, cause, nationality (words of counts) and persons: count(selection, by=...).
    """
    sums = days.groupby("day", as_index=False)["persons"].sum()
    top = sums[sums["persons"] > 1].sort_values(["persons", "day"], ascending=False).head(n)
    rows = []
    for day, persons in zip(top["day"], top["persons"], strict=True):
        own = days[days["day"] == day]
        rows.append(
            DayRow(
                day=day,
                persons=int(persons),
                malicious=int(own.loc[own["cause"] == Cause.MALICIOUS_ACT, "persons"].sum()),
                nationality=_tallied(own, "nationality", selection.basis, always=True),
            )
        )
    return rows


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


def _tallied(people: pd.DataFrame, column: str, basis: Basis, *, always: bool) -> str:
    """ "Military 8, Police 2"; the number is left out for one person alone."""
    sums: dict[Hashable, int] = people.groupby(column, dropna=False)["persons"].sum().to_dict()
    words = [
        (personnel_word(key) if column == "personnel" else nationality_word(key, basis), n) for key, n in sums.items()
    ]
    words.sort(key=lambda pair: (-pair[1], pair[0]))
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
