"""What the database knows already: missions by name, mission-years, the newest file of the hub that was applied."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from missions.models import ImportBatch, Mission, Strength
from missions.reference.load import TABLES
from missions.reference.names import sort_key
from missions.reference.rows import read_person_years
from missions.strength_import.comparing import KeptCategory, KeptYear, Key
from missions.strength_import.person_years import MissionYear
from missions.strength_import.rows import Known, NamedMission
from missions.strength_import.sources import Format


def load_known(today: date) -> Known:
    """What a file is read against. Parts of an umbrella are counted under it, as the deaths are."""
    missions = list(Mission.objects.select_related("umbrella"))
    entries = {mission.pk: _named(mission) for mission in missions}
    names = {sort_key(mission.acronym): entries[mission.pk] for mission in missions}
    for mission in missions:
        for alias in mission.aliases:
            names.setdefault(sort_key(alias), entries[mission.pk])
    return Known(names, today, frozenset(row.source for row in read_person_years(TABLES, [])))


def _named(mission: Mission) -> NamedMission:
    counted = mission.umbrella or mission
    return NamedMission(counted.pk, counted.acronym, mission.acronym, mission.started_on, mission.ended_on)


def kept_years(found: Iterable[MissionYear]) -> dict[Key, KeptYear]:
    """All mission-years that are kept of the missions of a file."""
    kept: dict[Key, dict[Strength.Category, KeptCategory]] = {}
    rows = Strength.objects.filter(mission_id__in={year.mission_id for year in found})
    for row in rows:
        months = tuple(sorted(row.months))
        category = KeptCategory(Decimal(row.person_years), months, row.months_filled, row.source)
        kept.setdefault((row.mission_id, row.year), {})[Strength.Category(row.category)] = category
    return dict(kept)


def newest_hub_day() -> date | None:
    """The newest reporting day of the hub's files that were applied."""
    return (
        ImportBatch.objects.filter(
            kind=ImportBatch.Kind.STRENGTH,
            state=ImportBatch.State.APPLIED,
            format__in=[shape.value for shape in Format if shape.is_hub],
        )
        .order_by("-release_date")
        .values_list("release_date", flat=True)
        .first()
    )
