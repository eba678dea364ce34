"""What figures rest on: the release, the version of the data, and the missions and countries a filter may name.

Read once per version of the data and kept by the process, so that a request asks the database one cheap question.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection

from casualties.choices import Outcome
from missions.models import (
    UNDETERMINED_COUNTRY,
    Country,
    DataVersion,
    ImportBatch,
    Mission,
    Release,
    release_in_force,
    releases_of,
)
from peacekeeping.software import software

# One statement: half a dozen queries of the ORM take ten times as long, and each would see a state of its own. Lists
# are JSON, blank where there is nothing; strengths, of which there are many, are written by column, which is quicker.
EVERYTHING = """
    SELECT
        (SELECT version FROM missions_dataversion),
        (SELECT changed_at FROM missions_dataversion),
        (SELECT coalesce(json_agg(json_build_array(release_date, kind, id)
                ORDER BY release_date, as_of DESC, id)::text, '')
            FROM missions_importbatch WHERE state = %(applied)s AND kind <> %(strength)s),
        (SELECT coalesce(json_agg(json_build_array(m.id, m.acronym, m.name, m.kind, m.region, m.family,
                m.started_on, m.ended_on, m.status, m.seat, m.longitude, m.latitude, umbrella.acronym, m.aliases)
                ORDER BY m.sort_key)::text, '')
            FROM missions_mission m LEFT JOIN missions_mission umbrella ON umbrella.id = m.umbrella_id),
        (SELECT coalesce(json_agg(json_build_array(iso3, name, status, ended_on, successors)
                ORDER BY sort_key)::text, '')
            FROM missions_country WHERE iso3 <> %(undetermined)s),
        (SELECT json_build_array(json_agg(acronym), json_agg(year), json_agg(category), json_agg(person_years),
                json_agg(months), json_agg(months_filled))::text
            FROM (SELECT m.acronym, s.year, s.category, s.person_years, s.months, s.months_filled
                FROM missions_strength s JOIN missions_mission m ON m.id = s.mission_id
                ORDER BY m.acronym, s.year, s.category) strengths),
        (SELECT coalesce(json_agg(json_build_array(known_from, known_until) ORDER BY known_from, known_until)::text, '')
            FROM (SELECT DISTINCT known_from, known_until FROM casualties_casualtyversion
                WHERE outcome = %(injury)s AND NOT withdrawn) periods)
"""
WORDS = {
    "applied": ImportBatch.State.APPLIED.value,
    "strength": ImportBatch.Kind.STRENGTH.value,
    "undetermined": UNDETERMINED_COUNTRY,
    "injury": Outcome.INJURY.value,
}


@dataclass(frozen=True)
class MissionEntry:
    """`point` is the longitude and latitude of the seat; None: not established. A mission that has `ended` may have no
    established end."""

    id: int
    acronym: str
    name: str
    kind: str
    region: str
    family: str
    started_on: date | None
    ended_on: date | None
    active: bool
    ended: bool = False
    seat: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class DissolvedState:
    """A state that is no more: its last day, and the codes of the countries that came after it."""

    ended_on: date | None
    successors: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """The dates of what figures rest on; None where there is nothing of the kind."""

    published_on: date | None
    own_on: date | None


@dataclass(frozen=True, eq=False)
class RecordedStrengths:
    """The strengths as EVERYTHING reads them.

    Equal to itself alone, so that what is computed from them can be kept (lru_cache).
    """

    text: str

    @cached_property
    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """Mission, year, category, person-years, months and months filled of every strength, in this order."""
        columns = json.loads(self.text, parse_float=Decimal)
        return tuple(zip(*(column or () for column in columns), strict=True))


@dataclass(frozen=True)
class Basis:
    """The release and the words of one version of the data. Mappings are in the order in which they are shown.

    `parts` are the parts of umbrellas, which are in no list and which no record is filed under. `injuries_known` are
    the periods (from, until; None: still) in which the record held an injury. `reading` is one object for each time
    that the data were read: what is kept of a basis holds as long as it is this one.
    """

    version: int
    changed_at: datetime | None
    releases: tuple[Release, ...]
    missions: Mapping[str, MissionEntry]
    mission_aliases: Mapping[str, str]
    umbrella_of: Mapping[str, str]
    parts: Mapping[str, MissionEntry]
    families: Mapping[str, tuple[str, ...]]
    regions: tuple[str, ...]
    countries: Mapping[str, str]
    dissolved: Mapping[str, DissolvedState]
    injuries_known: tuple[tuple[date, date | None], ...]
    strengths: RecordedStrengths
    known_at: date | None = None
    reading: object = field(default_factory=object, compare=False, repr=False)

    @property
    def state(self) -> str:
        """Names what any answer rests on: the software, the version of the data and when it was reached.

        The version alone does not: after a restore its number comes back.
        """
        return f"{software().state}|{self.version}|{self.changed_at}"

    @property
    def is_committed(self) -> bool:
        """Whether the committed data are still those that this was read from."""
        return DataVersion.is_still(self.version, self.changed_at)

    @property
    def release(self) -> Release | None:
        """The release in force, now or at `known_at`: the newest of the UN, where there is one."""
        return release_in_force(self._known)

    @property
    def newest(self) -> Release | None:
        """The newest of all files that figures rest on, now or at `known_at`; one of our own may be newer."""
        return next(reversed(self._known), None)

    @property
    def may_hold_later_years(self) -> bool:
        """Whether records of our own may lie after the last covered year; they are in no selection."""
        last = self.last_covered_year
        return last is not None and any(release.date.year > last for release in self._known)

    @property
    def sources(self) -> Sources:
        """What figures rest on: the newest release of the UN, and the newest records of our own, as far as known."""
        newest = {release.own: release.date for release in self._known}
        return Sources(published_on=newest.get(False), own_on=newest.get(True))

    @property
    def _known(self) -> list[Release]:
        return [release for release in self.releases if self.known_at is None or release.date <= self.known_at]

    @property
    def is_current(self) -> bool:
        """Whether figures are those known now; else they are read from what was known once."""
        return not self.releases or self.newest == self.releases[-1]

    @property
    def injuries_recorded(self) -> bool:
        """Whether the record of that date holds injuries: where it holds none, 0 would say that nobody was hurt."""
        day = None if self.is_current else self.known_at
        if day is None:
            return any(until is None for _first, until in self.injuries_known)
        return any(first <= day and (until is None or until > day) for first, until in self.injuries_known)

    def at(self, known_at: date) -> "Basis":
        """The basis as it was known at a date on or after the first release."""
        return replace(self, known_at=known_at)

    def predecessors(self, iso3: str) -> tuple[str, ...]:
        """The dissolved states that a country came after."""
        return tuple(code for code, state in self.dissolved.items() if iso3 in state.successors)

    @property
    def acronym_of(self) -> dict[int, str]:
        """Mission id to acronym."""
        return {entry.id: acronym for acronym, entry in self.missions.items()}

    @property
    def last_covered_year(self) -> int | None:
        return self.release.last_covered_year if self.release else None

    @property
    def annual_counts_only(self) -> bool:
        """Only the bundled counts per year are loaded: no days, no incidents, no gender."""
        return self.release is not None and self.release.annual_counts


def load_basis() -> Basis:
    """The basis of the committed version of the data: one query, a light one when the process knows the version."""
    known = _last.basis
    if known is None or not known.is_committed:
        known = _last.basis = _read()
    return known


class _Last:
    """What this process read last."""

    basis: Basis | None = None


_last = _Last()


def _read() -> Basis:
    """Everything in one statement, which sees one state of the data: what is read is of the version it says."""
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING, WORDS)
        version, changed_at, batches, missions, countries, strengths, injuries_known = cursor.fetchone()
    return Basis(
        version=version or 0,
        changed_at=changed_at,
        releases=releases_of([(_day(released_on), kind, pk) for released_on, kind, pk in _listed(batches)]),
        **_about_missions(missions),
        **_about_countries(countries),
        strengths=_recorded(strengths),
        injuries_known=tuple((date.fromisoformat(first), _day(until)) for first, until in _listed(injuries_known)),
    )


def _listed(text: str) -> list[list[Any]]:
    return json.loads(text) if text else []


# Missions, countries and strengths seldom change: the same text is not read twice. Nobody changes what is made of it.
_recorded = lru_cache(maxsize=2)(RecordedStrengths)


@lru_cache(maxsize=2)
def _about_missions(text: str) -> dict[str, Any]:
    """The fields of the basis that are about missions."""
    missions: dict[str, MissionEntry] = {}
    mission_aliases: dict[str, str] = {}
    umbrella_of: dict[str, str] = {}
    parts: dict[str, MissionEntry] = {}
    families: dict[str, list[str]] = {}
    for pk, acronym, name, kind, region, family, started, ended, status, seat, *point, umbrella, aliases in _listed(
        text
    ):
        entry = MissionEntry(
            id=pk,
            acronym=acronym,
            name=name,
            kind=kind,
            region=region,
            family=family,
            started_on=_day(started),
            ended_on=_day(ended),
            active=status == Mission.Status.ACTIVE,
            ended=status == Mission.Status.ENDED,
            seat=seat,
            point=None if None in point else (float(point[0]), float(point[1])),
        )
        if umbrella is not None:
            umbrella_of[acronym] = umbrella
            parts[acronym] = entry
            continue
        missions[acronym] = entry
        mission_aliases.update(dict.fromkeys(aliases, acronym))
        if family:
            families.setdefault(family, []).append(acronym)
    return {
        "missions": missions,
        "mission_aliases": mission_aliases,
        "umbrella_of": umbrella_of,
        "parts": parts,
        "families": {name: tuple(members) for name, members in sorted(families.items())},
        "regions": tuple(sorted({entry.region for entry in missions.values() if entry.region})),
    }


@lru_cache(maxsize=2)
def _about_countries(text: str) -> dict[str, Any]:
    """The fields of the basis that are about countries."""
    rows = _listed(text)
    return {
        "countries": {iso3: name for iso3, name, *_ in rows},
        "dissolved": {
            iso3: DissolvedState(_day(ended_on), tuple(successors))
            for iso3, _name, status, ended_on, successors in rows
            if status == Country.Status.DISSOLVED
        },
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def forget_basis() -> None:
    """For tests that change missions or releases inside one transaction, where the version does not move."""
    _last.basis = None
