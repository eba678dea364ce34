"""What figures rest on: the release, the version of the data, and the missions and countries a filter may name.

Read once per version of the data and kept by the process, so that a request asks the database one cheap question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from casualties.choices import Outcome
from casualties.models import CasualtyVersion
from missions.models import UNDETERMINED_COUNTRY, Country, DataVersion, Mission, Release, Strength, known_releases


@dataclass(frozen=True)
class MissionEntry:
    """`point` is the longitude and latitude of the seat; None: not established."""

    id: int
    acronym: str
    name: str
    kind: str
    region: str
    family: str
    started_on: date | None
    ended_on: date | None
    active: bool
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
    """Mission, year, category, person-years, months and months filled of every strength, in this order.

    Equal to itself alone, so that what is computed from one version of the data can be kept (lru_cache).
    """

    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Basis:
    """The release and the words of one version of the data. Mappings are in the order in which they are shown.

    `parts` are the parts of umbrellas, which are in no list and which no record is filed under. `injuries_known` are
    the periods (from, until; None: still) in which the record held an injury.
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

    @property
    def release(self) -> Release | None:
        """The release in force: the newest, or the newest that was out at `known_at`."""
        return next(reversed(self._known), None)

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
        """Whether figures are those of the newest release; else they are read from what was known once."""
        return not self.releases or self.release == self.releases[-1]

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
    """The basis of the committed version of the data: one query when the process knows the version already."""
    row = DataVersion.objects.values_list("version", "changed_at").first()
    return _load(*(row or (0, None)))


@lru_cache(maxsize=2)
def _load(version: int, changed_at: datetime | None) -> Basis:
    missions: dict[str, MissionEntry] = {}
    mission_aliases: dict[str, str] = {}
    umbrella_of: dict[str, str] = {}
    parts: dict[str, MissionEntry] = {}
    families: dict[str, list[str]] = {}
    for mission in Mission.objects.select_related("umbrella").order_by("sort_key"):
        entry = MissionEntry(
            id=mission.pk,
            acronym=mission.acronym,
            name=mission.name,
            kind=mission.kind,
            region=mission.region,
            family=mission.family,
            started_on=mission.started_on,
            ended_on=mission.ended_on,
            active=mission.status == Mission.Status.ACTIVE,
            seat=mission.seat,
            point=_point(mission),
        )
        if mission.umbrella is not None:
            umbrella_of[mission.acronym] = mission.umbrella.acronym
            parts[mission.acronym] = entry
            continue
        missions[mission.acronym] = entry
        mission_aliases.update(dict.fromkeys(mission.aliases, mission.acronym))
        if mission.family:
            families.setdefault(mission.family, []).append(mission.acronym)
    countries = list(Country.objects.exclude(iso3=UNDETERMINED_COUNTRY).order_by("sort_key"))
    return Basis(
        version=version,
        changed_at=changed_at,
        releases=known_releases(),
        missions=missions,
        mission_aliases=mission_aliases,
        umbrella_of=umbrella_of,
        parts=parts,
        families={name: tuple(members) for name, members in sorted(families.items())},
        regions=tuple(sorted({entry.region for entry in missions.values() if entry.region})),
        countries={country.iso3: country.name for country in countries},
        dissolved={
            country.iso3: DissolvedState(country.ended_on, tuple(country.successors))
            for country in countries
            if country.status == Country.Status.DISSOLVED
        },
        strengths=RecordedStrengths(
            tuple(
                Strength.objects.order_by("mission__acronym", "year", "category").values_list(
                    "mission__acronym", "year", "category", "person_years", "months", "months_filled"
                )
            )
        ),
        injuries_known=tuple(
            CasualtyVersion.objects.filter(outcome=Outcome.INJURY, withdrawn=False)
            .order_by("known_from", "known_until")
            .values_list("known_from", "known_until")
            .distinct()
        ),
    )


def _point(mission: Mission) -> tuple[float, float] | None:
    if mission.longitude is None or mission.latitude is None:
        return None
    return float(mission.longitude), float(mission.latitude)


def forget_basis() -> None:
    """For tests that change missions or releases inside one transaction, where the version does not move."""
    _load.cache_clear()
