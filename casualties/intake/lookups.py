"""The mappings that the cleaning of rows works with, read from the reference tables."""

from casualties.intake.names import CountryEntry, Lookups, MissionEntry, fold
from missions.models import Country, Mission


def load_lookups() -> Lookups:
    """Read missions and countries from the database (a few hundred rows)."""
    return Lookups(missions=_missions(), countries=_countries(), m49=_m49())


def _missions() -> dict[str, MissionEntry]:
    missions = {mission.id: mission for mission in Mission.objects.all()}
    entries: dict[int, MissionEntry] = {}
    for mission in missions.values():
        umbrella = missions[mission.umbrella_id] if mission.umbrella_id else None
        counted = umbrella or mission
        entries[mission.id] = MissionEntry(
            counted.id, counted.acronym, counted.started_on, counted.ended_on, mission.acronym if umbrella else ""
        )
    found = {fold(mission.acronym): entries[mission.id] for mission in missions.values()}
    for mission in missions.values():
        for alias in mission.aliases:
            found.setdefault(fold(alias), entries[mission.id])
    return found


def _countries() -> dict[str, CountryEntry]:
    countries = list(Country.objects.all())
    entries = {c.iso3: CountryEntry(c.iso3, c.name, c.ended_on, tuple(c.successors)) for c in countries}
    # A state's own name goes before another's alias: "Zaire" is the dissolved state, not the Congo's former name.
    found = {fold(country.name): entries[country.iso3] for country in countries}
    for country in countries:
        for alias in country.aliases:
            found.setdefault(fold(alias), entries[country.iso3])
    return found


def _m49() -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for iso3, m49 in Country.objects.exclude(m49="").values_list("iso3", "m49"):
        found[int(m49)] = found.get(int(m49), frozenset()) | {iso3}
    return found
