"""Short lists of incidents and days: the latest incidents of a selection, and the days with the most people."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.choices import Cause, Outcome, Personnel
from casualties.counts import NotAvailable
from casualties.filters import NOT_AVAILABLE, NOT_RECORDED, Basis, Selection
from casualties.models import Casualty, Incident
from missions.models import UNDETERMINED_COUNTRY

NARROWS_PEOPLE = {"personnel", "nationality", "gender"}
COLUMNS = {
    "incident__key": "key",
    "occurred_on": "day",
    "occurred_precision": "precision",
    "mission_id": "mission",
    "cause": "cause",
    "personnel": "personnel",
    "nationality_id": "nationality",
    "persons_sum": "persons",
}


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
    """The selected people by incident, personnel and nationality: key, day, precision, mission, cause, ..., persons.

    `latest` restricts to so many incidents, the newest. One query. Raises NotAvailable for annual counts.
    """
    selection.refuse_problems()
    if selection.basis.annual_counts_only:
        raise NotAvailable(NOT_AVAILABLE)
    rows = selection.rows.exclude(incident=None).order_by()
    if latest is not None:
        mine = Exists(selection.rows.filter(incident=OuterRef("pk")))
        rows = rows.filter(incident__in=Incident.objects.filter(mine).latest_first()[:latest].values("pk"))
    names = [name for name in COLUMNS if name != "persons_sum"]
    found = list(rows.values_list(*names).annotate(persons_sum=Sum("persons")))
    return pd.DataFrame.from_records(found, columns=list(COLUMNS.values()))


def latest_incidents(selection: Selection, people: pd.DataFrame, n: int) -> list[IncidentRow]:
    """The newest `n` incidents of the frame of incident_people(), newest first; at most two queries more."""
    newest = people.drop_duplicates("key").sort_values(["day", "key"], ascending=False).head(n)
    keys = list(newest["key"])
    everybody, injured = _whole_incidents(selection, keys)
    rows = []
    for incident in newest.to_dict("records"):
        own = people[people["key"] == incident["key"]]
        persons = int(own["persons"].sum())
        of_all = everybody.get(incident["key"], persons)
        rows.append(
            IncidentRow(
                key=incident["key"],
                day=incident["day"],
                precision=incident["precision"],
                mission=selection.basis.acronym_of[incident["mission"]],
                cause=incident["cause"],
                persons=persons,
                all_persons=of_all if of_all != persons else None,
                injured=injured.get(incident["key"], 0) if selection.basis.injuries_recorded else None,
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


def _whole_incidents(selection: Selection, keys: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """All the people of these incidents, of the selection's outcome; and the injured ones where they are recorded."""
    narrowed = NARROWS_PEOPLE & set(selection.values) or "uniformed" in selection.scope
    seen = Casualty.objects.counted().filter(selection.viewer.conditions, incident__key__in=keys)
    everybody = _by_key(seen.filter(outcome=selection.outcome)) if narrowed and keys else {}
    injured = _by_key(seen.filter(outcome=Outcome.INJURY)) if selection.basis.injuries_recorded and keys else {}
    return everybody, injured


def _by_key(rows: Any) -> dict[str, int]:
    return dict(rows.order_by().values_list("incident__key").annotate(Sum("persons")))


def _tallied(people: pd.DataFrame, column: str, basis: Basis, *, always: bool) -> str:
    """ "Military 8, Police 2"; the number is left out for one person alone."""
    sums: dict[Hashable, int] = people.groupby(column, dropna=False)["persons"].sum().to_dict()
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], str(pair[0])))
    words = [(personnel_word(key) if column == "personnel" else nationality_word(key, basis), n) for key, n in ordered]
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
