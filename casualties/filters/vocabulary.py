"""What figures rest on: the release, the version of the data, and the missions and countries a filter may name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from missions.models import (
    DataVersion,
    Release,
    release_in_force,
)
from peacekeeping.software import software


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
    """The strengths as they are read (loading.py).

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
